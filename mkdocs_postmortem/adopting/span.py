"""When the outage began and ended, by what the prose says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.model.timeline import Entry, Timeline
from mkdocs_postmortem.reading.calendar_day import search_day
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time

_START = re.compile(
    r"^[\s>*+_#|—–-]{0,12}(?:outage\s+|incident\s+|impact\s+)?(?:start(?:ed|ing)?|began|begin)"
    r"(?:[\s-]?(?:time|date))?(?:\s+at)?[\s*_]{0,4}[:|]",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:^[\s>*+_#|—–-]{0,12}|\s)(?:outage\s+|incident\s+|impact\s+)?(?:end(?:ed)?|resolved|finish(?:ed)?)"
    r"(?:[\s-]?(?:time|date))?(?:\s+at)?[\s*_]{0,4}[:|]",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"(?<![\w.:/#$-])(?=[\d~]|[A-Z][a-z]{2}|noon|midnight)")
_BETWEEN = re.compile(
    r"^[\s,.;*_)]{0,6}(?:\([^()]{0,40}\)[\s,]{0,3})?(?:to|until|till|and|through|-{1,2}|–|—|→|->"
    r"|(?:and\s+)?(?:ending|ended|was (?:fully )?(?:resolved|restored))(?:\s+(?:at|on|by))?)"
    r"[\s*_]{0,4}(?:at\s+|around\s+|approximately\s+)?$",
    re.IGNORECASE,
)
# Said of an end, and of nothing else.
_OVER = re.compile(
    r"\b(?:resolved|restored|recovered|back (?:to normal|up|online)|is back|fully operational"
    r"|normal operations?|all clear|returns? to normal|back online|working again|works again"
    r"|incident closed|issue is closed|fully available|goes away|went away|(?:permanently )?fixed"
    r"|fix deployed|re-?opened|everything (?:seems|is|looks) (?:fine|normal|good)|run successfully"
    r"|successfully again|now serving|recovery\b.{0,60}\b(?:completed?|confirmed))\b",
    re.IGNORECASE,
)
# Telling people comes after the end.
_TELLING = re.compile(r"^\W*(?:announc|begin drafting|publish|write|post-?mortem)", re.IGNORECASE)
_MILITARY = re.compile(r"(?<![\d:.])(?:[01]\d|2[0-3])[0-5]\d\s(?:and|to|-|–)\s(?=\d{4}\s?[A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Point:
    """A time as far as it is known; ``zone`` as written."""

    day: date | None = None
    clock: time | None = None
    zone: str | None = None

    def __str__(self) -> str:
        clock = f"T{self.clock:%H:%M}" if self.clock else ""
        return f"{self.day.isoformat() if self.day else ''}{clock}"


Found = tuple[Point, int]


def find_span(
    head: Sequence[Line], front: Mapping[str, Any], timeline: Timeline, day: date | None
) -> tuple[Found | None, Found | None]:
    """Start and end, each with its line: typed, labelled, told in a sentence, or by the entries."""
    typed = _typed(front)
    labelled = (_labelled(head, _START, day), _labelled(head, _END, day))
    told = _told(head, day)
    start = typed[0] or labelled[0] or told[0] or _first(timeline) or _day_alone(head, day)
    end = typed[1] or labelled[1] or told[1] or _last(timeline)
    return start, _after(start, end)


def _typed(front: Mapping[str, Any]) -> tuple[Found | None, Found | None]:
    def value(*names: str) -> Found | None:
        for name in names:
            expression = match_time(str(front.get(name) or ""))
            if expression and (expression.clock or name.endswith("_time")):
                return _point(expression, None), 1
        return None

    return value("started", "start_time", "start"), value("resolved", "end_time", "end")


def _labelled(head: Sequence[Line], label: re.Pattern[str], day: date | None) -> Found | None:
    """The time behind a label, on its line or on the next one."""
    for index, line in enumerate(head):
        match = label.search(line.text)
        if not match:
            continue
        following = head[index + 1].text if index + 1 < len(head) else ""
        for text, number in ((line.text[match.end() :], line.number), (following, line.number + 1)):
            expressions = _expressions(text)
            if expressions and (expressions[0].clock or expressions[0].day):
                return _point(expressions[0], day), number
    return None


def _told(head: Sequence[Line], day: date | None) -> tuple[Found | None, Found | None]:
    """The first line with two times that a word of range joins; else the first line with one."""
    single: Found | None = None
    for line in head:
        expressions = [expression for expression in _expressions(line.text) if expression.clock]
        named = search_day(line.text)
        near = named.resolve(day) if named else day
        for index, expression in enumerate(expressions):
            if expression.until and expression.until.clock:
                return _pair(expression, expression.until, near, line)
            after = expressions[index + 1] if index + 1 < len(expressions) else None
            if after and _BETWEEN.match(line.text[expression.end : after.start]):
                return _pair(expression, after, near, line)
        if expressions and single is None and named:
            single = _point(expressions[0], near), line.number
    return single, None


def _pair(
    start: TimeExpression, end: TimeExpression, day: date | None, line: Line
) -> tuple[Found, Found]:
    first, last = _point(start, day), _point(end, day)
    zone = first.zone or last.zone
    if end.day is None:
        last = replace(last, day=first.day)
    if (
        first.clock
        and last.clock
        and first.day == last.day
        and last.clock < first.clock
        and last.day
    ):
        last = replace(last, day=last.day + timedelta(days=1))
    return (replace(first, zone=zone), line.number), (replace(last, zone=zone), line.number)


def _expressions(text: str) -> list[TimeExpression]:
    """Every time expression of a line, left to right."""
    found: list[TimeExpression] = []
    position = 0
    military = bool(_MILITARY.search(text))
    for match in _CANDIDATE.finditer(text):
        if match.start() < position:
            continue
        expression = match_time(text, match.start(), military=military)
        if expression and not expression.error and not _is_version(expression, text):
            found.append(expression)
            position = expression.end
    return found


def _is_version(expression: TimeExpression, text: str) -> bool:
    """``1.13`` in a sentence is a time of day only if a zone or AM follows."""
    if expression.clock is None or expression.zone or expression.day:
        return False
    written = text[expression.clock.start : expression.clock.end].lower()
    return "." in written and ":" not in written and "m" not in written


def _point(expression: TimeExpression, day: date | None) -> Point:
    own = expression.day.resolve(day) if expression.day else day
    return Point(own, expression.clock.value if expression.clock else None, expression.zone)


def _day_alone(head: Sequence[Line], day: date | None) -> Found | None:
    """Only the day is known; the line is the first that names it."""
    if day is None:
        return None
    for line in head:
        named = search_day(line.text)
        if named and named.resolve(day) == day:
            return Point(day), line.number
    return Point(day), 1


def _first(timeline: Timeline) -> Found | None:
    entries = timeline.of_kind(Kind.STARTED) or timeline.entries[:1]
    return _of_entry(entries[0]) if entries else None


def _last(timeline: Timeline) -> Found | None:
    """The entry that says so, else the last one that sounds like an end."""
    labelled = [entry for entry in timeline.of_kind(Kind.RESOLVED) if entry.label]
    ending = labelled or [
        entry
        for entry in timeline.entries
        if _OVER.search(entry.text) and not _TELLING.match(entry.text)
    ]
    return _of_entry(ending[-1]) if ending else None


def _of_entry(entry: Entry) -> Found:
    moment = entry.moment
    return Point(moment.day, moment.clock), entry.position.line


def _after(start: Found | None, end: Found | None) -> Found | None:
    """An end without a day is on the day of the start."""
    if start and end and end[0].day is None and end[0].clock:
        return replace(end[0], day=start[0].day), end[1]
    return end
