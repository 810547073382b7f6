"""Figures over a selection: described, never rated.

Durations are strongly skewed, so a median and quartiles describe them and a mean does not; what is
missing is counted and named (Google, Incident Metrics in SRE; the VOID reports).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from statistics import quantiles

from mkdocs_postmortem.model.lifecycle import METRICS, TIME_TO_RESOLVE, Metric, Milestone
from mkdocs_postmortem.model.record import Postmortem

# Below so many outages, one more or less moves the quartiles by a lot.
FEW = 12
NOT_STATED = "not stated"
# The quarters that are shown: two years.
SHOWN_QUARTERS = 8
# Python's calendar ends in 9999, and the quarter of this day has a next one.
_LAST_DAY = date(9999, 9, 30)
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Spread:
    """A metric over several outages: ``n`` known, and the outages that lack it.

    The quartiles are None for fewer than one (median) or four (lower, upper) known values.
    """

    metric: Metric
    n: int
    uncounted: tuple[Postmortem, ...]
    lower: timedelta | None
    median: timedelta | None
    upper: timedelta | None

    @property
    def missing(self) -> int:
        return len(self.uncounted)


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be said of a selection. Counters count outages."""

    outages: int
    by_severity: Counter[str]
    by_year: Counter[str]
    by_detection: Counter[str]
    spreads: tuple[Spread, ...]
    availability: Availability


def figures(records: Iterable[Postmortem], today: date, measures: Iterable[Metric] = ()) -> Figures:
    """The figures of finished outages and drafts alike, as far as each says something.

    ``measures`` are the site's own, in addition to the built-in ones.
    """
    records = tuple(records)
    return Figures(
        outages=len(records),
        by_severity=Counter(record.severity or NOT_STATED for record in records),
        by_year=Counter(str(record.day.year) if record.day else NOT_STATED for record in records),
        by_detection=Counter(record.detected_by or NOT_STATED for record in records),
        spreads=tuple(spread(records, metric) for metric in metrics_of(measures)),
        availability=availability(records, today),
    )


def metrics_of(own: Iterable[Metric]) -> tuple[Metric, ...]:
    """What is measured: the built-in lengths, and the site's own."""
    built_in = (item for item in METRICS if item is not TIME_TO_RESOLVE)  # that is the duration
    return (*built_in, *own)


def spread(records: Sequence[Postmortem], metric: Metric) -> Spread:
    """A metric's quartiles by the inclusive method (the values are all there are, no sample)."""
    found = [(record, record.lifecycle.length(metric)) for record in records]
    known = sorted(length.total_seconds() for _, length in found if length is not None)
    uncounted = tuple(record for record, length in found if length is None)
    lower = median = upper = None
    if len(known) == 1:
        median = timedelta(seconds=known[0])
    elif known:
        cuts = [timedelta(seconds=cut) for cut in quantiles(known, n=4, method="inclusive")]
        median = cuts[1]
        lower, upper = (cuts[0], cuts[2]) if len(known) >= 4 else (None, None)
    return Spread(metric, len(known), uncounted, lower, median, upper)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months; ``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self) -> datetime:
        return datetime(self.year, self.number * 3 - 2, 1, tzinfo=timezone.utc)

    @property
    def end(self) -> datetime:
        """The instant at which the next one begins."""
        return self.shifted(1).start

    def shifted(self, quarters: int) -> Quarter:
        year, number = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """One service in one quarter. ``counted`` is the part of the quarter that has passed."""

    quarter: Quarter
    downtime: timedelta
    counted: timedelta

    @property
    def availability(self) -> float:
        """From 0 to 1."""
        return 1 - self.downtime / self.counted


@dataclass(frozen=True, slots=True)
class ServiceSums:
    """One service: the sum over all time, and over each of the shown quarters."""

    service: str
    downtime: timedelta
    quarters: tuple[QuarterSum, ...]

    def shown(self, quarters: Iterable[Quarter]) -> timedelta:
        """The sum over some of its quarters."""
        wanted = set(quarters)
        return sum((item.downtime for item in self.quarters if item.quarter in wanted), timedelta())


