"""Plain JSON data → records: the way back from ``document``.

What the data does not hold stays empty: the text of sections, the places of most values, the words
in which durations are stated. ``to_data(from_data(data))`` is the data again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from mkdocs_postmortem.model.lifecycle import (
    METRICS,
    YEARS,
    Lifecycle,
    Metric,
    Milestone,
    Moment,
    read_day,
)
from mkdocs_postmortem.model.problem import Position
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
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.model.task import Task, TaskState, TaskType, Ticket
from mkdocs_postmortem.model.timeline import Entry, Form, Kind, Timeline
from mkdocs_postmortem.model.zone import Zone, fixed_zone, named_zone

_Member = TypeVar("_Member", bound=Enum)
_Item = TypeVar("_Item")

# Everything that is not a custom field.
_OWN = (
    FIELD_NAMES
    | {"path", "dated", "sections", "words", "measures", "url"}
    | {f"{metric.name}_seconds" for metric in METRICS}
)

_BETWEEN = f"between {YEARS[0]} and {YEARS[-1]},"


class DataError(ValueError):
    """A value that cannot be read; the text says where, and what was expected."""


def from_data(data: object, where: str = "", measures: tuple[Metric, ...] = ()) -> Postmortem:
    """The record that ``to_data`` wrote, on a site with these measures of its own.

    DataError names the first value that is wrong.
    """
    node = _Node(data, where)
    zone = node.text("timezone")
    return Postmortem(
        id=node.need("id"),
        path=node.need("path"),
        title=node.need("title"),
        status=node.member("status", Status),
        severity=node.text("severity") or None,
        services=node.texts("services"),
        zone=named_zone(zone) if zone else None,
        dated=node.day("dated"),
        lifecycle=Lifecycle(
            {
                milestone: moment
                for milestone in Milestone
                if (moment := node.optional(milestone.value, _moment))
            },
            says_ongoing="ongoing" in node.data,
        ),
        impact=node.text("impact"),
        users_affected=node.optional("users_affected", _users),
        root_cause=node.text("root_cause"),
        trigger=node.text("trigger"),
        causes=node.texts("causes"),
        detected_by=node.text("detected_by") or None,
        authors=node.texts("authors"),
        recurrence_of=node.texts("recurrence_of"),
        related=node.texts("related"),
        source=node.optional("source", _source),
        sections=node.optional("sections", _sections) or (),
        timeline=Timeline(tuple(_entry(item) for item in node.children("timeline"))),
        tasks=tuple(_task(item) for item in node.children("tasks")),
        measures=measures,
        words=node.number("words") or 0,
        is_internal=node.text("visibility") == Audience.INTERNAL.value,
        custom={key: value for key, value in node.data.items() if key not in _OWN},
    )


def own_metrics(data: object) -> tuple[Metric, ...]:
    """The measures that a site defines, from those that its data set names."""
    # By the key, as in the options: it is the name of a column.
    own = {metric.key: metric for metric in METRICS}
    for item in _Node({"measures": data}, "").children("measures"):
        name, start, end = (
            item.need("name"),
            item.member("from", Milestone),
            item.member("to", Milestone),
        )
        if start and end:
            metric = Metric(name, start, end)
            own.setdefault(metric.key, metric)
    return tuple(own.values())[len(METRICS) :]


def _moment(node: _Node) -> Moment:
    at, until = node.instant("at"), node.instant("until")
    local = node.instant("local") or at
    return Moment(
        written=node.need("written"),
        position=node.position(),
        day=local.date() if local else node.day("day"),
        clock=local.time() if local else None,
        zone=_zone(at),
        estimated=node.flag("estimated"),
        until=Moment(until.isoformat(), node.position(), until.date(), until.time(), _zone(until))
        if until
        else None,
    )


def _zone(at: datetime | None) -> Zone | None:
    offset = at.utcoffset() if at else None
    return None if offset is None else fixed_zone(offset)


def _source(node: _Node) -> ImportedFrom:
    return ImportedFrom(node.need("tool"), node.text("id"), node.text("url"), node.day("imported"))


def _users(node: _Node) -> UsersAffected:
    return UsersAffected(
        node.need("written"),
        node.percentage("percent"),
        node.number("count"),
        node.number("total"),
        node.flag("estimated"),
    )


def _sections(node: _Node) -> tuple[Section, ...]:
    """One per heading, with every key that it answers."""
    keys: dict[tuple[str, int], list[SectionKey]] = {}
    for name in node.data:
        key = next((key for key in SectionKey if key.value == name), None)
        if key is not None:
            item = node.child(name)
            keys.setdefault((item.need("heading"), item.position().line), []).append(key)
    return tuple(
        Section(tuple(own), heading, 2, Position(line), line, line, "")
        for (heading, line), own in keys.items()
    )


def _entry(node: _Node) -> Entry:
    moment = _moment(node.child("time"))
    kind = node.member("kind", Kind) or Kind.ACTION
    line = moment.position.line
    return Entry(moment, kind, node.text("text"), moment.position, line, Form.BULLET)


def _task(node: _Node) -> Task:
    return Task(
        text=node.text("text"),
        state=node.member("state", TaskState) or TaskState.OPEN,
        position=node.position(),
        owners=node.texts("owners"),
        due=node.day("due"),
        done=node.day("done"),
        ticket=node.optional("ticket", lambda own: Ticket(own.text("text"), own.text("url"))),
        type=node.member("type", TaskType),
        reason=node.text("reason"),
        added=node.day("added"),
        dropped=node.day("dropped"),
    )


class _Node:
    """A mapping of the data, and its path."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise _wrong(where, "an object", data)
        self.data: Mapping[str, Any] = data
        self._where = where

    def child(self, name: str) -> _Node:
        return _Node(self.data.get(name), self._at(name))

    def optional(self, name: str, read: Callable[[_Node], _Item]) -> _Item | None:
        return read(self.child(name)) if name in self.data else None

    def children(self, name: str) -> Iterator[_Node]:
        for index, item in enumerate(self._value(name, list, "a list") or []):
            yield _Node(item, f"{self._at(name)}[{index}]")

    def text(self, name: str) -> str:
        return self._value(name, str, "text") or ""

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise DataError(f"{self._at(name)} is missing.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        items = self._value(name, list, "a list of text values") or []
        if len(items) > MOST_VALUES:
            raise DataError(
                f"{self._at(name)} has {len(items):,} values; {MOST_VALUES} are allowed."
            )
        if not all(isinstance(item, str) for item in items):
            raise _wrong(self._at(name), "a list of text values", items)
        return tuple(items)

    def number(self, name: str) -> int | None:
        value = self._value(name, int, "a whole number from 0")
        if isinstance(value, bool) or (value is not None and value < 0):
            raise _wrong(self._at(name), "a whole number from 0", value)
        return value

    def percentage(self, name: str) -> float | None:
        value: float | None = self.data.get(name)
        if value is None or (type(value) in (int, float) and 0 <= value <= 100):
            return value
        raise _wrong(self._at(name), "a number from 0 to 100", value)

    def flag(self, name: str) -> bool:
        return bool(self._value(name, bool, "true or false"))

    def position(self) -> Position:
        return Position(max(1, self.number("line") or 1))

    def day(self, name: str) -> date | None:
        return self._parsed(name, read_day, f"a day such as `2026-03-14`, {_BETWEEN}")

    def instant(self, name: str) -> datetime | None:
        return self._parsed(
            name, _instant, f"a time such as `2026-03-14T09:12:00+01:00`, {_BETWEEN}"
        )

    def member(self, name: str, kind: type[_Member]) -> _Member | None:
        choices = ", ".join(f"`{item.value}`" for item in kind)
        return self._parsed(name, kind, f"one of {choices}")

    def _parsed(self, name: str, parse: Callable[[str], _Item], wanted: str) -> _Item | None:
        text = self.text(name)
        try:
            return parse(text) if text else None
        except ValueError:
            raise _wrong(self._at(name), wanted, text) from None

    def _value(self, name: str, kind: type[_Item], wanted: str) -> _Item | None:
        value = self.data.get(name)
        if value is None or isinstance(value, kind):
            return value
        raise _wrong(self._at(name), wanted, value)

    def _at(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def _instant(text: str) -> datetime:
    # Python 3.10 does not know `Z`.
    found = datetime.fromisoformat(f"{text[:-1]}+00:00" if text.endswith(("Z", "z")) else text)
    if found.year not in YEARS:
        raise ValueError(f"the year {found.year} is out of range")
    return found


def _wrong(where: str, wanted: str, value: object) -> DataError:
    shown = repr(value)
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown
    return DataError(f"{where or 'The data'}: {wanted} is expected, not {shown}.")
