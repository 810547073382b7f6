"""The last look at a build's output: a site with anything withheld in it is not published."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from mkdocs_postmortem.catalog.check_pages import processors
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import built_language
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.publishing.leaks import MOST_NAMED, Leak, remove_output
from mkdocs_postmortem.publishing.output_search import OutputSearch, SearchTask
from mkdocs_postmortem.publishing.search_process import SearchProcess

log = get_plugin_logger(__name__)

_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)

# Pages that are searched sooner than a process starts.
_FEW = 100

# What was found on a file of the output → the problem panel.
Panel = Callable[[list[Leak]], str]


class LastLook:
    """Knows what is withheld from the audience of a build, and searches the output for it.

    static-i18n builds each language into the same folder, so each language's build adds to what
    is searched for. Nothing is read where nothing is withheld.
    """

    def __init__(self) -> None:
        self._builds: dict[str | None, tuple[Site, Files, tuple[str, ...]]] = {}
        self._leaks: list[Leak] = []
        self._process = SearchProcess()
        self._written = ""

    def begin(self, site: Site, files: Files, config: MkDocsConfig, words: tuple[str, ...]) -> None:
        """Learn what a build withholds; ``words`` are public texts that no page has."""
        self._leaks = []
        names = (config.site_name, config.site_description or "", config.copyright or "")
        self._builds[built_language(config)] = (site, files, (*names, *words))
        self._process.stop()
        if site.withheld and len(files.documentation_pages()) > _FEW and processors() > 1:
            self._process.start()

    def report(self, leak: Leak) -> None:
        """Take a leak that was found before the output was written."""
        self._leaks.append(leak)

    def finish(self, config: MkDocsConfig, panel: Panel | None) -> bool:
        """Search the output, and say whether all of it is left as it was written. On a leak it is
        removed and the build fails; while serving (with a ``panel``) the page that leaks shows the
        panel alone.
        """
        folder = Path(config.site_dir)
        # MkDocs may not warn while it serves strictly: it would end.
        level = logging.WARNING if panel is None else logging.INFO
        leaks = [*self._leaks, *self._search(config, level)]
        for leak in leaks[:MOST_NAMED]:
            log.error(f"PM707 {leak}")
        if not leaks:
            return True
        if panel is None:
            # As MkDocs does, keep what begins with a dot, such as `.git`, unless it leaks.
            entries = [path for path in folder.glob("*") if not path.name.startswith(".")]
            raise PluginError(remove_output(folder, entries, leaks))
        _show(folder, leaks, panel)
        return False

    def start(self, config: MkDocsConfig) -> None:
        """Begin to search, where this pays, beside the build that is about to write its output."""
        if self._process.is_started:
            self._process.begin(self._task(config))
            self._written = ""

    def see(self, output: str) -> None:
        """Hear of a file that is written next. By then all before it are on disk: at first those
        that are copied, which are in the folder as a whole.
        """
        self._process.add(self._written)
        self._written = output

    def stop(self) -> None:
        """Search no more: the build has failed."""
        self._process.stop()

    def _search(self, config: MkDocsConfig, level: int) -> list[Leak]:
        if not any(site.withheld for site, _, _ in self._builds.values()):
            return []
        task = self._task(config)
        found = self._process.finish(task) or OutputSearch(task).finish()
        if found.unread:
            log.log(level, _unread_message(found.unread))
        return found.leaks

    def _task(self, config: MkDocsConfig) -> SearchTask:
        of_theme = self._copied(config.theme.dirs)
        return SearchTask(
            folder=config.site_dir,
            withheld=tuple(it for site, _, _ in self._builds.values() for it in site.withheld),
            public=tuple(self._public(config.docs_dir)),
            skipped=frozenset(of_theme),
            copied=frozenset(of_theme | self._copied([config.docs_dir])),
        )

    def _copied(self, folders: Iterable[str]) -> set[str]:
        """The paths in the output of files that are copied from folders as they are."""
        folders = set(folders)
        return {
            file.dest_uri
            for _, files, _ in self._builds.values()
            for file in files
            if file.src_dir in folders and not file.is_documentation_page()
        }

    def _public(self, docs: str) -> Iterator[str]:
        """The texts that the audience may read: all pages of authors, as it sees them, and the
        names of files, which withheld text may link to. What another plugin has made of files is no
        proof that these are public.
        """
        for site, files, words in self._builds.values():
            yield from words
            for file in files:
                is_published = file.inclusion.is_included() and file.src_dir == docs
                if not is_published or file.src_uri in site.left_out.hidden:
                    continue
                yield f"{file.src_uri}\n{file.url}"
                if not file.is_documentation_page():
                    continue
                page = site.pages.get(file.src_uri)
                if page is not None:
                    yield page.text if page.source is None else page.source
                else:
                    yield _content(file)


def _unread_message(unread: Collection[str]) -> str:
    more = f" and {len(unread) - MOST_NAMED} more" if len(unread) > MOST_NAMED else ""
    text = (
        f"Cannot search for internal text in {', '.join([*unread][:MOST_NAMED])}{more}. "
        "Make such files after the build, from the site that has been searched."
    )
    if find_spec("pypdfium2") or not any(output.endswith(".pdf") for output in unread):
        return text
    return f"{text} PDFs can be searched after `pip install 'mkdocs-postmortem[pdf]'`."


def _content(file: File) -> str:
    try:
        return file.content_bytes.decode("utf-8", "replace")
    except OSError:
        return ""  # it has vanished since; what it said is searched for


def _show(folder: Path, leaks: list[Leak], panel: Panel) -> None:
    """Leave nothing of a file that leaks but the problem panel; the home page has all of them."""
    by_output: dict[str, list[Leak]] = {}
    for leak in leaks:
        by_output.setdefault(leak.output, []).append(leak)
    for output, found in by_output.items():
        file = folder / output
        file.unlink(missing_ok=True)
        if file.suffix == ".html":
            shown = f"<!doctype html>\n<body>{panel(found)}</body>\n"
            write_whole(file, shown.encode(), roots=(folder,))
            os.utime(file, (0, 0))  # a dirty build writes it again
    home = folder / "index.html"
    if "index.html" not in by_output and home.is_file():
        text = home.read_text(encoding="utf-8")
        shown = _BODY.sub(lambda match: match[0] + panel(leaks), text, count=1)
        write_whole(home, shown.encode(), roots=(folder,), overwrite=True)
