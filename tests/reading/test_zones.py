"""Zones: what an abbreviation means, and where a sentence names one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from mkdocs_postmortem.model import zone
from mkdocs_postmortem.model.lifecycle import DURATION, Lifecycle, Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import Zone, named_zone
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.reading.time_expression import match_time
from mkdocs_postmortem.reading.zones import AmbiguousZone, find_zone, resolve_zone
from mkdocs_postmortem.rendering.messages import load_messages
from mkdocs_postmortem.rendering.timeline import entry_views

WINTER = datetime(2026, 1, 15, 12, 0)  # noqa: DTZ001 - a local time
SUMMER = datetime(2026, 7, 15, 12, 0)  # noqa: DTZ001 - a local time


def hours(zone: Zone | AmbiguousZone | None, local: datetime = WINTER) -> float:
    assert isinstance(zone, Zone)
    (offset,) = zone.offsets(local)
    return offset / timedelta(hours=1)


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("UTC", 0),
        ("Z", 0),
        ("GMT", 0),
        ("WAT", 1),
        ("CAT", 2),
        ("SAST", 2),
        ("EAT", 3),
        ("CET", 1),
        ("CEST", 2),
        ("PST", -8),
        ("PDT", -7),
        ("JST", 9),
        ("+02:00", 2),
        ("-0330", -3.5),
        ("GMT+1", 1),
        ("UTC-5", -5),
        ("UTC+05:30", 5.5),
        ("(PST)", -8),
        ("West African Time", 1),
        ("east africa time", 3),
        ("Europe/Paris", 1),
        ("europe/paris", 1),
    ],
)
def test_a_certain_zone_has_one_offset(written: str, offset: float) -> None:
    assert hours(resolve_zone(written)) == offset


@pytest.mark.parametrize(
    ("written", "winter", "summer"), [("PT", -8, -7), ("Eastern time", -5, -4)]
)
def test_a_name_without_season_follows_it(written: str, winter: float, summer: float) -> None:
    zone = resolve_zone(written)

    assert (hours(zone, WINTER), hours(zone, SUMMER)) == (winter, summer)


@pytest.mark.parametrize("written", ["CST", "IST", "BST", "GST"])
def test_an_ambiguous_abbreviation_lists_real_candidates(written: str) -> None:
    zone = resolve_zone(written)

    assert isinstance(zone, AmbiguousZone)
    assert len(zone.candidates) > 1
    assert all(named_zone(name) for name in zone.candidates)


def test_a_team_s_own_meaning_wins_and_keeps_what_was_written() -> None:
    own = {"cst": named_zone("Asia/Shanghai") or pytest.fail("no such zone")}

    zone = resolve_zone("CST", own)

    assert isinstance(zone, Zone)
    assert (zone.name, zone.written) == ("Asia/Shanghai", "CST")


@pytest.mark.parametrize("written", ["XYZ", "Mars/Olympus", "", "UTC+99", "+02:75"])
def test_what_nobody_knows_is_not_a_zone(written: str) -> None:
    assert resolve_zone(written) is None


@pytest.mark.parametrize(
    ("sentence", "zone"),
    [
        ("All times in CET.", "CET"),
        ("Timeline (UTC)", "UTC"),
        ("(all times are UTC+2)", "UTC+2"),
        ("Timezone: PST", "PST"),
        ("Times are given in Europe/Paris.", "Europe/Paris"),
        ("Timeline (West African Time)", "West African Time"),
    ],
)
def test_a_sentence_or_heading_names_the_zone(sentence: str, zone: str) -> None:
    assert find_zone(sentence) == zone


@pytest.mark.parametrize("sentence", ["The cat sat on the rack.", "We met at noon.", "CAT scan"])
def test_a_word_that_looks_like_a_zone_is_none(sentence: str) -> None:
    assert find_zone(sentence) is None


@pytest.mark.parametrize(
    ("evening", "morning", "hours"),
    [(date(2025, 10, 25), date(2025, 10, 26), 6), (date(2026, 3, 28), date(2026, 3, 29), 4)],
)
def test_the_night_of_a_clock_change_has_its_true_length(
    evening: date, morning: date, hours: int
) -> None:
    paris = named_zone("Europe/Paris")
    start = Moment("23:00", Position(), evening, time(23), paris)
    end = Moment("04:00", Position(), morning, time(4), paris)

    night = Lifecycle({Milestone.STARTED: start, Milestone.RESOLVED: end})

    assert night.length(DURATION) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "timeline",
    [
        "## Timeline (UTC)\n\n- 09:12 We wait.",
        "## Timeline\n\n(_all times UTC_)\n\n- 09:12 We wait.",
    ],
)
def test_a_page_shows_the_zone_that_its_timeline_names(timeline: str) -> None:
    text = f"---\npostmortem:\n  started: 2026-03-14 08:00\n---\n# Down\n\n{timeline}\n"
    paris = named_zone("Europe/Paris")

    page = read_page("postmortems/a.md", text.encode(), Settings(timezone=paris))

    assert page is not None
    assert page.record is not None
    assert page.record.zone is not None
    assert page.record.zone.name == "UTC"
    (view,) = entry_views(page.record, load_messages())
    assert (view.time.clock, view.time.zone) == ("09:12", "UTC")


def test_a_timeline_keeps_its_own_zone_if_the_front_matter_has_another() -> None:
    text = (
        "---\npostmortem:\n  timezone: Europe/Paris\n  started: 2026-03-14 08:00\n---\n# Down\n\n"
        "## Timeline (UTC)\n\n- 09:12 We wait.\n"
    )

    page = read_page("postmortems/a.md", text.encode(), Settings())

    assert page is not None
    assert page.record is not None
    (view,) = entry_views(page.record, load_messages())
    assert (view.time.clock, view.time.zone) == ("09:12", "UTC")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10:45 pst we look", "UTC-08:00"),
        ("10:45am eastern", "America/New_York"),
        ("10:45 Eastern, then", "America/New_York"),
        ("10:45 eastern US time", "America/New_York"),
        ("10:45 Pacific Daylight Time", "UTC-07:00"),
        ("10:45 West Africa Time", "UTC+01:00"),
        ("10:45 UTC-3", "UTC-03:00"),
        ("10:45 cat videos fail", None),
        ("10:45 eastern users fail", None),
        ("10:45 UTC - 3 nodes fail", "UTC"),
        ("12:00 UTC - 3:00 PM UTC", "UTC"),
        ("10:00 UTC–12:30", "UTC"),
    ],
)
def test_a_zone_after_a_clock_in_any_case(text: str, name: str | None) -> None:
    found = match_time(text)

    assert found is not None
    zone = resolve_zone(found.zone) if found.zone else None
    assert (zone.name if isinstance(zone, Zone) else None) == name


@pytest.mark.parametrize("name", ["UTC", "Europe/Paris", "America/New_York"])
def test_a_usual_name_is_loaded_without_a_list_of_all(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zone, "_iana_names", dict)

    assert zone.named_zone(name) is not None
    assert zone.named_zone(name.upper() + "X") is None
