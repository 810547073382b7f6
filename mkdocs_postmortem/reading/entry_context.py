"""The day and the zone that timeline entries take from what is around them."""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from datetime import date, time, timedelta
from functools import cached_property

from mkdocs_postmortem.model.moment import Moment, clock_text
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, is_day_first
from mkdocs_postmortem.reading.entry_lines import read_prefix
from mkdocs_postmortem.reading.instants import TimeContext, read_named_zone
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time
from mkdocs_postmortem.reading.zones import find_heading_zone, find_zone

# A clock that falls back further than this has passed midnight; less is a slip.
MIDNIGHT_DROP = timedelta(hours=6)


class DayTracker:
    """Carries the day from entry to entry and reports steps back."""

    def __init__(
        self, default: date | None, findings: MutableSequence[Finding], lines: Sequence[Line] = ()
    ) -> None:
        self.day = default
        self._lines = lines
        self._before: Moment | None = None
        self._findings = findings
        self._is_named = False

    def take(self, moment: Moment) -> None:
        """Go on from an entry."""
        self.day = moment.day or self.day
        self._before = moment if moment.clock else self._before

    def take_named(self) -> bool:
        """Whether a line named the day since the last entry; asking forgets it."""
        was_named, self._is_named = self._is_named, False
        return was_named

    def set_from(self, text: str) -> bool:
        """Whether the whole text is a date, which then holds for what follows."""
        plain = text.strip().strip("*_`#:[]() ").rstrip(":")
        expression = match_time(plain)
        if expression is None or expression.day is None or expression.clock:
            return False
        remark = plain[expression.end :].lstrip(" *_`:")
        if len(remark) > 12 and not remark.startswith("("):
            return False
        day = self._resolve(expression.day)
        if day is not None:
            self.day, self._before, self._is_named = day, None, True
        return day is not None

    @cached_property
    def _is_day_first(self) -> bool | None:
        return is_day_first(line.text for line in self._lines)

    def _resolve(self, day: CalendarDay) -> date | None:
        return day.resolve(self.day, self._is_day_first if day.swaps else None)

    def day_of(self, expression: TimeExpression, position: Position) -> date | None:
        """The entry's own day, else the last one, a day later once the clock passed midnight."""
        if expression.day is not None:
            day = self._resolve(expression.day)
            self._check_own_day(day, expression, position)
            return day
        clock = expression.clock.value if expression.clock else None
        before = self._before.clock if self._before and self._before.day == self.day else None
        if clock is None or before is None:
            return self.day
        drop = _since_midnight(before) - _since_midnight(clock)
        if drop > MIDNIGHT_DROP:
            return self.day + timedelta(days=1) if self.day else None
        # With an offset of its own the clock may fall back while time goes on.
        if _is_earlier(clock, before) and expression.zone is None:
            self._report(clock_text(clock), position)
        return self.day

    def _check_own_day(
        self, day: date | None, expression: TimeExpression, position: Position
    ) -> None:
        clock = expression.clock.value if expression.clock else None
        before = self._before
        if day is None or before is None or before.day is None or expression.zone is not None:
            return
        same_day = day == before.day and clock and before.clock and _is_earlier(clock, before.clock)
        if day < before.day or same_day:
            self._report(f"{day} {clock_text(clock)}" if clock else str(day), position)

    def _report(self, written: str, position: Position) -> None:
        self._findings.append(
            Finding(
                "PM302",
                position,
                f"{written} comes after {self._before.written if self._before else ''}, "
                "which is later.",
                "Correct the time, or move the entry; after midnight, write the day as well.",
                "timeline",
            )
        )


def _is_earlier(clock: time, before: time) -> bool:
    """Whether a clock is behind another one; one without seconds may be any in its minute."""
    if not clock.second:
        before = before.replace(second=0)
    return clock < before


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


# Such a sentence is above the entries; further down, a zone belongs to an event.
_HEAD_LINES = 12
_WORLD_TIME = re.compile(r"\b(?:UTC|GMT)\b")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def section_zone(
    section: Section, lines: Sequence[Line], context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that the heading or a sentence above the entries names.

    A name with several meanings is a finding, and gives no zone.
    """
    if written := find_heading_zone(section.heading):
        return read_named_zone(written, section.position, context)
    for line in lines[:_HEAD_LINES]:
        written = find_zone(line.text) if line.is_prose else None
        if written and not _is_entry(line.text):
            position = Position(line.number, line.text.index(written) + 1)
            return read_named_zone(written, position, context)
    return None, None


def _is_entry(text: str) -> bool:
    return read_prefix(_QUOTE.sub("", text).strip(" -*+")) is not None


def header_zone(
    header: str, position: Position, context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that a table's header names: ``Time (UTC)``."""
    match = _WORLD_TIME.search(header)
    written = find_heading_zone(header) or (match.group() if match else None)
    if written is None:
        return None, None
    return read_named_zone(written, position, context)


def is_zone_line(text: str) -> bool:
    """``Timezone: PST`` as a bullet is no event."""
    return len(text) < 60 and find_zone(text) is not None
