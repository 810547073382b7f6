"""The time grammar, form by form."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_postmortem.reading.day_and_clock import match_day, search_day
from mkdocs_postmortem.reading.time_expression import find_times, match_time


def shown(text: str, *, military: bool = False) -> str:
    """What was read, in one line: date, clock, zone, ``~``, the range's end, and the rest."""
    expression = match_time(text, military=military)
    if expression is None:
        return "nothing"
    parts = ["~" if expression.estimated else ""]
    if expression.day:
        parts.append(
            f"{expression.day.year or '?'}-{expression.day.month:02}-{expression.day.day:02}"
        )
    if expression.clock:
        parts.append(
            expression.clock.value.strftime("%H:%M:%S") if expression.clock.value else "no time"
        )
    parts.append(expression.zone or "")
    if expression.until:
        end = expression.until
        parts.append(f"to {end.clock.value:%H:%M}" if end.clock and end.clock.value else "to a day")
    return " ".join(part for part in parts if part) + f" |{text[expression.end :]}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:12 We look", "09:12:00 | We look"),
        ("9:12 We look", "09:12:00 | We look"),
        ("09:12:30 We", "09:12:30 | We"),
        ("14.05 Uhr: Wir", "14:05:00 |: Wir"),
        ("14h05 we", "14:05:00 | we"),
        ("2:05 PM we", "14:05:00 | we"),
        ("2:05pm we", "14:05:00 | we"),
        ("12:00 AM we", "00:00:00 | we"),
        ("12:30 p.m. we", "12:30:00 | we"),
        ("11PM we", "23:00:00 | we"),
        ("2100hrs we", "21:00:00 | we"),
        ("17:14pm we", "17:14:00 | we"),
        ("22:XX we", "~ 22:00:00 | we"),
        ("noon we", "12:00:00 | we"),
        ("~09:12 we", "~ 09:12:00 | we"),
        ("about 09:12 we", "~ 09:12:00 | we"),
        ("ca. 09:12 we", "~ 09:12:00 | we"),
        ("at 09:12 we", "09:12:00 | we"),
        ("09:12ish UTC we", "~ 09:12:00 UTC | we"),
        ("09:12 (approx) we", "~ 09:12:00 | we"),
    ],
)
def test_clocks(text: str, read: str) -> None:
    assert shown(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-14 09:12", "2026-03-14 09:12:00 |"),
        ("2026-03-14T09:12:30", "2026-03-14 09:12:30 |"),
        ("2026/03/14 09:12", "2026-03-14 09:12:00 |"),
        ("14.03.2026 09:12", "2026-03-14 09:12:00 |"),
        ("14/03/2026 09:12", "2026-03-14 09:12:00 |"),
        ("03/14/2026 09:12", "2026-03-14 09:12:00 |"),
        ("14/Mar/2026 09:12", "2026-03-14 09:12:00 |"),
        ("March 14, 2026 09:12", "2026-03-14 09:12:00 |"),
        ("March 14th, 2026 at 09:12", "2026-03-14 09:12:00 |"),
        ("14 March 2026, 9:12 AM", "2026-03-14 09:12:00 |"),
        ("14th of March 2026 09:12", "2026-03-14 09:12:00 |"),
        ("Saturday, March 14, 2026 09:12", "2026-03-14 09:12:00 |"),
        ("Mar 14 09:12 we", "?-03-14 09:12:00 | we"),
        ("2026-03-14 - 09:12 UTC: we", "2026-03-14 09:12:00 UTC |: we"),
        ("2026-03-14 0912 UTC we", "2026-03-14 09:12:00 UTC | we"),
        ("09:12 UTC Saturday Mar 14 - we", "?-03-14 09:12:00 UTC | - we"),
        ("09:12 on 2026-03-14 we", "2026-03-14 09:12:00 | we"),
        ("2026-03-14 we", "2026-03-14 | we"),
        ("Mar 14, 2026: we", "2026-03-14 |: we"),
        ("14th March 2026: we", "2026-03-14 |: we"),
        ("Between 2026-03-14 and 2026-03-16 we", "2026-03-14 to a day | we"),
        ("03, 14, 2026, 9:12 AM we", "2026-03-14 09:12:00 | we"),
    ],
)
def test_dates(text: str, read: str) -> None:
    assert shown(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:12 UTC we", "09:12:00 UTC | we"),
        ("09:12Z we", "09:12:00 Z | we"),
        ("09:12+02:00 we", "09:12:00 +02:00 | we"),
        ("09:12 GMT+1 - we", "09:12:00 GMT+1 | - we"),
        ("09:12 (PST) we", "09:12:00 PST | we"),
        ("09:12 AM EAT: we", "09:12:00 EAT |: we"),
        ("09:12 West African Time: we", "09:12:00 West African Time |: we"),
        ("09:12 Europe/Paris we", "09:12:00 Europe/Paris | we"),
        ("09:12 EDT (13:12 UTC): we", "09:12:00 EDT |: we"),
        ("09:12 cat pictures", "09:12:00 | cat pictures"),
    ],
)
def test_zones_after_clocks(text: str, read: str) -> None:
    assert shown(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:12–09:20 we", "09:12:00 to 09:20 | we"),
        ("09:12 - 09:20 we", "09:12:00 to 09:20 | we"),
        ("09:12 to 09:20 UTC we", "09:12:00 UTC to 09:20 | we"),
        ("~09:12 → ~09:20 we", "~ 09:12:00 to 09:20 | we"),
        ("2026-03-14 → 2026-03-16 we", "2026-03-14 to a day | we"),
        ("09:12 - 9 servers fail", "09:12:00 | - 9 servers fail"),
        ("09:12 - 2026 was hard", "09:12:00 | - 2026 was hard"),
    ],
)
def test_ranges(text: str, read: str) -> None:
    assert shown(text) == read


