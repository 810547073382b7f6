"""All postmortems of a site: their order, their references, selections and groups of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from mkdocs_postmortem.model.address import unique_slugs
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.record import Postmortem

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
class Totals:
    """Sums over a selection; what could not be counted is counted too.

    ``duration`` is the sum of the known durations, ``without_duration`` how many are unknown.
    """

    outages: int
    drafts: int
    duration: timedelta
    without_duration: int
    open_tasks: int
    overdue_tasks: int


class Catalog:
    """Records newest first; look-ups are by id and by path."""

    def __init__(self, records: Iterable[Postmortem]) -> None:
        self.records = tuple(sorted(records, key=_newest_first))
        self._by_facet: dict[str, dict[str, list[int]]] = {}
        self._position = {record.path: index for index, record in enumerate(self.records)}
        # The first page wins an id that two pages claim; the rule on ids reports both.
        self._by_id = {(_site(record), record.id): record for record in reversed(self.records)}
        self._anywhere = {record.id: record for record in reversed(self.records)}
        self._repeats: dict[str, list[Postmortem]] = {}
        for record in self.records:
            for earlier in self.earlier_occurrences(record):
                self._repeats.setdefault(earlier.path, []).append(record)

    def __len__(self) -> int:
        return len(self.records)

    def at(self, path: str) -> Postmortem | None:
        position = self._position.get(path)
        return None if position is None else self.records[position]

    def with_id(self, name: str) -> Postmortem | None:
        """The outage of this site with an id."""
        return self._by_id.get(("", name))

    def older(self, record: Postmortem) -> Postmortem | None:
        position = self._position[record.path] + 1
        return self.records[position] if position < len(self.records) else None

    def newer(self, record: Postmortem) -> Postmortem | None:
        position = self._position[record.path]
        return self.records[position - 1] if position else None

    def earlier_occurrences(self, record: Postmortem) -> tuple[Postmortem, ...]:
        """The outages that this one repeats, as far as the site has them."""
        return self._known(record.recurrence_of, record)

    def later_occurrences(self, record: Postmortem) -> tuple[Postmortem, ...]:
        """The outages that name this one as what they repeat."""
        return tuple(self._repeats.get(record.path, ()))

    def related(self, record: Postmortem) -> tuple[Postmortem, ...]:
        return self._known(record.related, record)

    def select(self, options: Mapping[str, Any]) -> tuple[Postmortem, ...]:
        """The records that fit a directive's options, in their order; case does not matter."""
        found: Iterable[int] = range(len(self.records))
        for name in FACETS:
            if name in options:
                fitting = self._with(name, wanted_values(options[name]))
                found = [position for position in found if position in fitting]
        return tuple(self.records[position] for position in found)[: options.get("limit")]

    def _with(self, facet: str, values: Iterable[str]) -> set[int]:
        """The positions of the records that have one of some values."""
        # A site has a list for each value; each record is looked at once for all of them.
        if facet not in self._by_facet:
            self._by_facet[facet] = self._positions(facet)
        return {position for value in values for position in self._by_facet[facet].get(value, ())}

    def _positions(self, facet: str) -> dict[str, list[int]]:
        positions: dict[str, list[int]] = {}
        for position, record in enumerate(self.records):
            for value in facet_values(record, facet):
                positions.setdefault(value.lower(), []).append(position)
        return positions

    def _known(self, ids: Iterable[str], record: Postmortem) -> tuple[Postmortem, ...]:
        found = (self._find(name, _site(record)) for name in ids)
        return tuple(other for other in found if other is not None and other is not record)

    def _find(self, name: str, site: str) -> Postmortem | None:
        """An id means an outage of the same site, else of this one, else of any other."""
        for known in (site, ""):
            if (known, name) in self._by_id:
                return self._by_id[known, name]
        return self._anywhere.get(name)


def facet_values(record: Postmortem, facet: str) -> tuple[str, ...]:
    """What an outage has of a facet; nothing if it is not stated."""
    return tuple(value for value in _VALUES[facet](record) if value)


def wanted_values(option: Any) -> set[str]:
    """The values that an option names: one of them or a list, in lower case."""
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


def totals(records: Iterable[Postmortem], today: date) -> Totals:
    """The totals of a selection on a day."""
    records = tuple(records)
    durations = [record.duration for record in records]
    known = [duration for duration in durations if duration is not None]
    tasks = [task for record in records for task in record.tasks]
    return Totals(
        outages=len(records),
        drafts=sum(record.is_draft for record in records),
        duration=sum(known, timedelta()),
        without_duration=len(durations) - len(known),
        open_tasks=sum(task.state.is_open for task in tasks),
        overdue_tasks=sum(task.is_overdue(today) for task in tasks),
    )


def _site(record: Postmortem) -> str:
    return record.origin.site if record.origin else ""


def _newest_first(record: Postmortem) -> tuple[float, str]:
    """By start; a page without any date comes last, and equal starts go by path."""
    return (-_start(record).timestamp(), record.path)


def _start(record: Postmortem) -> datetime:
    instant = record.lifecycle.instant(Milestone.STARTED)
    if instant is not None:
        return instant
    day = record.day
    return datetime.combine(day or date(1970, 1, 1), time(), timezone.utc)
