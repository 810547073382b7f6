"""Times of day as people write them: 24 or 12 hours, with colon, dot, ``h`` or nothing."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

_TWELVE = re.compile(
    r"(?P<h>\d{1,2})(?:\s?[:.h]\s?(?P<m>\d{2})(?:[:.](?P<s>\d{2}))?)?\s?(?P<half>[ap])\.?\s?m\b\.?",
    re.IGNORECASE,
)
_TWENTY_FOUR = re.compile(
    r"(?P<h>\d{1,2})(?:[:.hH時点：]|\s:\s?)(?P<m>\d{2}|[xX?]{2})(?!\d)分?"
    r"(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?(?!\d))?"
    r"(?:\s?(?:hrs?|hours|Uhr|h)\b\.?)?"
)
# "1 to 3 am" and "11:15 - 1:30 PM": the first hour takes its half from the second.
_BORROWING = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?(?=\s?(?:->|-{1,2}|[–—→〜～]|to|until|till|and)\s?"
    r"(?P<to>\d{1,2})(?:[:.](?P<to_m>\d{2}))?\s?(?P<half>[ap])\.?m\b)",
    re.IGNORECASE,
)
_MILITARY = re.compile(
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<unit>\s?(?:hrs?|hours|h)\b\.?)?(?!\d)"
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_WORD = re.compile(r"(?:12\s?)?(?P<word>noon|midday|midnight)\b", re.IGNORECASE)


class Clock(NamedTuple):
    """A time of day at ``start`` to ``end`` of a text; ``value`` is None where it cannot be one.

    ``is_rough`` holds where minutes are unknown (``22:XX``).
    """

    value: time | None
    start: int
    end: int
    is_rough: bool = False
    has_colon: bool = True


def match_clock(text: str, start: int = 0, *, military: bool = False) -> Clock | None:
    """The time of day that begins at ``start``.

    ``1250`` counts where ``military`` allows it, or with ``hrs`` after it.
    """
    if match := _TWELVE.match(text, start):
        return _twelve(match)
    if (match := _BORROWING.match(text, start)) and (clock := _borrowing(match)):
        return clock
    if match := _TWENTY_FOUR.match(text, start):
        rough = not match["m"].isdigit()
        minute = 0 if rough else int(match["m"])
        value = read_clock(int(match["h"]), minute, int(match["s"] or 0))
        return Clock(value, match.start(), match.end(), rough)
    if match := _WORD.match(text, start):
        return Clock(_WORDS[match["word"].lower()], match.start(), match.end())
    match = _MILITARY.match(text, start)
    if match and (military or match["unit"]):
        value = read_clock(int(match["h"]), int(match["m"]), 0)
        return Clock(value, match.start(), match.end(), has_colon=False)
    return None


def _twelve(match: re.Match[str]) -> Clock:
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    if hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    # 17:14pm says it twice, and 00:30 AM does no harm.
    return Clock(read_clock(hour, minute, second), match.start(), match.end())


def _borrowing(match: re.Match[str]) -> Clock | None:
    """The first hour of a range: in the half of the day in which the second comes after it."""
    hour, last = int(match["h"]), int(match["to"])
    if not (0 < hour <= 12 and 0 < last <= 12):
        return None
    minute, last_minute = int(match["m"] or 0), int(match["to_m"] or 0)
    is_late = (hour % 12, minute) > (last % 12, last_minute)
    is_pm = (match["half"].lower() == "p") != is_late
    value = read_clock(hour % 12 + 12 * is_pm, minute)
    return Clock(value, match.start(), match.end())


def read_clock(hour: int, minute: int, second: int = 0) -> time | None:
    """The time of day; None for numbers that are none."""
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
