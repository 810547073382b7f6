"""Durations that the prose states, to be held against the computed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.stated import StatedDuration
from mkdocs_postmortem.reading.source import Line

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_AMOUNT = (
    r"(?:(?P<n>\d{1,5}(?:[.,]\d{1,3})?)[\s\u00a0-]?|\b(?P<word>"
    + "|".join(_NUMBER_WORDS)
    + r")[\s\u00a0-])(?P<unit>days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b"
)
# A length is said in fewer characters; a sum of thousands of them fits no timedelta.
_LONGEST = 200
_PART = re.compile(_AMOUNT, re.IGNORECASE)
_LABEL = re.compile(
    r"^[\s>*+_-]{0,12}(?:total\s+|outage\s+|incident\s+)?duration\b[\s*_:()]{0,12}(?P<rest>.{0,200})",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:outage|incident|disruption|degradation|it)\s+lasted\s+(?P<rest>.{0,120})", re.IGNORECASE
)
_COST = re.compile(
    r"\b(?:costs?|costing|lost|los(?:es|ing)|took|takes|wasted|spent)\b(?P<rest>[^.;]{0,60})",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:about|around|approximately|approx|roughly|nearly|almost|over|more than|less than)\b|~",
    re.IGNORECASE,
)


def find_stated_durations(lines: Iterable[Line]) -> Iterator[StatedDuration]:
    """Each length behind a ``Duration`` label or behind "the outage lasted"."""
    for line in lines:
        if not line.is_prose:
            continue
        lowered = line.text.lower()
        match = _LABEL.match(line.text) if "duration" in lowered else None
        if not match and "lasted" in lowered:
            match = _LASTED.search(line.text)
        if not match:
            continue
        found = read_length(match.group("rest"))
        if found:
            length, start, end = found
            rest = match.group("rest")
            yield StatedDuration(
                rest[start:end].strip(),
                length,
                Position(line.number, match.start("rest") + start + 1),
                is_rounded=bool(_HEDGE.search(rest[:start])),
            )


def find_cost(text: str) -> timedelta | None:
    """The time that a text says was lost: "which cost us ten minutes"."""
    match = _COST.search(text)
    found = read_length(match.group("rest")) if match else None
    return found[0] if found else None


def read_length(text: str) -> tuple[timedelta, int, int] | None:
    """The first length in a text (``2 hours and 37 minutes``) with its start and end."""
    seconds, start, end = 0.0, -1, 0
    for match in _PART.finditer(text, 0, _LONGEST):
        if start >= 0 and text[end : match.start()].strip(" ,\u00a0").lower() not in (
            "",
            "and",
            "&",
        ):
            break
        start = match.start() if start < 0 else start
        end = match.end()
        seconds += _amount(match) * _UNITS[match.group("unit")[0].lower()]
    return (timedelta(seconds=seconds), start, end) if start >= 0 else None


def _amount(match: re.Match[str]) -> float:
    if match.group("word"):
        return float(_NUMBER_WORDS[match.group("word").lower()])
    return float(match.group("n").replace(",", "."))
