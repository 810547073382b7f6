"""Keeping what is internal from the host, and so from every plugin and theme behind it."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as HostPage

from mkdocs_postmortem.catalog import Site
from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.reading import may_have_markers, read_blocks, without_internal

log = get_plugin_logger(__name__)


def hide_pages(files: Files, config: MkDocsConfig, site: Site) -> None:
    """Take hidden pages out of the site and out of the navigation, and say how much is left out."""
    for path in site.left_out.hidden:
        file = files.get_file_from_path(path)
        if file is not None:
            files.remove(file)
    if config.nav is not None and site.left_out.hidden:
        config.nav = _without(config.nav, site.left_out.hidden)
    if not site.left_out.is_whole:
        log.info(
            f"Built for the public: {site.left_out} left out. "
            "`audience: internal` shows everything."
        )


def _without(nav: Any, hidden: frozenset[str]) -> Any:
    """A navigation without some pages, and without sections that they leave empty."""
    if isinstance(nav, list):
        return [item for each in nav if (item := _without(each, hidden)) not in ([], {}, None)]
    if isinstance(nav, dict):
        found = {key: _without(value, hidden) for key, value in nav.items()}
        return {key: value for key, value in found.items() if value not in ([], {}, None)}
    return None if isinstance(nav, str) and nav.lstrip("/") in hidden else nav


def audience_markdown(markdown: str, page: HostPage, audience: Audience, site: Site) -> str:
    """A page's Markdown as the audience may read it, whichever plugin it comes from."""
    if not may_have_markers(markdown):
        return markdown
    texts = markdown.split("\n")
    if page.file.src_uri not in site.pages:
        for finding in read_blocks(texts).findings:
            log.error(f"{page.file.src_uri}: {finding.code} {finding.message} {finding.fix}")
    return "\n".join(without_internal(texts, audience))
