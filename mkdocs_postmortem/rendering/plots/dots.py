"""Each outage as a dot on a logarithmic scale; a lane for each severity, the worst on top.

Where there are too many to tell dots apart, columns say how many stand at each place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from mkdocs_postmortem.catalog import Spread
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.plots.scale import LengthScale, Tick
from mkdocs_postmortem.rendering.wording import length_words

# Pixels from the top: the median's words, then the lanes, each with its name above its dots.
_TOP, _NAME, _AXIS = 18, 18, 26
_MANY = 60
# Dots nearer than this (percent of the width) are moved up or down, at most so many rows.
_NEAR = 1.5
_ROWS = 5
# More than this are counted in columns, so many percent wide and at most so many pixels high.
_MOST_DOTS = 500
_COLUMN, _TALLEST = 2.0, 30


@dataclass(frozen=True, slots=True)
class Dot:
    """One outage and where it stands. ``y`` is in pixels, ``at`` in percent."""

    at: float
    y: float
    title: str
    length: str
    rank: int


@dataclass(frozen=True, slots=True)
class Column:
    """So many outages between two lengths; ``y`` and ``height`` are pixels, the rest percent."""

    at: float
    width: float
    y: float
    height: float
    lengths: str
    count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The dots or the columns of one severity; ``y`` is the base line of its name."""

    name: str
    rank: int
    y: float
    dots: tuple[Dot, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class DotPlot:
    """A measure of several outages. ``bottom`` is where the lanes end, in pixels."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    radius: float
    top: float
    bottom: float
    height: float
    median: float | None
    quartiles: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class _Known:
    """An outage whose length is known, with its place on the scale."""

    record: Postmortem
    length: timedelta
    at: float


def dot_plot(records: Sequence[Postmortem], spread: Spread, site: SiteContext) -> DotPlot | None:
    """The plot of the known lengths of the spread's measure; None if none is known."""
    found = [(record, record.lifecycle.length(spread.measure)) for record in records]
    lengths = [(record, length) for record, length in found if length is not None]
    if not lengths:
        return None
    scale = LengthScale.around(length for _, length in lengths)
    groups: dict[str, list[_Known]] = {}
    for record, length in lengths:
        known = _Known(record, length, scale.at(length))
        groups.setdefault(record.severity or "", []).append(known)
    radius = 6.0 if len(lengths) <= _MANY else 4.0
    lanes: list[Lane] = []
    top = float(_TOP)
    most = _most(groups) if len(lengths) > _MOST_DOTS else 0
    for name in sorted(groups, key=lambda name: (site.severity_rank(name) or 99, name)):
        if most:
            lane, top = _columns(name, groups[name], top, scale, most, site)
        else:
            lane, top = _lane(name, groups[name], top, radius, site)
        lanes.append(lane)
    return DotPlot(
        lanes=tuple(lanes),
        ticks=scale.ticks(site.language),
        radius=radius,
        top=_TOP,
        bottom=top,
        height=top + _AXIS,
        median=scale.at(spread.median) if spread.median is not None else None,
        quartiles=(scale.at(spread.lower), scale.at(spread.upper))
        if spread.lower is not None and spread.upper is not None
        else None,
    )


def _lane(
    name: str, known: Sequence[_Known], top: float, radius: float, site: SiteContext
) -> tuple[Lane, float]:
    """The lane that begins at ``top``, and where it ends."""
    known = sorted(known, key=lambda item: (item.at, item.record.path))
    rows = _rows(item.at for item in known)
    step = radius * 1.4
    middle = top + _NAME + radius + step * (max(rows) // 2)
    dots = tuple(
        Dot(
            at=item.at,
            y=round(middle + step * _offset(row), 1),
            title=item.record.title,
            length=length_words(item.length, site.language),
            rank=site.severity_rank(item.record.severity),
        )
        for item, row in zip(known, rows, strict=True)
    )
    below = radius + step * ((max(rows) + 1) // 2) + 4
    lane = Lane(name, site.severity_rank(name), top + 13, dots)
    return lane, round(middle + below, 1)


def _columns(
    name: str, known: Sequence[_Known], top: float, scale: LengthScale, most: int, site: SiteContext
) -> tuple[Lane, float]:
    """The lane as columns; the highest of all lanes stands for ``most`` outages."""
    base = top + _NAME + _TALLEST
    columns = []
    for position, count in sorted(_counted(known).items()):
        at = position * _COLUMN
        ends = (length_words(scale.length(end), site.language) for end in (at, at + _COLUMN))
        height = max(1.0, _TALLEST * count / most)
        columns.append(
            Column(at, _COLUMN, round(base - height, 1), round(height, 1), " – ".join(ends), count)
        )
    lane = Lane(name, site.severity_rank(name), top + 13, columns=tuple(columns))
    return lane, base + 4


def _counted(known: Iterable[_Known]) -> Counter[int]:
    return Counter(int(item.at // _COLUMN) for item in known)


def _most(groups: Mapping[str, Sequence[_Known]]) -> int:
    return max(count for known in groups.values() for count in _counted(known).values())


def _rows(positions: Iterable[float]) -> list[int]:
    """A row for each place, in ascending order, so that near ones are apart while there is room."""
    last = [float("-inf")] * _ROWS
    rows: list[int] = []
    for position in positions:
        free = (row for row in range(_ROWS) if position - last[row] >= _NEAR)
        row = next(free, min(range(_ROWS), key=lambda row: last[row]))
        last[row] = position
        rows.append(row)
    return rows


def _offset(row: int) -> int:
    """0, 1, −1, 2, −2: rows around the middle of the lane."""
    return (row + 1) // 2 * (1 if row % 2 else -1)
