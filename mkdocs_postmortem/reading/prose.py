"""Facts that a text states outside the front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from mkdocs_postmortem.reading.calendar_day import CalendarDay, search_day
from mkdocs_postmortem.reading.source import Line

_LABEL = re.compile(
    r"^[\s>*+_#|-]{0,12}(?:incident\s+|outage\s+|start\s+|event\s+)?"
    r"(?:date|duration|start(?:ed)?|begin|when|incident window|impact window)\b[^\n]{0,3}[:|]",
    re.IGNORECASE,
)
# Dates below these were of the writing, not of the outage.
_WRITTEN = re.compile(
    r"\b(?:published|written|updated|author|created|reviewed|due)\b", re.IGNORECASE
)
_KEYS = ("started", "start", "date", "start_time", "incident_date", "created")


def find_day(
    lines: Sequence[Line], path: str = "", front: Mapping[str, Any] | None = None
) -> date | None:
    """The day of the outage: by label, front matter, title, the file's name, or the text."""
    prose = [line.text for line in lines if line.is_prose and not line.is_blank]
    labelled = [text for text in prose if _LABEL.match(text)]
    typed = [str((front or {}).get(key, "")) for key in _KEYS]
    title = [text for text in prose[:3] if text.lstrip().startswith("#")]
    name = PurePosixPath(path).stem.replace("_", "-")
    rest = [text for text in prose if not _WRITTEN.search(text)]
    for texts in (labelled, typed, title, [name], rest):
        day = next((found for text in texts if (found := _day(text))), None)
        if day is not None:
            return day
    return _with_year(prose)


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
