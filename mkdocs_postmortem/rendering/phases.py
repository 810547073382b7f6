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
    """A stretch of the outage from a milestone on; ``width`` is percent of the bar.

    ``name`` is ``undetected``, ``detected``, ``mitigated``, ``undivided`` (nobody stated when it
    was noticed), ``ongoing`` or ``end_not_stated``; the last two have no ``length``.
    """

    name: str
    milestone: Milestone
    length: str
    width: float


def phases(cycle: Lifecycle, language: str = "en") -> tuple[Phase, ...]:
    """What is between the milestones that are known; nothing if they are out of order."""
    start = cycle.instant(Milestone.STARTED)
    if start is None:
        return ()
    detected, mitigated = cycle.instant(Milestone.DETECTED), cycle.instant(Milestone.MITIGATED)
    end = cycle.instant(Milestone.RESOLVED) or mitigated
    marks: list[tuple[str, Milestone, datetime | None]] = [
        ("undetected" if detected else "undivided", Milestone.STARTED, start),
        ("detected", Milestone.DETECTED, detected),
        ("mitigated", Milestone.MITIGATED, mitigated),
        ("end", Milestone.RESOLVED, end),
    ]
    known = [(name, at, instant) for name, at, instant in marks if instant is not None]
    if any(before[2] > after[2] for before, after in pairwise(known)):
        return ()
    stretches = [
        (name, at, after - before)
        for (name, at, before), (_, _, after) in pairwise(known)
        if after > before
    ]
    total = sum((length for *_, length in stretches), timedelta())
    parts = [
        (name, at, length_words(length, language), max(_LEAST_WIDTH, 100 * (length / total)))
        for name, at, length in stretches
    ]
    if end is None:
        name = "ongoing" if cycle.is_ongoing else "end_not_stated"
        parts.append((name, known[-1][1], "", _OPEN_WIDTH))
    whole = sum(width for *_, width in parts)
    return tuple(
        Phase(name, at, length, round(100 * width / whole, 2)) for name, at, length, width in parts
    )
