"""Converted pages, which a server keeps instead of converting them again.

MkDocs converts every page of a site at each save, though only one has changed. A conversion is a
value like any other in the cache. Its key holds all that the converter gets: the Markdown after all
plugins, the files that links lead to, the extensions with their options, what is hidden, and what
is known of the page.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.hosts.markdown.extension import PostmortemExtension, page_fields
from mkdocs_postmortem.hosts.markdown.fragments import Fragments
from mkdocs_postmortem.hosts.mkdocs.late import LatePages
from mkdocs_postmortem.publishing.list_pages import ASSET_FOLDER
from mkdocs_postmortem.rendering.context import PageContext

log = get_plugin_logger(__name__)

# Extensions that read nothing but the text of a page and their options.
_PURE = re.compile(
    r"markdown\.extensions\.\w+|pymdownx\.(?!snippets|b64)\w+|material\.extensions\."
)
# What ``Page.render`` sets, besides links to other pages.
_SET = ("content", "toc", "_title_from_render", "present_anchor_ids")


@dataclass(frozen=True, slots=True)
class Conversion:
    """All that ``Page.render`` sets and has logged; links are by the paths of their files."""

    values: dict[str, Any]
    links: dict[str, dict[str, str]]
    fragments: Fragments | None
    logged: tuple[logging.LogRecord, ...]


class Conversions:
    """The conversions of a server's builds."""

    def __init__(self, cache: Cache, late: LatePages) -> None:
        self._cache = cache
        self._late = late
        self._site_key = ""
        self._reported: set[str] = set()

    def begin(self, config: MkDocsConfig, files: Files, hidden: object) -> None:
        """Begin a build; ``hidden`` are the pages that its audience must not know of."""
        impure = [name for one in config.markdown_extensions if (name := impure_name(one))]
        for name in {*impure} - self._reported:
            log.info(f"Pages are converted again at each save, because of the extension {name}.")
        self._reported.update(impure)
        self._site_key = "" if impure else digest(_files(files), _options(config), hidden)

    def watch(self, page: Page, view: PageContext) -> None:
        """Have a page take the conversion of a previous build, if that is what it would get."""
        if self._site_key and type(page).render is Page.render:
            page.render = partial(self._render, page, view)  # type: ignore[method-assign]

    def _render(self, page: Page, view: PageContext, config: MkDocsConfig, files: Files) -> None:
        markdown = page.markdown or ""
        key = ("conversion", page.file.src_uri, markdown, self._site_key, _view_key(view, markdown))
        fresh: list[Conversion] = []

        def build() -> Conversion:
            fresh.append(self._convert(page, config, files))
            return fresh[0]

        found = self._cache.get_or_build(key, build, once=True)
        if not fresh:
            self._restore(page, found, files)

    def _convert(self, page: Page, config: MkDocsConfig, files: Files) -> Conversion:
        logged = _logged(lambda: type(page).render(page, config, files))
        links = page.links_to_anchors or {}
        return Conversion(
            _copied({name: getattr(page, name) for name in _SET}),
            {file.src_uri: dict(found) for file, found in links.items()},
            self._late.fragments_of(page.file.src_uri),
            logged,
        )

    def _restore(self, page: Page, found: Conversion, files: Files) -> None:
        vars(page).update(_copied(found.values))
        links = ((files.src_uris.get(path), links) for path, links in found.links.items())
        page.links_to_anchors = {file: dict(links) for file, links in links if file is not None}
        if found.fragments is not None:
            self._late.keep(page.file.src_uri, found.fragments)
        for record in found.logged:
            logging.getLogger(record.name).handle(record)


def _copied(values: dict[str, Any]) -> dict[str, Any]:
    """What other plugins change in place is copied."""
    anchors = set(values["present_anchor_ids"] or ())
    return {**values, "toc": copy.deepcopy(values["toc"]), "present_anchor_ids": anchors}


def _logged(work: Callable[[], object]) -> tuple[logging.LogRecord, ...]:
    """Do some work, and give what the host logged meanwhile."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[assignment,method-assign]
    logger = logging.getLogger(Page.__module__)
    logger.addHandler(handler)
    try:
        work()
    finally:
        logger.removeHandler(handler)
    return tuple(records)


def _files(files: Files) -> list[tuple[str, str, object]]:
    """What links resolve against; no page links to our own scripts."""
    return [
        (file.src_uri, file.url, file.inclusion)
        for file in files
        if not file.src_uri.startswith(ASSET_FOLDER)
    ]


def _options(config: MkDocsConfig) -> tuple[object, ...]:
    names = [one for one in config.markdown_extensions if isinstance(one, str)]
    return (names, config.mdx_configs, config.site_url, config.validation, config.site_name)


def _view_key(view: PageContext, markdown: str) -> tuple[object, ...]:
    """What our extension puts into a page's text beside its Markdown."""
    record, site = view.record, view.site
    version = record.version if record else ""
    language = (site.language, site.page_language, site.templates.version)
    return (version, language, tuple(page_fields(view, markdown)))


def impure_name(extension: Any) -> str:
    """The name of an extension that may read more than the text; empty for any other."""
    if isinstance(extension, PostmortemExtension):
        return ""
    name = extension if isinstance(extension, str) else type(extension).__module__
    short = (entry.module for entry in entry_points(group="markdown.extensions", name=name))
    return "" if _PURE.match(next(short, name)) else name
