"""Catalog and problems → files and reports; files are written whole or not at all."""

from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.publishing.reports import REPORTS

__all__ = ["REPORTS", "write_whole"]
