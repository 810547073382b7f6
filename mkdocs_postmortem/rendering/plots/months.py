"""Outages per month, stacked by severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.plots.scale import (
    Tick,
    columns,
    first_day,
    month_number,
    month_ticks,
)
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import month_words

# At most so many columns, and so many even if fewer had an outage: one alone would be a wall.
_MONTHS, _LEAST_MONTHS = 24, 6


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
    """The ``n`` outages per month, stacked by severity; ``most`` is the highest column's number."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    severities: tuple[tuple[str, int], ...]
    n: int
    earlier: int


def month_plot(
    records: Sequence[Postmortem], site: SiteContext, words: Vocabulary
) -> MonthPlot | None:
    """The last 24 months up to the newest outage; ``earlier`` counts what lies before them."""
    days = [(record, record.day) for record in records]
    dated = [(month_number(day), record.severity or "") for record, day in days if day]
    if not dated:
        return None
    last = max(month for month, _ in dated)
    first = min(month for month, _ in dated)
    first = max(min(first, last - _LEAST_MONTHS + 1), last - _MONTHS + 1)
    found = Counter(item for item in dated if item[0] >= first)
    names = sorted({name for _, name in found}, key=lambda name: site.severity_rank(name) or 99)
    months = range(first, last + 1)
    most = max(sum(found[month, name] for name in names) for month in months)
    counts = [(month, tuple(found[month, name] for name in names)) for month in months]
    return MonthPlot(
        bars=tuple(_bars(counts, names, most, site, words)),
        ticks=month_ticks(months, site.language),
        most=most,
        rows=tuple(
            (month_words(first_day(month), site.language), row) for month, row in counts if any(row)
        ),
        severities=tuple((name, site.severity_rank(name)) for name in names),
        n=sum(found.values()),
        earlier=sum(month < first for month, _ in dated),
    )


def _bars(
    counts: Sequence[tuple[int, tuple[int, ...]]],
    names: Sequence[str],
    most: int,
    site: SiteContext,
    words: Vocabulary,
) -> Iterator[Bar]:
    for (month, row), (begin, width) in zip(counts, columns(len(counts)), strict=True):
        bottom = 0.0
        shown = month_words(first_day(month), site.language)
        for name, count in zip(names, row, strict=True):
            if count:
                height = 100 * count / most
                yield Bar(
                    at=begin,
                    width=width,
                    bottom=bottom,
                    height=height,
                    rank=site.severity_rank(name),
                    name=words.text(
                        "labelled",
                        label=words.listed_text((shown, name or words.t["not_stated"]), "unit"),
                        value=words.number(count),
                    ),
                )
                bottom += height
