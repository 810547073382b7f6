"""Figures over a selection: described, never judged.

Durations are strongly skewed, so a median and quartiles describe them and a mean does not; what is
missing is counted and named (Google, Incident Metrics in SRE; the VOID reports).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles

from mkdocs_postmortem.model.lifecycle import MEASURES, TIME_TO_RESOLVE, Measure
from mkdocs_postmortem.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over several outages: ``n`` known, ``missing`` unknown, and the quartiles.

    The quartiles are None for fewer than one (median) or four (lower, upper) known values.
    """

    measure: Measure
    n: int
    missing: int
    lower: timedelta | None
    median: timedelta | None
    upper: timedelta | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be said of a selection. Counters count outages; ``downtime`` sums per service."""

    outages: int
    by_severity: Counter[str]
    by_year: Counter[str]
    by_detection: Counter[str]
    spreads: tuple[Spread, ...]
    downtime: dict[str, timedelta]


def figures(records: Iterable[Postmortem]) -> Figures:
    """The figures of finished outages and drafts alike, as far as each says something."""
    records = tuple(records)
    downtime: dict[str, timedelta] = {}
    for record in records:
        for service in record.services:
            downtime[service] = downtime.get(service, timedelta()) + (
                record.duration or timedelta()
            )
    return Figures(
        outages=len(records),
        by_severity=Counter(record.severity or "not stated" for record in records),
        by_year=Counter(str(record.day.year) if record.day else "not stated" for record in records),
        by_detection=Counter(record.detected_by or "not stated" for record in records),
        spreads=tuple(
            spread(records, measure)
            for measure in MEASURES
            if measure is not TIME_TO_RESOLVE  # the same ends as the duration
        ),
        downtime=dict(sorted(downtime.items(), key=lambda item: (-item[1], item[0]))),
    )


def spread(records: Sequence[Postmortem], measure: Measure) -> Spread:
    """A measure's quartiles by the inclusive method (the values are all there are, no sample)."""
    found = (record.lifecycle.length(measure) for record in records)
    known = sorted(length.total_seconds() for length in found if length is not None)
    lower = median = upper = None
    if len(known) == 1:
        median = timedelta(seconds=known[0])
    elif known:
        cuts = [timedelta(seconds=cut) for cut in quantiles(known, n=4, method="inclusive")]
        median = cuts[1]
        lower, upper = (cuts[0], cuts[2]) if len(known) >= 4 else (None, None)
    return Spread(measure, len(known), len(records) - len(known), lower, median, upper)
