"""The time of outages by service and quarter: a row of columns for each service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from mkdocs_postmortem.catalog import Availability, Quarter, QuarterSum, ServiceSums
from mkdocs_postmortem.rendering.plots.scale import Tick, columns
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import length_words, percent_words, quarter_words

# Services that are drawn, and those that stand in the table.
_DRAWN, _TOLD = 10, 50
_TALLEST = 32
# Fewer quarters stand at the left of so many columns: one alone would be a wall.
_LEAST_COLUMNS = 4


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
    """One service, its time of outages in these quarters, and its columns."""

    service: str
    total: str
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
    """``n`` outages are drawn, and ``earlier`` ones were over before the first quarter.

    ``undrawn`` and ``untold`` are the numbers of services that are left out of the plot and of the
    table.
    """

    rows: tuple[ServiceRow, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[QuarterLine, ...]
    n: int
    undrawn: int
    untold: int
    earlier: int
    tallest: int
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
    sums = [(item.shown(quarters), item) for item in found.services]
    shown = sorted(
        ((length, item) for length, item in sums if length),
        key=lambda pair: (-pair[0], pair[1].service),
    )
    most = max((item.downtime for _, own in shown for item in own.quarters), default=timedelta())
    places = dict(zip(quarters, columns(max(len(quarters), _LEAST_COLUMNS)), strict=False))
    rows = tuple(_row(item, length, places, most, words) for length, item in shown[:_DRAWN])
    ticks = tuple(
        Tick(round(begin + width / 2, 2), quarter_words(quarter.start, language), at % 2 == 1)
        for at, (quarter, (begin, width)) in enumerate(places.items())
    )
    lines = tuple(
        _line(own.service, item, language, is_whole=is_whole)
        for _, own in shown[:_TOLD]
        for item in own.quarters
        if item.downtime
    )
    first, names = quarters[0].start, {item.service for _, item in shown[:_DRAWN]}
    in_time = {number for number, (end, _) in enumerate(found.counted) if end > first}
    drawn = {n for n, (_, services) in enumerate(found.counted) if not names.isdisjoint(services)}
    return QuarterPlot(
        rows,
        ticks,
        lines,
        n=len(in_time & drawn),
        undrawn=max(0, len(shown) - _DRAWN),
        untold=max(0, len(shown) - _TOLD),
        earlier=len(found.counted) - len(in_time),
        tallest=_TALLEST,
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
    service: ServiceSums,
    total: timedelta,
    places: Mapping[Quarter, tuple[float, float]],
    most: timedelta,
    words: Vocabulary,
) -> ServiceRow:
    blocks: list[Block] = []
    for item in service.quarters:
        if item.downtime and item.quarter in places:
            begin, width = places[item.quarter]
            height = max(1.5, _TALLEST * (item.downtime / most))
            when = quarter_words(item.quarter.start, words.language)
            blocks.append(
                Block(
                    at=begin,
                    width=width,
                    y=round(_TALLEST - height, 2),
                    height=round(height, 2),
                    words=words.text(
                        "labelled",
                        label=words.listed_text((service.service, when), "unit"),
                        value=length_words(item.downtime, words.language),
                    ),
                )
            )
    return ServiceRow(service.service, length_words(total, words.language), tuple(blocks))


def _line(service: str, item: QuarterSum, language: str, *, is_whole: bool) -> QuarterLine:
    return QuarterLine(
        service,
        quarter_words(item.quarter.start, language),
        length_words(item.downtime, language),
        percent_words(item.availability, language) if is_whole else "",
    )
