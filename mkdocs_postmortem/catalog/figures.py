"""Figures over a selection: described, never rated.

Durations are strongly skewed, so a median and quartiles describe them and a mean does not; what is
missing is counted and named (Google, Incident Metrics in SRE; the VOID reports).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from mkdocs_postmortem.catalog.availability import Availability, availability
from mkdocs_postmortem.model.lifecycle import MEASURES, TIME_TO_RESOLVE, Measure
from mkdocs_postmortem.model.record import Postmortem

# Below so many outages, one more or less moves the quartiles by a lot.
FEW = 12
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over several outages: ``n`` known, and the outages that lack it.

    The quartiles are None for fewer than one (median) or four (lower, upper) known values.
    """

    measure: Measure
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


def figures(
    records: Iterable[Postmortem], today: date, measures: Iterable[Measure] = ()
) -> Figures:
    """The figures of finished outages and drafts alike, as far as each says something.

    ``measures`` are the site's own, beside the built-in ones.
    """
    records = tuple(records)
    return Figures(
        outages=len(records),
        by_severity=Counter(record.severity or NOT_STATED for record in records),
        by_year=Counter(str(record.day.year) if record.day else NOT_STATED for record in records),
        by_detection=Counter(record.detected_by or NOT_STATED for record in records),
        spreads=tuple(spread(records, measure) for measure in measures_of(measures)),
        availability=availability(records, today),
    )


def measures_of(own: Iterable[Measure]) -> tuple[Measure, ...]:
    """What is measured: the built-in lengths, and the site's own."""
    built_in = (item for item in MEASURES if item is not TIME_TO_RESOLVE)  # that is the duration
    return (*built_in, *own)


def spread(records: Sequence[Postmortem], measure: Measure) -> Spread:
    """A measure's quartiles by the inclusive method (the values are all there are, no sample)."""
    found = [(record, record.lifecycle.length(measure)) for record in records]
    known = sorted(length.total_seconds() for _, length in found if length is not None)
    uncounted = tuple(record for record, length in found if length is None)
    lower = median = upper = None
    if len(known) == 1:
        median = timedelta(seconds=known[0])
    elif known:
        cuts = [timedelta(seconds=cut) for cut in quantiles(known, n=4, method="inclusive")]
        median = cuts[1]
        lower, upper = (cuts[0], cuts[2]) if len(known) >= 4 else (None, None)
    return Spread(measure, len(known), uncounted, lower, median, upper)
