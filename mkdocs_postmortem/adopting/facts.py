"""What a foreign postmortem states, each fact with the line that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from mkdocs_postmortem.adopting.clauses import PLANNED, is_of_affair
from mkdocs_postmortem.adopting.span import find_span
from mkdocs_postmortem.adopting.title import find_title
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.head_labels import Labelled, Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.head_values import Point, find_day, is_ongoing, severity_in
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import Line, number_lines, split_text
from mkdocs_postmortem.reading.stated import (
    find_stated_durations,
    find_users,
    read_labelled_users,
    read_length,
)
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.time_expression import find_times
from mkdocs_postmortem.reading.timeline import read_timeline
from mkdocs_postmortem.reading.zones import find_heading_zone, find_zone, resolve_zone

_Value = TypeVar("_Value")

# A length follows in a few words: "for almost an hour".
_LASTING = re.compile(
    r"\b(?:for|lasting|lasted|period of|duration of|downtime(?: was| of| for)?|took|total of"
    r"|experienced an?|dauerte|während|für|pendant|duré|durante|duró|durou|por)\s+"
    r"(?=((?:[^\s\d]{1,14}\s){0,3}[*_~(≈]{0,3}(?:\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|half)\b).{0,40}))|(?=((?<!\d)\d{1,3}\s?(?:分間|時間|日間)(?![表制営体以ご前後])))",
    re.IGNORECASE,
)
# A length that is not that of the outage.
_UNSEEN = re.compile(r"\b(?:un(?:detected|noticed)|estimat\w+)\b", re.IGNORECASE)
# A length on top of another one: "for an additional two days".
_MORE = re.compile(
    r"[^.;\d]{0,12}\b(?:additional|another|further|weitere|autres?|otr[oa]s?|outr[oa]s)\b",
    re.I,
)
_WINDOWS = {Subject.DATE, Subject.WINDOW, Subject.START}
_PARENTHESIS = re.compile(r"[(（]([^()（）]{2,40})[)）]")
_STOP = re.compile(r"[.!?;]\s|[。！？；]")
_OF_TIMES = re.compile(r"\b(?:times?|timestamps?)\b", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]*`")
# Sections whose sentences say when the incident was; others are about its cause, detection, fix.
_OF_INCIDENT = {SectionKey.ISSUE_SUMMARY, SectionKey.IMPACT, SectionKey.TIMELINE}
_SUMMARY_LINES = 40
# A line of a protocol's header says nothing of the zone of the people who write.
_MACHINE_DATE = re.compile(r"\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b")
# A time with its zone in brackets after another one: the zone is not that of bare times.
_SAME_TIME = re.compile(
    r"(?<![\d:])\d{1,2}[:.]\d\d\s?[(（]\d{1,2}[:.]\d\d\s?(?:UTC|GMT|Z)\b[)）]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fact(Generic[_Value]):
    """A value and the line (from 1) that says it."""

    value: _Value
    line: int


@dataclass(slots=True)
class Facts:
    """Everything that was found in one file. A fact that is None was not found."""

    path: str
    text: str
    front: FrontMatter
    lines: tuple[Line, ...]
    sections: tuple[Section, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
    tasks: tuple[Task, ...] = ()
    title: Fact[str] | None = None
    started: Fact[Point] | None = None
    resolved: Fact[Point] | None = None
    first: Fact[Point] | None = None
    last: Fact[Point] | None = None
    detected: Fact[Point] | None = None
    zone: Fact[str] | None = None
    minutes: Fact[int] | None = None
    percent: Fact[float] | None = None
    users: Fact[str] | None = None
    severity: Fact[str] | None = None
    services: Fact[str] | None = None
    authors: Fact[str] | None = None
    is_ongoing: bool = False
    labelled: tuple[Labelled, ...] = ()

    @property
    def is_ours(self) -> bool:
        """The page is one of ours already."""
        return self.front.names_postmortem


def read_facts(path: str, text: str, settings: Settings) -> Facts:
    """Read a Markdown postmortem of any common shape. Never fails; what isn't there stays None."""
    texts = split_text(text.removeprefix("\ufeff"))
    front = read_front_matter(texts)
    end = 0 if front.is_broken else front.end
    lines = number_lines(texts[end:], end + 1)
    facts = Facts(path, text, front, lines)
    facts.sections = tuple(read_sections(lines, settings.synonyms))
    facts.labelled = (*_typed(front), *find_labelled(lines))
    facts.title = _fact(find_title(lines, front.data, facts.sections))
    day = find_day(lines, "", front.data)
    _read_events(facts, settings, day)
    _read_span(facts, day)
    facts.zone = _zone(facts)
    _read_users(facts)
    facts.severity = _severity(facts)
    facts.services = _labelled(facts, Subject.SERVICES)
    facts.authors = _labelled(facts, Subject.AUTHORS)
    facts.is_ongoing = is_ongoing(_labels_of_head(facts))
    return facts


