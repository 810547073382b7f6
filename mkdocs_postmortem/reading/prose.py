"""Facts that a text states outside the front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, search_day
from mkdocs_postmortem.reading.headings import PSEUDO_LEVEL
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import Line

_LABEL = re.compile(
    r"^[\s>*+_#|—–•-]{0,12}(?:incident\s+|outage\s+|start\s+|event\s+)?"
    r"(?:date|duration|start(?:ed)?|begin|when|incident window|impact window)\b[^\n]{0,3}[:|]",
    re.IGNORECASE,
)
# Dates below these were of the writing, not of the outage.
_WRITTEN = re.compile(
    r"\b(?:published|written|updated|author|created|reviewed|due(?! to\b))\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b(?:from|between)\s+\d{1,2}[:.]?\d{0,2}[^\n\d]{1,16}\d{1,2}[:.]?\d{0,2}\s?(?:[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_OUTAGE_KEYS = {
    SectionKey.ISSUE_SUMMARY,
    SectionKey.IMPACT,
    SectionKey.TIMELINE,
    SectionKey.DETECTION,
}
_KEYS = ("started", "start", "date", "start_time", "incident_date", "created")


def find_day(
    lines: Sequence[Line], path: str = "", front: Mapping[str, Any] | None = None
) -> date | None:
    """The day of the outage: by label, front matter, title, the file's name, or the text."""
    day = find_stated_day(lines, path, front)
    if day is not None:
        return day
    shown = [line for line in lines if line.is_prose and not line.is_blank]
    prose = [line.text for line in shown]
    of_incident = _before_causes(lines)
    rest = [
        line.text for line in shown if line.number in of_incident and not _WRITTEN.search(line.text)
    ]
    day = _day_of_span(rest, prose) or next((day for text in rest if (day := _day(text))), None)
    return day or _with_year(prose)


def find_stated_day(
    lines: Sequence[Line], path: str = "", front: Mapping[str, Any] | None = None
) -> date | None:
    """The day that the page gives for itself: by label, front matter, title or file name."""
    prose = [line.text for line in lines if line.is_prose and not line.is_blank]
    labelled = [text for text in prose if _LABEL.match(text)]
    typed = [str((front or {}).get(key, "")) for key in _KEYS]
    title = [text for text in prose[:3] if text.lstrip().startswith("#")]
    name = PurePosixPath(path).stem.replace("_", "-")
    stated = (_day(text) for texts in (labelled, typed, title, [name]) for text in texts)
    return next((day for day in stated if day), None)


def _before_causes(lines: Sequence[Line]) -> set[int]:
    """The lines that describe the incident, without causes before it and measures after it."""
    other = [
        item
        for item in read_sections(lines, Synonyms())
        if not _OUTAGE_KEYS & set(item.keys) and item.level <= PSEUDO_LEVEL
    ]
    elsewhere = {number for item in other for number in range(item.start, item.end + 1)}
    return {line.number for line in lines} - elsewhere


def _day_of_span(texts: Sequence[str], prose: Sequence[str]) -> date | None:
    """``From 9:12 to 9:59 on March 14``: the day of the outage, before any other that is named.

    Its year may stand elsewhere.
    """
    for text in texts:
        span = _SPAN.search(text)
        found = search_day(text, span.end()) if span else None
        if found is not None and span is not None and found.start - span.end() < 20:
            return found.resolve(_first_dated(prose))
    return None


def _first_dated(prose: Sequence[str]) -> date | None:
    return next((day for text in prose if (day := _day(text))), None)


def _day(text: str) -> date | None:
    found = search_day(text)
    while found is not None:
        if found.year is not None and 1990 <= found.year <= 2100:
            return found.resolve()
        found = search_day(text, found.end)
    return None


def _with_year(prose: Sequence[str]) -> date | None:
    """A day without its year, and the only year that the text names."""
    days = [found for text in prose if (found := search_day(text))]
    years = {int(year) for text in prose for year in re.findall(r"\b20[0-4]\d\b", text)}
    if not days or len(years) != 1:
        return None
    first: CalendarDay = days[0]
    return first.resolve(date(years.pop(), 7, 1)) if first.year is None else None
