"""When the incident began and ended, by the places of a page that state it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from mkdocs_postmortem.model.timeline import Entry, Kind, Timeline
from mkdocs_postmortem.reading.day_and_clock import search_day
from mkdocs_postmortem.reading.head_labels import Fact, Labelled, Subject, plain_value
from mkdocs_postmortem.reading.head_values import (
    Ends,
    Point,
    Time,
    labelled_time,
    labelled_window,
    leading_time,
    pair_of,
    to_point,
)
from mkdocs_postmortem.reading.source import Line, match_heading
from mkdocs_postmortem.reading.time_expression import TimeExpression, find_times
from mkdocs_postmortem.reading.words import (
    CLAUSE,
    ONSET,
    OVER,
    PLANNED,
    any_of,
    breaks,
    ends,
    goes_down,
    is_declared_over,
    is_of_affair,
    is_onset,
    speaks_of_incident,
)

_ON = re.compile(rf"(?:[\W_]|{any_of('before_time')}\b){{0,12}}$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|bis|jusqu\W|hasta|até|a[uo]x?)\W(?:[^\W\d]{1,14}\W{1,2}){0,2}$", re.IGNORECASE
)
# An introduction such as "Upon the release at 9:12, …", and what it ends with.
_DURING = re.compile(
    r"\W*(?:upon|during|with|on|bei|während|lors|pendant|durante|al|en|no|na)\b(?:[^,.]|\.(?=\w)){0,160}"
    r"\b(?:at|um|gegen|à|vers|las|às)\b(?:\W|around|about|approximately|roughly){0,9}$",
    re.IGNORECASE,
)
_THEN = re.compile(r"^\s*(?:[A-Z][a-z]+\s){0,4}(?:\([^()]{1,40}\)\s*)?[,，、]\s*")
# A name between two commas before the verb: "the shop, our oldest client, went down".
_APPOSITION = re.compile(
    r",\s[^,.;]{1,60},\s(?=(?:went|goes|was|were|is|are|became|began|started|stopped|had|has|could"
    r"|crashed|failed|war|waren|fiel|était|est|estaba|estuvo|cayó|estava|ficou|caiu)\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[.;,!?]\s|[。、，；]")
# "It started at" is about the incident; a longer clause has a subject of its own.
_FEW_WORDS = 4
_CLAUSE_LENGTH = 160
# Items that begin with a time are events, and each of them speaks of its own part.
_EVENT = re.compile(
    r"\s*(?:[-*+]|\d{1,2}[.)])\s+[*_`]{0,3}(?:\d{4}-\d\d-\d\d[ T]+)?\d{1,2}[:.h]\d\d"
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s")
_FEWEST_EVENTS = 3
_WRAPPED = 60  # a shorter line is not wrapped


def prose_spans(head: Sequence[Line], day: date | None) -> list[Ends]:
    """The first line with two times that a word of range joins; else what all lines state.

    A range of days comes first, and times of day on its days may follow.
    """
    days: list[Ends] = []
    others: list[Ends] = []
    events = {line.number for line in head if _EVENT.match(line.text)}
    unwrapped = list(_unwrapped(head))
    for index, line in enumerate(unwrapped):
        is_event = line.number in events and len(events) >= _FEWEST_EVENTS
        if is_event or PLANNED.search(line.text) or match_heading(line.text):
            continue
        text = plain_value(line.text)
        named = search_day(text)
        near = named.resolve(day) if named else day
        if pair := pair_of(text, near, line.number):
            if pair[0].value.clock and not days:
                return [_joined(pair, unwrapped[index + 1 :], near)]
            if pair[0].value.clock or is_of_affair(text):
                days.append(pair)
        others.append(_said_in(text, near, line.number))
    return days + others


def _joined(pair: tuple[Time, Time], below: Sequence[Line], day: date | None) -> tuple[Time, Time]:
    """A window with those in the items right below it: it lasts until the end of the last one."""
    start, end = pair
    for number, line in enumerate(below, start.line + 1):
        item = pair_of(plain_value(line.text), day, line.number)
        if line.number != number or not item or not _ITEM.match(line.text):
            break
        first, last = (found.value for found in item)
        is_later = (start.value.day, start.value.clock) <= (first.day, first.clock)
        if first.clock and is_later and (last.day, last.clock) > (end.value.day, end.value.clock):
            end = item[1]
    return start, end


def _said_in(text: str, day: date | None, line: int) -> Ends:
    """The first start and the last end that the clauses of a line state."""
    times = [item for item in find_times(text) if item.clock or item.day]
    said = [(item, _clause(text, times, index)) for index, item in enumerate(times)]
    starts = [item for item, clause in said if clause.begins(item)]
    ends = [item for item, clause in said if item.clock and clause.ends()]
    first = next((item for item in starts if item.clock), starts[0] if starts else None)
    return (
        Fact(to_point(first, day), line) if first else None,
        Fact(to_point(ends[-1], day), line) if ends else None,
    )


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with those that they wrap to; a short line ends, and a mark begins another one."""
    above: Line | None = None
    for line in lines:
        text = above.text.rstrip() if above else ""
        is_long = above and len(above.text) > _WRAPPED and not text.endswith((".", ":"))
        if above and is_long and line.text[:1].isalnum():
            above = above._replace(text=f"{text} {line.text.strip()}")
            continue
        if above:
            yield above
        above = line
    if above:
        yield above


