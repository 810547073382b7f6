"""An incident → the text of a draft, and what a person has to add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from hashlib import sha256

from mkdocs_postmortem.adopting.draft import section_prompts, yaml_value
from mkdocs_postmortem.importing.incident import Action, Event, Incident, Weight
from mkdocs_postmortem.importing.markup import plain, without_addresses
from mkdocs_postmortem.importing.source import SOURCES
from mkdocs_postmortem.model.address import is_absolute, slug
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.settings import match_severity
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.entry_lines import read_label
from mkdocs_postmortem.reading.record import DETECTED_BY

_ID = re.compile(r"[^\s/\\]{1,60}")
_HANDLE = re.compile(r"[\w.-]{1,40}")
_DIGEST = re.compile(r"^(    digest: )(\w+)$", re.MULTILINE)
_IMPORTED = re.compile(r"^    imported: \S+$", re.MULTILINE)
_MOST_CANDIDATES = 5_000
_MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How drafts are written: zone, severities, handles of people by name or address.

    Messages of a chat with the ``reaction`` become entries of the timeline.
    """

    zone: Zone
    severities: tuple[str, ...]
    today: date
    people: Mapping[str, str] = field(default_factory=dict)
    has_all_events: bool = False
    keeps_addresses: bool = False
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A draft: its file's name and its text."""

    incident: Incident
    file_name: str
    text: str


def write_page(incident: Incident, options: ImportOptions) -> ImportedPage:
    """The draft of an incident; the same incident always gives the same text."""
    writer = _Writer(incident, options)
    text = writer.head() + writer.body()
    if not options.keeps_addresses:
        text = without_addresses(text)
    first = incident.first
    day = first.astimezone(writer.tz).date().isoformat() if first else "undated"
    signed = _DIGEST.sub(lambda match: match[1] + _digest(text), text, count=1)
    return ImportedPage(incident, f"{day}-{slug(incident.title)}.md", signed)


def is_untouched(text: str) -> bool:
    """Whether a page is as an import wrote it: its digest is that of its own text."""
    match = _DIGEST.search(text)
    return match is not None and match[2] == _digest(text)


def written_digest(text: str) -> str:
    """The digest that a page states, or nothing."""
    match = _DIGEST.search(text)
    return match[2] if match else ""


def _digest(text: str) -> str:
    """Of everything but the digest and the day of the import."""
    plain_text = _IMPORTED.sub("", _DIGEST.sub("", text, count=1), count=1)
    return sha256(plain_text.encode()).hexdigest()[:16]


