"""The day and the zone that timeline entries take from what is around them."""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import cached_property

from mkdocs_postmortem.model.lifecycle import Moment, clock_text
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.model.zone import Zone, combine
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, is_day_first
from mkdocs_postmortem.reading.entry_lines import QUOTE, read_prefix
from mkdocs_postmortem.reading.instants import TimeContext, read_named_zone
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time
from mkdocs_postmortem.reading.zones import ZONE_PATTERN, find_heading_zone, find_zone

# A clock that falls back further than this has passed midnight; less is a slip.
MIDNIGHT_DROP = timedelta(hours=6)


class _Day(Enum):
    """Where an entry's day is from."""

    WRITTEN = auto()
    CARRIED = auto()
    NEXT = auto()  # carried past midnight


class DayTracker:
    """Carries the day from entry to entry and reports steps back."""

    def __init__(
        self, default: date | None, findings: MutableSequence[Finding], lines: Sequence[Line] = ()
    ) -> None:
        self.day = default
        self._lines = lines
        self._recent: tuple[tuple[Moment, _Day], ...] = ()  # the last three entries with a clock
        self._before: Moment | None = None
        self._source = _Day.CARRIED
        self._findings = findings
        self._is_named = False

    def take(self, moment: Moment) -> None:
        """Go on from an entry."""
        self.day = moment.day or self.day
        if moment.clock:
            self._before = moment
            self._recent = (*self._recent[-2:], (moment, self._source))
            self._check_outlier()

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
            self.day, self._recent, self._before, self._is_named = day, (), None, True
        return day is not None

    @cached_property
    def _is_day_first(self) -> bool | None:
        return is_day_first(line.text for line in self._lines)

    def _resolve(self, day: CalendarDay) -> date | None:
        return day.resolve(self.day, self._is_day_first if day.swaps else None)

    def day_of(self, expression: TimeExpression, position: Position) -> date | None:
        """The entry's own day, else the last one, a day later once the clock passed midnight."""
        self._source = _Day.CARRIED if expression.day is None else _Day.WRITTEN
        if expression.day is not None:
            day = self._resolve(expression.day)
            self._check_own_day(day, expression, position)
            return day
        clock = expression.value
        before = self._before.clock if self._before and self._before.day == self.day else None
        if clock is None or before is None:
            return self.day
        drop = datetime.combine(date.min, before) - datetime.combine(date.min, clock)
        if drop > MIDNIGHT_DROP:
            self._source = _Day.NEXT
            return self.day + timedelta(days=1) if self.day else None
        # With an offset of its own the clock may fall back while time goes on.
        if _is_earlier(clock, before) and expression.zone is None:
            self._report_step(clock_text(clock), self._before, position)
        return self.day

    def day_in_zone(
        self, day: date | None, expression: TimeExpression, zone: Zone | None
    ) -> date | None:
        """A day before, where clocks of two zones made a carried day a whole day too late."""
        before, clock = self._before, expression.value
        if self._source is _Day.WRITTEN or before is None or before.zone == zone:
            return day
        if not (day and clock and zone and before.instant):
            return day
        is_late = combine(day, clock, zone) - before.instant >= timedelta(days=1)
        return day - timedelta(days=1) if is_late else day

    def _check_outlier(self) -> None:
        """An entry without which the clocks rise, but with which midnight passes."""
        if len(self._recent) < 3:
            return
        (first, _), (doubtful, source), (last, last_source) = self._recent
        if _Day.NEXT not in (source, last_source) or not first.zone == doubtful.zone == last.zone:
            return
        if not first.clock or not last.clock or last.clock < first.clock or not doubtful.day:
            return
        overnight = doubtful.until and doubtful.until.day != doubtful.day
        if last_source is _Day.NEXT and first.day == doubtful.day and not overnight:
            self._report(
                f"{doubtful.written} comes before {last.written}, which is earlier, so that the "
                f"next entry is read as of the next day ({last.day}).",
                f"Correct the time, or write the day with the next entry: `{last.day} "
                f"{clock_text(last.clock)}`.",
                doubtful.position,
            )
        elif source is _Day.NEXT and last_source is _Day.CARRIED and doubtful.clock:
            self._report(
                f"{doubtful.written} comes after {first.written}, which is later, so that this "
                f"entry and the next are read as of the next day ({doubtful.day}).",
                f"Correct the time, or write the day as well: `{doubtful.day} "
                f"{clock_text(doubtful.clock)}`.",
                doubtful.position,
            )

    def _check_own_day(
        self, day: date | None, expression: TimeExpression, position: Position
    ) -> None:
        clock, before = expression.value, self._before
        if day is None or before is None or before.day is None or expression.zone is not None:
            return
        same_day = day == before.day and clock and before.clock and _is_earlier(clock, before.clock)
        if day < before.day or same_day:
            self._report_step(f"{day} {clock_text(clock)}" if clock else str(day), before, position)

    def _report_step(self, written: str, before: Moment | None, position: Position) -> None:
        self._report(
            f"{written} comes after {before.written if before else ''}, which is later.",
            "Correct the time, or move the entry; after midnight, write the day as well.",
            position,
        )

    def _report(self, message: str, fix: str, position: Position) -> None:
        self._findings.append(Finding("PM302", position, message, fix, "timeline"))


def _is_earlier(clock: time, before: time) -> bool:
    """Whether a clock is behind another one; one without seconds may be any in its minute."""
    if not clock.second:
        before = before.replace(second=0)
    return clock < before


# Such a sentence is above the entries; further down, a zone belongs to an event.
_HEAD_LINES = 12
_WORLD_TIME = re.compile(rf"\b(?=UTC|GMT){ZONE_PATTERN}")


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
        if written and read_prefix(QUOTE.sub("", line.text).strip(" -*+")) is None:
            position = Position(line.number, line.text.index(written) + 1)
            return read_named_zone(written, position, context)
    return None, None


def find_column_zone(header: str) -> str | None:
    """The zone in a table's header: as in a heading, or "UTC" anywhere."""
    match = _WORLD_TIME.search(header)
    cells = (find_heading_zone(cell.strip(" *_")) for cell in [header, *header.split("|")])
    return next(filter(None, cells), match.group() if match else None)


def header_zone(
    header: str, position: Position, context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that a table's header names: ``Time (UTC)``."""
    written = find_column_zone(header)
    if written is None:
        return None, None
    return read_named_zone(written, position, context)


def is_zone_line(text: str) -> bool:
    """``Timezone: PST`` as a bullet is not an event."""
    return len(text) < 60 and find_zone(text) is not None
