"""Rules on the times of an outage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import combinations

from mkdocs_postmortem.checking.rule import Context, Rule
from mkdocs_postmortem.model.length import length_text
from mkdocs_postmortem.model.lifecycle import DURATION, Milestone
from mkdocs_postmortem.model.problem import Finding, Level
from mkdocs_postmortem.model.record import Postmortem


def _started_first(record: Postmortem, _: Context) -> Iterator[Finding]:
    start = record.lifecycle.instant(Milestone.STARTED)
    for milestone in (Milestone.MITIGATED, Milestone.RESOLVED):
        other = record.lifecycle.instant(milestone)
        if start and other and other < start:
            yield _reversed(record, Milestone.STARTED, milestone, "PM208")


def _detected_early(record: Postmortem, _: Context) -> Iterator[Finding]:
    start, noticed = (
        record.lifecycle.instant(item) for item in (Milestone.STARTED, Milestone.DETECTED)
    )
    if start and noticed and noticed < start:
        yield Finding(
            "PM211",
            record.lifecycle.moments[Milestone.DETECTED].position,
            f"Detected {length_text(start - noticed)} before users were affected.",
            "Correct a mistyped time. If a monitor really fired first, keep both times.",
            Milestone.DETECTED.value,
        )


def _chronology(record: Postmortem, _: Context) -> Iterator[Finding]:
    known = [item for item in Milestone if item is not Milestone.STARTED]
    for first, second in combinations(known, 2):
        before, after = record.lifecycle.instant(first), record.lifecycle.instant(second)
        if before and after and after < before:
            yield _reversed(record, first, second, "PM209")


def _reversed(record: Postmortem, first: Milestone, second: Milestone, code: str) -> Finding:
    one, two = record.lifecycle.moments[first], record.lifecycle.moments[second]
    there = ""
    if one.instant and one.zone and two.zone and one.zone.name != two.zone.name:
        # Two clocks cannot be compared by eye.
        there = f", that is {one.instant.astimezone(two.zone.tz):%H:%M} {two.zone.written}"
    return Finding(
        code,
        two.position,
        f"{second.value} ({two}) is before {first.value} ({one}{there}, line {one.position.line}).",
        "Correct the wrong one. Check the day and the zone first.",
        second.value,
    )


def _stated_duration(record: Postmortem, _: Context) -> Iterator[Finding]:
    computed = record.lifecycle.length(DURATION)
    for stated in record.stated_durations:
        if computed is not None and not stated.agrees_with(computed):
            yield Finding(
                "PM207",
                stated.position,
                f'The text says "{stated.written}", but from started to resolved it is '
                f"{length_text(computed)}.",
                "Correct the times, or delete the stated duration: the box computes it.",
            )


def _future(record: Postmortem, context: Context) -> Iterator[Finding]:
    end_of_today = datetime.combine(context.today, datetime.max.time(), timezone.utc)
    # Somewhere on Earth it is tomorrow already.
    limit = end_of_today + timedelta(hours=14)
    reported: set[date | None] = set()
    for milestone, moment in record.lifecycle.moments.items():
        # One mistyped day is the day of all entries below it as well.
        if moment.instant and moment.instant > limit and moment.day not in reported:
            reported.add(moment.day)
            yield Finding(
                "PM210",
                moment.position,
                f"{milestone.value} ({moment}) is in the future; today is {context.today}.",
                "Correct the year or the month.",
                milestone.value,
            )


RULES = (
    Rule(
        code="PM201",
        name="unreadable-time",
        level=Level.ERROR,
        summary="A time or a date cannot be read.",
        why="A time that nobody can read cannot be counted, sorted or shown in another zone.",
        bad="started: 2026-13-45 25:00",
        good="started: 2026-03-14 09:12",
    ),
    Rule(
        code="PM202",
        name="no-zone",
        level=Level.ERROR,
        summary="A time has no time zone.",
        why="Readers in other places take the time for theirs and are hours off.",
        bad="started: 2026-03-14 09:12",
        good="timezone: Europe/Paris\nstarted: 2026-03-14 09:12",
    ),
    Rule(
        code="PM203",
        name="ambiguous-local-time",
        level=Level.ERROR,
        summary="A local time occurs twice because clocks were set back.",
        why="The two instants are an hour apart, and so is every duration that is computed.",
        bad="started: 2025-10-26 02:30   # Europe/Paris",
        good="started: 2025-10-26 02:30+01:00",
    ),
    Rule(
        code="PM204",
        name="impossible-local-time",
        level=Level.ERROR,
        summary="A local time does not exist because clocks were set forward.",
        why="It was read from another clock, so either the zone or the time is wrong.",
        bad="started: 2026-03-29 02:30   # Europe/Paris",
        good="started: 2026-03-29 03:30",
    ),
    Rule(
        code="PM205",
        name="unknown-zone",
        level=Level.ERROR,
        summary="A zone is unknown, or its abbreviation has several meanings.",
        why="CST is Chicago or Shanghai, fourteen hours apart.",
        bad="timezone: CST",
        good="timezone: America/Chicago",
    ),
    Rule(
        code="PM206",
        name="contradicting-times",
        level=Level.ERROR,
        summary="Front matter and timeline give different times for the same milestone.",
        why="One of them is wrong, and every figure depends on which one is taken.",
        bad="detected: 2026-03-14 09:19   …   - 09:29 **Detected:** The alert fires.",
        good="detected: 2026-03-14 09:19   …   - 09:19 **Detected:** The alert fires.",
    ),
    Rule(
        code="PM207",
        name="stated-duration",
        level=Level.WARNING,
        summary="The text states a duration that the times contradict.",
        why="In one archive of 39 write-ups a third of the hand-typed durations were wrong.",
        bad="Duration: 2 hours   # started 09:12, resolved 09:59",
        good="Duration: 47 minutes   # or nothing: the box computes it",
        check=_stated_duration,
    ),
    Rule(
        code="PM208",
        name="started-first",
        level=Level.ERROR,
        summary="The incident ended before it started.",
        why="The start is when users were first affected, so the impact cannot end before it.",
        bad="started: 2026-03-14 09:12\nresolved: 2026-03-13 09:59",
        good="started: 2026-03-14 09:12\nresolved: 2026-03-14 09:59",
        check=_started_first,
    ),
    Rule(
        code="PM209",
        name="chronology",
        level=Level.WARNING,
        summary="Milestones come in an unusual order.",
        why="Usually a mistyped time, but it can be right: a rollback can precede the "
        "acknowledgement.",
        bad="detected: 2026-03-14 09:19\nmitigated: 2026-03-14 09:15",
        good="detected: 2026-03-14 09:19\nmitigated: 2026-03-14 09:51",
        check=_chronology,
    ),
    Rule(
        code="PM210",
        name="time-in-the-future",
        level=Level.WARNING,
        summary="A milestone lies in the future.",
        why="A postmortem describes what happened; a future time is a mistyped year or month.",
        bad="started: 2062-03-14 09:12",
        good="started: 2026-03-14 09:12",
        check=_future,
    ),
    Rule(
        code="PM211",
        name="detected-before-start",
        level=Level.INFO,
        summary="The incident was detected before users were affected.",
        why="An early alert is good news, but a mistyped time looks the same. The time to detect "
        "is left out of the figures.",
        bad="started: 2026-03-14 09:12\ndetected: 2026-03-13 09:19   # a day too early",
        good="started: 2026-03-14 09:12\ndetected: 2026-03-14 09:05   # the disk alert fired first",
        check=_detected_early,
    ),
)
