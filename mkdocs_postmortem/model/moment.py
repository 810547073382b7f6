"""A point in time as an author writes it: often without a day, a zone or a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from functools import cached_property

from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.zone import Zone, combine

# Another year is mistyped, and the ends of the calendar have no room for offsets and next days.
YEARS = range(1900, 2200)


def read_day(text: str) -> date:
    """The day of an ISO date. ValueError for anything else, and for a year outside ``YEARS``."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(f"the year {day.year} is out of range")
    return day


@dataclass(frozen=True)
class Moment:
    """What was written (``written`` at ``position``) and what is known of it.

    Any of ``day``, ``clock`` and ``zone`` may be unknown. ``until`` is the other end of a range;
    ``estimated`` keeps the author's ``~``.
    """

    written: str
    position: Position
    day: date | None = None
    clock: time | None = None
    zone: Zone | None = None
    estimated: bool = False
    until: Moment | None = None

    # Asked for by each list, plot, rule and sum.
    @cached_property
    def instant(self) -> datetime | None:
        """The aware instant, or None while day, clock or zone is unknown."""
        if self.day is None or self.clock is None or self.zone is None:
            return None
        return combine(self.day, self.clock, self.zone)

    @property
    def utc(self) -> datetime | None:
        """The instant in UTC."""
        return self.instant.astimezone(timezone.utc) if self.instant else None

    @property
    def local(self) -> datetime | None:
        """Day and clock without their zone, or None while one is unknown."""
        if self.day is None or self.clock is None:
            return None
        return datetime.combine(self.day, self.clock)

    def __str__(self) -> str:
        parts = [
            self.day.isoformat() if self.day else "",
            clock_text(self.clock) if self.clock else "",
            self.zone.written if self.zone else "",
        ]
        return ("~" if self.estimated else "") + " ".join(part for part in parts if part)


def clock_text(clock: time) -> str:
    """``09:12``, or ``09:12:30`` where the author gave seconds."""
    return clock.isoformat("seconds" if clock.second else "minutes")
