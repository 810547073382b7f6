"""Twice the lines are at most about twice the work, counted in lines of Python that run.

What expressions cost is not counted here: tests/robustness/test_expressions.py looks at these, and
fuzz/growth.py measures both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import product
from types import FrameType
from typing import Any

import growth
import promises
import pytest

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.publishing.dataset import as_dataset, load_dataset
from mkdocs_postmortem.publishing.tables import as_sqlite, record_row
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.index import render_groups, render_index
from mkdocs_postmortem.rendering.repeats import render_repeats
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.task_list import render_tasks

SMALL = 25
# Readers of whole pages; the one of single values has no lines to double.
READERS = [name for name in growth.READERS if name not in ("words", "front matter value")]


def executed(work: Callable[[str], object], text: str, *, compared: bool = False) -> int:
    """How many lines of the package run; or how often values are ``compared`` by a method that a
    dataclass makes: ``item in items`` looks like one line.
    """
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        code = frame.f_code
        if event == "call" and "mkdocs_postmortem" not in code.co_filename:
            count += compared and code.co_name == "__eq__" and code.co_filename == "<string>"
            return None
        count += event == "line" and not compared
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
    for line, compared in product(growth.LINES, (False, True)):
        once, twice, thrice = (
            executed(reader, growth.repeated(line, (len(line) + 1) * SMALL * n), compared=compared)
            for n in (1, 2, 3)
        )
        # What is done once a page must not hide how the rest grows.
        if thrice - twice > 1.3 * (twice - once) + 50:
            steep[line] = (once, twice, thrice)
    assert steep == {}


def archive(size: int) -> SiteContext:
    """A site of so many outages, with services and causes of their own and shared ones."""
    records = []
    for number in range(size):
        text = promises.GOOD_PAGE.replace("[checkout]", f"[checkout, service-{number}]")
        text = text.replace("custom: a value", f"id: PM-{number}\n  causes: [pool, c{number}]")
        text = text.replace(
            "2026-03-14 09:12", f"20{10 + number % 15}-03-{1 + number % 28:02} 09:12"
        )
        page = read_page(f"postmortems/{number}.md", text.encode(), promises.SETTINGS)
        assert page is not None
        assert page.record is not None
        records.append(page.record)
    catalog = Catalog(records)
    return SiteContext(catalog, promises.TODAY, repeats(catalog, promises.SETTINGS))


LISTS: dict[str, Callable[[SiteContext], object]] = {
    "index": lambda site: render_index(PageContext("a.md", site), {}),
    "tasks": lambda site: render_tasks(PageContext("a.md", site), {"state": "all"}),
    "stats": lambda site: render_stats(PageContext("a.md", site), {}),
    "repeats": lambda site: render_repeats(PageContext("a.md", site), {}),
    "groups": lambda site: render_groups(PageContext("a.md", site), {}),
    "data set": lambda site: as_dataset(site.catalog.records, site.today, str),
    "reading a data set": lambda site: load_dataset(
        as_dataset(site.catalog.records, site.today, str)
    ),
    "csv": lambda site: [record_row(record) for record in site.catalog.records],
    "sqlite": lambda site: as_sqlite(site.catalog.records, site.today),
    "finding repeats": lambda site: repeats(site.catalog, promises.SETTINGS),
}


@pytest.fixture(scope="module")
def sites() -> tuple[SiteContext, ...]:
    return tuple(archive(20 * n) for n in (1, 2, 3))


@pytest.mark.parametrize("name", LISTS)
def test_twice_the_outages_are_twice_the_work(name: str, sites: tuple[SiteContext, ...]) -> None:
    LISTS[name](sites[0])
    once, twice, thrice = (executed(lambda _, s=site: LISTS[name](s), "") for site in sites)
    assert thrice - twice <= 1.3 * (twice - once) + 200, (once, twice, thrice)


def test_a_wide_row_and_many_rows_do_not_multiply() -> None:
    def table(size: int) -> str:
        return f"{'|' * size}\n" + "| a\n" * size

    once, twice = (executed(growth.READERS["timeline"], table(size)) for size in (200, 400))
    assert twice < 2.5 * once


@pytest.mark.parametrize("words", ["at ", "~", "about ", "09:12 ", "1,000", "9999999d ", "a@", "["])
def test_long_runs_end(words: str) -> None:
    for name in growth.READERS:
        growth.READERS[name](words * 5_000)