class _Writer:
    def __init__(self, incident: Incident, options: ImportOptions) -> None:
        self._incident = incident
        self._options = options
        self.tz: tzinfo = options.zone.tz

    def head(self) -> str:
        incident = self._incident
        own_id = (
            incident.name if _ID.fullmatch(incident.name) and not incident.name.isdigit() else ""
        )
        lines = [
            "---",
            f"title: {yaml_value(incident.title)}",
            "postmortem:",
            *([f"  id: {yaml_value(own_id)}"] if own_id else []),
            "  status: draft",
            *(["  visibility: internal"] if incident.is_private else []),
            *self._severity(),
            *([f"  services: {yaml_value(list(incident.services))}"] if incident.services else []),
            f"  timezone: {self._options.zone.name}",
            *self._times(),
            *self._facts(),
            *self._others(),
            "  source:",
            f"    tool: {yaml_value(incident.tool)}",
            f"    id: {yaml_value(incident.id)}",
            *([f"    url: {yaml_value(incident.url)}"] if is_absolute(incident.url) else []),
            f"    imported: {self._options.today.isoformat()}",
            "    digest: unsigned",
            "---",
            "",
        ]
        return "\n".join(lines)

    def _severity(self) -> Iterable[str]:
        fact = self._incident.severity
        if fact is None:
            return []
        found = match_severity(fact.value, self._options.severities)
        if found:
            return [
                f"  severity: {yaml_value(found)}  # {_comment(fact.field)}: {_comment(fact.value)}"
            ]
        return [
            f"  # severity: TODO. The export says {_comment(fact.value)} ({_comment(fact.field)})."
        ]

    def _times(self) -> Iterable[str]:
        for milestone in Milestone:
            name = milestone.value
            fact = self._incident.times.get(name)
            if fact:
                stated = f"{_comment(fact.field)}: {fact.value.isoformat()}"
                yield f"  {name}: {self._written(fact.value)}  # {stated}"
                continue
            guess = self._incident.guesses.get(name)
            if guess:
                yield (
                    f"  # {name}: {self._written(guess.value)}  # A guess: this is "
                    f"{_comment(guess.field)}. Uncomment it only if it is right."
                )

    def _facts(self) -> Iterable[str]:
        """Other fields; a value that is not one of ours becomes a comment."""
        for name, fact in self._incident.facts.items():
            stated = f"{_comment(fact.field)}: {_comment(fact.value)}"
            if name == "detected_by" and fact.value not in DETECTED_BY:
                yield f"  # {name}: TODO. The export says {stated}."
            elif fact.value != "0":
                yield f"  {name}: {yaml_value(_comment(fact.value))}  # {stated}"

    def _others(self) -> Iterable[str]:
        """What has no field here, as comments that a person may turn into one."""
        others = self._incident.others
        if others:
            yield f"  # Also in {SOURCES[self._incident.tool].label}:"
        for name, value in others[:_MOST_OTHERS]:
            yield f"  #   {_comment(name)}: {_comment(value)}"
        if more := others[_MOST_OTHERS:]:
            yield f"  #   … and {len(more):,} more in the export."

    def _written(self, moment: datetime) -> str:
        """The local time; with its offset where a clock change would make it ambiguous."""
        local = moment.astimezone(self.tz)
        other = local.replace(fold=1 - local.fold)
        stamp = f"{local:%Y-%m-%d %H:%M}"
        return f"{stamp}{local:%z}" if other.utcoffset() != local.utcoffset() else stamp

    def body(self) -> str:
        written = {
            "Issue summary": self._summary(),
            "Timeline": "\n\n".join(self._timeline()),
            "Root cause": self._text("root_cause"),
            "Resolution": self._text("resolution"),
            "Improvements": self._text("improvements"),
            "Tasks": "\n".join(map(self._task, self._incident.actions)),
        }
        parts = [f"# {plain(self._incident.title)}"]
        for heading, prompt in section_prompts():
            parts += [heading, written.get(heading.lstrip("# "), "") or prompt]
        if document := self._text("document"):
            parts += [f"## Text from {SOURCES[self._incident.tool].label}", document]
        return "\n\n".join(filter(None, parts)) + "\n"

    def _summary(self) -> str:
        impact = self._text("impact")
        parts = [self._text("summary"), f"### Impact\n\n{impact}" if impact else ""]
        return "\n\n".join(filter(None, parts))

    def _text(self, section: str) -> str:
        texts = [item.markdown for item in self._incident.texts if item.section == section]
        return "\n\n".join(texts)

    def _timeline(self) -> Iterable[str]:
        events = sorted(self._incident.events, key=lambda event: event.at)
        shown = [event for event in events if self._is_shown(event)]
        kinds = self._kinds(shown)
        entries = [self._entry(event, kind) for event, kind in zip(shown, kinds, strict=True)]
        candidates = [
            event
            for event in events
            if event.weight is Weight.CANDIDATE and not self._is_shown(event)
        ]
        # Comments come first: below the list, they would be read as part of its last entry.
        left_out = len(events) - len(entries) - len(candidates)
        if left_out:
            events_left = "1 event" if left_out == 1 else f"{left_out} events"
            yield f"<!-- Left out: {events_left} that machines wrote; --all-events keeps them. -->"
        if candidates:
            lines = [self._entry(event, None) for event in candidates[:_MOST_CANDIDATES]]
            more = len(candidates) - len(lines)
            rest = [f"… and {more:,} more in the export."] if more else []
            head = "<!-- Messages to choose from:"
            safe = (line.replace("--", "- -").replace(">", "&gt;") for line in lines)
            yield "\n".join([head, *safe, *rest, "-->"])
        if entries:
            yield "\n".join(entries)

    def _is_shown(self, event: Event) -> bool:
        if event.weight is Weight.NOISE:
            return self._options.has_all_events
        return event.weight is Weight.ENTRY or self._options.reaction in event.reactions

    def _kinds(self, events: Iterable[Event]) -> Iterable[Kind | None]:
        """The kind of each event; a milestone only where no other time for it is stated."""
        given = {name: self._written(fact.value) for name, fact in self._incident.times.items()}
        for event in events:
            milestone = event.kind.milestone if event.kind else None
            if milestone is None:
                yield event.kind
                continue
            stamp = self._written(event.at)
            yield event.kind if given.setdefault(milestone.value, stamp) == stamp else None

    def _entry(self, event: Event, kind: Kind | None) -> str:
        text = event.text
        if kind is None and read_label(text):
            kind = Kind.NOTE
        label = f"**{kind.value.capitalize()}:** " if kind else ""
        handle = self._handle(event.person, is_known=True)
        return f"- {self._written(event.at)} {label}{text}{f' (@{handle})' if handle else ''}"

    def _task(self, action: Action) -> str:
        box = "x" if action.is_done else "-" if action.is_dropped else " "
        handle = self._handle(action.owner, is_known=False)
        name = plain(action.url.rstrip("/").rpartition("/")[2])
        safe = is_absolute(action.url) and not re.search(r"[\s()<>]", action.url)
        details = [
            f"@{handle}" if handle else "",
            f"due {action.due}" if re.fullmatch(r"\d{4}-\d\d-\d\d", action.due) else "",
            f"[{name}]({action.url})" if safe else "",
            f"won't do: dropped in {SOURCES[self._incident.tool].label}" if box == "-" else "",
        ]
        behind = ", ".join(filter(None, details))
        return f"- [{box}] {action.text}{f' ({behind})' if behind else ''}"

    def _handle(self, person: tuple[str, ...], *, is_known: bool) -> str:
        """The handle of a person; without the table only a name, never an address or an id."""
        found = next(filter(None, map(self._options.people.get, person)), "")
        if found or is_known:
            return found
        names = (slug(name, "") for name in person if "@" not in name and not name.isdigit())
        return next(filter(_HANDLE.fullmatch, names), "")


def _comment(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:120]
