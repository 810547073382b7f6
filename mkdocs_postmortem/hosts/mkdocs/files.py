"""What the plugin does to the host's list of files. Nothing is written into the docs folder."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.hosts.mkdocs.navigation import is_automatic
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import assign_language_folder
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.bundle import DATA_NAMES, Publication, bundle
from mkdocs_postmortem.publishing.generated_files import MANIFEST_NAME, ManifestError, read_manifest
from mkdocs_postmortem.publishing.list_pages import (
    ASSET_FOLDER,
    SCRIPTS,
    STYLESHEET,
    index_page,
    index_path,
    list_pages,
    values_without_page,
)
from mkdocs_postmortem.reading.page import is_utf8
from mkdocs_postmortem.rendering.context import RowFile, SiteContext
from mkdocs_postmortem.rendering.index import index_data
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.lists import is_long
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.task_list import task_positions, tasks_data
from mkdocs_postmortem.rendering.templates import asset_text

log = get_plugin_logger(__name__)

_LINKED_PAGE = re.compile(r"\]\(\s*<?([^()\s<>#]+\.(?:md|markdown|mdown|mkdn|mkd))\b")
# A page with fewer links to postmortems is about a repeat, for example, and not a list of all.
_FEWEST_LINKS = 3
_TO_ROOT = "../" * (ASSET_FOLDER.count("/") + 1)


def add_files(
    files: Files,
    config: MkDocsConfig,
    site: Site,
    checker: Checker,
    context: SiteContext,
    *,
    is_serve: bool,
) -> SiteContext:
    """Add all that the plugin generates to the site; gives the context that knows of it."""
    settings, words = checker.settings, context.words
    theirs = {id(file) for file in files}
    add_assets(files, config)
    index = add_index(files, config, site, settings, words, reports_others=not is_serve)
    lists = add_lists(files, config, site, settings, words)
    data = add_data(files, config, site, checker, words, context.cache)
    assign_language_folder((file for file in files if id(file) not in theirs), config)
    known = replace(
        context,
        index=index,
        pages=lists,
        data=data,
        url_for=addresses_in(files),
        urls=urls_of(files),
    )
    return replace(known, rows=add_rows(files, config, known))


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Add our stylesheet and script to the site's files."""
    for path in (STYLESHEET, *SCRIPTS):
        if files.get_file_from_path(path) is None:
            name = path.rpartition("/")[2]
            files.append(File.generated(config, path, content=asset_text(name)))


def name_assets(config: MkDocsConfig) -> None:
    """Have the theme load them; ours come first, so that the site's own may override."""
    if STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, STYLESHEET)
    for script in SCRIPTS:
        if script not in map(str, config.extra_javascript):
            config.extra_javascript.append(script)


def addresses_in(files: Files) -> Callable[[str, str], str]:
    """Gives the address of a page or file as seen from a page, both by source path.

    The path ``""`` is the site's root.
    """

    def url_for(target: str, source: str) -> str:
        there, here = files.src_uris.get(target), files.src_uris.get(source)
        if not target:
            return get_relative_url("./", here.url if here else "")
        if there is None or (source and here is None):
            return relative(target, source)
        return there.url if here is None else there.url_relative_to(here)

    return url_for


def urls_of(files: Files) -> str:
    """A digest of the addresses of all pages."""
    return digest([(file.src_uri, file.url) for file in files.documentation_pages()])


def postmortem_sources(
    files: Files, posts: Container[str], *, is_serve: bool
) -> Iterator[tuple[str, Path]]:
    """The pages that the site will have, as (path, file); ``posts`` are those of a blog.

    PluginError for a name that is not UTF-8, which MkDocs could not write either.
    """
    level = InclusionLevel.is_in_serve if is_serve else InclusionLevel.is_included
    for file in files.documentation_pages(inclusion=lambda _: True):
        if file.abs_src_path and (level(file.inclusion) or file.src_uri in posts):
            if not is_utf8(file.src_uri):
                name = printable(file.src_uri)
                raise PluginError(f"{name}: The file's name is not UTF-8. Rename the file.")
            yield file.src_uri, Path(file.abs_src_path)


def remove_vanished(files: Files) -> None:
    """Forget pages that were deleted after the host listed them; it would stop at the first."""
    for file in list(files.documentation_pages()):
        path = file.abs_src_path
        if file.generated_by is not None or not path or Path(path).exists():
            continue
        if os.path.lexists(path):
            # A link to nothing is reported later; a dirty build would stop at its time.
            file.is_modified = partial(bool, path)  # type: ignore[method-assign]
        else:
            log.warning(f"{file.src_uri} vanished while the site was being built.")
            files.remove(file)


def forget_generated(files: Files, docs: Path) -> None:
    """Leave out what `mkdocs-postmortem generate` has written: the plugin makes it anew."""
    for manifest in docs.rglob(MANIFEST_NAME):
        try:
            made = read_manifest(manifest, docs).files
        except ManifestError as fault:
            raise PluginError(str(fault)) from fault
        for path in made:
            file = files.get_file_from_path(path)
            if file is not None and file.generated_by is None:
                files.remove(file)


