"""The pages that no one wrote, as pages of the host's site."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel


def add_lists(
    files: Files, config: MkDocsConfig, pages: dict[tuple[str, str], tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Add the pages to the site, and give their paths; an author's page of that name stays."""
    added: dict[tuple[str, str], str] = {}
    for key, (path, text) in _free(files, pages):
        file = File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        added[key] = path
    return added


def _free(
    files: Files, pages: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for key, (path, text) in pages.items():
        if files.src_uris.get(path) is None:
            yield key, (path, text)
