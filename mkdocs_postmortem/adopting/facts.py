"""What a foreign postmortem states, each fact with the line that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import PurePath

from mkdocs_postmortem.adopting.span import entry_span, find_span, prose_spans
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter
from mkdocs_postmortem.reading.head_labels import Fact, Labelled, Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.head_values import Time, find_day, is_ongoing, severity_in
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import find_title, read_sections
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
from mkdocs_postmortem.reading.words import PLANNED, any_of, is_of_affair
from mkdocs_postmortem.reading.zones import find_heading_zone, find_zone, resolve_zone

# A length follows in a few words: "for almost an hour".
_LASTING = re.compile(
    rf"\b{any_of('lasting')}\s+"
    r"(?=((?:[^\s\d]{1,14}\s){0,3}[*_~(≈]{0,3}(?:\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|half)\b).{0,40}))|(?=((?<!\d)\d{1,3}\s?(?:分間|時間|日間)(?![表制営体以ご前後])))",
    re.IGNORECASE,
)
# A length that is not that of the outage.
_UNSEEN = re.compile(r"\b(?:un(?:detected|noticed)|estimat\w+)\b", re.IGNORECASE)
# A length on top of another one: "for an additional two days".
_MORE = re.compile(
    r"[^.;\d]{0,12}\b(?:additional|another|further|weitere|autres?|otr[oa]s?|outr[oa]s)\b", re.I
)
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
_INCIDENT_WORD = re.compile(any_of("incident"), re.IGNORECASE)
_DATED_NAME = re.compile(r"(?:19|20)\d\d[-_.]?[01]\d|\d\d[-_.]\d\d[-_.](?:19|20)\d\d")
_ACTION_SECTIONS = {SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS, SectionKey.TASKS}


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
    started: Time | None = None
    resolved: Time | None = None
    first: Time | None = None
    last: Time | None = None
    detected: Time | None = None
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
    def head(self) -> list[Line]:
        """The lines above the timeline: that is where people sum up."""
        section = self.section(SectionKey.TIMELINE) if self.timeline.entries else None
        above = (line for line in self.lines if not section or line.number < section.start)
        return list(islice((line for line in above if line.is_prose), 2 * _SUMMARY_LINES))

    @property
    def head_labels(self) -> list[Labelled]:
        """The labels in the front matter and above the timeline."""
        head = {line.number for line in self.head}
        return [item for item in self.labelled if item.line in head or self.is_typed(item)]

    def is_typed(self, item: Labelled) -> bool:
        """Whether a value is in the front matter."""
        return item.line <= self.front.end

    def section(self, key: SectionKey) -> Section | None:
        return next((item for item in self.sections if key in item.keys), None)

    def lines_of(self, *keys: SectionKey) -> set[int]:
        """The numbers of the lines of the sections on these subjects."""
        chosen = [item for item in self.sections if set(keys) & set(item.keys)]
        return {number for item in chosen for number in range(item.start, item.end + 1)}


def read_facts(path: str, text: str, settings: Settings) -> Facts:
    """Read a Markdown postmortem of any common shape. Never fails; what isn't there stays None."""
    texts = split_text(text.removeprefix("\ufeff"))
    front = read_front_matter(texts)
    end = 0 if front.is_broken else front.end
    lines = number_lines(texts[end:], end + 1)
    facts = Facts(path, text, front, lines, read_sections(lines, settings.synonyms))
    facts.labelled = (*_typed(front), *find_labelled(lines))
    facts.title = find_title(lines, front.data, facts.sections)
    day = find_day(lines, "", front.data)
    context = TimeContext(settings.timezone, day, settings.synonyms)
    facts.timeline, _ = read_timeline(facts.section(SectionKey.TIMELINE), lines, context)
    facts.tasks, _ = read_tasks(facts.sections, lines)
    facts.minutes = _minutes(facts)
    _read_span(facts, day)
    facts.zone = _zone(facts)
    _read_users(facts)
    severities = (item for item in facts.labelled if item.subject is Subject.SEVERITY)
    named = ((severity_in(item.value), item.line) for item in severities)
    facts.severity = next((Fact(value, line) for value, line in named if value), None)
    facts.services = _labelled(facts, Subject.SERVICES)
    facts.authors = _labelled(facts, Subject.AUTHORS)
    facts.is_ongoing = is_ongoing(facts.head_labels)
    return facts


def _read_span(facts: Facts, day: date | None) -> None:
    elsewhere = facts.lines_of(*(set(SectionKey) - _OF_INCIDENT))
    head = [line for line in facts.head if line.number not in elsewhere]
    numbers = facts.lines_of(SectionKey.IMPACT) - {line.number for line in head} - elsewhere
    impact = [line for line in facts.lines if line.is_prose and line.number in numbers]
    # A typed date may be that of the document.
    ends = (Subject.START, Subject.END)
    labelled = [x for x in facts.head_labels if x.subject in ends or not facts.is_typed(x)]
    facts.started, facts.resolved, facts.first, facts.last, facts.detected = find_span(
        head,
        labelled,
        facts.timeline,
        day,
        facts.lines_of(SectionKey.ISSUE_SUMMARY),
        facts.minutes.value if facts.minutes else None,
        impact,
    )


