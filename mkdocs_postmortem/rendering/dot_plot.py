"""Each outage as a dot on a logarithmic scale; a lane for each severity, the worst on top.

If there are too many to tell dots apart, columns say how many are at each place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mkdocs_postmortem.catalog.figures import Spread
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.bar_plots import EDGE, tick
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.messages import Messages

# Pixels from the top: the median's words, then the lanes, each with its name above its dots.
_TOP, _NAME, _AXIS = 18, 18, 26
_MANY = 60
# Dots nearer than this (percent of the width) are moved up or down, at most so many rows.
_NEAR = 1.5
_ROWS = 5
# More than this are counted in columns, so many percent wide and at most so many pixels high.
_MOST_DOTS = 500
_COLUMN, _TALLEST = 2.0, 30
_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 9 * 24 * 60, 30 * 24 * 60)
)


@dataclass(frozen=True, slots=True)
class LengthScale:
    """Lengths from ``low`` to ``high`` on a logarithmic scale, in percent of the width.

    A logarithm has no place for zero: what is shorter than ``low`` is at its tick, which says
    so (``has_shorter``).
    """

    low: timedelta
    high: timedelta
    has_shorter: bool = False

    @classmethod
    def around(cls, lengths: Iterable[timedelta]) -> LengthScale:
        """From the tick below the least of the lengths to the one above the most, two at least."""
        lengths = tuple(lengths)
        least, most = min(lengths), max(*lengths, _TICKS[0])
        first = max((at for at, mark in enumerate(_TICKS) if mark <= least), default=0)
        last = min((at for at, mark in enumerate(_TICKS) if mark >= most), default=len(_TICKS))
        if first == last:
            first, last = max(first - 1, 0), last + 1
        high = _TICKS[last] if last < len(_TICKS) else most
        return cls(_TICKS[first], high, least < _TICKS[0])

    def at(self, length: timedelta) -> float:
        position = math.log(max(length, self.low) / self.low) / math.log(self.high / self.low)
        return round(EDGE + (100 - 2 * EDGE) * position, 2)

    def length(self, at: float) -> timedelta:
        """The duration at a place."""
        factor: float = (self.high / self.low) ** ((at - EDGE) / (100 - 2 * EDGE))
        return self.low * factor

    def ticks(self, messages: Messages) -> list[dict[str, Any]]:
        inside = [length for length in _TICKS if self.low <= length <= self.high]
        labels = [messages.duration(length) for length in inside]
        if self.has_shorter:
            labels[0] = f"≤ {labels[0]}"
        return [
            tick(self.at(length), label, is_minor=index % 2 == 1 and length != inside[-1])
            for index, (length, label) in enumerate(zip(inside, labels, strict=True))
        ]


@dataclass(frozen=True, slots=True)
class _Known:
    """An outage whose length is known, with its place on the scale."""

    record: Postmortem
    length: timedelta
    at: float


def dot_plot(
    records: Sequence[Postmortem], spread: Spread, site: SiteContext
) -> dict[str, Any] | None:
    """The plot of the known lengths of the spread's measure; None if none is known.

    ``bottom`` is where the lanes end, in pixels; ``median`` and ``quartiles`` are places on the
    scale, if they are known.
    """
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
    lanes: list[dict[str, Any]] = []
    top = float(_TOP)
    most = _most(groups) if len(lengths) > _MOST_DOTS else 0
    for name in sorted(groups, key=lambda name: (site.severity_rank(name) or 99, name)):
        lane = {"name": name, "rank": site.severity_rank(name), "y": top + 13}
        marks, top = (
            _columns(groups[name], top, scale, most, site.messages)
            if most
            else _dots(groups[name], top, radius)
        )
        lanes.append({"dots": [], "columns": [], **lane, **marks})
    lower, median, upper = (
        None if length is None else scale.at(length)
        for length in (spread.lower, spread.median, spread.upper)
    )
    return {
        "lanes": lanes,
        "ticks": scale.ticks(site.messages),
        "radius": radius,
        "top": _TOP,
        "bottom": top,
        "height": top + _AXIS,
        "median": median,
        "quartiles": None if lower is None or upper is None else (lower, upper),
    }


def _dots(known: Sequence[_Known], top: float, radius: float) -> tuple[dict[str, Any], float]:
    """The dots of a lane that begins at ``top``, and where it ends; ``y`` is in pixels."""
    known = sorted(known, key=lambda item: (item.at, item.record.path))
    rows = _rows(item.at for item in known)
    step = radius * 1.4
    middle = top + _NAME + radius + step * (max(rows) // 2)
    dots = [
        {"at": item.at, "y": round(middle + step * _offset(row), 1), "outage": item}
        for item, row in zip(known, rows, strict=True)
    ]
    below = radius + step * ((max(rows) + 1) // 2) + 4
    return {"dots": dots}, round(middle + below, 1)


def _columns(
    known: Sequence[_Known], top: float, scale: LengthScale, most: int, messages: Messages
) -> tuple[dict[str, Any], float]:
    """The lane as columns; the highest of all lanes stands for ``most`` outages."""
    base = top + _NAME + _TALLEST
    columns = []
    for position, count in sorted(_counted(known).items()):
        at = position * _COLUMN
        height = max(1.0, _TALLEST * count / most)
        columns.append(
            {
                "at": at,
                "width": _COLUMN,
                "y": round(base - height, 1),
                "height": round(height, 1),
                "lengths": " – ".join(
                    messages.duration(scale.length(end)) for end in (at, at + _COLUMN)
                ),
                "count": count,
            }
        )
    return {"columns": columns}, base + 4


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
