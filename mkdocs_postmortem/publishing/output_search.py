"""A search of all files of a site's output, some of them while the rest is still being written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.publishing.contents import read_content
from mkdocs_postmortem.publishing.leaks import Leak, LeakSearch


class SearchTask(NamedTuple):
    """The folder to search, what must not be in it, and the texts that the audience may read.

    ``skipped`` files are not searched. Of ``copied`` files nobody needs to hear that they cannot be
    read. Both are paths in the folder.
    """

    folder: str
    withheld: tuple[Withheld, ...]
    public: tuple[str, ...]
    skipped: frozenset[str] = frozenset()
    copied: frozenset[str] = frozenset()


class Found(NamedTuple):
    """The leaks, and the files that cannot be read."""

    leaks: list[Leak]
    unread: list[str]


class OutputSearch:
    """Searches a folder; ``finish`` searches what has not been searched early, or has changed."""

    def __init__(self, task: SearchTask) -> None:
        self._task = task
        self._folder = Path(task.folder).resolve()
        self._leaks = LeakSearch(task.withheld, task.public)
        self._clean: dict[str, int] = {}  # the hashes of the bytes of files without a leak

    def search_early(self, output: str) -> None:
        """Search a file, or with an empty path all that there is, before the output is complete."""
        for name in [output] if output else self._files():
            with suppress(OSError):  # it may be gone or not be there yet
                data = self._read(name)
                content = read_content(name, data, reads_pdf=name not in self._task.copied)
                if content.is_whole and self._leaks.is_clean(name, content.text):
                    self._clean[name] = hash(data)

    def finish(self) -> Found:
        """All leaks in the folder, file by file."""
        unread: list[str] = []
        leaks = [leak for name in self._files(unread) for leak in self._search(name, unread)]
        return Found(leaks, sorted(unread))

    def _search(self, output: str, unread: list[str]) -> list[Leak]:
        is_made = output not in self._task.copied
        try:
            data = self._read(output)
        except OSError:
            unread.extend([output] if is_made else [])
            return []
        if self._clean.get(output) == hash(data):
            return []
        content = read_content(output, data, reads_pdf=is_made)
        unread.extend([output] if is_made and not content.is_whole else [])
        return self._leaks.search(output, content.text)

    def _read(self, output: str) -> bytes:
        return Path(self._folder, output).read_bytes()

    def _files(self, unread: list[str] | None = None) -> Iterator[str]:
        """The files to search. ``unread`` gets folders that cannot be read or lead elsewhere."""
        start = len(str(self._folder)) + 1

        def name_of(*parts: str) -> str:
            return os.path.join(*parts)[start:].replace(os.sep, "/")  # noqa: PTH118 - thousands

        def miss(folder: str) -> None:
            if unread is not None:
                unread.append(name_of(folder))

        for folder, folders, files in os.walk(
            self._folder, onerror=lambda error: miss(error.filename)
        ):
            for name in folders:
                path = Path(folder, name)
                if path.is_symlink() and not path.resolve().is_relative_to(self._folder):
                    miss(str(path))
            folders.sort()
            for name in sorted(files):
                output = name_of(folder, name)
                # Not a pipe, which never ends.
                if output not in self._task.skipped and Path(folder, name).is_file():
                    yield output
