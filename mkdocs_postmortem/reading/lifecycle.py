"""The named times: from the front matter, from labelled entries, and whether the two agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment, read_day
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.task import Task, TaskState, TaskType, Ticket
from mkdocs_postmortem.model.timeline import Entry, Form, Kind, Timeline
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.instants import (
    TimeContext,
    clock_findings,
    decide_offset,
    no_zone,
    read_zone_text,
    to_moment,
    unreadable_time,
)
from mkdocs_postmortem.reading.time_expression import match_time
from mkdocs_postmortem.reading.words import any_of

_ONGOING = re.compile(rf"\b{any_of('ongoing')}\b", re.IGNORECASE)
ONGOING_WORDS = ("ongoing", "investigating", "unresolved")
# The first of several entries begins something, the last one ends it.
_ENDING = (Milestone.MITIGATED, Milestone.RESOLVED)


def read_stated_moments(
    data: Mapping[str, Any],
    positions: Mapping[str, Position],
    context: TimeContext,
    findings: MutableSequence[Finding],
) -> Iterator[tuple[Milestone, Moment]]:
    """The milestones that the front matter gives; what can't be read is reported.

    Start and end may both be days without a time: then the incident lasted for days.
    """
    days = _range_of_days(data)
    for milestone in Milestone:
        name = milestone.value
        written = data.get(name)
        written = written.strip() if isinstance(written, str) else ""
        is_ongoing = milestone is Milestone.RESOLVED and written.lower() in ONGOING_WORDS
        position = positions.get(name, Position())
        if milestone in days:
            yield milestone, Moment(written, position, days[milestone], zone=context.default_zone)
        elif written and not is_ongoing:
            moment = _read_typed(written, position, context, name, findings)
            if moment:
                yield milestone, moment


def _range_of_days(data: Mapping[str, Any]) -> dict[Milestone, date]:
    """The first and the last day, where both are days and one comes after the other."""
    ends = (Milestone.STARTED, Milestone.RESOLVED)
    first, last = (_day(str(data.get(milestone.value)).strip()) for milestone in ends)
    return dict(zip(ends, (first, last), strict=True)) if first and last and first < last else {}


def _read_typed(
    written: str,
    position: Position,
    context: TimeContext,
    name: str,
    findings: MutableSequence[Finding],
) -> Moment | None:
    """The moment that a typed value is; None, with a finding, if it cannot be read.

    A milestone (``name``) needs a day and a clock and is no range, unlike an entry of ``timeline``.
    """
    expression, day = match_time(written), context.default_day
    is_entry = name == "timeline"
    if expression is None or expression.error:
        findings.append(unreadable_time(written, position, name))
        return None
    if not is_entry:
        expression, day = expression.with_offset(), None
    if expression.end < len(written) or not (is_entry or expression.clock):
        findings.append(unreadable_time(written, position, name))
        return None
    if not is_entry and (expression.day is None or expression.day.year is None):
        message, fix = f"`{written}` has no day with a year.", "Write it like `2026-03-14 09:12`."
        findings.append(Finding("PM201", position, message, fix, name))
        return None
    day = expression.day.resolve(day) if expression.day else day
    zone = context.default_zone
    expression = decide_offset(expression, zone, day)
    if expression.zone:
        zone, error = read_zone_text(expression.zone, position, context.synonyms, name)
        findings.extend([error] if error else [])
    moment = to_moment(expression, written, position, day, zone)
    findings.extend(clock_findings(moment, name))
    return moment


def read_lifecycle(
    stated: Mapping[Milestone, Moment],
    timeline: Timeline,
    findings: MutableSequence[Finding],
    says_ongoing: bool = False,
) -> Lifecycle:
    """Each milestone from the front matter, else from its labelled entry.

    The incident is ongoing where the page (``says_ongoing``) or the last entry says so. A front
    matter time without a zone takes the one that the timeline names.
    """
    zone = zone_of_page(timeline)
    moments: dict[Milestone, Moment] = {}
    for milestone in Milestone:
        kind = Kind(milestone.value)
        own = [entry for entry in timeline.entries if entry.kind is kind]
        labelled = [entry.moment for entry in own if entry.label]
        labelled += [
            entry.moment for entry in own if not entry.label and entry.form is Form.FRONT_MATTER
        ]
        front = stated.get(milestone)
        if front is not None:
            front = front if front.zone else replace(front, zone=zone)
            _compare(milestone, front, labelled, findings)
            moments[milestone] = front
        elif labelled:
            moments[milestone] = labelled[-1 if milestone in _ENDING else 0]
    # Once per page is enough, and the reader of the timeline may have said it already.
    bare = [moment for moment in moments.values() if moment.clock and moment.zone is None]
    if bare and not any(finding.code in ("PM202", "PM205") for finding in findings):
        findings.append(no_zone(bare[0]))
    last = timeline.entries[-1:]
    return Lifecycle(moments, says_ongoing or any(_ONGOING.search(item.text) for item in last))


def says_ongoing(data: Mapping[str, Any], page: Mapping[str, Any]) -> bool:
    """``resolved: ongoing``, or a status of the page (not of the document) such as ``ongoing``."""
    words = (data.get("resolved"), page.get("status"))
    return any(isinstance(word, str) and word.strip().lower() in ONGOING_WORDS for word in words)


def zone_of_page(timeline: Timeline) -> Zone | None:
    """The zone that the timeline itself names, where the front matter names none."""
    return next((entry.moment.zone for entry in timeline.entries if entry.moment.zone), None)


def _compare(
    milestone: Milestone, front: Moment, labelled: list[Moment], findings: MutableSequence[Finding]
) -> None:
    known = [moment for moment in labelled if moment.clock]
    if not known or any(_agree(front, moment) for moment in known):
        return
    entry = known[-1 if milestone in _ENDING else 0]
    name, line = milestone.value, entry.position.line
    message = f"`{name}` is {front}, but the timeline says {entry} (line {line})."
    fix = "Correct the wrong one, or give the time only once."
    findings.append(Finding("PM206", front.position, message, fix, name))


def _agree(one: Moment, other: Moment) -> bool:
    """The same instant; where something is unknown, the same words as far as they go."""
    if one.instant and other.instant:
        return abs((one.instant - other.instant).total_seconds()) < 60
    if one.day and other.day and one.day != other.day:
        return False
    clocks = (one.clock, other.clock)
    minutes = {(clock.hour, clock.minute) for clock in clocks if clock}
    return all(clocks) and len(minutes) == 1


_Member = TypeVar("_Member", bound=Enum)


def typed_timeline(
    data: Mapping[str, Any],
    positions: Mapping[str, Position],
    context: TimeContext,
    findings: list[Finding],
) -> Timeline | None:
    """The entries of ``timeline:``; None without any. Wrong types are left to the schema."""
    items = data.get("timeline")
    if not isinstance(items, list):
        return None
    entries: list[Entry] = []
    for index, item in enumerate(items):
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            position = positions.get(f"timeline[{index}].at", Position())
            written, text = str(item.get("at", "")).strip(), item["text"].strip()
            kind = _member(item.get("kind"), Kind) or Kind.ACTION
            moment = _read_typed(written, position, context, "timeline", findings)
            if moment:
                form, line = Form.FRONT_MATTER, position.line
                entries.append(Entry(moment, kind, text, position, line, form))
                context = replace(context, default_day=moment.day or context.default_day)
    return Timeline(tuple(entries), (), positions.get("timeline")) if entries else None


def typed_tasks(data: Mapping[str, Any], positions: Mapping[str, Position]) -> Iterator[Task]:
    """The tasks of ``tasks:``; wrong types are left to the schema."""
    items = data.get("tasks")
    for index, item in enumerate(items if isinstance(items, list) else []):
        if not (isinstance(item, dict) and isinstance(item.get("text"), str)):
            continue
        owner = item.get("owner") or []
        owners = owner if isinstance(owner, list) else [owner]
        yield Task(
            text=item["text"].strip(),
            state=_member(item.get("state"), TaskState) or TaskState.OPEN,
            position=positions.get(f"tasks[{index}]", Position()),
            owners=tuple(str(name).lstrip("@") for name in owners),
            due=_day(item.get("due")),
            done=_day(item.get("done")),
            ticket=_ticket(item.get("ticket")),
            type=_member(item.get("type"), TaskType),
            reason=str(item.get("reason") or ""),
        )


def _ticket(value: Any) -> Ticket | None:
    if not isinstance(value, str) or not value:
        return None
    is_url = value.startswith(("http://", "https://"))
    name = value.rstrip("/").rpartition("/")[2] if is_url else ""
    return Ticket(name or value, value if is_url else "")


def _day(value: Any) -> date | None:
    try:
        return read_day(value) if isinstance(value, str) else None
    except ValueError:
        return None  # the schema's format check reports it


def _member(value: Any, kind: type[_Member]) -> _Member | None:
    return next((item for item in kind if item.value == value), None)
