"""Day, clock and zone → an instant, or a finding that says what is missing or impossible."""

from __future__ import annotations

import re
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import cached_property

from mkdocs_postmortem.model.lifecycle import Moment, clock_text
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.zone import Zone, combine, offset_text, similar_zone
from mkdocs_postmortem.reading.day_and_clock import CalendarDay, is_day_first, search_day
from mkdocs_postmortem.reading.entry_lines import QUOTE, read_prefix
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time
from mkdocs_postmortem.reading.zones import (
    ZONE_PATTERN,
    AmbiguousZone,
    find_heading_zone,
    find_zone,
    resolve_zone,
)


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What holds for times that don't say it themselves."""

    default_zone: Zone | None = None
    default_day: date | None = None
    synonyms: Synonyms = field(default_factory=Synonyms)


def decide_offset(
    expression: TimeExpression, zone: Zone | None, day: date | None
) -> TimeExpression:
    """The stamp, with an offset instead of an end if the zone has that offset at noon of a day."""
    if not expression.offset or zone is None or day is None:
        return expression
    offsets = map(offset_text, zone.offsets(datetime.combine(day, time(12))))
    is_offset = expression.offset.replace("−", "-") in offsets
    return expression.with_offset() if is_offset else expression


def unreadable_time(written: str, position: Position, subject: str = "") -> Finding:
    """``2026-13-45`` or ``25:00``: it looks like a time and is none; or it is two dates."""
    day = search_day(written)
    if day and day.swaps:
        first, second = day.readings
        message = f"`{written}` may be {first:%d %B %Y} or {second:%d %B %Y}."
        return Finding("PM201", position, message, f"Write `{first}` or `{second}`.", subject)
    message = f"`{written}` is not a valid time."
    return Finding("PM201", position, message, "Write it like `2026-03-14 09:12`.", subject)


def no_zone(moment: Moment) -> Finding:
    """Nothing on the page or in the configuration names the zone of a time."""
    return Finding(
        "PM202",
        moment.position,
        f"The time `{moment.written}` has no time zone.",
        "Set `timezone: Europe/Paris` in the front matter, or write the zone after the time.",
        "timezone",
    )


def read_zone_text(
    written: str, position: Position, synonyms: Synonyms, subject: str = ""
) -> tuple[Zone | None, Finding | None]:
    """The zone that a text names, or what is wrong with the text."""
    zone = resolve_zone(written, synonyms.zones)
    if isinstance(zone, Zone):
        return zone, None
    if isinstance(zone, AmbiguousZone):
        choices = ", ".join(f"`{name}`" for name in zone.candidates)
        message = f"`{written}` is ambiguous. It can mean {choices}."
        fix = "Write one of these names, or choose one in the option `synonyms: zones:`."
    else:
        message = f"`{written}` is not a time zone."
        similar = similar_zone(written)
        fix = f"Did you mean `{similar}`? " if similar else ""
        fix += "Write an IANA name such as `Europe/Paris`, or `UTC`."
    return None, Finding("PM205", position, message, fix, subject)


def read_named_zone(
    written: str, position: Position, context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that a timeline names: of several meanings the page's own zone, if it is one."""
    zone = resolve_zone(written, context.synonyms.zones)
    default = context.default_zone
    if isinstance(zone, AmbiguousZone) and default and default.name in zone.candidates:
        return Zone(default.name, written, default.tz), None
    return read_zone_text(written, position, context.synonyms, "timeline")


def clock_findings(moment: Moment, subject: str = "") -> list[Finding]:
    """What a daylight-saving change makes of a local time: twice there, or never."""
    local, zone = moment.local, moment.zone
    if local is None or zone is None:
        return []
    offsets = zone.offsets(local)
    if len(offsets) == 1:
        return []
    if offsets:
        message = f"occurs twice in {zone.name}: clocks are set back that night."
        both = (f"`{local:%Y-%m-%d %H:%M}{offset_text(item)}`" for item in offsets)
        code, fix = "PM203", f"Write {' or '.join(both)}."
    else:
        later = local + timedelta(hours=1)
        message = f"does not exist in {zone.name}: clocks are set forward that night."
        code, fix = (
            "PM204",
            f"Write `{later:%Y-%m-%d %H:%M}` if that is meant, or correct the zone.",
        )
    return [Finding(code, moment.position, f"`{moment.written}` {message}", fix, subject)]


def to_moment(
    expression: TimeExpression, text: str, position: Position, day: date | None, zone: Zone | None
) -> Moment:
    """The moment of an expression on a day in a zone; the range's end rolls past midnight."""
    until, last = None, expression.until
    if last is not None and last.value:
        end_day = last.day.resolve(day) if last.day else day
        if not last.day and day and expression.value and last.value < expression.value:
            end_day = day + timedelta(days=1)
        written = text[last.start : last.end].strip()
        until = Moment(written, position, end_day, last.value, zone)
    return Moment(
        written=text[expression.start : expression.end].strip(),
        position=position,
        day=day,
        clock=expression.value,
        zone=zone,
        estimated=expression.estimated,
        until=until,
    )


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
