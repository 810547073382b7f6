"""Catalog → files: whole or not at all."""

from mkdocs_postmortem.publishing.atomic import write_whole

__all__ = ["write_whole"]
