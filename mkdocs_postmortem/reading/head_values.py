"""What labels at the head of a page state: times, fields of a record, and the day of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any

from mkdocs_postmortem.model.record import SectionKey, Status
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, search_day
from mkdocs_postmortem.reading.head_labels import Fact, Labelled, Subject, find_labelled
from mkdocs_postmortem.reading.lifecycle import ONGOING_WORDS
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import PSEUDO_LEVEL, Line
from mkdocs_postmortem.reading.stated import read_labelled_users
from mkdocs_postmortem.reading.time_expression import TimeExpression, find_times
from mkdocs_postmortem.reading.words import any_of, sign
from mkdocs_postmortem.reading.zones import resolve_zone

_BETWEEN = re.compile(
    r"^[\s,.;)]{0,6}(?:\([^()]{0,40}\)[\s,]{0,3})?(?:to|until|till|and|through|-{1,2}|[–—→⇒〜～~]|[-=]>)"
    r"\s{0,4}(?:at\s+|around\s+|about\s+|approximately\s+|roughly\s+)?$",
    re.IGNORECASE,
)
# What a labelled window calls its end: "alert 20:20 → recovery 00:20".
_NAMED = re.compile(r"^[\s*`_]*(?:[→⇒]|[-=]>)\s*(?:[^\W\d_]{2,15}\s+){1,2}(?:at\s+)?~?\s*$")
_ARROW = re.compile(r"[\s*`_]*(?:→|->|=>)[\s*`_]*")
_AGAIN = re.compile(r"\b(?:again|and from|and between)\b", re.IGNORECASE)
_PLANNED = sign("planned")
# A time that comes later in a value belongs to a sentence.
_VALUE_START = 24
# A severity ends at the first sign that begins an explanation.
_SEVERITY_END = re.compile(r"[(.,;:–—]|\s-\s")
_SEPARATOR = re.compile(r"\s*(?:[,;/、・，]|\band\b)\s*")
# Text in brackets after a name explains it.
_ASIDE = re.compile(r"\s*\([^()]*(?:\)|$)")
_STATUSES = {status.value for status in Status}
_MOST_WORDS = 4  # of a name or a severity; a longer text is a sentence


@dataclass(frozen=True, slots=True)
class Point:
    """A time as far as it is known; ``zone`` as written."""

    day: date | None = None
    clock: time | None = None
    zone: str | None = None

    @property
    def local(self) -> datetime | None:
        """Day and clock, or None while one of them is unknown."""
        return datetime.combine(self.day, self.clock) if self.day and self.clock else None

    @property
    def typed(self) -> str:
        """As the front matter has it: ``2026-03-14 09:12 UTC``, or the day alone."""
        clock = f"{self.clock:%H:%M}" if self.clock else ""
        parts = (self.day.isoformat() if self.day else "", clock, (clock and self.zone) or "")
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        clock = f"T{self.clock:%H:%M}" if self.clock else ""
        return f"{self.day.isoformat() if self.day else ''}{clock}"


Time = Fact[Point]
Ends = tuple[Time | None, Time | None]


def labelled_time(labelled: Sequence[Labelled], subject: Subject, day: date | None) -> Time | None:
    """The time after a label; a value is not a sentence, so the time comes first."""
    for item in labelled:
        found = leading_time(item) if item.subject is subject else None
        if found and not (found.day and found.day.resolve(day) is None):
            return Fact(to_point(found, day), item.line, is_exact=True)
    return None


def leading_time(item: Labelled) -> TimeExpression | None:
    """The time at the beginning of a value."""
    times = find_times(item.value)
    return times[0] if times and times[0].start < _VALUE_START else None


def labelled_window(labelled: Sequence[Labelled], day: date | None) -> Ends:
    """Both ends of a labelled length, date or window."""
    spans = {Subject.START, Subject.WINDOW, Subject.DURATION, Subject.DATE}
    for item in labelled:
        if item.subject in spans and not _PLANNED.search(item.value):
            near = search_day(item.value)
            near_day = near.resolve(day) if near else day
            pair = pair_of(item.value, near_day, item.line, is_labelled=True)
            if pair:
                return pair
    return None, None


def pair_of(
    text: str, day: date | None, line: int, is_labelled: bool = False
) -> tuple[Time, Time] | None:
    """The first two times that a word or sign of range joins; a labelled one may name its end."""
    times = find_times(text)
    for index, expression in enumerate(times):
        has_clock, after = expression.clock is not None, expression.until
        if after and not (has_clock or after.day):
            after = None
        if after is None and index + 1 < len(times):
            following = times[index + 1]
            between = text[expression.end : following.start]
            is_joined = _BETWEEN.match(between) or (is_labelled and _NAMED.match(between))
            is_pair = is_joined and (following.clock is not None) == has_clock
            after = following if is_pair else None
        if after and not _is_sequence(text, times, expression, after):
            start, end = _pair(expression, after, day, line)
            more = text[after.end :]
            later = pair_of(more, start.value.day, line) if _AGAIN.search(more[:40]) else None
            return start, later[1] if later else end
    return None


def _is_sequence(
    text: str, times: Sequence[TimeExpression], start: TimeExpression, end: TimeExpression
) -> bool:
    """Whether an arrow leads to another time: ``09:38 → 09:50 → 09:52`` are events."""
    gaps = [text[time.end : start.start] for time in times if time.end <= start.start][-1:]
    gaps += [text[end.end : time.start] for time in times if time.start >= end.end][:1]
    return any(map(_ARROW.fullmatch, gaps))


def _pair(
    start: TimeExpression, end: TimeExpression, day: date | None, line: int
) -> tuple[Time, Time]:
    first, last = to_point(start, day), to_point(end, day)
    zone = first.zone or last.zone
    if end.day is None:
        last = replace(last, day=first.day)
    rolls = first.clock and last.clock and last.day == first.day and last.clock < first.clock
    if rolls and end.day and not start.day and first.day:
        first = replace(first, day=first.day - timedelta(days=1))
    elif rolls and last.day:
        last = replace(last, day=last.day + timedelta(days=1))
    return Fact(replace(first, zone=zone), line), Fact(replace(last, zone=zone), line)


def to_point(expression: TimeExpression, day: date | None) -> Point:
    own = expression.day.resolve(day) if expression.day else day
    return Point(own, expression.value, expression.zone)


def head_fields(
    lines: Sequence[Line], day: date | None
) -> Iterator[tuple[str, str | list[str], int]]:
    """The fields that labels state, as front matter would have them, each with its line.

    ``day`` is that of the page. What a label leaves open is left out: a time without a day, a
    day without a time that is no end of a range of days, a sentence where a name is expected.
    """
    labelled = list(find_labelled(lines))
    first, last = labelled_window(labelled, day)
    times = {
        "started": labelled_time(labelled, Subject.START, day) or first,
        "detected": labelled_time(labelled, Subject.DETECTED, day),
        "resolved": labelled_time(labelled, Subject.END, day) or last,
    }
    points = {name: stated.value for name, stated in times.items() if stated and stated.value.day}
    ends = (points.get("started"), points.get("resolved"))
    days = [point.day for point in ends if point and point.day and not point.clock]
    is_range = len(days) == 2 and days[0] < days[1]
    for name, stated in times.items():
        is_range_end = is_range and name != "detected"
        if stated and name in points and (stated.value.clock or is_range_end):
            yield name, stated.value.typed, stated.line
    seen: set[str] = set()
    for item in labelled:
        for name, value in _plain_fields(item):
            if name not in seen and value:
                seen.add(name)
                yield name, value, item.line


def _plain_fields(item: Labelled) -> Iterator[tuple[str, str | list[str] | None]]:
    subject, value = item.subject, item.value
    if subject is Subject.SEVERITY:
        yield "severity", severity_in(value)
    elif subject in (Subject.SERVICES, Subject.AUTHORS):
        yield subject.value, names_in(value)
    elif subject is Subject.USERS:
        users = read_labelled_users(value)
        yield "users_affected", users.written if users else None
    elif subject is Subject.ZONE:
        yield "timezone", value if isinstance(resolve_zone(value), Zone) else None
    elif subject is Subject.STATUS:
        status = _first_words(value)
        yield "status", status if status in _STATUSES else None
        yield "resolved", "ongoing" if status in ONGOING_WORDS else None


def severity_in(value: str) -> str | None:
    """A severity without its explanation; None for a sentence."""
    name = _SEVERITY_END.split(value, maxsplit=1)[0].strip()
    return name if 0 < len(name.split()) <= _MOST_WORDS else None


def names_in(value: str) -> list[str] | None:
    """The names of a list in one line; None for a sentence."""
    value = _ASIDE.sub("", value)
    names = [stripped for name in _SEPARATOR.split(value) if (stripped := name.strip(" `@."))]
    return names if names and all(len(name.split()) <= _MOST_WORDS for name in names) else None


def is_ongoing(labelled: Sequence[Labelled]) -> bool:
    """Whether a label says of the incident that it has not ended."""
    return any(
        item.subject is Subject.STATUS and _first_words(item.value) in ONGOING_WORDS
        for item in labelled
    )


def _first_words(value: str) -> str:
    """``In review (by Dana)`` as ``in_review``."""
    words = re.split(r"[^\w\s-]", value, maxsplit=1)[0].lower()
    return "_".join(re.split(r"[\s-]+", words.strip()))


_WRITTEN = re.compile(rf"\b{any_of('written')}\b", re.IGNORECASE)
_CLOCKS = re.compile(
    r"\b(?:from|between)\s+\d{1,2}[:.]?\d{0,2}[^\n\d]{1,16}\d{1,2}[:.]?\d{0,2}\s?(?:[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_OF_DAY = {Subject.DATE, Subject.START, Subject.WINDOW, Subject.DURATION}
_OUTAGE_KEYS = {
    SectionKey.ISSUE_SUMMARY,
    SectionKey.IMPACT,
    SectionKey.TIMELINE,
    SectionKey.DETECTION,
}
_DAY_KEYS = ("started", "start", "date", "start_time", "incident_date", "created")


def find_day(
    lines: Sequence[Line], path: str = "", front: Mapping[str, Any] | None = None
) -> date | None:
    """The day of the outage: by label, front matter, title, the file's name, or the text."""
    day = find_stated_day(lines, path, front)
    if day is not None:
        return day
    shown = [line for line in lines if line.is_prose and not line.is_blank]
    prose = [line.text for line in shown]
    of_incident = _before_causes(lines)
    above = [line.text for line in shown if line.number in of_incident]
    rest = [text for text in above if not _WRITTEN.search(text)]
    # If the first date is ambiguous, another one is no better.
    first = next((found for text in rest if (found := _dated(text))), None)
    return _day_of_span(rest, prose) or (first.resolve() if first else _with_year(prose))


