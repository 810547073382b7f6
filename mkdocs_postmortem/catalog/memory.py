"""What was read and judged of files, kept for the next build of one server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from mkdocs_postmortem.catalog.remembered import Remembered
from mkdocs_postmortem.catalog.similar_pairs import SimilarPairs
from mkdocs_postmortem.checking import Checker
from mkdocs_postmortem.history import CheckboxHistory
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.reading import Page, read_file, read_page

_Days = Mapping[str, CheckboxHistory]


def _content(file: Path) -> bytes:
    # Each save reads all files, and pathlib takes as long as the system to open one.
    with open(file, "rb", buffering=0) as raw:  # noqa: PTH123
        return raw.readall()


class Memory:
    """Pages by path and content, and their own problems, as long as the terms stay the same.

    Each build asks for every file with the bytes that it has then; what was not asked for is
    forgotten. Nothing is written, so no crash and no upgrade leaves anything behind.
    ``similar_pairs`` and ``made`` are for what is made of the pages' records.
    """

    def __init__(self) -> None:
        self._terms: object = None
        self._pages: dict[str, tuple[bytes, Page | None]] = {}
        self._dated: dict[str, tuple[Page, _Days, Page]] = {}
        self._problems: dict[int, tuple[Page, tuple[Problem, ...]]] = {}
        self._problems_before = self._problems
        self.similar_pairs = SimilarPairs()
        self.made = Remembered()

    def read(
        self, files: Iterable[tuple[str, Path]], checker: Checker, unsaved: Mapping[str, bytes]
    ) -> dict[str, Page]:
        """The pages that concern us of files given as in ``read_site``; begins a build."""
        if checker.cache_key != self._terms:
            self._terms, self._pages, self._problems = checker.cache_key, {}, {}
        self._problems_before, self._problems = self._problems, {}
        found = {path: self._page(path, file, checker, unsaved.get(path)) for path, file in files}
        self._pages = found
        self.made.begin()
        self._dated = {path: item for path, item in self._dated.items() if path in found}
        return {path: page for path, (_, page) in found.items() if page is not None}

    def problems(self, page: Page, checker: Checker) -> tuple[Problem, ...]:
        """The problems that a page has by itself. A page that is the same object has the same."""
        before = self._problems_before.get(id(page))
        if before is None or before[0] is not page:
            before = (page, tuple(checker.check_page(page)))
        self._problems[id(page)] = before
        return before[1]

    def dated(self, page: Page, days: _Days, made: Page) -> Page:
        """What was made of the same page and days in the build before, or else ``made``."""
        before = self._dated.get(page.path)
        if before is None or before[0] is not page or before[1] != days:
            before = self._dated[page.path] = (page, days, made)
        return before[2]

    def _page(
        self, path: str, file: Path, checker: Checker, unsaved: bytes | None
    ) -> tuple[bytes, Page | None]:
        try:
            raw = _content(file) if unsaved is None else unsaved
        except OSError:
            return b"", read_file(path, file, checker.settings)  # it tells what is wrong, each time
        digest = blake2b(raw, digest_size=20).digest()
        before = self._pages.get(path)
        if before is not None and before[0] == digest:
            return before
        return digest, read_page(path, raw, checker.settings)