class _Clause(NamedTuple):
    """The words that a time belongs to; ``leads`` where the time comes before them."""

    words: str
    leads: bool
    is_until: bool = False
    is_aside: bool = False

    def begins(self, time: TimeExpression) -> bool:
        """Whether something broke then; a day alone has to come first, as in "On 14 March, …"."""
        has_place = (time.clock or self.leads) and not self.is_aside
        is_short = len(self.words.split()) <= _FEW_WORDS and ONSET.search(self.words)
        is_said = is_short or breaks(self.words) or is_onset(self.words)
        return bool(has_place and not self.is_until and is_said)

    def ends(self) -> bool:
        return self.is_until or ends(self.words)


def _clause(text: str, times: Sequence[TimeExpression], index: int) -> _Clause:
    last = times[index - 1].end if index else 0
    is_aside = text.rfind("(", last, times[index].start) > text.rfind(")", last, times[index].start)
    following = times[index + 1].start if index + 1 < len(times) else len(text)
    before = CLAUSE.split(text[last : times[index].start])[-1]
    after = text[times[index].end : following]
    if _ON.match(before) or (_DURING.match(before) and _THEN.match(after)):
        after = _APPOSITION.sub(" ", _THEN.sub("", after).lstrip(" ,，、"))
        return _Clause(_COMMA.split(after)[0][:_CLAUSE_LENGTH], leads=True, is_aside=is_aside)
    return _Clause(
        before,
        leads=False,
        is_until=bool(_UNTIL.search(before) and not OVER.search(before)),
        is_aside=is_aside,
    )


def entry_span(timeline: Timeline) -> Ends:
    """The entries that say that the incident began or ended, by their label or their words."""
    entries = [entry for entry in timeline.entries if entry.moment.clock]
    begun = (
        [entry for entry in timeline.of_kind(Kind.STARTED) if entry.label]
        # An entry that names another time only looks back at the onset.
        or [entry for entry in entries if is_onset(entry.text) and not find_times(entry.text)]
        or [entry for entry in _first_news(timeline.entries) if entry in entries]
    )
    ended = (
        [entry for entry in timeline.of_kind(Kind.RESOLVED) if entry.label]
        or _declared_over(timeline.entries)
        or [entry for entry in entries if ends(entry.text)]
    )
    return (of_entry(begun[0]) if begun else None, of_entry(ended[-1]) if ended else None)


def _first_news(entries: Sequence[Entry]) -> list[Entry]:
    """The first entry that speaks of the incident, if it says that something breaks; below
    others it has to say so in plain words.
    """
    for entry in entries:
        is_said = goes_down(entry.text) or entry is entries[0]
        if speaks_of_incident(entry.text):
            return [entry] if is_said and breaks(entry.text) else []
    return []


def _declared_over(entries: Sequence[Entry]) -> list[Entry]:
    """An entry such as "Incident resolved", after which nothing breaks again: what comes later is
    the repair of its cause.
    """
    for index, entry in enumerate(entries):
        if entry.moment.clock and is_declared_over(entry.text):
            return [] if any(breaks(item.text) for item in entries[index + 1 :]) else [entry]
    return []


