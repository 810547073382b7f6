"""How many calls of Python's functions a page takes: no load of the machine can fool this guard."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from pages import write_pages

from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page

PAGES = 20


def test_reading_and_checking_a_page_takes_few_calls(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    pages = [(f"postmortems/{file.name}", file.read_bytes()) for file in tmp_path.glob("*.md")]
    checker = Checker(Settings(), load_schemas(), date(2026, 11, 24))
    calls = 0

    def work() -> None:
        for path, raw in pages:
            page = read_page(path, raw, checker.settings)
            assert page is not None
            assert page.record is not None
            list(checker.check_page(page))

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal calls
        calls += event == "call"

    work()  # what is kept from page to page is there then, as for all pages but the first few
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)

    # 2,137 under Python 3.11; other versions differ by some.
    assert calls / PAGES < 2_150
