"""Points in time as authors write them, the named ones of an outage, and the lengths between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import cached_property

from mkdocs_postmortem.model.address import slug
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


_LENGTH_UNITS = (("day", 86400), ("hr", 3600), ("min", 60), ("sec", 1))


def length_text(length: timedelta) -> str:
    """The two largest units: ``2 hr 5 min``, ``47 min``, ``3 days``."""
    rest = round(length.total_seconds())
    parts: list[str] = []
    for name, size in _LENGTH_UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            plural = "s" if name == "day" and count != 1 else ""
            parts.append(f"{count} {name}{plural}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part) or "0 min"


class Milestone(str, Enum):
    """A named time of an outage, in the order in which they usually come."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Metric:
    """A length of time with both its ends named, because "time to resolve" alone says nothing."""

    name: str
    start: Milestone
    end: Milestone

    @property
    def key(self) -> str:
        """The name for machines: ``time_to_page`` for ``Time to page``."""
        return slug(self.name, "measure").replace("-", "_")

    @property
    def ends(self) -> str:
        """``detected → acknowledged``"""
        return f"{self.start.value} → {self.end.value}"


DURATION = Metric("duration", Milestone.STARTED, Milestone.RESOLVED)
TIME_TO_DETECT = Metric("time_to_detect", Milestone.STARTED, Milestone.DETECTED)
TIME_TO_MITIGATE = Metric("time_to_mitigate", Milestone.STARTED, Milestone.MITIGATED)
TIME_TO_RESOLVE = Metric("time_to_resolve", Milestone.STARTED, Milestone.RESOLVED)
METRICS = (DURATION, TIME_TO_DETECT, TIME_TO_MITIGATE, TIME_TO_RESOLVE)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Which milestones are known, and when they were.

    ``says_ongoing`` holds where the page says that the incident has not ended: a page that only
    lacks an end does not say so.
    """

    moments: dict[Milestone, Moment] = field(default_factory=dict)
    says_ongoing: bool = False

    def moment(self, milestone: Milestone) -> Moment | None:
        return self.moments.get(milestone)

    def instant(self, milestone: Milestone) -> datetime | None:
        moment = self.moments.get(milestone)
        return moment.instant if moment else None

    def length(self, metric: Metric) -> timedelta | None:
        """The metric's length, or None while one of its ends is unknown or they are reversed."""
        start, end = self.instant(metric.start), self.instant(metric.end)
        if start is None or end is None or end < start:
            return None
        return end - start

    @property
    def has_no_end(self) -> bool:
        """The page gives a start and no end, and does not say that it is ongoing."""
        ended = Milestone.RESOLVED in self.moments
        return Milestone.STARTED in self.moments and not ended and not self.is_ongoing

    @property
    def is_ongoing(self) -> bool:
        """The page says that it is, and gives no end."""
        ended = {Milestone.MITIGATED, Milestone.RESOLVED} & self.moments.keys()
        return self.says_ongoing and not ended