def of_entry(entry: Entry) -> Time:
    moment = entry.moment
    return Fact(Point(moment.day, moment.clock), entry.position.line)


def find_span(
    head: Sequence[Line],
    labelled: Sequence[Labelled],
    timeline: Timeline,
    day: date | None,
    summary: Collection[int],
    minutes: int | None,
    impact: Sequence[Line],
) -> list[Time | None]:
    """Typed, labelled, stated in a sentence, in an entry of the timeline, or as a window of the
    ``impact`` below it. Other first and last entries are guesses only, unless the stated length in
    ``minutes`` proves them; an end before the start is left out. ``summary`` are the numbers of the
    lines that sum up the incident, where a date is not that of the document.

    Returned are start, end, first and last entry, and detection.
    """
    start, detected, end = (
        labelled_time(labelled, subject, day)
        for subject in (Subject.START, Subject.DETECTED, Subject.END)
    )
    pairs: list[Ends] = [
        (start, end),
        labelled_window(labelled, day),
        *prose_spans(head, day),
        entry_span(timeline),
        *filter(all, prose_spans(impact, day)),
        (_dated(labelled, summary), None),
    ]
    start, end = (_best(side) for side in zip(*pairs, strict=True))
    end = _after(start, end)
    entries = timeline.entries
    first, last = (of_entry(entries[index]) if entries else None for index in (0, -1))
    if minutes and entries:
        start, end = _proved(start, end, entries, minutes)
    return [start, end, first, last, detected]


def _proved(start: Time | None, end: Time | None, entries: Sequence[Entry], minutes: int) -> Ends:
    """A missing start or end from the one pair of entries that is as far apart as is stated; the
    first of them does not say that something works again.
    """
    broken = [of_entry(entry) for entry in entries if not OVER.search(entry.text)]
    starts = [start] if start and start.value.clock else broken
    ends = [end] if end and end.value.clock else [of_entry(entry) for entry in entries]
    if starts == broken and len(ends) == len(entries) > 1:
        starts, ends = starts[:1], ends[1:]
    pairs = [(one, two) for one in starts for two in ends if _is_length(one, two, minutes)]
    outer = [pair for pair in pairs if pair[0] in starts[:1] and pair[1] in ends[-1:]]
    chosen = outer or (pairs if len(pairs) == 1 else [])
    return chosen[0] if chosen else (start, end)


def _is_length(start: Time, end: Time, minutes: int) -> bool:
    """Whether two points are as far apart as the page states, within a tenth of that."""
    if not (start.value.clock and end.value.clock):
        return False
    day = start.value.day or end.value.day or date(2000, 1, 1)
    first = datetime.combine(day, start.value.clock)
    last = datetime.combine(end.value.day or day, end.value.clock)
    return abs((last - first).total_seconds() / 60 - minutes) <= max(1, minutes // 10)


def _best(found: Iterable[Time | None]) -> Time | None:
    """The first one that has a clock, if it is of the day of the first one; else the first."""
    known = [item for item in found if item]
    first = known[0] if known else None
    if first is None or first.value.clock or first.is_exact:
        return first
    same = (item for item in known if item.value.clock and item.value.day == first.value.day)
    return next(same, first)


def _dated(labelled: Sequence[Labelled], summary: Collection[int]) -> Time | None:
    """The time of a label such as ``Date of incident``; a bare ``Date`` without a
    clock may be the document's.
    """
    for item in labelled:
        time = leading_time(item) if item.subject in (Subject.DATE, Subject.WINDOW) else None
        is_said = len(item.label.split()) > 1 or item.line in summary
        if time and time.day and (is_said or time.clock):
            return Fact(to_point(time, None), item.line)
    return None


def _after(start: Time | None, end: Time | None) -> Time | None:
    """An end without a day is on the day of the start; one before the start is none."""
    if start is None or end is None:
        return end
    first, clock = start.value, end.value.clock
    day = end.value.day or first.day
    if first.day and day and day < first.day:
        return None
    if day and day == first.day and clock and first.clock and clock < first.clock:
        return None
    return replace(end, value=replace(end.value, day=day if clock else end.value.day))