def _fact(found: tuple[str, int] | None) -> Fact[str] | None:
    return Fact(*found) if found else None


def _read_events(facts: Facts, settings: Settings, day: date | None) -> None:
    section = _section(facts, SectionKey.TIMELINE)
    context = TimeContext(settings.timezone, day, settings.synonyms)
    facts.timeline, _ = read_timeline(section, facts.lines, context)
    facts.tasks, _ = read_tasks(facts.sections, facts.lines)


def _read_span(facts: Facts, day: date | None) -> None:
    elsewhere = _lines_of(facts, *(set(SectionKey) - _OF_INCIDENT))
    head = [line for line in lines_above_timeline(facts) if line.number not in elsewhere]
    numbers = _lines_of(facts, SectionKey.IMPACT) - {line.number for line in head} - elsewhere
    impact = [line for line in facts.lines if line.is_prose and line.number in numbers]
    facts.minutes = _minutes(facts)
    summary = _lines_of(facts, SectionKey.ISSUE_SUMMARY)
    minutes = facts.minutes.value if facts.minutes else None
    labelled = [item for item in _labels_of_head(facts) if item.line > facts.front.end]
    span = find_span(
        head, labelled, facts.front.data, facts.timeline, day, summary, minutes, impact
    )
    facts.started, facts.resolved, facts.first, facts.last, facts.detected = (
        Fact(found.point, found.line) if found else None for found in span
    )


def lines_above_timeline(facts: Facts) -> list[Line]:
    """The lines above the timeline: that is where people sum up."""
    section = _section(facts, SectionKey.TIMELINE)
    last = (
        section.start
        if section and facts.timeline.entries
        else facts.lines[-1].number + 1
        if facts.lines
        else 0
    )
    head = [line for line in facts.lines if line.is_prose and line.number < last]
    return head[: _SUMMARY_LINES * 2]


def _lines_of(facts: Facts, *keys: SectionKey) -> set[int]:
    """The numbers of the lines of the sections on these subjects."""
    chosen = [item for item in facts.sections if set(keys) & set(item.keys)]
    return {number for item in chosen for number in range(item.start, item.end + 1)}


def _section(facts: Facts, key: SectionKey) -> Section | None:
    return next((item for item in facts.sections if key in item.keys), None)


def _zone(facts: Facts) -> Fact[str] | None:
    """As written: at the start and end, at the first entries, in a heading or a sentence."""
    for point in (facts.started, facts.resolved):
        if point and point.value.zone:
            return Fact(point.value.zone, point.line)
    for entry in facts.timeline.entries:
        if entry.moment.zone is not None:
            written = _entry_zone(entry.moment.zone, entry.moment.written, facts)
            if written:
                return Fact(written, entry.position.line)
            break
    clocks = [
        (item.zone, line.number)
        for line in lines_above_timeline(facts)
        for item in find_times(line.text)
        if item.zone and not _MACHINE_DATE.search(line.text)
    ]
    is_other = any(_SAME_TIME.search(line.text) for line in lines_above_timeline(facts))
    if len({name for name, _ in clocks}) == 1 and not is_other:
        return Fact(*clocks[0])
    return _said_zone(facts) if _has_clock(facts) else None


def _said_zone(facts: Facts) -> Fact[str] | None:
    """The zone of a label or of a sentence on the times of the page."""
    for item in facts.labelled:
        if item.subject is Subject.ZONE and resolve_zone(item.value) is not None:
            return Fact(item.value, item.line)
    in_timeline = _lines_of(facts, SectionKey.TIMELINE)
    for line in facts.lines:
        # Away from the timeline a zone in brackets is that of something else.
        text = _CODE.sub("", line.text)
        written = find_zone(text) if line.is_prose else None
        is_said = written and (line.number in in_timeline or _OF_TIMES.search(text))
        if written and is_said and resolve_zone(written) is not None:
            return Fact(written, line.number)
    return None


