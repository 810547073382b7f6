"""What the plugin does to the host's list of files. Nothing is written into the docs folder."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from mkdocs_postmortem.catalog import Site, digest
from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing import (
    MANIFEST_NAME,
    SCRIPTS,
    STYLESHEET,
    ManifestError,
    index_page,
    index_path,
    read_manifest,
)
from mkdocs_postmortem.reading.page import is_utf8
from mkdocs_postmortem.rendering import Messages, asset_text, relative

log = get_plugin_logger(__name__)

_LINKED_PAGE = re.compile(r"\]\(\s*<?([^()\s<>#]+\.(?:md|markdown|mdown|mkdn|mkd))\b")
# A page with fewer links to postmortems tells of a repeat, say; it is not a list of all.
_FEWEST_LINKS = 3


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
        if file.generated_by is None and path and not os.path.lexists(path):
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
    files.append(File.generated(config, path, content=index_page(words)))
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
