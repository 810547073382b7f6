"""The time of outages by service and quarter: a row of columns for each service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_postmortem.catalog import Availability, Quarter, QuarterSum, ServiceSums
from mkdocs_postmortem.rendering.plots.scale import Tick
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import length_words, percent_words, quarter_words

# Services that are drawn, and those that stand in the table.
_DRAWN, _TOLD = 10, 50
_ROW, _NAME, _TALLEST = 58, 13, 32


@dataclass(frozen=True, slots=True)
class Block:
    """One service in one quarter. ``y`` and ``height`` are pixels, the rest percent."""

    at: float
    width: float
    y: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service: ``y`` is the base line of its name, ``base`` that of its columns."""

    service: str
    total: str
    y: int
    base: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A line of the table. ``availability`` is empty where it would say something wrong."""

    service: str
    quarter: str
    downtime: str
    availability: str


@dataclass(frozen=True, slots=True)
class QuarterPlot:
    """``undrawn`` and ``untold`` count the services that are left out of the plot and the table."""

    rows: tuple[ServiceRow, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[QuarterLine, ...]
    undrawn: int
    untold: int
    height: int
    is_whole: bool


def quarter_plot(found: Availability, words: Vocabulary, *, is_whole: bool) -> QuarterPlot | None:
    """The plot; None if no outage can be counted.

    ``is_whole`` says that all outages of these services are there: only then can there be an
    availability, and only then do quarters without an outage say anything.
    """
    quarters = found.quarters if is_whole else _touched(found)
    if not quarters or not found.services:
        return None
    language = words.language
    drawn = found.services[:_DRAWN]
    most = max((item.downtime for service in drawn for item in service.quarters), default=None)
    scale = most.total_seconds() if most else 1.0
    width = 100 / len(quarters)
    rows = tuple(
        _row(number, service, quarters, scale, words) for number, service in enumerate(drawn)
    )
    ticks = tuple(
        Tick(
            round(width * (column + 0.5), 2),
            quarter_words(quarter.start, language),
            column % 2 == 1,
        )
        for column, quarter in enumerate(quarters)
    )
    lines = tuple(
        _line(service.service, item, language, is_whole=is_whole)
        for service in found.services[:_TOLD]
        for item in service.quarters
        if item.downtime
    )
    return QuarterPlot(
        rows,
        ticks,
        lines,
        undrawn=max(0, len(found.services) - _DRAWN),
        untold=max(0, len(found.services) - _TOLD),
        height=len(rows) * _ROW + 24,
        is_whole=is_whole,
    )


def _touched(found: Availability) -> tuple[Quarter, ...]:
    """From the first to the last of the quarters in which there was an outage."""
    touched = [
        item.quarter for service in found.services for item in service.quarters if item.downtime
    ]
    if not touched:
        return ()
    return tuple(item for item in found.quarters if min(touched) <= item <= max(touched))


def _row(
    number: int, service: ServiceSums, quarters: Sequence[Quarter], scale: float, words: Vocabulary
) -> ServiceRow:
    width = 100 / len(quarters)
    language = words.language
    base = number * _ROW + _NAME + 4 + _TALLEST
    blocks: list[Block] = []
    for item in service.quarters:
        if item.downtime and item.quarter in quarters:
            height = max(1.5, _TALLEST * item.downtime.total_seconds() / scale)
            quarter = quarter_words(item.quarter.start, language)
            blocks.append(
                Block(
                    at=round(width * (quarters.index(item.quarter) + 0.1), 2),
                    width=round(width * 0.8, 2),
                    y=round(base - height, 2),
                    height=round(height, 2),
                    words=words.text(
                        "labelled",
                        label=words.listed_text((service.service, quarter), "unit"),
                        value=length_words(item.downtime, language),
                    ),
                )
            )
    total = length_words(service.downtime, language)
    return ServiceRow(service.service, total, number * _ROW + _NAME, base, tuple(blocks))


def _line(service: str, item: QuarterSum, language: str, *, is_whole: bool) -> QuarterLine:
    return QuarterLine(
        service,
        quarter_words(item.quarter.start, language),
        length_words(item.downtime, language),
        percent_words(item.availability, language) if is_whole else "",
    )
