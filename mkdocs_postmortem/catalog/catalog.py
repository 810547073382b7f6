"""All postmortems of a site, in order, and how they refer to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from mkdocs_postmortem.catalog.selection import Index
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.record import Postmortem


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
        self.index = Index(self.records)
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

    def _known(self, ids: Iterable[str], record: Postmortem) -> tuple[Postmortem, ...]:
        found = (self._find(name, _site(record)) for name in ids)
        return tuple(other for other in found if other is not None and other is not record)

    def _find(self, name: str, site: str) -> Postmortem | None:
        """An id means an outage of the same site, else of this one, else of any other."""
        for known in (site, ""):
            if (known, name) in self._by_id:
                return self._by_id[known, name]
        return self._anywhere.get(name)


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
