"""A clock, a hyphen and a clock: a range, unless it can only be an offset."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.zone import Zone, named_zone
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.time_expression import match_time
from mkdocs_postmortem.reading.timeline import read_timeline

SIGNS = ["-", " - ", "–", " – ", "--", "→", " -> ", " to ", "〜", " until "]
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def read(text: str) -> tuple[time | None, time | None, str | None]:
    """The clock, the end of the range and the zone of a time."""
    expression = match_time(text)
    assert expression is not None
    assert expression.clock is not None
    until = expression.until.clock if expression.until else None
    return expression.clock.value, until.value if until else None, expression.zone


@given(clocks, clocks, st.sampled_from(SIGNS), st.sampled_from(["", ":30"]))
def test_every_way_to_write_a_range_is_one(one: time, two: time, sign: str, seconds: str) -> None:
    both = [clock.replace(second=30 if seconds else 0) for clock in (one, two)]

    assert read(f"{one:%H:%M}{seconds}{sign}{two:%H:%M}{seconds} We wait") == (*both, None)


@pytest.mark.parametrize(
    "text",
    ["2026-03-14T09:15-03:00", "09:15 -03:00", "09:15:00-05:00", "09:15 -0500", "09:15+02:00"],
)
def test_an_offset_stays_one(text: str) -> None:
    assert read(text) == (time(9, 15), None, re.split(r"15(?::00)?", text)[-1].strip())


def entry_times(body: str, zone: Zone | None) -> list[str]:
    lines = number_lines(["## Timeline", "", *body.split("\n")])
    context = TimeContext(zone, date(2026, 1, 14))
    section = read_sections(lines, Synonyms())[0]
    timeline, _ = read_timeline(section, lines, context)
    return [
        f"{e.moment.instant} {e.moment.until and e.moment.until.clock}" for e in timeline.entries
    ]


def test_the_zone_in_force_decides_what_can_be_both() -> None:
    assert entry_times("- 09:15-05:00 It broke.", named_zone("America/New_York")) == [
        "2026-01-14 09:15:00-05:00 None"
    ]
    assert entry_times("- 09:15-05:00 It broke.", named_zone("UTC")) == [
        "2026-01-14 09:15:00+00:00 05:00:00"
    ]


def test_a_range_leaves_the_next_entry_on_its_day() -> None:
    found = entry_times("- 09:15-09:30 It broke.\n- 09:31 We look.", named_zone("UTC"))

    assert found == ["2026-01-14 09:15:00+00:00 09:30:00", "2026-01-14 09:31:00+00:00 None"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("1 to 3 am", (time(1), time(3))),
        ("11 to 1 am", (time(23), time(1))),
        ("11:15 - 1:30 PM", (time(11, 15), time(13, 30))),
        ("9:15-10:30 p.m.", (time(21, 15), time(22, 30))),
        ("10-11 AM", (time(10), time(11))),
    ],
)
def test_the_first_hour_takes_its_half_from_the_second(text: str, ends: tuple[time, time]) -> None:
    assert read(text) == (*ends, None)


@pytest.mark.parametrize(
    "text",
    [
        "May 3-5, 2026",
        "May 3rd – 5th, 2026",
        "May 3 to 5, 2026",
        "3 to 5 May 2026",
        "3–5 May 2026 (three days)",
        "3. bis 5. Mai 2026",
        "3 au 5 mai 2026",
        "3 al 5 de mayo de 2026",
        "2026-05-03 → 05-05",
        "2026-05-03 – 2026-05-05",
        "**2026-05-03 → 05-05** — nothing works",
    ],
)
def test_a_range_of_days_has_two_ends(text: str) -> None:
    expression = match_time(text.lstrip("*"))

    assert expression is not None
    assert expression.day is not None
    assert expression.day.resolve() == date(2026, 5, 3)
    assert expression.until is not None
    assert expression.until.day is not None
    assert expression.until.day.resolve() == date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    ["May 3 - 17 users saw it", "2026-05-03 - 12 pods", "2026-05-03 → 05-01", "3 to 5 users"],
)
def test_other_numbers_end_no_range_of_days(text: str) -> None:
    expression = match_time(text)

    assert expression is None or expression.until is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9 Uhr", time(9)),
        ("9 Uhr 15", time(9, 15)),
        ("9時", time(9)),
        ("午後3時", time(15)),
        ("下午3:05", time(15, 5)),
        ("15点", time(15)),
    ],
)
def test_whole_hours_and_halves_of_the_day(text: str, clock: time) -> None:
    assert read(text) == (clock, None, None)


def test_a_length_is_not_a_time_of_day() -> None:
    assert match_time("3時間") is None