def _zone(facts: Facts) -> Fact[str] | None:
    """As written: at the start and end, at the first entries, in a heading or a sentence."""
    for point in (facts.started, facts.resolved):
        if point and point.value.zone:
            return Fact(point.value.zone, point.line)
    zoned = next((entry for entry in facts.timeline.entries if entry.moment.zone), None)
    if zoned and zoned.moment.zone:
        section, own = facts.section(SectionKey.TIMELINE), zoned.moment.zone.written
        is_own = own.lower() in zoned.moment.written.lower()
        in_heading = find_heading_zone(section.heading) if section else None
        if written := own if is_own else in_heading:
            return Fact(written, zoned.position.line)
    clocks = [
        (item.zone, line.number)
        for line in facts.head
        for item in find_times(line.text)
        if item.zone and not _MACHINE_DATE.search(line.text)
    ]
    is_other = any(_SAME_TIME.search(line.text) for line in facts.head)
    if len({name for name, _ in clocks}) == 1 and not is_other:
        return Fact(*clocks[0])
    points = (facts.started, facts.resolved, facts.detected)
    has_clock = any(fact.value.clock for fact in points if fact)
    has_clock = has_clock or any(entry.moment.clock for entry in facts.timeline.entries)
    return _said_zone(facts) if has_clock else None


def _said_zone(facts: Facts) -> Fact[str] | None:
    """The zone of a label or of a sentence on the times of the page."""
    said = [(item.value, item.line) for item in facts.labelled if item.subject is Subject.ZONE]
    in_timeline = facts.lines_of(SectionKey.TIMELINE)
    for line in facts.lines:
        # Away from the timeline a zone in brackets is that of something else.
        text = _CODE.sub("", line.text)
        if line.is_prose and (line.number in in_timeline or _OF_TIMES.search(text)):
            said.append((find_zone(text) or "", line.number))
    return next((Fact(*item) for item in said if resolve_zone(item[0]) is not None), None)


def _minutes(facts: Facts) -> Fact[int] | None:
    """The stated length of the outage, in minutes."""
    found = ((read_length(text), line) for text, line in _lengths(facts))
    length, line = next(((item[0], line) for item, line in found if item), (timedelta(), 0))
    minutes = round(length.total_seconds() / 60)
    return Fact(minutes, line) if minutes else None


def _lengths(facts: Facts) -> Iterator[tuple[str, int]]:
    """Where a length is stated: typed, labelled, after "lasted", or in a sentence of the head on
    the outage.
    """
    for item in facts.labelled:
        if item.subject is Subject.DURATION:
            yield item.value, item.line
    for stated in find_stated_durations(facts.lines):
        yield stated.written, stated.position.line
    for line in facts.head[:_SUMMARY_LINES]:
        for match in _LASTING.finditer(line.text) if is_of_affair(line.text) else ():
            length = match[1] or match[2]
            sentence = _STOP.split(line.text[: match.start()])[-1] + match.group() + length
            other = PLANNED.search(sentence) or _UNSEEN.search(sentence) or _MORE.match(length)
            if not other:
                yield length, line.number


def _read_users(facts: Facts) -> None:
    summary = facts.lines_of(SectionKey.ISSUE_SUMMARY, SectionKey.IMPACT)
    said = [line for line in facts.lines if line.number in summary]
    above = [line for line in facts.head if not said or line.number < facts.sections[0].start]
    near = summary | {line.number for line in above}
    found = [
        (read_labelled_users(item.value), item.line)
        for item in facts.labelled
        if item.subject is Subject.USERS and (item.line in near or facts.is_typed(item))
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


def _labelled(facts: Facts, subject: Subject) -> Fact[str] | None:
    """The value that the front matter, or the first label above the timeline, gives."""
    found = (item for item in facts.head_labels if item.subject is subject)
    return next((Fact(item.value, item.line) for item in found), None)


def marks_of(facts: Facts) -> tuple[str, ...]:
    """Which of timeline, impact, cause, tasks, severity, title and fix speak of an incident, and
    whether words state when it began or ended. A fix alone may be that of any problem. In a folder
    named after incidents, those files are of one whose names begin with a date.
    """
    keys = {key for section in facts.sections for key in section.keys}
    is_titled = bool(facts.title and _INCIDENT_WORD.search(facts.title.value))
    *folders, name = PurePath(facts.path).parts
    is_filed = _DATED_NAME.match(name) and any(map(_INCIDENT_WORD.search, folders))
    spans = (*prose_spans(facts.head, None), entry_span(facts.timeline))
    points = (facts.started, facts.resolved, *(point for pair in spans for point in pair))
    found = {
        "timeline": len(facts.timeline.entries) > 1,
        "impact": SectionKey.IMPACT in keys,
        "cause": SectionKey.ROOT_CAUSE in keys,
        "tasks": bool(facts.tasks or keys & _ACTION_SECTIONS),
        "severity": facts.severity is not None,
        "title": is_titled,
        "fix": is_titled and SectionKey.RESOLUTION in keys,
        "times": any(point and point.value.clock for point in points),
        "folder": is_filed,
        "date": is_filed,
    }
    return tuple(name for name, is_there in found.items() if is_there)
