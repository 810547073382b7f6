"""One JSON object → what it says of an incident, by the mapping of its source.

Needs the extra ``import``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import PurePath
from typing import Any

from mkdocs_postmortem.importing.incident import Action, Event, Fact, Incident, Text, Weight
from mkdocs_postmortem.importing.markup import FORMATS, plain
from mkdocs_postmortem.importing.payload import Document, PayloadError
from mkdocs_postmortem.importing.source import Actions, Events, Shape, Source
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.publishing.extras import need

CHANNEL = "Channel "
_SERVICE_LABEL = re.compile(
    r"(?:services?|svc|component)\s*(?:::?|/|=)\s*(?P<name>\S.*)", re.IGNORECASE
)
# A tool that sets the start when somebody opens the record does so within this time.
_DEFAULT = timedelta(minutes=1)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d)?"
)
_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")
# A number of seconds since 1970 with more digits counts milliseconds: this is the year 5138.
_MOST_SECONDS = 10**11
_YEARS = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class Match:
    """An object, the mapping for it, and where it is."""

    source: Source
    shape: Shape
    value: dict[str, Any]
    path: str

    @property
    def is_nameless(self) -> bool:
        """Whether it is an incident without an id, which no second import could find again."""
        return self.shape.is_incident and not self.text(self.shape.id)

    def error(self, value: Any, expression: str, reason: str) -> PayloadError:
        """A problem with a value that an expression found, at its own place if that is known."""
        step = _step_to(self.value, value) or f".{_field_name(expression)}"
        return PayloadError(f"{self.path}{step}: {value!r}", reason)

    def all(self, expression: str) -> list[Any]:
        value = _search(expression, self.value)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def text(self, expression: str) -> str:
        return next((str(item) for item in self.all(expression) if _is_scalar(item)), "")


def _is_scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""


def _search(expression: str, value: Any) -> Any:
    """What an expression finds; nothing where a value has another type than the tool's."""
    try:
        return need("jmespath", "import").search(expression, value)
    except need("jmespath.exceptions", "import").JMESPathError:
        return None


def find_matches(document: Document, sources: tuple[Source, ...]) -> Iterator[Match]:
    level = [(f"{document.name}: {document.path}", document.value)]
    while level:
        deeper: list[tuple[str, Any]] = []
        for path, value in level:
            match = _match(value, path, sources) if isinstance(value, dict) else None
            if match:
                yield match
            else:
                deeper += ((f"{path}{step}", item) for step, item in children(value))
        level = deeper


def children(value: Any) -> Iterator[tuple[str, Any]]:
    """What is directly in a value, each with the step to it."""
    if isinstance(value, dict):
        yield from ((f".{key}", item) for key, item in value.items())
    elif isinstance(value, list):
        yield from ((f"[{number}]", item) for number, item in enumerate(value))


def _step_to(value: Any, target: Any) -> str:
    """The path from a value to an object in it, which is found by identity."""
    level = [("", value)]
    while level:
        level = [(f"{path}{step}", item) for path, outer in level for step, item in children(outer)]
        for path, item in level:
            if item is target:
                return path
    return ""


def _match(value: dict[str, Any], path: str, sources: tuple[Source, ...]) -> Match | None:
    for source in sources:
        for shape in source.shapes:
            if shape.keys <= value.keys() and (not shape.where or _search(shape.where, value)):
                return Match(source, shape, value, path)
    return None


def read_match(match: Match) -> Incident:
    shape = match.shape
    incident = Incident(
        match.source.name,
        match.path,
        id=match.text(shape.id),
        name=match.text(shape.name),
        title=" ".join(match.text(shape.title).split()),
        url=match.text(shape.url),
        services=tuple(dict.fromkeys(_services(match))),
        is_private=bool(_search(shape.private, match.value)),
        is_test=bool(_search(shape.test, match.value)),
    )
    incident.severity = _fact(match, shape.severity)
    known = ((name, _fact(match, expression)) for name, expression in shape.facts.items())
    incident.facts = {name: fact for name, fact in known if fact}
    _read_times(match, incident)
    _doubt_start(match, incident)
    if shape.is_channel:
        incident.title = _channel_of(match.path)
    elif shape.is_incident and not incident.title:
        incident.title = f"{match.source.label} {incident.name or incident.id}"
    for expression in shape.others:
        incident.others += _others(match.all(expression))
    for events in shape.events:
        incident.events += _events(match, events, incident)
    for actions in shape.actions:
        incident.actions += _actions(match, actions)
    for prose in shape.texts:
        for value in match.all(prose.at):
            if text := FORMATS[prose.format](value):
                incident.texts.append(Text(prose.section, text, prose.at))
    return incident


def _services(match: Match) -> Iterator[str]:
    yield from _words(match.all(match.shape.services))
    for label in _words(match.all(match.shape.labels)):
        if named := _SERVICE_LABEL.fullmatch(label):
            yield named["name"]


