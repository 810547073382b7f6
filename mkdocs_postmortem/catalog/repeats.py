"""Outages that came back: declared by their authors, or detected by what they wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.similarity import SimilarPair, compared, find_similar
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task, TaskState, TaskType

_Pair = frozenset[str]
_ORDER = (*TaskType, None)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two outages that are the same issue, and why they are held to be.

    ``days`` is None where a day is unknown. ``causes`` and ``services`` are those that both have,
    the trigger among the causes. ``similar`` is None for a repeat that is only declared.
    """

    earlier: Postmortem
    later: Postmortem
    is_declared: bool
    days: int | None
    causes: tuple[str, ...]
    services: tuple[str, ...]
    similar: SimilarPair | None
    missed: tuple[MissedTask, ...]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The repeats that a page is part of: declared ones first, then the nearest in time."""

    earlier: tuple[Repeat, ...] = ()
    later: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Outages that repeats connect, oldest first, and what they cost together.

    ``duration`` sums the known durations; ``without_duration`` is how many are unknown.
    """

    records: tuple[Postmortem, ...]
    duration: timedelta
    without_duration: int


class Repeats:
    """All repeats of a site. ``chains``: the longest first, then the most costly."""

    def __init__(self, catalog: Catalog, repeats: Iterable[Repeat]) -> None:
        self.all = tuple(repeats)
        self._earlier: defaultdict[str, list[Repeat]] = defaultdict(list)
        self._later: defaultdict[str, list[Repeat]] = defaultdict(list)
        for repeat in sorted(self.all, key=_declared_first):
            self._later[repeat.earlier.path].append(repeat)
            self._earlier[repeat.later.path].append(repeat)
        chains = _chains(catalog, self.all)
        self.chains = tuple(
            sorted(chains, key=lambda it: (-len(it.records), -it.duration, it.records[0].path))
        )

    def of(self, record: Postmortem) -> Occurrences:
        earlier, later = (found.get(record.path, ()) for found in (self._earlier, self._later))
        return Occurrences(tuple(earlier), tuple(later))

    @property
    def undeclared(self) -> tuple[Repeat, ...]:
        """Detected repeats that no chain of declared ones connects."""
        declared = (_pair(item.earlier, item.later) for item in self.all if item.is_declared)
        group = {path: number for number, found in enumerate(_groups(declared)) for path in found}
        return tuple(
            item
            for item in self.all
            if not item.is_declared
            and group.get(item.earlier.path, -1) != group.get(item.later.path, -2)
        )


def repeats(catalog: Catalog, settings: Settings, cache: Cache | None = None) -> Repeats:
    """Every repeat of a catalog. Pages that call each other related are not taken for repeats.

    ``cache`` knows the previous build.
    """
    oldest_first = catalog.records[::-1]
    known = {record.path: record for record in oldest_first}
    similar = {
        frozenset((item.earlier, item.later)): item
        for item in _similar(oldest_first, settings.repeat_days, cache or Cache())
        if item.earlier in known and item.later in known
    }
    declared = dict(_declared(catalog))
    apart = {
        _pair(record, other) for record in catalog.records for other in catalog.related(record)
    }
    found = [
        _repeat(earlier, later, True, similar.get(pair))
        for pair, (earlier, later) in declared.items()
    ]
    found += [
        _repeat(known[item.earlier], known[item.later], False, item)
        for pair, item in similar.items()
        if pair not in declared and pair not in apart
    ]
    return Repeats(catalog, found)


def _similar(records: Sequence[Postmortem], within: int, cache: Cache) -> tuple[SimilarPair, ...]:
    """The similar pairs. Most edits are to other parts of a page than those that are compared."""
    key = ("similar", digest(within, *map(compared, records)))
    return cache.get_or_build(key, lambda: tuple(find_similar(records, within)), once=True)


def _declared(catalog: Catalog) -> Iterator[tuple[_Pair, tuple[Postmortem, Postmortem]]]:
    """Pairs as (earlier, later) by their days, whichever of the two names the other."""
    for record in catalog.records:
        for other in catalog.earlier_occurrences(record):
            is_reversed = record.day and other.day and record.day < other.day
            yield _pair(record, other), (record, other) if is_reversed else (other, record)


def _repeat(
    earlier: Postmortem, later: Postmortem, is_declared: bool, similar: SimilarPair | None
) -> Repeat:
    days = (later.day - earlier.day).days if earlier.day and later.day else None
    return Repeat(
        earlier=earlier,
        later=later,
        is_declared=is_declared,
        days=days,
        causes=_shared((*later.causes, later.trigger), (*earlier.causes, earlier.trigger)),
        services=_shared(later.services, earlier.services),
        similar=similar,
        missed=missed_tasks(earlier, later),
    )


def _shared(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = {name.casefold() for name in others}
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() in known))


def _pair(one: Postmortem, other: Postmortem) -> _Pair:
    return frozenset((one.path, other.path))


def _declared_first(repeat: Repeat) -> tuple[bool, int, str, str]:
    days = repeat.days if repeat.days is not None else -1
    return (not repeat.is_declared, days, repeat.earlier.path, repeat.later.path)


def _chains(catalog: Catalog, found: Iterable[Repeat]) -> Iterator[Chain]:
    position = {record.path: number for number, record in enumerate(catalog.records[::-1])}
    for group in _groups(_pair(item.earlier, item.later) for item in found):
        oldest_first = sorted(position[path] for path in group if path in position)
        records = tuple(catalog.records[-1 - number] for number in oldest_first)
        known = [record.duration for record in records if record.duration is not None]
        yield Chain(records, sum(known, timedelta()), len(records) - len(known))


def _groups(pairs: Iterable[_Pair]) -> Iterator[set[str]]:
    """The paths that pairs connect; a loop is a group as any other."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for path in pair:
            beside[path] |= pair
    seen: set[str] = set()
    for start in beside:
        if start in seen:
            continue
        group, waiting = set(), [start]
        while waiting:
            path = waiting.pop()
            if path not in group:
                group.add(path)
                waiting += beside[path]
        seen |= group
        yield group


class Missed(str, Enum):
    """How a task stood when the outage came back."""

    OVERDUE = "overdue"
    OPEN = "open"
    DROPPED = "dropped"
    DONE_AFTER = "done_after"


@dataclass(frozen=True, slots=True)
class MissedTask:
    """A task of the earlier outage, and why it was of no use at the later one.

    ``overdue`` is the number of days by which it was past its due date when the later outage began;
    None where it was not.
    """

    task: Task
    reason: Missed
    overdue: int | None = None


def missed_tasks(earlier: Postmortem, later: Postmortem) -> tuple[MissedTask, ...]:
    """The missed tasks, preventing ones first.

    A task that is open today was open then. One that is done counts only if its page gives a day
    after the later outage's; on the same day nobody can tell.
    """
    found = _missed(earlier, later.day)
    return tuple(sorted(found, key=lambda item: (_ORDER.index(item.task.type), item.task.position)))


def _missed(earlier: Postmortem, day: date | None) -> Iterator[MissedTask]:
    for task in earlier.tasks:
        late = (day - task.due).days if day and task.due and task.due < day else None
        if task.state is TaskState.WONT_DO:
            yield MissedTask(task, Missed.DROPPED)
        elif task.state.is_open:
            yield MissedTask(task, Missed.OVERDUE if late else Missed.OPEN, late)
        elif task.done and day and task.done > day:
            yield MissedTask(task, Missed.DONE_AFTER, late)
