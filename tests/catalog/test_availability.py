"""For how much of a quarter an outage was going on: overlaps, splits, today, what is unknown."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from mkdocs_postmortem.catalog.figures import Availability, Quarter, availability, merged
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.zone import named_zone

TODAY = date(2026, 11, 25)


def outage(start: str, end: str, *services: str, zone: str = "UTC") -> Postmortem:
    """An outage from one ISO time to another; an empty one is not known."""
    moments = {}
    for milestone, text in ((Milestone.STARTED, start), (Milestone.RESOLVED, end)):
        if text:
            at = datetime.fromisoformat(text)
            moments[milestone] = Moment("", Position(), at.date(), at.time(), named_zone(zone))
    name = f"{start}/{end}"
    return Postmortem(name, name, name, services=services, lifecycle=Lifecycle(moments))


def hours(found: Availability, service: str) -> dict[str, float]:
    """The hours of outage by quarter."""
    sums = next(item for item in found.services if item.service == service)
    return {
        f"{item.quarter.year} Q{item.quarter.number}": item.downtime / timedelta(hours=1)
        for item in sums.quarters
    }


def test_outages_at_the_same_time_count_once() -> None:
    found = availability(
        [
            outage("2026-10-05T10:00", "2026-10-05T12:00", "a", "b"),
            outage("2026-10-05T11:00", "2026-10-05T13:00", "a"),
            outage("2026-10-05T13:00", "2026-10-05T14:00", "a"),  # touches
            outage("2026-10-05T10:30", "2026-10-05T10:40", "a"),  # inside
            outage("2026-10-07T10:00", "2026-10-07T11:00", "a"),
        ],
        TODAY,
    )

    assert [item.service for item in found.services] == ["a", "b"]
    assert hours(found, "a") == {"2026 Q4": 5}
    assert hours(found, "b") == {"2026 Q4": 2}
    assert found.services[0].downtime == timedelta(hours=5)


def test_an_outage_across_the_end_of_a_quarter_is_split() -> None:
    found = availability([outage("2026-03-31T22:00", "2026-07-01T03:00", "a")], TODAY)

    assert hours(found, "a") == {
        "2026 Q1": 2,
        "2026 Q2": 91 * 24,
        "2026 Q3": 3,
        "2026 Q4": 0,
    }
    second = found.services[0].quarters[1]
    assert second.availability == 0


def test_quarters_begin_at_midnight_utc_whatever_the_page_s_zone() -> None:
    found = availability(
        [outage("2026-10-01T01:00", "2026-10-01T03:00", "a", zone="Europe/Paris")], TODAY
    )

    assert hours(found, "a") == {"2026 Q3": 1, "2026 Q4": 1}


def test_the_running_quarter_counts_until_today() -> None:
    found = availability([outage("2026-11-25T00:00", "2026-12-31T00:00", "a")], TODAY)

    (quarter,) = found.services[0].quarters
    assert quarter.counted == timedelta(days=31 + 25)
    assert quarter.downtime == timedelta(days=1)
    assert quarter.availability == pytest.approx(1 - 1 / 56)
    assert found.services[0].downtime == timedelta(days=1)


def test_what_cannot_be_counted_is_named_and_not_guessed() -> None:
    ongoing = outage("2026-10-05T10:00", "", "a")
    endless = outage("", "2026-10-05T10:00", "a")
    reversed_ends = outage("2026-10-05T10:00", "2026-10-05T09:00", "a")
    nameless = outage("2026-10-05T10:00", "2026-10-05T11:00")
    future = outage("2026-11-26T00:00", "2026-11-26T01:00", "a")
    found = availability([ongoing, endless, reversed_ends, nameless, future], TODAY)

    assert found.services == ()
    assert found.quarters == ()
    assert found.unresolved == (ongoing,)
    assert found.unknown == (endless, reversed_ends)
    assert found.without_service == (nameless,)
    assert found.future == (future,)


def test_only_the_last_two_years_are_split_and_the_sum_is_over_all() -> None:
    found = availability(
        [
            outage("2010-01-01T00:00", "2010-01-01T05:00", "a"),
            outage("2026-10-05T10:00", "2026-10-05T12:00", "a"),
        ],
        TODAY,
    )

    assert len(found.quarters) == 8
    assert found.quarters[0] == Quarter(2025, 1)
    assert sum(hours(found, "a").values()) == 2
    assert found.services[0].downtime == timedelta(hours=7)


def test_a_service_named_twice_on_a_page_counts_once() -> None:
    found = availability([outage("2026-10-05T10:00", "2026-10-05T12:00", "a", "a")], TODAY)

    assert hours(found, "a") == {"2026 Q4": 2}


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_the_calendar_give_no_traceback(today: date) -> None:
    found = availability(
        [
            outage("0001-01-01T00:00", "9999-12-31T23:00", "a", zone="Europe/Paris"),
            outage("9999-12-31T22:00", "9999-12-31T23:00", "a", zone="America/Denver"),
        ],
        today,
    )

    assert len(found.quarters) in (1, 8)


def test_the_union_is_in_order_and_without_overlaps() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 1, 1, hour, tzinfo=timezone.utc)

    assert merged([]) == ()
    assert merged([(at(5), at(6)), (at(1), at(4)), (at(2), at(3)), (at(4), at(5))]) == (
        (at(1), at(6)),
    )


def test_no_outage_gives_no_figure() -> None:
    assert availability([], TODAY) == Availability((), ())
