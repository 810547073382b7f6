"""The archive around a page, for an extension that no plugin feeds: found, read and kept."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.hosts.markdown.page_contexts import CurrentPage, PageContexts, Visibility
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import Project, find_manifests, find_project, load_project
from mkdocs_postmortem.publishing.generated_files import Manifest
from mkdocs_postmortem.rendering.context import PageContext, site_context
from mkdocs_postmortem.rendering.links import relative

log = logging.getLogger("mkdocs_postmortem")

# Looking at each file of the archive for each page would be quadratic in pages.
_SECONDS = 1.0


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
        self._reported = ""

    def view(self, path: str) -> PageContext | None:
        with self._lock:
            try:
                self._refresh(path)
            except ProjectError as fault:
                if str(fault) != self._reported:  # once, not for each page
                    self._reported = str(fault)
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