@pytest.mark.parametrize(
    "text",
    ["We look", "2 servers fail", "v2.3 is out", "", "100% of users", "3rd try", "3, 12, 14 fail"],
)
def test_what_is_not_a_time(text: str) -> None:
    assert shown(text) == "nothing"


@pytest.mark.parametrize("text", ["25:00 we", "09:61 we", "2026-13-45 09:12 we", "2026-02-30 we"])
def test_what_looks_like_a_time_and_cannot_be_one_is_a_fault(text: str) -> None:
    expression = match_time(text)

    assert expression is not None
    assert expression.error in text
    assert expression.error


def test_a_long_line_of_digits_takes_no_time() -> None:
    assert match_time("1" * 100_000) is None
    assert match_time(" " * 100_000) is None


@pytest.mark.parametrize("text", ["04/12/2026 09:12", "04-12-2026", "4/12/26"])
def test_a_date_that_may_be_two_is_a_fault_and_no_guess(text: str) -> None:
    expression = match_time(text)

    assert expression is not None
    assert expression.error
    assert expression.day is not None
    assert expression.day.resolve() is None


@pytest.mark.parametrize("text", ["04.12.2026", "4/4/2026", "14/12/2026", "12/14/2026"])
def test_a_date_that_can_be_only_one_is_sure(text: str) -> None:
    day = match_day(text)

    assert day is not None
    assert day.resolve() == day.readings[0]


def test_a_day_nearby_decides_between_two_readings() -> None:
    day = match_day("04/12/2026")

    assert day is not None
    assert day.resolve(date(2026, 12, 3)) == date(2026, 12, 4)
    assert day.resolve(date(2026, 4, 12)) == date(2026, 4, 12)
    assert day.resolve(date(2026, 7, 1)) is None


def test_prose_is_searched_for_clocks_and_not_for_versions_or_addresses() -> None:
    text = "v9.12.30 failed from June 9, 2026, 10:00 AM - 2:00 PM (PST), see http://a:8080/09:10"

    (found,) = find_times(text)

    assert found.zone == "PST"
    assert found.until is not None
    assert text[found.start : found.end] == "June 9, 2026, 10:00 AM - 2:00 PM (PST)"


@pytest.mark.parametrize("text", ["January23, 2021", "January 23, 2021", "january23 2021"])
def test_a_space_is_missing_after_a_month(text: str) -> None:
    found = search_day(f"It broke on {text}.")

    assert found is not None
    assert found.resolve() == date(2021, 1, 23)


@pytest.mark.parametrize("text", ["mar3 is a job", "june2024", "sept12:30", "v.april3"])
def test_a_name_with_a_number_is_not_a_day(text: str) -> None:
    found = search_day(text)

    assert found is None or found.year is None
