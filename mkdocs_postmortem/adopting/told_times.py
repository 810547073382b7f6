"""The times that sentences and entries of a timeline state of a start or an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import NamedTuple

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.model.timeline import Entry, Timeline
from mkdocs_postmortem.reading.day_and_clock import search_day
from mkdocs_postmortem.reading.head_labels import plain_value
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time

_CANDIDATE = re.compile(r"(?<![\w.:/#$-])(?=[\d~]|[A-Z][a-z]{2}|noon|midnight)")
_BETWEEN = re.compile(
    r"^[\s,.;)]{0,6}(?:\([^()]{0,40}\)[\s,]{0,3})?(?:to|until|till|and|through|-{1,2}|[–—→〜～]|->"
    r"|(?:and\s+)?(?:ending|ended|was (?:fully )?(?:resolved|restored))(?:\s+(?:at|on|by))?)"
    r"\s{0,4}(?:at\s+|around\s+|about\s+|approximately\s+|roughly\s+)?$",
    re.IGNORECASE,
)
# A window that was planned or proposed is no incident.
PLANNED = re.compile(
    r"\b(?:proposed?|planned|scheduled|maintenance window|will be|expected to|deadline)\b", re.I
)
# Before a single time in a sentence: what begins, and what does not.
_BEGAN = re.compile(
    r"\b(?:start(?:ed|ing)?|began|begin(?:s|ning)?|occur+ed|happened|went down|crashed|failed"
    r"|stopped|outage|halted|became (?:un\w+|slow)|exposed)\b",
    re.IGNORECASE,
)
_TOLD_LATER = re.compile(
    r"\b(?:report(?:ed|s)?|notic\w+|detect\w+|discover\w+|alert\w*|receiv\w+|mails?|notif\w+|inform\w+|learn\w*|paged?|publish\w+|posted|written|resolved"
    r"|restored|fixed|corrected|deployed|merged)\b",
    re.IGNORECASE,
)
# Said of the start of an incident, or of its end, and of nothing else.
_ONSET = re.compile(
    r"\b(?:(?:outage|incident|impact|issue|downtime|problem|disruption)\b.{0,12}"
    r"\b(?:starts?|started|begins?|began|occur+ed)|(?:goes|went) (?:down|offline))\b",
    re.IGNORECASE,
)
# Said of the first entry only: what breaks.
_BREAKS = re.compile(
    r"\b(?:(?:stop|halt|crash|break|hang|fail)(?:s|es|ed|ped|ing)?|un(?:responsive|available|reachable)"
    r"|down|offline|outage|failures?|exploited|errors?|timeouts?|slow\w*|degrad\w+|spik\w+|wrong"
    r"|refus\w+|not (?:work|load|respond|reach|access)\w*|increas\w+|overload\w*|stuck|problem"
    r"|(?:users|customers|clients|visitors|requests) (?:start|beg[ai]n)\w*|intermittent\w*|blank"
    r"|broken?|exhaust\w*|full|50[0234]s?|inaccessible|cannot|can't|unable|los[st]\w*|drop\w*)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"^[\W_]*(?:(?:on|at|in|of|the|about|around|approximately|roughly|exactly|precisely|morning"
    r"|evening|afternoon|night|early|late)\s+){1,5}[\W_]*$",
    re.IGNORECASE,
)
# Before the time of an end in a sentence.
_ENDED = re.compile(
    r"\b(?:resolved|restored|recover(?:ed|y)|mitigated|fixed|ended|back (?:to normal|up|online))\b"
    r"[^.;]{0,40}?\b(?:at|by|around|until)\s+(?:about |around |approximately )?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:again|and from|and between)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:(?:incident|issue|outage|problem|service|site|system|traffic|cluster|everything)s?\b"
    r".{0,40}\b(?:resolved|restored|recovered|normal|operational|closed|fixed|back)"
    r"|back (?:to normal|up|online)|is back|fully (?:operational|available)"
    r"|normal operations?|all clear|returns? to normal|returned to normal|working again|works again"
    r"|recovery\b.{0,60}\bcomplete[sd]?|(?:goes|went) away|solve[sd]|successfully again"
    r"|resolved|restored)\b",
    re.IGNORECASE,
)
_NOT_OVER = re.compile(
    r"\b(?:almost|nearly|partial\w*|not|no longer|some|one of|first|attempt\w*|try(?:ing)?|tries"
    r"|will|should|until|node \d+|again (?:down|fail\w+)|temporar\w+|if|before|to be|most|half"
    r"|permanent\w*|plan\w*)\b",
    re.IGNORECASE,
)
_WRAPPED = 60  # a shorter line is not wrapped
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


class Found(NamedTuple):
    """A point and the line that it came from; ``is_exact`` where its label names start or end."""

    point: Point
    line: int
    is_exact: bool = False


def told_span(head: Sequence[Line], day: date | None) -> tuple[Found | None, Found | None]:
    """The first line with two times that a word of range joins; else the first start with one."""
    single: Found | None = None
    end: Found | None = None
    for line in _unwrapped(head):
        if PLANNED.search(line.text):
            continue
        text = plain_value(line.text)
        named = search_day(text)
        near = named.resolve(day) if named else day
        if pair := pair_of(text, near, line.number):
            return pair
        times = [item for item in find_times(text) if item.clock or item.day]
        starts = [item for item in times if _is_start(text, item)] if named else []
        if single is None and starts:
            first = next((item for item in starts if item.clock), starts[0])
            single = Found(to_point(first, near), line.number)
        ended = [item for item in times if item.clock and _ENDED.search(text[: item.start])]
        if ended and end is None and not _NOT_OVER.search(text[: ended[0].start][-60:]):
            end = Found(to_point(ended[0], near), line.number)
    return single, end


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with those that they wrap to; a short line ends, and a mark begins another one."""
    open_line: Line | None = None
    for line in lines:
        wraps = open_line and line.text[:1].isalnum() and len(open_line.text) > _WRAPPED
        if open_line and wraps and not open_line.text.rstrip().endswith((".", ":", "  ")):
            open_line = open_line._replace(text=f"{open_line.text.rstrip()} {line.text.strip()}")
            continue
        if open_line:
            yield open_line
        open_line = line
    if open_line:
        yield open_line


