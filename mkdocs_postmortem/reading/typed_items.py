"""Timeline and tasks that tools write into the front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from mkdocs_postmortem.model.moment import read_day
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.task import Task, TaskState, TaskType, Ticket
from mkdocs_postmortem.model.timeline import Entry, Form, Kind, Timeline
from mkdocs_postmortem.reading.instants import (
    TimeContext,
    clock_findings,
    decide_offset,
    read_zone_text,
    to_moment,
    unreadable_time,
)
from mkdocs_postmortem.reading.time_expression import match_time

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
    day = context.default_day
    for index, item in enumerate(items):
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            position = positions.get(f"timeline[{index}].at", Position())
            entry = _entry(item, position, day, context, findings)
            if entry:
                entries.append(entry)
                day = entry.moment.day or day
    return Timeline(tuple(entries), (), positions.get("timeline")) if entries else None


def _entry(
    item: Mapping[str, Any],
    position: Position,
    day: date | None,
    context: TimeContext,
    findings: list[Finding],
) -> Entry | None:
    written = str(item.get("at", "")).strip()
    expression = match_time(written)
    if expression is None or expression.error or expression.end < len(written):
        findings.append(unreadable_time(written, position, "timeline"))
        return None
    zone = context.default_zone
    own_day = expression.day.resolve(day) if expression.day else day
    expression = decide_offset(expression, zone, own_day)
    if expression.zone:
        zone, error = read_zone_text(expression.zone, position, context.synonyms, "timeline")
        findings += [error] if error else []
    moment = to_moment(expression, written, position, own_day, zone)
    findings += clock_findings(moment, "timeline")
    kind = _member(item.get("kind"), Kind) or Kind.ACTION
    return Entry(moment, kind, item["text"].strip(), position, position.line, Form.FRONT_MATTER)


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
    if value.startswith(("http://", "https://")):
        return Ticket(value.rstrip("/").rpartition("/")[2] or value, value)
    return Ticket(value)


def _day(value: Any) -> date | None:
    try:
        return read_day(value) if isinstance(value, str) else None
    except ValueError:
        return None  # the schema's format check reports it


def _member(value: Any, kind: type[_Member]) -> _Member | None:
    return next((item for item in kind if item.value == value), None)
