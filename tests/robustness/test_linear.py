"""Twice the lines are at most about twice the work, counted in lines of Python that run.

What expressions cost is not counted here: tests/robustness/test_expressions.py looks at these, and
fuzz/growth.py measures both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import growth
import pytest

SMALL = 25
# Readers of whole pages; the one of single values has no lines to double.
READERS = [name for name in growth.READERS if name not in ("words", "front matter value")]


def executed(work: Callable[[str], object], text: str) -> int:
    """How many lines of the package run."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if event == "call" and "mkdocs_postmortem" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", READERS)
def test_twice_the_lines_are_twice_the_work(name: str) -> None:
    reader = growth.READERS[name]
    reader("warm up the caches\n")
    steep = {}
    for line in growth.LINES:
        once, twice, thrice = (executed(reader, f"{line}\n" * SMALL * n) for n in (1, 2, 3))
        # What is done once a page must not hide how the rest grows.
        if thrice - twice > 1.3 * (twice - once) + 50:
            steep[line] = (once, twice, thrice)
    assert steep == {}


def test_a_wide_row_and_many_rows_are_no_product() -> None:
    def table(size: int) -> str:
        return f"{'|' * size}\n" + "| a\n" * size

    once, twice = (executed(growth.READERS["timeline"], table(size)) for size in (200, 400))
    assert twice < 2.5 * once


@pytest.mark.parametrize("words", ["at ", "~", "about ", "09:12 ", "1,000", "9999999d ", "a@", "["])
def test_long_runs_end(words: str) -> None:
    for name in growth.READERS:
        growth.READERS[name](words * 5_000)
