"""Where the marks of a plot stand, in percent of its width.

Plots are SVG without a view box: shapes are placed in percent, so that they follow the width of the
page, while text keeps its size.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mkdocs_postmortem.catalog import Spread
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.wording import length_words, month_words

_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 9 * 24 * 60, 30 * 24 * 60)
)
# The margins left and right, so that a mark at the end is whole.
_EDGE = 3.0
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its label; ``is_minor`` labels are left out where it is narrow."""

    at: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """One outage: where it stands in the lane of its severity, and where it leads."""

    at: float
    href: str
    title: str
    length: str
    rank: int


@dataclass(frozen=True, slots=True)
class DurationPlot:
    """Each outage as a dot on a logarithmic scale; a lane for each severity, the worst on top."""

    lanes: tuple[tuple[str, tuple[Dot, ...]], ...]
    ticks: tuple[Tick, ...]
    median: float | None
    quartiles: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a column: from ``bottom``, ``height`` high, in percent of the highest column."""

    at: float
    width: float
    bottom: float
    height: float
    rank: int
    name: str


@dataclass(frozen=True, slots=True)
class MonthPlot:
    """Outages per month, stacked by severity; ``most`` is the highest column's number."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    severities: tuple[tuple[str, int], ...]
    earlier: int


def duration_plot(
    records: Sequence[Postmortem], spread: Spread, site: SiteView, source: str
) -> DurationPlot | None:
    """The plot of the known durations; None if none is known."""
    known = [(record, record.duration) for record in records if record.duration]
    if not known:
        return None
    lengths = [length for _, length in known]
    low = max((tick for tick in _TICKS if tick <= min(lengths)), default=min(lengths))
    high = min((tick for tick in _TICKS if tick >= max(lengths)), default=max(lengths))

    def at(length: timedelta) -> float:
        span = math.log(high / low) or 1.0
        return round(_EDGE + (100 - 2 * _EDGE) * math.log(length / low) / span, 2)

    lanes: dict[str, list[Dot]] = {}
    for record, length in known:
        dot = Dot(
            at=at(length),
            href=relative(record.path, source),
            title=record.title,
            length=length_words(length, site.language),
            rank=site.severity_rank(record.severity),
        )
        lanes.setdefault(record.severity or "", []).append(dot)
    ordered = sorted(lanes.items(), key=lambda item: item[1][0].rank or 99)
    return DurationPlot(
        lanes=tuple((name, tuple(dots)) for name, dots in ordered),
        ticks=tuple(
            Tick(at(tick), length_words(tick, site.language), index % 2 == 1)
            for index, tick in enumerate(tick for tick in _TICKS if low <= tick <= high)
        ),
        median=at(spread.median) if spread.median else None,
        quartiles=(at(spread.lower), at(spread.upper)) if spread.lower and spread.upper else None,
    )


def month_plot(records: Sequence[Postmortem], site: SiteView) -> MonthPlot | None:
    """The last 24 months up to the newest outage; ``earlier`` counts what lies before them."""
    dated = [(record, record.day) for record in records if record.day]
    if not dated:
        return None
    last = _month(max(day for _, day in dated))
    first = max(_month(min(day for _, day in dated)), last - _MONTHS + 1)
    found: Counter[tuple[int, str]] = Counter(
        (_month(day), record.severity or "") for record, day in dated if _month(day) >= first
    )
    names = sorted({name for _, name in found}, key=lambda name: site.severity_rank(name) or 99)
    months = range(first, last + 1)
    most = max(sum(found[month, name] for name in names) for month in months)
    width = 100 / len(months)
    bars: list[Bar] = []
    for column, month in enumerate(months):
        bottom = 0.0
        for name in names:
            count = found[month, name]
            if count:
                height = 100 * count / most
                label = f"{month_words(_first_day(month), site.language)}, {name}: {count}"
                rank = site.severity_rank(name)
                left = column * width + width * 0.1
                bars.append(Bar(round(left, 2), round(width * 0.8, 2), bottom, height, rank, label))
                bottom += height
    step = max(1, len(months) // 6)
    return MonthPlot(
        bars=tuple(bars),
        ticks=tuple(
            Tick(
                round((column + 0.5) * width, 2),
                month_words(_first_day(month), site.language),
                (column // step) % 2 == 1,
            )
            for column, month in enumerate(months)
            if column % step == 0
        ),
        most=most,
        rows=tuple(
            (
                month_words(_first_day(month), site.language),
                tuple(found[month, name] for name in names),
            )
            for month in months
            if any(found[month, name] for name in names)
        ),
        severities=tuple((name, site.severity_rank(name)) for name in names),
        earlier=sum(_month(day) < first for _, day in dated),
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