def _is_start(text: str, expression: TimeExpression) -> bool:
    """Whether the words around a time speak of a start and not of what came later."""
    before, after = (
        text[: expression.start].rpartition(". ")[2],
        text[expression.end :].partition(". ")[0][:160],
    )
    if _ON.match(before) or not before.strip(" -*"):
        return bool(_BREAKS.search(after) or _BEGAN.search(after)) and not _TOLD_LATER.search(
            after[:60]
        )
    is_said = bool(expression.clock and (_BEGAN.search(before) or _BREAKS.search(before)))
    return is_said and not _TOLD_LATER.search(before)


def pair_of(text: str, day: date | None, line: int) -> tuple[Found, Found] | None:
    times = find_times(text)
    for index, expression in enumerate(times):
        has_clock = expression.clock is not None
        until = expression.until
        after = until if until and (has_clock or until.day) else None
        if after is None and index + 1 < len(times):
            following = times[index + 1]
            is_pair = (following.clock is not None) == has_clock
            is_joined = _BETWEEN.match(text[expression.end : following.start])
            after = following if is_pair and is_joined else None
        if after:
            start, end = _pair(expression, after, day, line)
            more = text[after.end :]
            later = pair_of(more, start.point.day, line) if _AGAIN.search(more[:40]) else None
            return start, later[1] if later else end
    return None


def _pair(
    start: TimeExpression, end: TimeExpression, day: date | None, line: int
) -> tuple[Found, Found]:
    first, last = to_point(start, day), to_point(end, day)
    zone = first.zone or last.zone
    if end.day is None:
        last = replace(last, day=first.day)
    rolls = first.clock and last.clock and last.day == first.day and last.clock < first.clock
    if rolls and last.day:
        last = replace(last, day=last.day + timedelta(days=1))
    return Found(replace(first, zone=zone), line), Found(replace(last, zone=zone), line)


def find_times(text: str) -> list[TimeExpression]:
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


def to_point(expression: TimeExpression, day: date | None) -> Point:
    own = expression.day.resolve(day) if expression.day else day
    return Point(own, expression.clock.value if expression.clock else None, expression.zone)


def entry_span(timeline: Timeline) -> tuple[Found | None, Found | None]:
    """The entries that say that the incident began or ended, by their label or their words."""
    begun = [
        entry
        for entry in _saying(timeline, Kind.STARTED, _ONSET)
        if entry.label or entry.moment.clock
    ]
    begun = begun or [entry for entry in timeline.entries[:1] if _breaks(entry)]
    ended = list(_saying(timeline, Kind.RESOLVED, _OVER))
    return (
        of_entry(begun[0]) if begun else None,
        of_entry(ended[-1]) if ended else None,
    )


def _breaks(entry: Entry) -> bool:
    """Whether an entry with a time of day says that something broke, and not who noticed."""
    is_said = _BREAKS.search(entry.text) and not _TOLD_LATER.search(entry.text)
    return bool(entry.moment.clock and is_said)


def _saying(timeline: Timeline, kind: Kind, words: re.Pattern[str]) -> Iterator[Entry]:
    labelled = [entry for entry in timeline.of_kind(kind) if entry.label]
    yield from labelled
    for entry in timeline.entries if not labelled else ():
        is_said = words.search(entry.text) and not _NOT_OVER.search(entry.text)
        if is_said and not _TELLING.match(entry.text):
            yield entry


def of_entry(entry: Entry) -> Found:
    moment = entry.moment
    return Found(Point(moment.day, moment.clock), entry.position.line)
