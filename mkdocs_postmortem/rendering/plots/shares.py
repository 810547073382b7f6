"""How many outages have each value of something, the most frequent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The longest bar leaves room for its number.
_LONGEST = 85.0
_ROW, _BAR, _NAME = 38, 12, 13


@dataclass(frozen=True, slots=True)
class Share:
    """One value: its bar is ``width`` percent long; ``y`` is the base line of its name."""

    name: str
    count: int
    width: float
    y: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class SharePlot:
    """Bars below their names; ``bar`` is their height in pixels."""

    shares: tuple[Share, ...]
    bar: int
    height: int


def share_plot(
    counts: Sequence[tuple[str, int]], words: Mapping[str, str], unknown: str
) -> SharePlot | None:
    """The plot of values and their counts; ``unknown`` is the one that says nothing, put last."""
    if not counts:
        return None
    most = max(count for _, count in counts)
    ordered = sorted(counts, key=lambda item: (item[0] == unknown, -item[1], item[0]))
    shares = tuple(
        Share(
            words.get(name, name),
            count,
            round(_LONGEST * count / most, 2),
            row * _ROW + _NAME,
            name != unknown,
        )
        for row, (name, count) in enumerate(ordered)
    )
    return SharePlot(shares, _BAR, len(shares) * _ROW)
