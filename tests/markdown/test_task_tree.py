"""A task's details are drawn, and nothing of its text is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_page import HEAD, convert

from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page


def tasks(items: str, head: str = HEAD) -> str:
    """The page's tasks; it is built on 2026-11-24."""
    html = convert(f"# T\n\n## Tasks\n\n{items}", head)
    return html[html.index("<h2") :].partition("<aside")[0]


def words(html: str) -> str:
    shown = re.sub(r"<[^>]*hidden=[^>]*>[^<]*", "", html)
    return " ".join(re.sub(r"<[^>]*>", "", shown).split())


def test_details_are_drawn() -> None:
    html = tasks(
        "- [ ] Alert on `pool` (@dana @kim, due 2026-11-14, [OPS-1](https://t.example/1), detect)\n"
        "- [x] Roll back (@lee, done 2026-03-14)\n"
        "- [-] Move it (won't do: *too* late)\n"
        "- [ ] Later (due 2026-11-24)\n"
    )

    assert words(html) == (
        "Tasks Alert on pool dana kim due Nov 14, 2026 10 days overdue OPS-1 Detect "
        "Roll back lee Done Mar 14, 2026 – Move it Won&#39;t do: too late "
        "Later due Nov 24, 2026"
    ).replace("Roll", "&#10003;Roll").replace("– Move", "&#8211;Move")
    assert "Alert on <code>pool</code>" in html
    assert '<a href="https://t.example/1">OPS-1</a>' in html
    assert "<em>too</em>" in html


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] Alert on\n  all of it (@dana,\n  due 2026-11-14)\n",
        "- [ ] First\n\n- [ ] Alert on all of it (@dana, due 2026-11-14)\n",
        "1. [ ] Alert on all of it (@dana, due 2026-11-14)\n    - more\n",
        "- Alert on all of it (@dana, due 2026-11-14)\n",
        "* [] Alert on all of it (@dana, due 2026-11-14)\n",
    ],
)
def test_every_form_of_list_is_drawn(item: str) -> None:
    html = tasks(item)

    assert "(@dana" not in html
    assert "Alert on all of it dana due Nov 14, 2026 10 days overdue" in words(html)


def test_a_name_in_the_text_is_not_shown_twice() -> None:
    assert words(tasks("- [ ] Ask @dana (due 2026-11-30)\n")).count("dana") == 1


@pytest.mark.parametrize(
    "details",
    ["see RFC 12, @lee, detect", "Owner: lee, RFC 12", "RFC 12, *see* it, Verantwortlich: lee"],
)
def test_what_is_not_a_detail_is_shown(details: str) -> None:
    shown = words(tasks(f"- [ ] Alert on\n  it ({details}, due 2026-11-30)\n"))

    assert "RFC 12" in shown
    assert "lee due Nov 30, 2026" in shown


def test_what_is_not_a_task_of_the_record_stays_as_it_is() -> None:
    html = convert("# T\n\n- Text (@dana, due 2026-11-14)\n\n## Tasks\n\n- [ ] Other (@kim)\n")

    assert "Text (@dana, due 2026-11-14)" in html


def test_due_dates_in_tables_are_drawn() -> None:
    html = tasks("| Action | Owner | Due |\n| - | - | - |\n| Do it | kim | 2026-11-14 |\n")

    assert "2026-11-14<" not in html
    assert "Do it kim Nov 14, 2026 10 days overdue" in words(html)


def test_tasks_of_the_front_matter_are_below_their_heading() -> None:
    task = "  tasks:\n    - {text: 'Do *it* <b>', owner: kim, due: 2026-11-14, ticket: OPS-1}\n"
    html = tasks("- [ ] Other\n", HEAD.replace("  started", f"{task}  started"))

    assert "Do <em>it</em> &lt;b&gt;" in html
    assert words(html) == ("Tasks Do it &lt;b&gt; kim due Nov 14, 2026 10 days overdue OPS-1 Other")


@given(st.text("ab<>&\"'`*_[]()@,{}\\ ", min_size=1, max_size=30))
def test_hostile_details_stay_well_formed_and_lose_no_letter(text: str) -> None:
    body = f"# T\n\n## Tasks\n\n- [ ] x{text} (@dana, [O](javascript:y), due 2026-11-14)\n"
    page = read_page("a.md", (HEAD + body).encode(), Settings())
    html = convert(body)

    assert page is not None
    assert page.record is not None
    assert 'href="javascript' not in html
    assert words(html).count("a") >= text.count("a")
