"""JSON documents → incidents, by the mappings of the sources. Needs the extra ``import``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import PurePath
from typing import Any

from mkdocs_postmortem.importing.incident import Action, Event, Fact, Incident, Text, Weight
from mkdocs_postmortem.importing.instant import read_instant
from mkdocs_postmortem.importing.markup import plain
from mkdocs_postmortem.importing.payload import Document, PayloadError
from mkdocs_postmortem.importing.source import Actions, Events, Shape, Source
from mkdocs_postmortem.publishing.extras import need

# An API answer nests its records a few levels deep; a longer way leads to something else.
_MOST_LEVELS = 8
_ERRORS = ("error", "errors", "errorMessages")
_STEP = re.compile(r"(?:\.[^.\[]+|\[\d+\])\Z")
_CHANNEL = "Channel "
# A tool that sets the start when somebody opens the record does so within this time.
_DEFAULT = timedelta(minutes=1)


def find_incidents(
    documents: Iterable[Document], sources: Iterable[Source]
) -> Iterator[Incident | PayloadError]:
    """The incidents of all documents, with what other documents add to each.

    An object that does not name its incident (a note, a log) goes to the only incident of its
    tool that is nearest in its document; else to the only one among all documents, of its tool or
    of any. The messages of a channel are an incident of their own where none of these is there.
    """
    sources = tuple(sources)
    found: dict[tuple[str, str], Incident] = {}
    loose: list[Incident] = []
    for document in documents:
        parts = [_read(match) for match in _matches(document, sources)]
        if not parts and document.value:
            yield PayloadError(_unknown(document, sources))
        loose += _collect(parts, found)
    anchors = list(found.values())
    for part in filter(_says_something, loose):
        owners = [item for item in anchors if item.tool == part.tool] or anchors
        if len(owners) == 1:
            owners[0].absorb(part)
        elif part.title:
            part.id = part.title.removeprefix(_CHANNEL)
            found.setdefault((part.tool, part.title), part).absorb(part)
        else:
            yield PayloadError(
                f"{part.path}: it does not say which incident it belongs to. Import it together "
                "with exactly one incident."
            )
    for incident in found.values():
        if incident.title:
            incident.drop_repeats()
            yield incident
        else:
            yield PayloadError(
                f"{incident.path}: it adds to incident {incident.id}, which is not in these files."
            )


def _says_something(part: Incident) -> bool:
    return bool(part.first or part.actions or part.texts or part.problems)


def _collect(parts: list[Incident], found: dict[tuple[str, str], Incident]) -> list[Incident]:
    named = [part for part in parts if part.id]
    for part in named:
        own = found.setdefault((part.tool, part.id), part)
        if own is not part:
            own.absorb(part)
    inside: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for part in named:
        for container in _around(part.path):
            inside[part.tool, container].add(part.id)
    loose = []
    for part in parts:
        if part.id:
            continue
        keys = ((part.tool, container) for container in _around(part.path))
        owners = next((inside[key] for key in keys if key in inside), set())
        if len(owners) == 1:
            found[part.tool, min(owners)].absorb(part)
        else:
            loose.append(part)
    return loose


def _around(path: str) -> Iterator[str]:
    """The paths of the values that a value is in, the nearest first."""
    outer = _STEP.sub("", path)
    while outer != path:
        yield outer
        path, outer = outer, _STEP.sub("", outer)


@dataclass(frozen=True, slots=True)
class _Match:
    """An object, the mapping for it, and where it is."""

    source: Source
    shape: Shape
    value: dict[str, Any]
    path: str

    def all(self, expression: str) -> list[Any]:
        value = _search(expression, self.value)
        if value is None:
            return []
        return value if isinstance(value, list) else [value]

    def text(self, expression: str) -> str:
        return next((str(item) for item in self.all(expression) if _is_scalar(item)), "")


def _is_scalar(value: object) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""


@cache
def _compiled(expression: str) -> Any:
    return need("jmespath", "import").compile(expression)


def _search(expression: str, value: Any) -> Any:
    """What an expression finds; nothing where a value has another type than the tool's."""
    try:
        return _compiled(expression).search(value)
    except need("jmespath.exceptions", "import").JMESPathError:
        return None


def _matches(document: Document, sources: tuple[Source, ...]) -> Iterator[_Match]:
    level = [(f"{document.name}: {document.path}", document.value)]
    for _ in range(_MOST_LEVELS):
        deeper: list[tuple[str, Any]] = []
        for path, value in level:
            match = _match(value, path, sources) if isinstance(value, dict) else None
            if match:
                yield match
            elif isinstance(value, dict):
                deeper += ((f"{path}.{key}", item) for key, item in value.items())
            elif isinstance(value, list):
                deeper += ((f"{path}[{number}]", item) for number, item in enumerate(value))
        level = [(path, value) for path, value in deeper if isinstance(value, (dict, list))]