def add_index(
    files: Files,
    config: MkDocsConfig,
    site: Site,
    settings: Settings,
    words: Messages,
    reports_others: bool = False,
) -> str | None:
    """The path of the page with the index: the author's, or one that is generated here.

    ``reports_others``: name the pages that look like an index made by hand next to it.
    """
    if site.index_pages:
        return _preferred(site.index_pages, settings)
    if not settings.index:
        return None
    path = index_path(settings)
    for taken in (path, f"{settings.folder}/README.md"):
        if files.get_file_from_path(taken) is not None:
            log.info(
                f"{taken} has no index of the postmortems. "
                "Place it with a line `<!-- postmortem:index -->`."
            )
            return taken
    if reports_others:
        _report_other_indexes(files, path, site.postmortem_paths)
    # With `omitted_files: warn`, an author's `nav` without this page would fail a strict build.
    chosen = InclusionLevel.UNDEFINED if is_automatic(config) else InclusionLevel.NOT_IN_NAV
    files.append(File.generated(config, path, content=index_page(words), inclusion=chosen))
    return path


def _report_other_indexes(files: Files, index: str, postmortems: frozenset[str]) -> None:
    """Name the pages that link to most of the postmortems, as the generated index does."""
    if len(postmortems) < _FEWEST_LINKS:
        return
    for file in files.documentation_pages():
        source = file.abs_src_path
        if source is None or file.src_uri in postmortems:
            continue
        with suppress(OSError):
            text = Path(source).read_text(encoding="utf-8", errors="replace")
            folder = posixpath.dirname(file.src_uri)
            linked = (posixpath.join(folder, target) for target in _LINKED_PAGE.findall(text))
            count = len({posixpath.normpath(path) for path in linked} & postmortems)
            if count >= max(_FEWEST_LINKS, len(postmortems) / 2):
                log.info(
                    f"{file.src_uri} links to {count} of the {len(postmortems)} postmortems, and "
                    f"{index} is generated. To have one index, replace its list with a line "
                    "`<!-- postmortem:index -->`, or set `index: false`."
                )


def _preferred(paths: tuple[str, ...], settings: Settings) -> str:
    """The folder's own page if it holds the index, else the first that does."""
    inside = (path for path in paths if path.startswith(f"{settings.folder}/"))
    return next(inside, paths[0])


def add_data(
    files: Files,
    config: MkDocsConfig,
    site: Site,
    checker: Checker,
    words: Messages,
    cache: Cache,
) -> dict[str, str]:
    """Add the files to the site; gives the paths of those that a page may link to, by their names.

    A file of the author's with the same path stays.
    """
    settings = checker.settings
    folder = f"{settings.generated_folder}/"
    site_url = f"{config.site_url.rstrip('/')}/" if config.site_url else ""

    def address(path: str) -> str:
        file = files.src_uris.get(path)
        url = file.url if file else path
        return site_url + (url.removeprefix("./") if url != "./" else "")

    publication = Publication(
        site.catalog.records,
        checker.today,
        address,
        settings.severities,
        config.site_name,
        site_url,
        folder,
        words,
        settings.audience,
        cache,
    )
    shown: dict[str, str] = {}
    for name, text in bundle(publication, settings.publish if len(site.catalog) else ()):
        path = folder + name
        if files.src_uris.get(path) is None:
            files.append(File.generated(config, path, content=text))
            if name in DATA_NAMES:
                shown[DATA_NAMES[name]] = path
    return shown


def add_lists(
    files: Files, config: MkDocsConfig, site: Site, settings: Settings, words: Messages
) -> dict[tuple[str, str], str]:
    """Add the pages to the site, and give their paths; an author's page of that name stays."""
    added: dict[tuple[str, str], str] = {}
    for key, (path, text) in list_pages(site, settings, words).items():
        if files.src_uris.get(path) is None:
            file = File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            added[key] = path
    for line in values_without_page(site, settings):
        log.info(line)
    return added


def add_rows(files: Files, config: MkDocsConfig, site: SiteContext) -> dict[str, RowFile]:
    """Add a file for each list of all outages or all tasks that no page can hold."""
    added: dict[str, RowFile] = {}

    def add(
        name: str, positions: dict[object, int], make: Callable[[SiteContext, str], str]
    ) -> None:
        if is_long(len(positions), site):
            text = make(site, _TO_ROOT)
            # Pages name rows by their positions, so a browser must not take an older file.
            mark = sha256(text.encode()).hexdigest()[:8]
            path = f"{ASSET_FOLDER}/{name}-{mark}.js"
            files.append(File.generated(config, path, content=text))
            added[name] = RowFile(path, positions)

    paths = (record.path for record in site.catalog.records)
    add("index", {path: number for number, path in enumerate(paths)}, index_data)
    add("tasks", task_positions(site), tasks_data)
    return added
