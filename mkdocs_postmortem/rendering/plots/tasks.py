"""Tasks promised and settled by month: up from the base line, and down from it."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_postmortem.catalog import TaskFlow
from mkdocs_postmortem.rendering.plots.scale import (
    Tick,
    columns,
    first_day,
    month_number,
    month_ticks,
)
from mkdocs_postmortem.rendering.wording import month_words

_MONTHS, _LEAST_MONTHS = 24, 6
_BASE, _TALLEST = 96, 72


@dataclass(frozen=True, slots=True)
class Column:
    """One month; heights in pixels."""

    at: float
    width: float
    month: str
    promised: int
    settled: int
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class TaskPlot:
    """``most`` is the number of the highest column; ``earlier`` are (promised, settled) before."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    most: int
    base: int
    earlier: tuple[int, int]


def task_plot(flow: TaskFlow, language: str) -> TaskPlot | None:
    """The last 24 months up to the newest event; None if nothing has a day."""
    promised = {month_number(day): count for day, count in flow.promised.items()}
    settled = {month_number(day): count for day, count in flow.settled.items()}
    known = promised.keys() | settled.keys()
    if not known:
        return None
    last = max(known)
    first = max(min(*known, last - _LEAST_MONTHS + 1), last - _MONTHS + 1)
    months = range(first, last + 1)
    counts = [(month, promised.get(month, 0), settled.get(month, 0)) for month in months]
    most = max(max(up, down) for _, up, down in counts)
    drawn = tuple(
        Column(
            at=begin,
            width=width,
            month=month_words(first_day(month), language),
            promised=up,
            settled=down,
            up=round(_TALLEST * up / most, 2),
            down=round(_TALLEST * down / most, 2),
        )
        for (month, up, down), (begin, width) in zip(counts, columns(len(counts)), strict=True)
    )
    before = tuple(
        sum(count for month, count in found.items() if month < first)
        for found in (promised, settled)
    )
    return TaskPlot(drawn, month_ticks(months, language), most, _BASE, (before[0], before[1]))
