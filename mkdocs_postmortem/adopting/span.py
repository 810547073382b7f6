"""When the incident began and ended, by the places of a page that state it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from mkdocs_postmortem.adopting.stated_times import entry_span, of_entry, prose_spans
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.reading.head_labels import Labelled, Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.head_values import (
    Found,
    labelled_time,
    labelled_window,
    leading_time,
    to_point,
)
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import match_time


class Span(NamedTuple):
    """Start and end as stated, and what may be meant where nothing states it."""

    start: Found | None = None
    end: Found | None = None
    first: Found | None = None
    last: Found | None = None
    detected: Found | None = None


def find_span(
    head: Sequence[Line],
    front: Mapping[str, Any],
    timeline: Timeline,
    day: date | None,
    summary: Collection[int] = (),
    minutes: int | None = None,
) -> Span:
    """Typed, labelled, stated in a sentence, or in an entry of the timeline.

    The first and last entries that say nothing of a start or an end are guesses only. An end
    before the start is left out. ``summary`` are the numbers of the lines that sum up the incident,
    where a date is not that of the document; ``minutes`` is the stated length, which proves the
    first or the last entry of the timeline as start or end.
    """
    labelled = list(find_labelled(head))
    starts = [_typed(front, Subject.START), labelled_time(labelled, Subject.START, day)]
    ends = [_typed(front, Subject.END), labelled_time(labelled, Subject.END, day)]
    window, sentences = labelled_window(labelled, day), prose_spans(head, day)
    for start, end in (window, *sentences, entry_span(timeline)):
        starts.append(start)
        ends.append(end)
    starts.append(_dated(labelled, summary))
    start, end = _best(starts), _best(ends)
    end = _after(start, end)
    entries = timeline.entries
    first = of_entry(entries[0]) if entries else None
    last = of_entry(entries[-1]) if entries else None
    if minutes and entries:
        start, end = _proved(start, end, [of_entry(entry) for entry in entries], minutes)
    return Span(start, end, first, last, labelled_time(labelled, Subject.DETECTED, day))


def _proved(
    start: Found | None, end: Found | None, entries: Sequence[Found], minutes: int
) -> tuple[Found | None, Found | None]:
    """A missing start or end from the one pair of entries that is as far apart as is stated."""
    starts = [start] if start and start.point.clock else entries
    ends = [end] if end and end.point.clock else entries
    if len(starts) + len(ends) == 2 * len(entries) and len(entries) > 1:
        starts, ends = entries[:1], entries[1:]
    pairs = [(one, two) for one in starts for two in ends if _is_length(one, two, minutes)]
    outer = [pair for pair in pairs if pair[0] in starts[:1] and pair[1] in ends[-1:]]
    chosen = outer or (pairs if len(pairs) == 1 else [])
    return chosen[0] if chosen else (start, end)


def _is_length(start: Found, end: Found, minutes: int) -> bool:
    """Whether two points are as far apart as the page states, within a tenth of that."""
    if not (start.point.clock and end.point.clock):
        return False
    day = start.point.day or date(2000, 1, 1)
    first = datetime.combine(day, start.point.clock)
    last = datetime.combine(end.point.day or day, end.point.clock)
    return abs((last - first).total_seconds() / 60 - minutes) <= max(1, minutes // 10)


def _best(found: Iterable[Found | None]) -> Found | None:
    """The first one that has a clock, if it is of the day of the first one; else the first."""
    known = [item for item in found if item]
    if not known:
        return None
    first = known[0]
    if first.point.clock or first.is_exact:
        return first
    same = (item for item in known if item.point.clock and item.point.day == first.point.day)
    return next(same, first)


def _typed(front: Mapping[str, Any], subject: Subject) -> Found | None:
    for key, value in front.items():
        if isinstance(value, str) and subject_of(key) is subject:
            expression = match_time(value)
            if expression and expression.day and not expression.error:
                return Found(to_point(expression, None), 1)
    return None


def _dated(labelled: Sequence[Labelled], summary: Collection[int]) -> Found | None:
    """The time of a label such as ``Date of incident``; a bare ``Date`` may be the document's."""
    for item in labelled:
        is_said = item.subject in (Subject.DATE, Subject.WINDOW)
        if not is_said or (len(item.label.split()) < 2 and item.line not in summary):
            continue
        time = leading_time(item)
        if time and time.day:
            return Found(to_point(time, None), item.line)
    return None


def _after(start: Found | None, end: Found | None) -> Found | None:
    """An end without a day is on the day of the start; one before the start is none."""
    if start is None or end is None:
        return end
    day, clock = end.point.day or start.point.day, end.point.clock
    if start.point.day and day and day < start.point.day:
        return None
    if day and day == start.point.day and clock and start.point.clock and clock < start.point.clock:
        return None
    return end._replace(point=replace(end.point, day=day if clock else end.point.day))
