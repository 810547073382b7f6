"""A search of all files of a site's output, some of them while the rest is still being written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
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
        self._clean: dict[str, bytes] = {}  # the digests of files without a leak

    def search_early(self, output: str) -> None:
        """Search a file, or all that is in a folder, before the output is complete."""
        root = self._folder / output
        for name, file in _files(self._folder, root) if root.is_dir() else ((output, root),):
            if name in self._task.skipped:
                continue
            with suppress(OSError):  # it may be gone or not be there yet
                data = file.read_bytes()
                content = read_content(name, data, reads_pdf=name not in self._task.copied)
                if content.is_whole and self._leaks.is_clean(name, content.text):
                    self._clean[name] = blake2b(data).digest()

    def finish(self) -> Found:
        """All leaks in the folder, file by file."""
        found = Found([], [])
        for output, file in _files(self._folder, self._folder):
            if output not in self._task.skipped:
                self._search(output, file, found)
        return found

    def _search(self, output: str, file: Path, found: Found) -> None:
        is_made = output not in self._task.copied
        try:
            # A folder says nothing, but it may not be readable or lead elsewhere.
            data = b"" if _is_listed(file) else file.read_bytes()
        except OSError:
            found.unread.extend([output] if is_made else [])
            return
        if output in self._clean and self._clean[output] == blake2b(data).digest():
            return
        content = read_content(output, data, reads_pdf=is_made)
        is_whole = content.is_whole and (file.is_file() or self._is_inside(file))
        found.unread.extend([output] if is_made and not is_whole else [])
        if file.is_file():
            found.leaks.extend(self._leaks.search(output, content.text))

    def _is_inside(self, file: Path) -> bool:
        return not file.is_symlink() or file.resolve().is_relative_to(self._folder.resolve())


def _is_listed(file: Path) -> bool:
    """Whether it is something else than a file. OSError for a folder that cannot be listed."""
    if file.is_dir():
        next(file.iterdir(), None)
    return not file.is_file()


def _files(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """All below a folder in order, with their paths in ``folder``."""
    start = len(str(folder)) + 1
    for file in sorted(root.rglob("*")):
        yield str(file)[start:].replace(os.sep, "/"), file
