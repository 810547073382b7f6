"""The day of the outage, from what a page says outside the front matter."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_postmortem.reading.head_values import find_day
from mkdocs_postmortem.reading.source import number_lines


def day_of(text: str, path: str = "") -> date | None:
    return find_day(number_lines(text.split("\n")), path)


@pytest.mark.parametrize(
    "text",
    [
        "Date: 2026-03-14\n\nWritten 2026-03-20.",
        "# The outage of March 14, 2026\n\nWe shipped on 2026-03-01.",
        "— Start Time: 03, 14, 2026, 10:00 AM\n",
        "## Summary\nThe shop failed on 14 March 2026.\n## Root cause\nA change of 2025-01-01.",
        "Posted 2026-03-20.\n\nFrom 11:20 a.m. to 3:42 p.m. on Saturday, March 14, all failed.",
    ],
)
def test_the_day_is_that_of_the_outage_and_not_of_the_writing_or_the_cause(text: str) -> None:
    assert day_of(text) == date(2026, 3, 14)


def test_a_date_that_only_the_cause_names_is_not_the_day() -> None:
    assert day_of("## Summary\nIt broke.\n## Root cause\nA change of 2025-01-01.") is None


def test_the_file_s_name_is_better_than_a_date_in_the_text() -> None:
    assert day_of("We shipped on 2026-03-01.", "posts/2026-03-14-shop.md") == date(2026, 3, 14)


def test_a_date_that_may_be_two_is_none() -> None:
    assert day_of("Date: 04/12/2026") is None


def test_another_date_does_not_replace_an_ambiguous_one() -> None:
    assert day_of("# 06-05-2026 The gateway is down\n\nWe switched on 27-02-2026.") is None


@pytest.mark.parametrize("label", ["発生日時", "Fecha", "Datum", "Date of incident", "日期"])
def test_a_label_in_any_language_names_the_day(label: str) -> None:
    assert day_of(f"We shipped on 2026-03-01.\n\n- **{label}**: 2026-03-14") == date(2026, 3, 14)


def test_a_day_next_to_due_to_is_the_day_of_the_outage() -> None:
    assert day_of("On 2026-03-14 the shop was down due to load.") == date(2026, 3, 14)
