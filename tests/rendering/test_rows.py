"""A row is rendered once for all lists, and leads to where each list needs it."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.stated import read_users
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.index import outage_items, render_index
from mkdocs_postmortem.rendering.lists import BASE
from mkdocs_postmortem.rendering.row_file import list_data, row_data
from mkdocs_postmortem.rendering.task_list import render_tasks, task_items

WORDS = st.text("ab09:<>&\"'{}%\x00\u202e é\u202f*_`[]()", max_size=8)
TASK = Task("Check the *pool*", TaskState.OPEN, Position(1), owners=("dana",))


def site_with(*records: Postmortem) -> SiteContext:
    catalog = Catalog(records)
    return SiteContext(catalog, date(2026, 11, 24), repeats(catalog, Settings()))


def scripts_of(site: SiteContext) -> list[str]:
    """All outages and all tasks, as the script reads them."""
    lists = {
        "index": outage_items(site.catalog.records, site),
        "tasks": task_items(site.tasks, site),
    }
    return [list_data(f"{name}_rows.html", items, site, "../") for name, items in lists.items()]


def test_a_row_leads_to_its_page_from_wherever_its_list_is() -> None:
    site = site_with(Postmortem("PM-1", "out/a.md", "Down", tasks=(TASK,)))

    for render in (render_index, render_tasks):
        assert '<a href="out/a.md">' in render(PageContext("index.md", site), {})
        assert '<a href="../../out/a.md">' in render(PageContext("b/c/index.md", site), {})


def test_a_row_file_leads_to_pages_below_the_root() -> None:
    site = site_with(Postmortem("PM-1", "out/a.md", "Down", tasks=(TASK,)))

    for script in scripts_of(site):
        assert '<a href=\\"out/a.md\\">' in script


def test_an_estimated_share_of_users_keeps_its_mark() -> None:
    users = read_users("about 35%")
    site = site_with(Postmortem("PM-1", "out/a.md", "Down", users_affected=users))

    assert ">~35%</td>" in render_index(PageContext("index.md", site), {})


@given(title=WORDS, service=WORDS, task=WORDS)
def test_nothing_of_a_row_is_left_open_or_unescaped(title: str, service: str, task: str) -> None:
    record = Postmortem(
        "PM-1", "a.md", title, services=(service,), tasks=(Task(task, TaskState.OPEN, Position(1)),)
    )
    site = site_with(record)

    view = PageContext("a.md", site)
    for text in (render_index(view, {}), render_tasks(view, {})):
        assert BASE not in text
        assert "\x00" not in text
        ElementTree.fromstring(text)  # noqa: S314
    for script in scripts_of(site):
        data = json.loads(script.removeprefix("mkdocsPostmortemRows(").removesuffix(");\n"))
        assert data["count"] == 1


def test_attributes_are_in_the_order_of_the_template() -> None:
    row = '<tr class="a" data-id="b" data-facets="{}" data-seconds="3"><td data-key="1">x</td></tr>'
    text = row_data([row], [{}], "../", Cache())

    assert text.index('"class"') < text.index('"data-id"') < text.index('"data-seconds"')