def _has_clock(facts: Facts) -> bool:
    """Whether there is a time of day that a zone could be of."""
    points = (facts.started, facts.resolved, facts.detected)
    clocks = [fact.value.clock for fact in points if fact]
    return any(clocks) or any(entry.moment.clock for entry in facts.timeline.entries)


def _entry_zone(zone: Zone, written: str, facts: Facts) -> str | None:
    section = _section(facts, SectionKey.TIMELINE)
    if zone.written.lower() in written.lower():
        return zone.written
    return find_heading_zone(section.heading) if section else None


def _minutes(facts: Facts) -> Fact[int] | None:
    """The stated length of the outage, in minutes."""
    for text, line in _lengths(facts):
        if found := read_length(text):
            return _in_minutes(found[0], line)
    return None


def _lengths(facts: Facts) -> Iterator[tuple[str, int]]:
    """Where a length is stated: typed, labelled, after "lasted", in brackets after a labelled
    window, or in a sentence of the head on the outage.
    """
    for item in facts.labelled:
        if item.subject is Subject.DURATION:
            yield item.value, item.line
    for stated in find_stated_durations(facts.lines):
        yield stated.written, stated.position.line
    for item in _labels_of_head(facts):
        inner = _PARENTHESIS.search(item.value) if item.subject in _WINDOWS else None
        found = read_length(inner[1]) if inner else None
        if inner and found and found[2] == len(inner[1].rstrip()):
            yield inner[1], item.line
    for line in lines_above_timeline(facts)[:_SUMMARY_LINES]:
        for match in _LASTING.finditer(line.text) if is_of_affair(line.text) else ():
            length = match[1] or match[2]
            sentence = _STOP.split(line.text[: match.start()])[-1] + match.group() + length
            other = PLANNED.search(sentence) or _UNSEEN.search(sentence) or _MORE.match(length)
            if not other:
                yield length, line.number


def _in_minutes(length: timedelta, line: int) -> Fact[int] | None:
    minutes = round(length.total_seconds() / 60)
    return Fact(minutes, line) if minutes else None


def _read_users(facts: Facts) -> None:
    summary = _lines_of(facts, SectionKey.ISSUE_SUMMARY, SectionKey.IMPACT)
    said = [line for line in facts.lines if line.number in summary]
    above = [
        item
        for item in lines_above_timeline(facts)
        if not said or item.number < facts.sections[0].start
    ]
    near = summary | {line.number for line in above} | set(range(facts.front.end + 1))
    found = [
        (read_labelled_users(item.value), item.line)
        for item in facts.labelled
        if item.subject is Subject.USERS and item.line in near
    ]
    found += [(find_users(line.text), line.number) for line in (*said, *above) if line.is_prose]
    for users, number in found:
        if users:
            facts.users = Fact(users.written, number)
            facts.percent = None if users.percent is None else Fact(users.percent, number)
            return


def _typed(front: FrontMatter) -> Iterator[Labelled]:
    """The values of the front matter, as those of labels."""
    for name, value in front.data.items():
        subject = subject_of(name)
        if subject and value and isinstance(value, (str, int, list)):
            items = value if isinstance(value, list) else [value]
            place = front.positions.get(name)
            yield Labelled(subject, name, ", ".join(map(str, items)), place.line if place else 1)


def _labels_of_head(facts: Facts) -> list[Labelled]:
    """The labels in the front matter and above the timeline."""
    head = {line.number for line in lines_above_timeline(facts)} | set(range(facts.front.end + 1))
    return [item for item in facts.labelled if item.line in head]


def _labelled(facts: Facts, subject: Subject) -> Fact[str] | None:
    """The value that the front matter, or the first label above the timeline, gives."""
    found = (item for item in _labels_of_head(facts) if item.subject is subject)
    return next((Fact(item.value, item.line) for item in found), None)


def _severity(facts: Facts) -> Fact[str] | None:
    for item in facts.labelled:
        if item.subject is Subject.SEVERITY and (value := severity_in(item.value)):
            return Fact(value, item.line)
    return None


def to_local(point: Point) -> datetime | None:
    """Day and clock of a point, or None while one of them is unknown."""
    if point.day is None or point.clock is None:
        return None
    return datetime.combine(point.day, point.clock)
