"""Pages between their conversion and their theme: fragments are rendered when they are needed.

MkDocs converts all pages before it writes the first, so until then a page has placeholders, which
are small. Everything that reads a page's content after that sees the whole page; only search
plugins, which parse HTML element by element, get the words of our fragments without the elements.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.hosts.markdown.fragments import (
    Fragments,
    Shortened,
    fill,
    without_placeholders,
)
from mkdocs_postmortem.hosts.markdown.page_contexts import PageContexts
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import SEARCHES, other_plugins
from mkdocs_postmortem.hosts.mkdocs.themed import page_state
from mkdocs_postmortem.rendering.templates import TemplateError


class LatePages:
    """The fragments of a build's pages, by source path. ``cache`` knows the previous build."""

    _views: PageContexts

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._fragments: dict[str, Fragments] = {}
        # What was put into a page, in its order.
        self._placed: dict[str, list[str]] = {}
        self._contents: dict[str, str] = {}

    def begin(self, config: MkDocsConfig) -> None:
        """Forget the previous build, and give the search plugins of this one their own view."""
        others = other_plugins(config, "page_content", "env")
        # Whether anything reads a page's content before its theme does.
        self.is_early = bool(config.extra_templates) or next(others, None) is not None
        self.__dict__.update(_fragments={}, _placed={}, _contents={})
        methods = config.plugins.events["page_context"]
        names = {id(plugin): name for name, plugin in config.plugins.items()}
        for index, method in enumerate(methods):
            name = names.get(id(getattr(method, "__self__", None)), "")
            if "search" in name and not hasattr(method, "shows_words"):
                methods[index] = self._around_search(method)

    def use(self, views: PageContexts) -> None:
        """Take what is known of the pages."""
        self._views = views

    def keep(self, path: str, fragments: Fragments) -> None:
        """Take the fragments of a page that has been converted."""
        self._fragments[path] = fragments

    def fragments_of(self, path: str) -> Fragments | None:
        """The fragments of a page that has been converted."""
        return self._fragments.get(path)

    def fill(self, page: Page, content: str) -> str:
        """The content with all fragments in their places. PluginError for a broken template."""
        path = page.file.src_uri
        fragments = self._fragments.get(path)
        view = self._views.view(path)
        if fragments is None or view is None or path in self._placed:
            return content
        try:
            rendered = fragments.render(view)
        except TemplateError as fault:
            raise PluginError(str(fault)) from fault
        if not self.is_early:
            self._contents[path] = content
        filled, self._placed[path] = fill(content, rendered)
        return filled

    def release(self, page: Page) -> None:
        """Make a page small again that has been written."""
        self._placed.pop(page.file.src_uri, None)
        content = self._contents.pop(page.file.src_uri, None)
        if content is not None:
            page.content = without_placeholders(content)

    def _around_search(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The event of a search plugin, with the page as a search should read it."""

        @wraps(method)
        def search(context: Any, *, page: Page, **more: Any) -> Any:
            placed = self._placed.get(page.file.src_uri)
            if placed is None:
                return method(context, page=page, **more)
            is_list = self._views.is_made(page.file.src_uri)

            def index() -> Any:
                shortened = Shortened(page.content or "", placed, is_list=is_list)
                page.content = shortened.text
                result = method(context, page=page, **more)
                # Material's search changes the content.
                page.content = shortened.restore(page.content)
                return result

            entries = _entries_of(method) if self._cache.keeps else None
            return index() if entries is None else self._indexed(page, method, entries, index)

        search.shows_words = True  # type: ignore[attr-defined]
        return search

    def _indexed(
        self, page: Page, method: Any, entries: list[Any], index: Callable[[], Any]
    ) -> None:
        """Index a page, or add the entries that the previous build has made of the same page."""
        before = len(entries)
        options = dict(method.__self__.config)
        state = digest(page.content or "", page_state(page), options)

        def build() -> tuple[list[Any], bytes]:
            index()
            return entries[before:], zlib.compress((page.content or "").encode(), 1)

        key = ("search", method.__module__, page.file.src_uri, state)
        found, content = self._cache.get_or_build(key, build, once=True)
        if len(entries) == before:
            entries += found
            page.content = zlib.decompress(content).decode()


def _entries_of(method: Any) -> list[Any] | None:
    """The list that a search adds a page's entries to; None for one that we do not know."""
    if method.__module__ not in SEARCHES:
        return None
    index = getattr(method.__self__, "search_index", None)
    found = getattr(index, "entries", getattr(index, "_entries", None))
    return found if isinstance(found, list) else None
