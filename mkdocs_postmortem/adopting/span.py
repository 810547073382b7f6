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
from mkdocs_postmortem.reading.stamp import Stamp, match_stamp

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
            stamp = match_stamp(str(front.get(name) or ""))
            if stamp and (stamp.clock or name.endswith("_time")):
                return _point(stamp, None), 1
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
            stamps = _stamps(text)
            if stamps and (stamps[0].clock or stamps[0].day):
                return _point(stamps[0], day), number
    return None


def _told(head: Sequence[Line], day: date | None) -> tuple[Found | None, Found | None]:
    """The first line with two times that a word of range joins; else the first line with one."""
    single: Found | None = None
    for line in head:
        stamps = [stamp for stamp in _stamps(line.text) if stamp.clock]
        named = search_day(line.text)
        near = named.resolve(day) if named else day
        for index, stamp in enumerate(stamps):
            if stamp.until and stamp.until.clock:
                return _pair(stamp, stamp.until, near, line)
            after = stamps[index + 1] if index + 1 < len(stamps) else None
            if after and _BETWEEN.match(line.text[stamp.end : after.start]):
                return _pair(stamp, after, near, line)
        if stamps and single is None and named:
            single = _point(stamps[0], near), line.number
    return single, None


def _pair(start: Stamp, end: Stamp, day: date | None, line: Line) -> tuple[Found, Found]:
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


def _stamps(text: str) -> list[Stamp]:
    """Every time expression of a line, left to right."""
    found: list[Stamp] = []
    position = 0
    military = bool(_MILITARY.search(text))
    for match in _CANDIDATE.finditer(text):
        if match.start() < position:
            continue
        stamp = match_stamp(text, match.start(), military=military)
        if stamp and not stamp.fault and not _is_version(stamp, text):
            found.append(stamp)
            position = stamp.end
    return found


def _is_version(stamp: Stamp, text: str) -> bool:
    """``1.13`` in a sentence is no time of day, unless a zone or AM stands behind it."""
    if stamp.clock is None or stamp.zone or stamp.day:
        return False
    written = text[stamp.clock.start : stamp.clock.end].lower()
    return "." in written and ":" not in written and "m" not in written


def _point(stamp: Stamp, day: date | None) -> Point:
    own = stamp.day.resolve(day) if stamp.day else day
    return Point(own, stamp.clock.value if stamp.clock else None, stamp.zone)


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
    return Point(moment.day, moment.clock), entry.place.line


def _after(start: Found | None, end: Found | None) -> Found | None:
    """An end without a day is on the day of the start."""
    if start and end and end[0].day is None and end[0].clock:
        return replace(end[0], day=start[0].day), end[1]
    return end
