"""The ``postmortem:`` mapping and the body → one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import PurePosixPath
from sys import intern
from typing import Any

from mkdocs_postmortem.model.address import is_absolute
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment, read_day
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import (
    FIELD_NAMES,
    MOST_VALUES,
    ImportedFrom,
    Postmortem,
    Section,
    SectionKey,
    Status,
    UsersAffected,
)
from mkdocs_postmortem.model.settings import Audience, Settings, match_severity
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import FrontMatter
from mkdocs_postmortem.reading.head_labels import Subject, find_labelled
from mkdocs_postmortem.reading.head_values import find_day, find_stated_day, head_fields
from mkdocs_postmortem.reading.instants import TimeContext, read_zone_text
from mkdocs_postmortem.reading.lifecycle import (
    read_lifecycle,
    read_stated_moments,
    says_ongoing,
    typed_tasks,
    typed_timeline,
    zone_of_page,
)
from mkdocs_postmortem.reading.markdown_text import count_words, first_heading, first_paragraph
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import Line, match_heading
from mkdocs_postmortem.reading.stated import (
    find_dotted_count,
    find_stated_durations,
    find_title_duration,
    find_users,
    read_labelled_length,
    read_users,
)
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.timeline import read_timeline

_SUMMARIES = {SectionKey.ISSUE_SUMMARY, SectionKey.IMPACT}
_STATUSES = {item.value: item for item in Status}
DETECTED_BY = ("monitor", "employee", "customer", "partner", "other")


def read_record(
    path: str,
    data: dict[str, Any],
    front: FrontMatter,
    lines: Sequence[Line],
    settings: Settings,
    *,
    is_matched: bool = False,
) -> tuple[Postmortem, list[Finding]]:
    """Put a page's record together; what is of the wrong type is left to the schema to report.

    ``lines`` are those of the body. ``is_matched``: the option ``match`` names the page.
    """
    reader = _RecordReader(path, data, front, tuple(lines), settings, is_matched)
    return reader.record(), reader.findings


@dataclass
class _RecordReader:
    _path: str
    _data: dict[str, Any]
    _front: FrontMatter
    _body: tuple[Line, ...]
    _settings: Settings
    _is_matched: bool

    _length: tuple[timedelta, str, int] | None = None
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep positions by their name below ``postmortem``; ``""`` is the mapping itself."""
        own = "postmortem."
        typed = [item for item in self._front.positions.items() if item[0].startswith(own)]
        self._positions = {intern(path.removeprefix(own)): position for path, position in typed}
        self._positions[""] = self._front.keys.get("postmortem", Position())

    def record(self) -> Postmortem:
        sections = tuple(read_sections(self._body, self._settings.synonyms))
        if self._is_matched:
            self._add_head_fields(sections)
        stated = self._zone()
        zone = stated or self._settings.timezone
        timeline, lifecycle = self._times(sections, zone)
        has_day = any(moment.day for moment in lifecycle.moments.values())
        heading = first_heading(self._body)
        self._positions["body"] = self._body_position(heading)
        title = self._title(heading)
        own = self._positions.get("title", self._positions["body"])
        detected_by = self._data.get("detected_by")
        at = self._front.positions.get("title", own)
        tasks, found = read_tasks(sections, self._body)
        self.findings += found
        return Postmortem(
            id=self._text("id") or self._name(),
            path=self._path,
            title=title,
            status=self._status(),
            severity=self._severity(),
            services=self._words("services"),
            zone=stated or timeline.zone or zone or zone_of_page(timeline),
            dated=None if has_day else find_stated_day(self._body, self._path, self._front.data),
            lifecycle=lifecycle,
            impact=self._prose("impact", SectionKey.IMPACT, sections),
            users_affected=self._users(sections),
            root_cause=self._prose("root_cause", SectionKey.ROOT_CAUSE, sections),
            trigger=self._text("trigger"),
            causes=self._words("causes"),
            detected_by=detected_by if detected_by in DETECTED_BY else None,
            authors=self._words("authors"),
            recurrence_of=self._words("recurrence_of"),
            related=self._words("related"),
            source=_source(self._data.get("source")),
            sections=sections,
            timeline=timeline,
            tasks=(*typed_tasks(self._data, self._positions), *tasks),
            measures=self._settings.measures,
            words=count_words(self._body),
            is_matched=self._is_matched,
            is_internal=self._data.get("visibility") == Audience.INTERNAL.value,
            stated_durations=(*find_title_duration(title, at), *find_stated_durations(self._body)),
            custom={key: value for key, value in self._data.items() if key not in FIELD_NAMES},
            positions=self._positions,
        )

    def _name(self) -> str:
        """The file's name, or the folder's where the file is called as every folder's page is."""
        file = PurePosixPath(self._path)
        is_own = file.stem not in ("index", "README")
        return file.stem if is_own else file.parent.name or file.stem

    def _add_head_fields(self, sections: Sequence[Section]) -> None:
        """Take what the labels above the timeline, and above all but the summary, state."""
        others = [item.start for item in sections if not _SUMMARIES & set(item.keys)]
        head = [line for line in self._body if not others or line.number < min(others)]
        known = self._settings.severities
        for name, value, line in head_fields(head, self._day()):
            # A level of another scale is left out, so that the severity counts as missing.
            is_known = name != "severity" or match_severity(str(value), known) is not None
            if name not in self._data and is_known:
                self._data = {**self._data, name: value}
                self._positions[name] = Position(line)
        for item in find_labelled(head):
            length = read_labelled_length(item.value) if item.subject is Subject.DURATION else None
            if length and not self._length:
                self._length = length, item.value, item.line

    def _times(self, sections: Sequence[Section], zone: Zone | None) -> tuple[Timeline, Lifecycle]:
        """Front matter first: it gives the timeline its first day, the timeline may give a zone."""
        context = TimeContext(zone, None, self._settings.synonyms)
        stated = dict(read_stated_moments(self._data, self._positions, context, self.findings))
        day = next((moment.day for moment in stated.values() if moment.day), None)
        context = replace(context, default_day=day or self._day())
        section = next((item for item in sections if SectionKey.TIMELINE in item.keys), None)
        timeline, found = read_timeline(section, self._body, context)
        self.findings += found
        typed = typed_timeline(self._data, self._positions, context, self.findings)
        if typed:
            if timeline.entries:
                message = "Front matter and body both have a timeline; the one in the body is used."
                self._report("PM301", "timeline", message, "Keep one of the two.")
            else:
                timeline = Timeline(typed.entries, timeline.unread, timeline.position)
        is_ongoing = says_ongoing(self._data, self._front.data)
        lifecycle = read_lifecycle(stated, timeline, self.findings, is_ongoing)
        return timeline, self._with_end(lifecycle)

    def _with_end(self, lifecycle: Lifecycle) -> Lifecycle:
        """The end that a labelled length gives where nothing else does, as an estimate."""
        start = lifecycle.moment(Milestone.STARTED)
        if self._length and start and start.zone and start.instant and lifecycle.has_no_end:
            length, written, line = self._length
            end = (start.instant + length).astimezone(start.zone.tz)
            day, clock = end.date(), end.time()
            moment = Moment(written, Position(line), day, clock, start.zone, estimated=True)
            return replace(lifecycle, moments={**lifecycle.moments, Milestone.RESOLVED: moment})
        return lifecycle

    def _day(self) -> date | None:
        return find_day(self._body, self._path, self._front.data)

    def _zone(self) -> Zone | None:
        written = self._data.get("timezone")
        if not isinstance(written, str) or not written.strip():
            return None
        position, synonyms = self._positions.get("timezone", Position()), self._settings.synonyms
        zone, finding = read_zone_text(written.strip(), position, synonyms, "timezone")
        self.findings += [finding] if finding else []
        return zone

    def _title(self, heading: Line | None) -> str:
        for value in (self._front.data.get("title"), self._data.get("title")):
            if isinstance(value, (str, int, float)) and str(value).strip():
                return str(value).strip()
        found = match_heading(heading.text) if heading else None
        return found.text if found else PurePosixPath(self._path).stem

    def _body_position(self, heading: Line | None) -> Position:
        if heading:
            return Position(heading.number)
        first = next((line for line in self._body if not line.is_blank), None)
        return Position(first.number if first else max(1, self._front.end))

    def _status(self) -> Status | None:
        written = self._data.get("status")
        known = _STATUSES.get(written) if isinstance(written, str) else None
        return known or (None if self._is_matched else Status.PUBLISHED)

    def _severity(self) -> str | None:
        written = self._text("severity")
        if not written:
            return None
        severity = match_severity(written, self._settings.severities)
        if severity is None:
            choices = ", ".join(f"`{item}`" for item in self._settings.severities)
            message = f"`severity: {written}` is not allowed."
            self._report("PM103", "severity", message, f"Choose one of {choices}.")
        return severity

    def _users(self, sections: Sequence[Section]) -> UsersAffected | None:
        value = self._data.get("users_affected")
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            self._report_dotted(str(value))
            return read_users(str(value)) or UsersAffected(str(value).strip())
        texts = [self._text("impact")]
        texts += [section.text for section in sections if _SUMMARIES & set(section.keys)]
        return next((users for text in texts if (users := find_users(text))), None)

    def _report_dotted(self, users: str) -> None:
        if written := find_dotted_count(users):
            count = written.replace(".", ",")
            share = f"{float(written):g}%" if written == users and len(written) < 7 else ""
            message = f"`{written}` can mean {count}" + (f" users or {share}." if share else ".")
            fix = f"Write `{count}`" + (f" or `{share}`." if share else ".")
            self._report("PM102", "users_affected", message, fix)

    def _prose(self, name: str, key: SectionKey, sections: Sequence[Section]) -> str:
        """The front matter's sentence, else the first paragraph of the section on it."""
        if self._text(name):
            return self._text(name)
        # A section of its own says it better than one that two subjects share.
        own = sorted((s for s in sections if key in s.keys), key=lambda s: len(s.keys))
        texts = (first_paragraph(_text_above_parts(item, sections)) for item in own)
        return next(filter(None, texts), "")

    def _text(self, name: str) -> str:
        value = self._data.get(name)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return ""
        return " ".join(str(value).split())

    def _words(self, name: str) -> tuple[str, ...]:
        value = self._data.get(name)
        if isinstance(value, str) and "," in value:
            items = ", ".join(item for part in value.split(",") if (item := part.strip()))
            message = f"`{name}: {value}` is one string, so it counts as one name."
            fix = f"Write a list: `{name}: [{items}]`."
            fix += " A name with a comma needs quotes in the list."
            self._report("PM102", name, message, fix)
        good = (
            str(item).strip()
            for item in (value if isinstance(value, list) else [value])
            if isinstance(item, (str, int, float)) and not isinstance(item, bool)
        )
        return tuple(islice(filter(None, good), MOST_VALUES))

    def _report(self, code: str, name: str, message: str, fix: str) -> None:
        position = self._positions.get(name, Position())
        self.findings.append(Finding(code, position, message, fix, name))


def _text_above_parts(section: Section, sections: Sequence[Section]) -> str:
    """The text of a section; of one that two subjects share, the part above their own sections."""
    if len(section.keys) == 1:
        return section.text
    inner = [item.start for item in sections if section.start < item.start <= section.end]
    lines = section.text.split("\n")
    return "\n".join(lines[: len(lines) - (section.end - min(inner) + 1)] if inner else lines)


def _source(value: object) -> ImportedFrom | None:
    """The record elsewhere; a value of the wrong type is left to the schema to report."""
    if not isinstance(value, dict) or not value.get("tool"):
        return None
    tool, own_id, url, written = (
        "" if value.get(name) is None else " ".join(str(value[name]).split())
        for name in ("tool", "id", "url", "imported")
    )
    try:
        imported = read_day(written)
    except ValueError:
        imported = None
    return ImportedFrom(tool, own_id, url if is_absolute(url) else "", imported)
