"""What the pages of a site are rendered from, and whom they are for."""

from __future__ import annotations

import html
import logging
import posixpath
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from markdown import Markdown
from markdown.util import Processor

from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.option_values import editor_address
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.summary import render_panel

log = logging.getLogger("mkdocs_postmortem")

P = TypeVar("P", bound=Processor)


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who the site is for, and which pages that audience must not know of, by source path."""

    audience: Audience = Audience.PUBLIC
    is_hidden: Callable[[str], bool] = lambda _: False
    hidden_keys: Callable[[], Collection[str]] = tuple
    site_url: str = ""

    def leads_to_hidden(self, address: str, source: str) -> bool:
        """Whether an address on a page leads to one that is hidden, in whatever form it is written:
        relative to the file or to the page's address, below the site's root, or absolute.
        """
        keys = self.hidden_keys()
        if not keys:
            return False
        path = self._own_path(html.unescape(address).strip())
        if not path or path.startswith("#"):
            return False
        folders = [""] if path.startswith("/") else [posixpath.dirname(source), page_key(source)]
        return any(page_key(posixpath.join(folder, path.lstrip("/"))) in keys for folder in folders)

    def _own_path(self, address: str) -> str:
        """The path of an address on this site; empty for one elsewhere."""
        try:
            parts, site = urlsplit(address), urlsplit(self.site_url)
        except ValueError:
            return ""
        if parts.netloc and parts.netloc.lower() != site.netloc.lower():
            return ""
        if parts.scheme.lower() not in ("", "http", "https"):
            return ""
        path = unquote(parts.path)
        return "/" + path.removeprefix(site.path) if path.startswith("/") else path


class PageContexts:
    """Finds the view of a page by its source path.

    ``context`` is what all pages share. ``schema_fault`` says why the company's schema is not used,
    ``docs`` is the absolute path of the folder with the pages.
    """

    def __init__(
        self,
        site: Site,
        checker: Checker,
        context: SiteContext,
        *,
        is_serve: bool,
        docs: str,
        schema_fault: str = "",
    ) -> None:
        self.site = context
        self._site = site
        self._schema_fault = printable(schema_fault)
        self._made = {context.index, *context.pages.values()}
        panel = checker.settings.panel
        self._shows_panel = panel == "always" or (panel == "serve" and is_serve)
        # The folder of the docs is of this machine, so it stays out of everything that is kept.
        self._docs = docs if is_serve else ""
        self._editor = checker.settings.editor
        self._problems: dict[str, list[Problem]] = defaultdict(list)
        for problem in site.shown_problems:
            self._problems[problem.path].append(problem)

    @property
    def hidden(self) -> frozenset[str]:
        """The pages that the audience must not know of."""
        return self._site.left_out.hidden

    @property
    def paths(self) -> Iterator[str]:
        """The pages that have a view."""
        yield from self._site.pages
        yield from (path for path in self._made if path)

    def is_made(self, path: str) -> bool:
        """Whether a page has no author: it was made for a list."""
        return path in self._made and path not in self._site.pages

    def view(self, path: str) -> PageContext | None:
        page = self._site.pages.get(path)
        if page is None and path not in self._made:
            return None
        problems = self._problems.get(path, []) if self._shows_panel else []
        if self._shows_panel and self._schema_fault:
            fault = Problem(path, Position(1), Level.ERROR, "PM006", self._schema_fault)
            problems = [fault, *problems]
        has_editor = page is not None and bool(self._editor and self._docs)
        editor = editor_address(self._editor, f"{self._docs}/{path}") if has_editor else ""
        return PageContext(path, self.site, page.record if page else None, tuple(problems), editor)

    def leak_panel(self, leaks: Iterable[object]) -> str:
        """A problem panel on internal text that the built site has published."""
        found = (Problem("", Position(1), Level.ERROR, "PM707", str(leak)) for leak in leaks)
        return render_panel(PageContext("", self.site, None, tuple(found)))


@dataclass(frozen=True, slots=True)
class CurrentPage:
    """A page's path below the docs folder, and the root folder of its site.

    ``is_excerpt``: Material's blog shows the beginning of the page in a list, as it was written.
    ``rebases_links``: the host takes every relative address in the rendered page for one that is
    seen from the page's file, as Zensical does; others leave those in fragments as they are.
    """

    path: str
    root: Path
    is_excerpt: bool = False
    rebases_links: bool = False


def find_page(md: Markdown) -> CurrentPage | None:
    """None if the host names no page: then the text is not a page of a site.

    MkDocs and ProperDocs hang the page on a tree processor, Zensical on a preprocessor.
    """
    for treeprocessor in md.treeprocessors:
        path = getattr(getattr(treeprocessor, "file", None), "src_uri", None)
        if isinstance(path, str):
            config = getattr(treeprocessor, "config", None)
            file = getattr(config, "config_file_path", None)
            root = Path(file).parent if isinstance(file, str) and file else Path()
            return CurrentPage(path, root, is_excerpt="excerpt" in md.treeprocessors)
    for preprocessor in md.preprocessors:
        path = getattr(getattr(preprocessor, "page", None), "path", None)
        config = getattr(preprocessor, "config", None)
        if isinstance(path, str) and isinstance(config, dict):
            return CurrentPage(path, Path(config.get("root_dir") or "."), rebases_links=True)
    return None


def as_step(kind: type[P], md: Markdown, run: Callable[[Any], object]) -> P:
    """A step of a converter that runs a function: on the lines of a page, its tree or its HTML."""
    step = kind(md)
    step.run = run  # type: ignore[attr-defined]
    return step
