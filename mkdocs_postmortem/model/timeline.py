"""The kind of a timeline entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from mkdocs_postmortem.model.lifecycle import Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.zone import Zone


class Kind(str, Enum):
    """The kind of a timeline entry; ``action`` where the author says nothing."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ACTION = "action"
    ASSUMPTION = "assumption"
    MISLEADING = "misleading"
    ESCALATED = "escalated"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    NOTE = "note"

    @property
    def milestone(self) -> Milestone | None:
        """The milestone that an entry of this kind gives the time of."""
        return _MILESTONES.get(self)


_MILESTONES = {kind: item for kind in Kind for item in Milestone if kind.value == item.value}


class Form(str, Enum):
    """How an entry is written. We ask for bullets and read the others."""

    BULLET = "bullet"
    NUMBERED = "numbered"
    TABLE = "table row"
    HEADING = "sub-heading"
    PARAGRAPH = "paragraph"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its time, its kind and its Markdown.

    ``text`` holds the Markdown without the time and the label, continuation lines included and
    dedented. ``raw`` is the unchanged first source line. ``prefix`` is its time and label, from
    ``prefix_start`` on, and ``carried_markup`` is markup (``**``) that the prefix opens and the
    text closes. ``stated_cost`` is the cost of a misleading path as the text states it.
    ``is_below_day`` is true for the first entry under a line or heading that names its day.
    """

    moment: Moment
    kind: Kind
    text: str
    position: Position
    end_line: int
    form: Form
    label: str = ""
    raw: str = ""
    prefix: str = ""
    carried_markup: str = ""
    prefix_start: int = 0
    stated_cost: timedelta | None = None
    is_below_day: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of the timeline that is not an entry, and why."""

    position: Position
    text: str
    reason: str


@dataclass(frozen=True)
class Timeline:
    """All entries in the author's order.

    ``zone`` is the zone that the section names for all of them, as in "Timeline (UTC)".
    """

    entries: tuple[Entry, ...] = ()
    unread: tuple[Unread, ...] = ()
    position: Position | None = None
    zone: Zone | None = None

    def __len__(self) -> int:
        return len(self.entries)

    def of_kind(self, *kinds: Kind) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    # Asked for by the entry headers, by the toolbar above them and by the summary box.
    @cached_property
    def costs(self) -> dict[int, timedelta]:
        """How long each misleading path lasted, by the entry's index; unknown ones are left out.

        What its text says ("cost us ten minutes"), else its own range, else until the next entry
        that is later.
        """
        if not self.of_kind(Kind.MISLEADING):
            return {}
        ends = _next_later([entry.moment.instant for entry in self.entries])
        found: dict[int, timedelta] = {}
        for index, entry in enumerate(self.entries):
            cost = _own_cost(entry, ends[index]) if entry.kind is Kind.MISLEADING else None
            if cost is not None:
                found[index] = cost
        return found

    def misleading_cost(self) -> timedelta:
        """The time that all misleading paths cost together."""
        return sum(self.costs.values(), timedelta())


def _own_cost(entry: Entry, end: datetime | None) -> timedelta | None:
    start, until = entry.moment.instant, entry.moment.until
    if entry.stated_cost is not None or start is None:
        return entry.stated_cost
    end = until.instant if until and until.instant else end
    return end - start if end else None


def _next_later(instants: list[datetime | None]) -> list[datetime | None]:
    """For each instant, the next later one further down the list; linear."""
    found: list[datetime | None] = []
    waiting: list[datetime] = []
    for instant in reversed(instants):
        while instant and waiting and waiting[-1] <= instant:
            waiting.pop()
        found.append(waiting[-1] if instant and waiting else None)
        if instant:
            waiting.append(instant)
    return found[::-1]
