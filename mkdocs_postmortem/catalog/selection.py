"""The outages and the tasks that fit a wish, as directives and commands state it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from mkdocs_postmortem.model.address import unique_slugs
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState

_VALUES: dict[str, Callable[[Postmortem], Iterable[str | None]]] = {
    "service": lambda record: record.services,
    "severity": lambda record: (record.severity,),
    "cause": lambda record: record.causes,
    "trigger": lambda record: (record.trigger,),
    "year": lambda record: (str(record.day.year) if record.day else None,),
    "status": lambda record: (record.status.value if record.status else None,),
    "detected_by": lambda record: (record.detected_by,),
}
# What outages are chosen and grouped by. Each gives the values that one outage has.
FACETS = tuple(_VALUES)
# The facets that get pages, and the folder of each.
GROUP_FOLDERS = {"service": "services", "year": "years", "cause": "causes"}


@dataclass(frozen=True, slots=True)
class OutageTask:
    """A task and the outage that it comes from; ``number`` is its position there, from 0."""

    record: Postmortem
    task: Task
    number: int = 0

    def is_overdue(self, today: date) -> bool:
        return self.task.is_overdue(today)


def facet_values(record: Postmortem, facet: str) -> tuple[str, ...]:
    """What an outage has of a facet; nothing if it is not stated."""
    return tuple(value for value in _VALUES[facet](record) if value)


class Index:
    """Records by what they have of each facet. A site has a list for each value, so each record is
    looked at once for each facet, and not for each list.
    """

    def __init__(self, records: Iterable[Postmortem]) -> None:
        self._records = tuple(records)
        self._positions: dict[str, dict[str, list[int]]] = {}

    def select(self, options: Mapping[str, Any]) -> tuple[Postmortem, ...]:
        """As ``select`` does."""
        found: Iterable[int] = range(len(self._records))
        for name in FACETS:
            if name in options:
                have = self._with(name, _wanted(options[name]))
                found = [position for position in found if position in have]
        return tuple(islice((self._records[position] for position in found), options.get("limit")))

    def _with(self, facet: str, values: Iterable[str]) -> set[int]:
        """Where the records are that have one of some values."""
        if facet not in self._positions:
            self._positions[facet] = self._look_up(facet)
        return {position for value in values for position in self._positions[facet].get(value, ())}

    def _look_up(self, facet: str) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = {}
        for position, record in enumerate(self._records):
            for value in facet_values(record, facet):
                positions.setdefault(value.lower(), []).append(position)
        return positions


def select(
    records: Iterable[Postmortem] | Index, options: Mapping[str, Any]
) -> tuple[Postmortem, ...]:
    """The records that fit a directive's options, in their order; case does not matter."""
    index = records if isinstance(records, Index) else Index(records)
    return index.select(options)


def select_tasks(
    records: Iterable[Postmortem] | Index, options: Mapping[str, Any], today: date
) -> tuple[OutageTask, ...]:
    """The tasks of the outages that fit, the longest overdue first, those without a date last.

    The options are those of ``tasks_of``, and of ``select`` for the outages.
    """
    return tasks_of(select(records, without_limit(options)), options, today)


def tasks_of(
    records: Iterable[Postmortem], options: Mapping[str, Any], today: date
) -> tuple[OutageTask, ...]:
    """Those tasks of some outages that fit, in the order of ``select_tasks``.

    ``state`` is ``open`` (the default: open and in progress), ``overdue``, ``done``, ``wont_do``
    or ``all``; ``owner`` is a name with or without ``@``.
    """
    owners = (
        {name.lstrip("@") for name in _wanted(options["owner"])} if "owner" in options else None
    )
    state = str(options.get("state", "open"))
    found = [
        OutageTask(record, task, number)
        for record in records
        for number, task in enumerate(record.tasks)
        if _has_state(task, state, today)
        and (owners is None or owners & {name.lower() for name in task.owners})
    ]
    found.sort(key=lambda item: (not item.task.state.is_open, item.task.due or date.max))
    return tuple(found[: options.get("limit", len(found))])


def without_limit(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options for outages in those for tasks, whose limit counts tasks."""
    return {name: value for name, value in options.items() if name != "limit"}


def _has_state(task: Task, state: str, today: date) -> bool:
    if state == "all":
        return True
    if state == "open":
        return task.state.is_open
    if state == "overdue":
        return task.is_overdue(today)
    return task.state is TaskState(state)


def _wanted(option: Any) -> set[str]:
    items = option if isinstance(option, (list, tuple)) else [option]
    return {str(item).lower() for item in items}


@dataclass(frozen=True, slots=True)
class Group:
    """All outages with one value of a facet. ``slug`` is its name in addresses."""

    facet: str
    value: str
    slug: str
    records: tuple[Postmortem, ...]

    @property
    def path(self) -> str:
        """The page's path below the index."""
        return f"{GROUP_FOLDERS[self.facet]}/{self.slug}"


def groups(records: Iterable[Postmortem], facet: str) -> tuple[Group, ...]:
    """The groups of a facet: years newest first, others by number of outages, then by name."""
    found: dict[str, list[Postmortem]] = {}
    for record in records:
        for value in dict.fromkeys(facet_values(record, facet)):
            found.setdefault(value, []).append(record)
    slugs = unique_slugs(found, facet)
    made = [Group(facet, value, slugs[value], tuple(own)) for value, own in found.items()]
    if facet == "year":
        return tuple(sorted(made, key=lambda group: group.value, reverse=True))
    return tuple(sorted(made, key=lambda group: (-len(group.records), group.value.lower())))
