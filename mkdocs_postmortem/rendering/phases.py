"""A lifecycle → the bar of its phases: undetected, detected, mitigated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone
from mkdocs_postmortem.rendering.wording import length_words

# A phase that lasted a thousandth of the outage still has to be seen.
_LEAST_WIDTH = 2.0
# What has no end has no length; it takes this share of the bar (percent), and fades out.
_OPEN_WIDTH = 30.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the outage; ``start`` and ``width`` are percent of the bar.

    ``name`` is ``undetected``, ``detected``, ``mitigated``, ``undivided`` (nobody stated when it
    was noticed), ``ongoing`` or ``end_not_stated``; the last two have no ``length``.
    """

    name: str
    length: str
    start: float
    width: float


def phases(cycle: Lifecycle, language: str = "en") -> tuple[Phase, ...]:
    """What is between the milestones that are known; nothing if they are out of order."""
    start = cycle.instant(Milestone.STARTED)
    if start is None:
        return ()
    detected, mitigated = cycle.instant(Milestone.DETECTED), cycle.instant(Milestone.MITIGATED)
    end = cycle.instant(Milestone.RESOLVED) or mitigated
    marks: list[tuple[str, datetime | None]] = [
        ("undetected" if detected else "undivided", start),
        ("detected", detected),
        ("mitigated", mitigated),
        ("end", end),
    ]
    known = [(name, instant) for name, instant in marks if instant is not None]
    if any(before > after for (_, before), (_, after) in pairwise(known)):
        return ()
    lengths = [(name, after - before) for (name, before), (_, after) in pairwise(known)]
    last = "ongoing" if cycle.is_ongoing else "" if end else "end_not_stated"
    return _bar([item for item in lengths if item[1]], language, last)


def _bar(lengths: list[tuple[str, timedelta]], language: str, last: str) -> tuple[Phase, ...]:
    total = sum((length for _, length in lengths), timedelta())
    parts = [
        (name, length_words(length, language), max(_LEAST_WIDTH, 100 * (length / total)))
        for name, length in lengths
    ]
    if last:
        parts.append((last, "", _OPEN_WIDTH))
    scale = 100 / sum(width for *_, width in parts) if parts else 0
    bar: list[Phase] = []
    start = 0.0
    for name, length, width in parts:
        bar.append(Phase(name, length, round(start, 2), round(width * scale, 2)))
        start += width * scale
    return tuple(bar)