def _others(rows: list[Any]) -> Iterator[tuple[str, str]]:
    for row in rows:
        name, *values = _words(row) or ("",)
        if values:
            yield name, ", ".join(values)


def _fact(match: Match, expression: str) -> Fact[str] | None:
    """The first alternative that has a value."""
    known = ((match.text(field), _field_name(field)) for field in expression.split(" || "))
    return next((Fact(value, name) for value, name in known if value), None)


def _read_times(match: Match, incident: Incident) -> None:
    """The first alternative that states each time; a fault of one is a problem of the incident."""
    stated = [(incident.times, *item) for item in match.shape.times.items()]
    guessed = [(incident.guesses, *item) for item in match.shape.guesses.items()]
    for target, name, expression in (*stated, *guessed):
        for field in expression.split(" || "):
            values = [value for value in match.all(field)[:1] if value not in (None, "", 0)]
            if name in target or not values:
                continue
            try:
                target[name] = Fact(read_instant(values[0]), _field_name(field))
            except ValueError as error:
                incident.problems.append(match.error(values[0], field, f"{error}."))


def _doubt_start(match: Match, incident: Incident) -> None:
    """Make a start that the tool set when the record was opened a guess."""
    start, opened = incident.times.get("started"), match.text(match.shape.created)
    if start is None or not opened:
        return
    with suppress(ValueError):
        if abs(start.value - read_instant(opened)) < _DEFAULT:
            incident.guesses["started"] = incident.times.pop("started")


def _channel_of(path: str) -> str:
    """The folder of a file for each day of a channel (``export.zip!payments/2026-03-14.json``)."""
    file = PurePath(path.partition(": ")[0].rpartition("!")[2])
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", file.stem)
    return f"{CHANNEL}{file.parent.name if is_day and file.parent.name else file.stem}"


def _field_name(expression: str) -> str:
    """The field, or the name by which an expression chooses among a tool's own timestamps."""
    named = re.search(r"== '([^']+)'", expression) or re.match(r"\(?([\w.]+)", expression)
    return named[1] if named else expression


def _word(value: object) -> str:
    return " ".join(str(value).split()) if _is_scalar(value) else ""


def _words(value: object) -> tuple[str, ...]:
    """All texts and numbers in a value, whatever the lists around them."""
    if isinstance(value, list):
        return tuple(word for item in value for word in _words(item))
    return tuple(filter(None, [_word(value)]))


def _events(match: Match, events: Events, incident: Incident) -> Iterator[Event]:
    for item in match.all(events.each):
        text = FORMATS[events.format](_search(events.text, item))
        at = _search(events.at, item)
        if not text or at in (None, ""):
            continue
        try:
            when = read_instant(at)
        except ValueError as error:
            incident.problems.append(match.error(at, events.at, f"{error}."))
            continue
        kind = _search(events.type, item)
        kind = kind if isinstance(kind, str) else ""
        weight = Weight.NOISE if kind in events.noise else Weight.ENTRY
        yield Event(
            when,
            " ".join(events.template.format(text).split()),
            Kind(events.kinds[kind]) if kind in events.kinds else None,
            Weight.CANDIDATE if events.is_candidate else weight,
            _words(_search(events.person, item)),
            _words(_search(events.reactions, item)),
        )


def _actions(match: Match, actions: Actions) -> Iterator[Action]:
    for item in match.all(actions.each):
        text = plain(_search(actions.text, item))
        if not text:
            continue
        state = _search(actions.state, item)
        yield Action(
            text,
            _words(_search(actions.owner, item)),
            _word(_search(actions.due, item))[:10],
            state in actions.done,
            state in actions.dropped,
            _word(_search(actions.url, item)),
        )


def read_instant(value: object) -> datetime:
    """An ISO 8601 time with its offset, or a Unix time in seconds or milliseconds.

    Raises ValueError with the reason: not a time, without a zone, out of 1990 to 2199.
    """
    text = str(value).strip()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("not a time")
    if _NUMBER.fullmatch(text):
        number = float(text)
        seconds = number / 1000 if number > _MOST_SECONDS else number
        found = datetime.fromtimestamp(int(seconds), timezone.utc)
    else:
        found = _from_text(text)
    if found.year not in _YEARS:
        raise ValueError(f"the year {found.year} is out of range")
    return found


def _from_text(text: str) -> datetime:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    if not match["zone"]:
        raise ValueError("the time has no zone; add its offset, such as `Z` or `+02:00`")
    zone = match["zone"].replace("Z", "+00:00").replace("UTC", "+00:00").replace(":", "")
    clock = match["clock"] if match["clock"].count(":") == 2 else f"{match['clock']}:00"
    text = f"{match['day']} {clock} {zone}{'00' if len(zone) == 3 else ''}"
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