def find_stated_day(
    lines: Sequence[Line], path: str = "", front: Mapping[str, Any] | None = None
) -> date | None:
    """The day that the page gives for itself: by label, front matter, title or file name."""
    prose = [line.text for line in lines if line.is_prose and not line.is_blank]
    labelled = [item.value for item in find_labelled(lines) if item.subject in _OF_DAY]
    typed = [str((front or {}).get(key, "")) for key in _DAY_KEYS]
    title = [text for text in prose[:3] if text.lstrip().startswith("#")]
    name = PurePosixPath(path).stem.replace("_", "-")
    stated = (_day(text) for texts in (labelled, typed, title, [name]) for text in texts)
    return next((day for day in stated if day), None)


def _before_causes(lines: Sequence[Line]) -> set[int]:
    """The lines that describe the incident, without causes before it and measures after it."""
    other = [
        item
        for item in read_sections(lines, Synonyms())
        if not _OUTAGE_KEYS & set(item.keys) and item.level <= PSEUDO_LEVEL
    ]
    elsewhere = {number for item in other for number in range(item.start, item.end + 1)}
    return {line.number for line in lines} - elsewhere


def _day_of_span(texts: Sequence[str], prose: Sequence[str]) -> date | None:
    """``From 9:12 to 9:59 on March 14``: the day of the outage, before any other that is named.

    Its year may be elsewhere.
    """
    for text in texts:
        span = _CLOCKS.search(text)
        found = search_day(text, span.end()) if span else None
        if span and found and found.start - span.end() < 20:
            return found.resolve(next(filter(None, map(_day, prose)), None))
    return None


def _day(text: str) -> date | None:
    found = _dated(text)
    return found.resolve() if found else None


def _dated(text: str) -> CalendarDay | None:
    """The first date with a year."""
    found = search_day(text)
    while found and not (found.year and 1990 <= found.year <= 2100):
        found = search_day(text, found.end)
    return found


def _with_year(prose: Sequence[str]) -> date | None:
    """A day without its year, and the only year that the text names."""
    first = next(filter(None, map(search_day, prose)), None)
    years = {int(year) for text in prose for year in re.findall(r"\b20[0-4]\d\b", text)}
    if first is None or first.year is not None or len(years) != 1:
        return None
    return first.resolve(date(years.pop(), 7, 1))
