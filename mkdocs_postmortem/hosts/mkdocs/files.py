"""What the plugin does to the host's list of files. Nothing is written into the docs folder."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Container, Iterator
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

from mkdocs_postmortem.catalog.cache import digest
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.hosts.mkdocs.navigation import is_automatic
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import (
    assign_language_folder,
    built_language,
    default_language,
    is_draft_post,
)
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.publishing.bundle import DATA_NAMES, Publication, bundle
from mkdocs_postmortem.publishing.generated_files import MANIFEST_NAME, ManifestError, read_manifest
from mkdocs_postmortem.publishing.list_pages import (
    ASSET_FOLDER,
    SCRIPTS,
    STYLESHEET,
    find_index,
    index_page,
    index_path,
    list_pages,
    values_without_page,
)
from mkdocs_postmortem.reading.membership import left_out_finding
from mkdocs_postmortem.reading.page import is_utf8
from mkdocs_postmortem.rendering.context import RowFile, SiteContext
from mkdocs_postmortem.rendering.index import outage_items
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.lists import is_long
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.row_file import list_data
from mkdocs_postmortem.rendering.task_list import task_items
from mkdocs_postmortem.rendering.templates import asset_text

log = get_plugin_logger(__name__)

_LINKED_PAGE = re.compile(r"\]\(\s*<?([^()\s<>#]+\.(?:md|markdown|mdown|mkdn|mkd))\b")
# A page with fewer links to postmortems is about a repeat, for example, and not a list of all.
_FEWEST_LINKS = 3
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_TO_ROOT = "../" * (ASSET_FOLDER.count("/") + 1)


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


class GeneratedFiles:
    """Adds all that the plugin generates to a site. A file of the author's with the same path
    stays.

    ``added`` are the files. ``reports_others``: name the pages that look like an index made by hand
    next to the generated one.
    """

    def __init__(self, files: Files, config: MkDocsConfig, site: Site, checker: Checker) -> None:
        self.added: list[File] = []
        self._files = files
        self._config = config
        self._site = site
        self._checker = checker
        self._settings = checker.settings

    def add_all(self, context: SiteContext, *, reports_others: bool) -> SiteContext:
        """The context that knows of the files."""
        for path in (STYLESHEET, *SCRIPTS):
            self._add(path, asset_text(path.rpartition("/")[2]))
        index = self._add_index(context.messages, reports_others=reports_others)
        lists = self._add_lists(context.messages)
        url_for = addresses_in(self._files)
        data = self._add_data(context, url_for)
        assign_language_folder(self.added, self._config)
        known = replace(
            context, index=index, pages=lists, data=data, url_for=url_for, urls=urls_of(self._files)
        )
        return replace(known, rows=self._add_rows(known))

    def _add(
        self, path: str, text: str, inclusion: InclusionLevel = InclusionLevel.UNDEFINED
    ) -> bool:
        """Whether there was no such file yet."""
        if path in self._files.src_uris:
            return False
        file = File.generated(self._config, path, content=text, inclusion=inclusion)
        self._files.append(file)
        self.added.append(file)
        return True

    def _add_index(self, messages: Messages, *, reports_others: bool) -> str | None:
        """The path of the page with the index: the author's, or one that is generated here."""
        wanted, taken = index_path(self._settings), self._files.src_uris
        path = find_index(self._site, self._settings.folder, wanted, taken)
        if path in self._site.index_pages:
            return path
        if not self._settings.index:
            return None
        if path in taken:
            log.info(
                f"{path} has no index of the postmortems. "
                "Place it with a line `<!-- postmortem:index -->`."
            )
            return path
        if reports_others:
            _report_other_indexes(self._files, path, self._site.postmortem_paths)
        # With `omitted_files: warn`, an author's `nav` without it would fail a strict build.
        is_listed = is_automatic(self._config)
        chosen = InclusionLevel.UNDEFINED if is_listed else InclusionLevel.NOT_IN_NAV
        self._add(path, index_page(messages), chosen)
        return path

    def _add_lists(self, messages: Messages) -> dict[tuple[str, str], str]:
        """The paths of the pages with lists."""
        for line in values_without_page(self._site, self._settings):
            log.info(line)
        pages = list_pages(self._site, self._settings, messages)
        return {
            key: path
            for key, (path, text) in pages.items()
            if self._add(path, text, InclusionLevel.NOT_IN_NAV)
        }

    def _add_data(self, context: SiteContext, url_for: Callable[[str, str], str]) -> dict[str, str]:
        """The paths of the files that a page may link to, by their names."""
        site_url = f"{self._config.site_url.rstrip('/')}/" if self._config.site_url else ""
        publication = Publication(
            self._site.catalog.records,
            self._checker.today,
            lambda path: site_url + url_for(path, "").removeprefix("./"),
            context.messages,
            self._config.site_name,
            site_url,
            f"{self._settings.generated_folder}/",
            self._settings.severities,
            self._settings.audience,
            context.cache,
        )
        files = bundle(publication, self._settings.publish if len(self._site.catalog) else ())
        paths = ((name, publication.folder + name, text) for name, text in files)
        added = [(name, path) for name, path, text in paths if self._add(path, text)]
        return {DATA_NAMES[name]: path for name, path in added if name in DATA_NAMES}

    def _add_rows(self, site: SiteContext) -> dict[str, RowFile]:
        """A file for each list of all outages or all tasks that no page can hold."""
        lists = {
            "index": outage_items(site.catalog.records, site),
            "tasks": task_items(site.tasks, site),
        }
        added: dict[str, RowFile] = {}
        for name, items in lists.items():
            if is_long(len(items), site):
                text = list_data(f"{name}_rows.html", items, site, _TO_ROOT)
                # Pages name rows by their positions, so a browser must not take an older file.
                mark = sha256(text.encode()).hexdigest()[:8]
                path = f"{ASSET_FOLDER}/{name}-{mark}.js"
                self._add(path, text)
                positions = {item.place: number for number, item in enumerate(items)}
                added[name] = RowFile(path, positions)
        return added


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


def excluded_problems(
    files: Files, config: MkDocsConfig, sources: Collection[str], checker: Checker
) -> Iterator[Problem]:
    """A PM007 for each page that carries our front matter and is not among the sources.

    static-i18n builds the site once for each language, and takes the pages of the others away
    each time; what the configuration excludes is reported with the default language.
    """
    language = built_language(config)
    if language and language != default_language(config):
        return
    docs = Path(config.docs_dir)
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs).as_posix()
        if file.suffix not in _MARKDOWN or path in sources or _is_never_built(path):
            continue
        reason = _reason(path, files, config)
        if reason is None and language:
            continue
        finding = left_out_finding(path, file, reason or "a plugin or a hook takes it out")
        if finding is not None:
            yield from checker.to_problems(path, [finding])


def _is_never_built(path: str) -> bool:
    """What MkDocs leaves out by default."""
    return path.startswith("templates/") or any(part.startswith(".") for part in path.split("/"))


def _reason(path: str, files: Files, config: MkDocsConfig) -> str | None:
    """Why the configuration leaves a page out; None where something else does."""
    file = files.src_uris.get(path)
    if config.draft_docs and config.draft_docs.match_file(path):
        return "`draft_docs` names it"
    if config.exclude_docs and config.exclude_docs.match_file(path):
        return "`exclude_docs` names it"
    if file is not None and is_draft_post(file):
        return "it is a draft of the blog"
    return None
