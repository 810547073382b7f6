"""Postmortems in the site's navigation: those that an author names stay, the others are left out.

A thousand pages in Material's sidebar make a build ten times slower.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.membership import is_matched

log = get_plugin_logger(__name__)

_LIST = re.compile(r'class="pm-(?:index|chains)\b')
_NAMED_PAGE = re.compile(r"[^\n\"':,\[\](){}#]+\.(?:md|markdown|mdown|mkdn|mkd)\b")


def is_automatic(config: MkDocsConfig) -> bool:
    """Whether somebody else than the author chooses the pages of the navigation."""
    return config.nav is None or "'...'" in str(config.nav)


def hide_unnamed(files: Files, paths: Collection[str]) -> None:
    """Keep MkDocs from listing pages that an author's ``nav`` leaves out; those it names stay."""
    for path in paths:
        file = files.src_uris.get(path)
        if file is not None and file.inclusion.is_in_nav():
            file.inclusion = InclusionLevel.NOT_IN_NAV


def settle(
    nav: Navigation, config: MkDocsConfig, index: File | None, site: Site, settings: Settings
) -> None:
    """Say that a generated index is not in the navigation, and take the pages that the index lists
    out of an automatic one. A page without the directive for it lists none.
    """
    if index is None or not (index.generated_by or index.src_uri in site.index_pages):
        return
    _report_missing(nav, index)
    if not settings.sidebar:
        paths = site.postmortem_paths
        _thin_out(nav, config, {path for path in paths if not is_matched(path, settings)})


def _thin_out(nav: Navigation, config: MkDocsConfig, paths: Collection[str]) -> None:
    """Take pages out of an automatic navigation, and say how many.

    It happens when all plugins have settled the navigation, since some stop at a page that they
    look for in vain. Pages that the author names in a file of such a plugin stay.
    """
    if not is_automatic(config):
        return
    leaving = set(paths) - set(_named_pages(config))
    removed = [page for page in nav.pages if page.file.src_uri in leaving]
    remove_items(nav, lambda item: isinstance(item, Page) and item.file.src_uri in leaving)
    for page in removed:
        page.file.inclusion = InclusionLevel.NOT_IN_NAV
        page.parent = None
    if removed:
        log.info(
            f"{len(removed)} postmortem{'s' if len(removed) > 1 else ''} left out of the "
            "navigation; the index lists them. `sidebar: true` keeps them in."
        )


def _report_missing(nav: Navigation, index: File) -> None:
    """Say that the generated index is not in the navigation; MkDocs names only pages of files."""
    if index.generated_by is not None and all(page.file is not index for page in nav.pages):
        path = index.src_uri
        log.info(
            f"{path} is generated, but the navigation does not list it. "
            f"Add a line such as `- Postmortems: {path}` to it."
        )


def mark_active(nav: Navigation, page: Page, index: str | None) -> Page | None:
    """Show the index as the active item of the navigation while a page that is not in it is
    rendered, so that a theme marks its tab. Gives the index, to be reset when that is done.
    """
    if index is None or page.parent is not None or any(item is page for item in nav.pages):
        return None
    found = next((item for item in nav.pages if item.file.src_uri == index), None)
    if found is not None:
        found.active = True
    return found


def hide_empty_sidebar(nav: Navigation, page: Page, theme: Theme) -> None:
    """Let a page that begins with a list have the width of Material's sidebar, where nothing or
    only this page would be in it: below tabs. The stylesheet does the same, but only when the
    browser has read the list, and then the page jumps.
    """
    if "navigation.tabs" not in (theme.get("features") or ()):
        return
    if not _LIST.search(page.content or ""):
        return
    tab = next((item for item in nav.items if item.active), None)
    if len(getattr(tab, "children", None) or ()) < 2:
        hidden = page.meta.get("hide") or []
        page.meta["hide"] = [*([hidden] if isinstance(hidden, str) else hidden), "navigation"]


def remove_items(nav: Navigation, is_removed: Callable[[StructureItem], bool]) -> None:
    """Take items out of a navigation, with the sections that this leaves empty."""

    def kept(items: list[StructureItem]) -> list[StructureItem]:
        found = []
        for item in items:
            if isinstance(item, Section):
                item.children = kept(item.children)
                if not item.children:
                    continue
            if not is_removed(item):
                found.append(item)
        return found

    nav.items = kept(nav.items)
    for page in filter(is_removed, nav.pages):
        _unlink(page)
    nav.pages = [page for page in nav.pages if not is_removed(page)]


def _unlink(page: Page) -> None:
    """Connect the neighbours of a page."""
    before, after = page.previous_page, page.next_page
    if before is not None:
        before.next_page = after
    if after is not None:
        after.previous_page = before
    page.previous_page = page.next_page = None


def _named_pages(config: MkDocsConfig) -> Iterator[str]:
    """The pages below the docs folder that files of navigation plugins spell out."""
    docs = Path(config.docs_dir)
    for name in _control_files(config):
        for file in docs.rglob(name):
            folder = file.parent.relative_to(docs).as_posix()
            try:
                text = file.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # the plugin that reads it reports that
            for match in _NAMED_PAGE.finditer(text):
                yield posixpath.normpath(posixpath.join(folder, match[0].strip(" \t-*+")))


def _control_files(config: MkDocsConfig) -> set[str]:
    """What awesome-pages and awesome-nav call the files that they read, one in a folder."""
    options = (getattr(plugin, "config", {}) for plugin in config.plugins.values())
    named = (own["filename"] for own in options if "filename" in own)
    return {
        name for name in named if isinstance(name, str) and name and not re.search(r"/|\.md$", name)
    }