def _match(value: dict[str, Any], path: str, sources: tuple[Source, ...]) -> _Match | None:
    for source in sources:
        for shape in source.shapes:
            if shape.keys <= value.keys() and (not shape.where or _search(shape.where, value)):
                return _Match(source, shape, value, path)
    return None


def _unknown(document: Document, sources: tuple[Source, ...]) -> str:
    where = f"{document.name}: {document.path}"
    value = document.value[0] if isinstance(document.value, list) and document.value else None
    value = value if isinstance(value, dict) else document.value
    keys = ", ".join(f"`{key}`" for key in list(value)[:8]) if isinstance(value, dict) else ""
    if isinstance(value, dict) and any(value.get(name) for name in _ERRORS):
        return f"{where}: an error answer of an API, not an export. Export it again."
    names = ", ".join(source.label for source in sources)
    return f"{where}: no incident of {names} found" + (f"; the keys are {keys}." if keys else ".")


def _read(match: _Match) -> Incident:
    shape = match.shape
    incident = Incident(
        match.source.name,
        match.path,
        id=match.text(shape.id),
        name=match.text(shape.name),
        title=" ".join(match.text(shape.title).split()),
        url=match.text(shape.url),
        services=tuple(dict.fromkeys(filter(None, map(_word, match.all(shape.services))))),
        is_private=bool(_search(shape.private, match.value)),
        is_test=bool(_search(shape.test, match.value)),
    )
    incident.severity = _fact(match, shape.severity)
    known = ((name, _fact(match, expression)) for name, expression in shape.facts.items())
    incident.facts = {name: fact for name, fact in known if fact}
    _read_times(match, incident, incident.times, shape.times)
    _read_times(match, incident, incident.guesses, shape.guesses)
    _doubt_start(match, incident)
    if shape.is_channel:
        incident.title = _channel_of(match.path)
    for events in shape.events:
        incident.events += _events(match, events, incident)
    for actions in shape.actions:
        incident.actions += _actions(match, actions)
    for prose in shape.texts:
        for value in match.all(prose.at):
            if text := prose.to_markdown(value):
                incident.texts.append(Text(prose.section, text, prose.at))
    return incident


def _fact(match: _Match, expression: str) -> Fact[str] | None:
    """The first alternative that has a value."""
    known = ((match.text(field), _field_name(field)) for field in expression.split(" || "))
    return next((Fact(value, name) for value, name in known if value), None)


def _read_times(
    match: _Match,
    incident: Incident,
    target: dict[str, Fact[datetime]],
    expressions: Mapping[str, str],
) -> None:
    """The first alternative that states each time; a fault of one is a problem of the incident."""
    for name, expression in expressions.items():
        for field in expression.split(" || "):
            values = [value for value in match.all(field)[:1] if value not in (None, "", 0)]
            if name in target or not values:
                continue
            try:
                target[name] = Fact(read_instant(values[0]), _field_name(field))
            except ValueError as error:
                incident.problems.append(f"{match.path}.{field}: {values[0]!r}: {error}.")


def _doubt_start(match: _Match, incident: Incident) -> None:
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
    return f"{_CHANNEL}{file.parent.name if is_day and file.parent.name else file.stem}"


def _field_name(expression: str) -> str:
    """The field, or the name by which an expression chooses among a tool's own timestamps."""
    named = re.search(r"== '([^']+)'", expression) or re.match(r"\(?([\w.]+)", expression)
    return named[1] if named else expression


def _word(value: object) -> str:
    return " ".join(str(value).split()) if _is_scalar(value) else ""


def _events(match: _Match, events: Events, incident: Incident) -> Iterator[Event]:
    for number, item in enumerate(match.all(events.each)):
        text = events.to_markdown(_search(events.text, item))
        at = _search(events.at, item)
        if not text or at in (None, ""):
            continue
        try:
            when = read_instant(at)
        except ValueError as error:
            incident.problems.append(
                f"{match.path}.{events.each}[{number}].{events.at}: {at!r}: {error}."
            )
            continue
        kind = _search(events.type, item)
        kind = kind if isinstance(kind, str) else ""
        weight = Weight.NOISE if kind in events.noise else Weight.ENTRY
        yield Event(
            when,
            " ".join(events.template.format(text).split()),
            events.kinds.get(kind),
            Weight.CANDIDATE if events.is_candidate else weight,
            _word(_search(events.person, item)),
        )


def _actions(match: _Match, actions: Actions) -> Iterator[Action]:
    for item in match.all(actions.each):
        text = plain(_search(actions.text, item))
        if not text:
            continue
        state = _search(actions.state, item)
        yield Action(
            text,
            _word(_search(actions.owner, item)),
            _word(_search(actions.due, item))[:10],
            state in actions.done,
            state in actions.dropped,
            _word(_search(actions.url, item)),
        )