@dataclass(frozen=True, slots=True)
class Availability:
    """The services, the longest downtime first, and the outages that could not be counted.

    ``counted`` are the outages that could be: when each was over, and its services.
    ``unresolved`` began and have no end; of ``unknown`` the start is missing, or the end comes
    before it; ``without_service`` are counted nowhere; ``future`` begin after today.
    """

    quarters: tuple[Quarter, ...]
    services: tuple[ServiceSums, ...]
    counted: tuple[tuple[datetime, tuple[str, ...]], ...] = ()
    unresolved: tuple[Postmortem, ...] = ()
    unknown: tuple[Postmortem, ...] = ()
    without_service: tuple[Postmortem, ...] = ()
    future: tuple[Postmortem, ...] = ()


def availability(records: Iterable[Postmortem], today: date) -> Availability:
    """The sums up to the end of ``today`` (UTC), over the last eight quarters at most.

        availability of a service in a quarter
            = 1 - (length of the union of its outages within the quarter) / (length of the quarter)

    An outage lasts from *started* to *resolved*. Two at the same time count once; one that crosses
    the end of a quarter is split there. Quarters begin at midnight UTC; the running one ends, for
    this sum, with the day that counts as today. An outage counts in full however few users it
    touched, so this says for how long something was wrong, not how many requests failed.
    """
    today = min(today, _LAST_DAY)
    now = datetime.combine(today + timedelta(days=1), time(), timezone.utc)
    intervals: dict[str, list[Interval]] = {}
    counted: list[tuple[datetime, tuple[str, ...]]] = []
    uncounted: dict[str, list[Postmortem]] = {}
    for record in records:
        interval = _interval(record)
        if error := _fault(record, interval, now):
            uncounted.setdefault(error, []).append(record)
        elif interval is not None:
            counted.append((interval[1], record.services))
            for service in dict.fromkeys(record.services):
                intervals.setdefault(service, []).append((interval[0], min(interval[1], now)))
    unions = {service: merged(own) for service, own in intervals.items()}
    quarters = _shown_quarters(unions, today)
    services = [
        ServiceSums(
            service,
            sum((end - start for start, end in union), timedelta()),
            tuple(_by_quarter(union, quarters, now)),
        )
        for service, union in unions.items()
    ]
    services.sort(key=lambda item: (-item.downtime, item.service))
    named = {name: tuple(found) for name, found in uncounted.items()}
    return Availability(quarters, tuple(services), tuple(counted), **named)


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union of intervals: in order, without overlaps."""
    union: list[Interval] = []
    for start, end in sorted(intervals):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return tuple(union)


def _interval(record: Postmortem) -> Interval | None:
    start = record.lifecycle.instant(Milestone.STARTED)
    end = record.lifecycle.instant(Milestone.RESOLVED)
    if start is None or end is None or end < start:
        return None
    return _utc(start), _utc(end)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError:  # the first or the last day of the calendar
        return moment.replace(tzinfo=timezone.utc)


def _fault(record: Postmortem, interval: Interval | None, now: datetime) -> str:
    """Why an outage is not counted, as the name of the field that lists it; nothing if it is."""
    start = record.lifecycle.instant(Milestone.STARTED)
    if start is not None and start >= now:
        return "future"
    if interval is None:
        has_end = record.lifecycle.moment(Milestone.RESOLVED) is not None
        return "unknown" if start is None or has_end else "unresolved"
    return "" if record.services else "without_service"


def _shown_quarters(unions: dict[str, tuple[Interval, ...]], today: date) -> tuple[Quarter, ...]:
    """From the first outage's quarter to the running one, the last eight at most."""
    if not unions:
        return ()
    last = Quarter.of(today)
    first = Quarter.of(min(union[0][0] for union in unions.values()).date())
    count = (last.year - first.year) * 4 + last.number - first.number + 1
    return tuple(last.shifted(-back) for back in reversed(range(min(count, SHOWN_QUARTERS))))


def _by_quarter(
    union: Sequence[Interval], quarters: Sequence[Quarter], now: datetime
) -> Iterator[QuarterSum]:
    """Walks the intervals and the quarters side by side, so that each is looked at once."""
    position = 0
    for quarter in quarters:
        start, end = quarter.start, min(quarter.end, now)
        downtime = timedelta()
        while position < len(union) and union[position][0] < end:
            since, until = union[position]
            downtime += max(timedelta(), min(until, end) - max(since, start))
            if until > end:
                break  # goes on in the next quarter
            position += 1
        yield QuarterSum(quarter, downtime, end - start)
