"""The scales of plots: a logarithmic one of lengths of time, and one of months."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mkdocs_postmortem.rendering.wording import length_words, month_words

_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 9 * 24 * 60, 30 * 24 * 60)
)
# The margins left and right (percent), so that a mark or a label at the end is whole.
_EDGE = 6.0
_LABELS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its label; ``is_minor`` labels are left out where it is narrow."""

    at: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class LengthScale:
    """Lengths from ``low`` to ``high`` on a logarithmic scale, in percent of the width.

    A logarithm has no place for zero: what is shorter than ``low`` stands at its tick, which says
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
        first = max((at for at, tick in enumerate(_TICKS) if tick <= least), default=0)
        last = min((at for at, tick in enumerate(_TICKS) if tick >= most), default=len(_TICKS))
        if first == last:
            first, last = max(first - 1, 0), last + 1
        high = _TICKS[last] if last < len(_TICKS) else most
        return cls(_TICKS[first], high, least < _TICKS[0])

    def at(self, length: timedelta) -> float:
        position = math.log(max(length, self.low) / self.low) / math.log(self.high / self.low)
        return round(_EDGE + (100 - 2 * _EDGE) * position, 2)

    def length(self, at: float) -> timedelta:
        """The length that stands at a place."""
        factor: float = (self.high / self.low) ** ((at - _EDGE) / (100 - 2 * _EDGE))
        return self.low * factor

    def ticks(self, language: str) -> tuple[Tick, ...]:
        inside = [tick for tick in _TICKS if self.low <= tick <= self.high]
        marked = [
            Tick(self.at(tick), length_words(tick, language), index % 2 == 1 and tick != inside[-1])
            for index, tick in enumerate(inside)
        ]
        if self.has_shorter:
            marked[0] = Tick(marked[0].at, f"≤ {marked[0].label}")
        return tuple(marked)


def columns(count: int) -> list[tuple[float, float]]:
    """Where each of so many columns begins, and how wide it is."""
    width = (100 - 2 * _EDGE) / count
    return [(round(_EDGE + width * (at + 0.1), 2), round(width * 0.8, 2)) for at in range(count)]


def month_number(day: date) -> int:
    """Months counted from year 0, so that they can be subtracted."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def month_ticks(months: Sequence[int], language: str) -> tuple[Tick, ...]:
    """About six labels below the middle of their columns."""
    step = max(1, len(months) // _LABELS)
    return tuple(
        Tick(
            round(begin + width / 2, 2),
            month_words(first_day(months[column]), language),
            (column // step) % 2 == 1,
        )
        for column, (begin, width) in enumerate(columns(len(months)))
        if column % step == 0
    )
