"""What is known of the pages of a site: by a host that feeds the extension, or by itself.

An extension that no plugin feeds finds the archive, reads it and keeps it.
"""

from __future__ import annotations

import html
import logging
import posixpath
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from markdown import Markdown
from markdown.util import Processor

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.option_values import editor_address
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import Project, find_manifests, find_project, load_project
from mkdocs_postmortem.publishing.generated_files import Manifest
from mkdocs_postmortem.rendering.context import PageContext, SiteContext, site_context
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.summary import render_panel

log = logging.getLogger("mkdocs_postmortem")

# Looking at each file of the archive for each page would be quadratic in pages.
_SECONDS = 1.0

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


class StandaloneArchive:
    """Finds the view of a page by its path, from several threads if need be."""

    def __init__(self, root: Path, config_file: str, generated: str, rebases_links: bool) -> None:
        self._root = root
        self._rebases_links = rebases_links
        self._generated = generated
        self._config_file = config_file
        self._lock = threading.Lock()
        self._project: Project | None = None
        self._views: PageContexts | None = None
        self._cache = Cache()
        self._state: dict[str, tuple[int, int]] = {}
        self._lists: tuple[str, ...] = ()
        self._looked = 0.0
        self._told = ""

    def view(self, path: str) -> PageContext | None:
        with self._lock:
            try:
                self._refresh(path)
            except ProjectError as fault:
                if str(fault) != self._told:  # once, not for each page
                    self._told = str(fault)
                    log.error("mkdocs-postmortem: %s", fault)
                self._views = None
            return self._views.view(path) if self._views else None

    def visibility(self, path: str) -> Visibility:
        """Nothing of any page, as long as nobody can tell which pages are hidden."""
        self.view(path)
        if self._views is None or self._project is None:
            return Visibility(is_hidden=lambda _: True)
        keys = frozenset(map(page_key, self._views.hidden))
        return Visibility(
            self._project.settings.audience,
            self._views.hidden.__contains__,
            lambda: keys,
            self._project.site_url,
        )

    def _refresh(self, path: str) -> None:
        """Read the archive again if a file of it has changed, appeared or gone."""
        if time.monotonic() - self._looked < _SECONDS and self._is_current(path):
            return
        project = (
            load_project((self._root / self._config_file).resolve())
            if self._config_file
            else find_project(self._root)
        )
        files = list(project.files())
        # The lists of generated files are in the docs folder, or in the copy of it.
        docs = self._root / self._generated if self._generated else project.docs
        manifests = {docs / one.path: one for one in find_manifests(docs)}
        others = [*manifests, project.config, project.schema, *project.hub_files()]
        state = _state([*files, *((f":{file}", file) for file in others if file)])
        self._looked = time.monotonic()
        if state != self._state or self._views is None:
            self._project, self._state = project, state
            self._lists = tuple(f":{file}" for file in manifests)
            manifest = next(iter(manifests.values()), None)
            url_for = relative if self._rebases_links else project.url_for
            self._views = _read(project, files, self._cache, manifest, url_for)

    def _is_current(self, path: str) -> bool:
        if self._project is None:
            return False
        # The lists of generated files change when pages show something else of each other.
        lists = ((key, Path(key[1:])) for key in self._lists)
        found = _state([(path, self._project.docs / path), *lists])
        known = (key for key in (path, *self._lists) if key in self._state)
        return all(found.get(key) == self._state[key] for key in known)


_archive = lru_cache(maxsize=8)(StandaloneArchive)  # hosts make an extension for each page


def archive_of(here: CurrentPage, *, config_file: str, generated: str) -> StandaloneArchive:
    """The archive that a page belongs to."""
    return _archive(here.root, config_file, generated, here.rebases_links)


def _read(
    project: Project,
    files: list[tuple[str, Path]],
    cache: Cache,
    manifest: Manifest | None,
    url_for: Callable[[str, str], str],
) -> PageContexts:
    checker = project.checker()
    site = check_site(
        files, checker, history=project.history(), cache=cache, hub=project.hub().records
    )
    manifest = manifest or Manifest("", index=next(iter(site.index_pages), None))
    context = replace(
        site_context(site, checker, project.templates()),
        index=manifest.index,
        pages=manifest.lists,
        data=manifest.data,
        url_for=url_for,
        site_name=project.site_name,
    )
    docs = str(project.docs.absolute())
    # An extension cannot ask its host which command it runs.
    return PageContexts(site, checker, context, is_serve="serve" in sys.argv[1:], docs=docs)


def _state(files: Iterable[tuple[str, Path]]) -> dict[str, tuple[int, int]]:
    """Time and size of each file; one that has gone is left out."""
    state: dict[str, tuple[int, int]] = {}
    for path, file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        state[path] = (stat.st_mtime_ns, stat.st_size)
    return state
