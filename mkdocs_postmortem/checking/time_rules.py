"""Rules on the times of an outage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from mkdocs_postmortem.checking.rules import Context, Fault
from mkdocs_postmortem.model.lifecycle import DURATION, Milestone, Moment, length_text
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.zones import local_zone

# What can only end after it started; an alert may come first.
_ENDS = (Milestone.MITIGATED, Milestone.RESOLVED)


def _started_first(record: Postmortem, _: Context) -> Iterator[Fault]:
    start = record.lifecycle.instant(Milestone.STARTED)
    for milestone in _ENDS:
        other = record.lifecycle.instant(milestone)
        if start and other and other < start:
            yield _reversed(record, Milestone.STARTED, milestone)


def _detected_early(record: Postmortem, _: Context) -> Iterator[Fault]:
    start, noticed = (
        record.lifecycle.instant(item) for item in (Milestone.STARTED, Milestone.DETECTED)
    )
    if start and noticed and noticed < start:
        yield Fault(
            record.lifecycle.moments[Milestone.DETECTED].position,
            f"Detected {length_text(start - noticed)} before users were affected.",
            "Correct a mistyped time. If a monitor really fired first, keep both times.",
            Milestone.DETECTED.value,
        )


def _chronology(record: Postmortem, _: Context) -> Iterator[Fault]:
    """Each milestone once, with the first that it contradicts; PM208 compares with the start."""
    start = record.lifecycle.instant(Milestone.STARTED)
    before: dict[Milestone, datetime] = {}
    for milestone in Milestone:
        own = record.lifecycle.instant(milestone)
        if milestone is Milestone.STARTED or own is None:
            continue
        if start is None or start <= own or milestone not in _ENDS:
            later = next((item for item, other in before.items() if own < other), None)
            if later:
                yield _reversed(record, later, milestone)
        before[milestone] = own


def _reversed(record: Postmortem, first: Milestone, second: Milestone) -> Fault:
    one, two = record.lifecycle.moments[first], record.lifecycle.moments[second]
    there = ""
    if one.instant and one.zone and two.zone and one.zone.name != two.zone.name:
        # Two clocks cannot be compared by eye.
        there = f", that is {one.instant.astimezone(two.zone.tz):%H:%M} {two.zone.written}"
    return Fault(
        two.position,
        f"{second.value} ({two}) is before {first.value} ({one}{there}, line {one.position.line}).",
        "Correct the wrong one. Check the day and the zone first.",
        second.value,
    )


def _stated_duration(record: Postmortem, _: Context) -> Iterator[Fault]:
    computed = record.lifecycle.length(DURATION)
    for stated in record.stated_durations:
        if computed is not None and not stated.agrees_with(computed):
            yield Fault(
                stated.position,
                f'The text says "{stated.written}", but from started to resolved it is '
                f"{length_text(computed)}.",
                "Correct the times, or delete the stated duration: the box computes it.",
            )


def _future(record: Postmortem, context: Context) -> Iterator[Fault]:
    end_of_today = datetime.combine(context.today, datetime.max.time(), timezone.utc)
    # Somewhere on Earth it is tomorrow already.
    limit = end_of_today + timedelta(hours=14)
    reported: set[date | None] = set()
    for milestone, moment in record.lifecycle.moments.items():
        # One mistyped day is the day of all entries below it as well.
        if moment.instant and moment.instant > limit and moment.day not in reported:
            reported.add(moment.day)
            yield Fault(
                moment.position,
                f"{milestone.value} ({moment}) is in the future; today is {context.today}.",
                "Correct the year or the month.",
                milestone.value,
            )


def _other_season(record: Postmortem, context: Context) -> Iterator[Fault]:
    """One finding for each abbreviation, since it is mostly that of the whole page."""
    entries = (entry.moment for entry in record.timeline.entries)
    moments = [*record.lifecycle.moments.values(), *entries]
    zones = {moment.zone.name: moment.zone for moment in moments if moment.zone}
    zones |= {zone.name: zone for zone in [context.settings.timezone] if zone}
    days: dict[tuple[str, date | None], tuple[Moment, datetime]] = {}
    for item in moments:
        written = item.zone.written if item.zone else ""
        if written.isalpha() and written != "UTC" and item.local:
            days.setdefault((written, item.day), (item, item.local))
    reported: set[str] = set()
    for (written, day), (moment, local) in days.items():
        usual = [zone for zone in [local_zone(written)] if zone]
        known = (*zones.values(), *usual)
        names = ((zone.name, zone.name_instead(written, local)) for zone in known)
        found = next((pair for pair in names if pair[1]), None)
        if found and written not in reported:
            reported.add(written)
            yield Fault(
                moment.position,
                f"On {day} {found[0]} was on {found[1]}, not on {written}. "
                f"The time is read as {written}.",
                f"Write `{found[1]}` if the clocks there are meant. If {written} is right, turn "
                "the rule `other-season` off.",
            )


CHECKS = {
    "PM207": _stated_duration,
    "PM208": _started_first,
    "PM209": _chronology,
    "PM210": _future,
    "PM211": _detected_early,
    "PM212": _other_season,
}
