"""Durations that the prose states, to compare with the computed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.stated import StatedDuration
from mkdocs_postmortem.reading.source import Line

_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        "a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve".split("|"), 1
    )
    for word in words.split()
}
# Seconds of a unit, its names, and its names in languages that put no space before them.
_UNITS: tuple[tuple[int, str, str], ...] = (
    (60, "minutes?|mins?|m|minuten?|minutos?|دقيقة|دقائق", "分間|分钟|分鐘|分"),
    (3600, "hours?|hrs?|h|stunden?|std|heures?|horas?|ساعة|ساعات", "時間|小时|小時"),
    (86400, "days?|d|tagen?|tage?|jours?|d[ií]as?|يوم|أيام", "日間|日|天"),
    (604800, "weeks?|wochen?|semaines?|semanas?|أسبوع", "週間|周|星期"),
    (2592000, "months?|monate?n?|mois|mes(?:es)?|mês|شهر", "か月|ヶ月|个月"),
    (1, "seconds?|secs?|s|sekunden?|secondes?|segundos?|ثانية", "秒間|秒"),
)
_UNIT = "|".join(
    rf"(?P<u{seconds}>(?:{spaced})(?![^\W\d_])|(?:{dense}))" for seconds, spaced, dense in _UNITS
)
_AMOUNT = (
    r"(?:(?<![\w$€£.,:])|(?<=[hdm]))(?:(?P<n>\d{1,5}(?:[.,]\d{1,3})?)"
    r"(?P<and> and (?:a )?half)?[\s\u00a0-]?"
    rf"|\b(?P<word>{'|'.join(_NUMBER_WORDS)})[\s\u00a0-]|(?P<half>half an? ))(?:{_UNIT})"
    r"(?P<more>半| and (?:a )?half\b)?"
)
# A length is said in fewer characters; a sum of thousands of them fits no timedelta.
_LONGEST = 200
_PART = re.compile(_AMOUNT, re.IGNORECASE)
_LABEL = re.compile(
    r"^[\s>*+_|-]{0,12}(?:total\s+|outage\s+|incident\s+)?duration\b[\s*_:()|]{0,40}(?P<rest>.{0,200})",
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
    """Each length after a ``Duration`` label or after "the outage lasted"."""
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
        seconds += _amount(match) * _unit(match)
    return (timedelta(seconds=seconds), start, end) if start >= 0 else None


def _amount(match: re.Match[str]) -> float:
    more = 0.5 if match["half"] or match["more"] or match["and"] else 0.0
    if match["n"] or match["word"]:
        word = match["word"] and _NUMBER_WORDS[match["word"].lower()]
        return more + float(word or match["n"].replace(",", "."))
    return more


def _unit(match: re.Match[str]) -> int:
    return next(seconds for seconds, _, _ in _UNITS if match[f"u{seconds}"])
