"""A time expression at the head of a text: date, clock, zone, estimate, range."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from mkdocs_postmortem.reading.day_and_clock import (
    CalendarDay,
    Clock,
    match_clock,
    match_day,
    match_first_day,
    match_last_day,
    match_lent_clock,
    read_clock,
)
from mkdocs_postmortem.reading.zones import ZONE_PATTERN

_APPROXIMATE = re.compile(
    r"(?:~|≈|circa\b|ca\.?(?=\s)|c\.(?=\s)|about\b|around\b|approx(?:imately)?\b\.?|roughly\b"
    r"|at\b|on\b|after\b|before\b|by\b|from\b|between\b|since\b|until\b|@)\s*",
    re.IGNORECASE,
)
# "from at about"; longer runs are not times, and reading each again would take quadratic time.
_MOST_WORDS = 4
_EXACT_WORDS = ("at", "on", "@", "from", "between", "by", "since")
# Between a date and its clock: comma, "at", T, a dash, a tilde, or markup that opens a bold clock.
_JOINT = re.compile(
    r"(?:T(?=\d)|\s*(?:,?\s*\b(?:at|um|à|a las|às)\b|,|;|:(?=\s)|@|[-–—](?=\s)|\(|\|)?"
    r"\s*(?:\*\*|__|`)?\s*(?:(?:around|about|approximately|approx|roughly|circa)\b\.?|~|ca\.|≈)?\s*)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s?\s?[(\[]?\s?(?P<zone>" + ZONE_PATTERN + r")(?:\s(?i:time|Zeit)\b)?(?P<close>\s?[)\]])?"
)
_AGAIN = re.compile(r"\s?[(/]\s?\d{1,2}[:.]\d{2}\s?(?:[ap]m)?\s?" + ZONE_PATTERN + r"\s?\)?")
_ROUGH_TAIL = re.compile(
    r"\s?(?:ish\b|\+(?![\d\w])|\(?\s?approx(?:imately)?\.?\s?\)?|\(maybe[^)]{0,20}\)|\(?onwards?\)?\b)",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"[~≈]|around|about|approx|roughly|circa|ca\.", re.IGNORECASE)
_BACK_JOINT = re.compile(r"\s*(?:,|\bon\b|\()?\s*", re.IGNORECASE)
# Where a time may begin in a line: not inside a word, a version or an address.
_CANDIDATE = re.compile(
    r"(?<![\w.:/#$-])(?=[\d~]|[A-Z][a-z]{2}|noon|midnight|[午上下凌早晚未오새밤])"
)
_MILITARY = re.compile(r"(?<![\d:.])(?:[01]\d|2[0-3])[0-5]\d\s(?:and|to|-|–)\s(?=\d{4}\s?[A-Z]{3})")
_RANGE_WORDS = ("to", "till", "until", "and", "bis", "hasta", "até", "a", "à")
_RANGE = re.compile(
    rf"\s*(?:->|-{{1,2}}|~(?=\s?\d{{1,2}}[:：時时点])|[–—→〜～到至]|から|\b(?:{'|'.join(_RANGE_WORDS)})\b)\s*",
    re.IGNORECASE,
)

# A clock after a hyphen, and the offsets west of Greenwich that exist.
_CLOCK_END = re.compile(r"[-−](?:[01]\d|2[0-3]):[0-5]\d")
_WEST = re.compile(r"[-−](?:0[1-9]:00|1[0-2]:00|0[23]:30)")

# At the end of a text, or in front of a bold label.
_PLAIN = re.compile(
    r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})[ T])?([0-9]{2}):([0-9]{2})(?=\Z| \*\*[A-Za-z])"
)


class TimeExpression(NamedTuple):
    """What was read from ``start`` to ``end`` of a text. Any part may be missing.

    ``error`` is a text that looks like a time and cannot be one (``25:00``), or a date that may be
    two (``04/12/2022``), which a day nearby can still decide. ``opened`` is markup
    that opened inside the expression (a bold clock after a plain date). ``offset`` is the end of a
    range that is an offset from UTC as well (``09:15-05:00``); the zone in force decides.
    """

    start: int
    end: int
    day: CalendarDay | None = None
    clock: Clock | None = None
    zone: str | None = None
    estimated: bool = False
    until: TimeExpression | None = None
    opened: str = ""
    error: str = ""
    offset: str = ""

    @property
    def value(self) -> time | None:
        """The time of day, if it can be one."""
        return self.clock.value if self.clock else None

    def with_offset(self) -> TimeExpression:
        """The same expression, read as a time with an offset instead of a range."""
        return self._replace(until=None, zone=self.offset, offset="") if self.offset else self


def match_time(text: str, start: int = 0, *, military: bool = False) -> TimeExpression | None:
    """The time expression that begins at ``start``, its range included; None if there is none."""
    return _plain_stamp(text, start) or _any_stamp(text, start, military=military)


def _any_stamp(text: str, start: int, *, military: bool) -> TimeExpression | None:
    first = _match_point(text, start, military=military)
    if first is None:
        days = match_first_day(text, _skip_approximate(text, start)[0])
        if days is None:
            return None
        until = TimeExpression(days[1].start, days[1].end, days[1])
        return TimeExpression(start, until.end, days[1]._replace(day=days[0]), until=until)
    joint = _RANGE.match(text, first.end)
    if joint is None:
        return first
    # "from 4pm to 6": the last hour takes its half of the day from the first.
    start, _ = _skip_approximate(text, joint.end())
    if first.clock and (lent := match_lent_clock(text, start, first.clock)):
        ending = TimeExpression(joint.end(), lent.end, clock=lent)
        last: TimeExpression | None = _with_zone(text, ending)
    else:
        last = _match_point(text, joint.end(), military=False)
    if last is None and first.day and first.clock is None:
        return _days(text, first, first.day, joint.end())
    if last is None or not _is_end(first, last):
        return first
    offset = _WEST.match(text, first.end)
    zone = first.zone or last.zone
    last = last._replace(zone=last.zone or zone)
    return first._replace(
        end=last.end,
        until=last,
        zone=zone,
        estimated=first.estimated or last.estimated,
        error=first.error or last.error,
        offset=offset.group() if offset and offset.end() == last.end else "",
    )


def _days(text: str, first: TimeExpression, day: CalendarDay, start: int) -> TimeExpression:
    """A day with the last one of its range, if that follows; a year after it is that of both."""
    last = match_last_day(text, start, day)
    if last is None:
        return first
    until = TimeExpression(last.start, last.end, last)
    return first._replace(end=last.end, until=until, day=day._replace(year=day.year or last.year))


def _plain_stamp(text: str, start: int) -> TimeExpression | None:
    """The time in the recommended form, with nothing after it that could belong to it.

    Most times are of this form, and nine patterns after each other take ten times as long.
    """
    match = _PLAIN.match(text, start)
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    clock = read_clock(int(hour), int(minute))
    if clock is None:
        return None
    end = match.end()
    if year is None:
        return TimeExpression(start, end, None, Clock(clock, start, end))
    found = CalendarDay(int(year), int(month), int(day), start, start + 10)
    return TimeExpression(start, end, found, Clock(clock, end - 5, end)) if found.is_valid else None


def find_times(text: str) -> list[TimeExpression]:
    """Every time expression of a line, left to right."""
    found: list[TimeExpression] = []
    position = 0
    military = bool(_MILITARY.search(text))
    for match in _CANDIDATE.finditer(text):
        if match.start() < position:
            continue
        expression = match_time(text, match.start(), military=military)
        if expression is None:
            continue
        clock = expression.clock
        written = text[clock.start : clock.end].lower() if clock else ""
        has_dot = "." in written and ":" not in written and "m" not in written
        if has_dot and not (expression.zone or expression.day):
            continue  # ``1.13`` is a time of day only if a zone or AM follows
        position = expression.end  # a clock after a date that is none, or two, has no day
        if not expression.error:
            found.append(expression)
    return found


def _is_end(first: TimeExpression, last: TimeExpression) -> bool:
    """A date alone ends only a range of dates; a bare number ends nothing."""
    if first.clock is None:
        return last.clock is None and last.day is not None
    return last.clock is not None and (last.clock.has_colon or not first.clock.has_colon)


def _match_point(text: str, start: int, *, military: bool) -> TimeExpression | None:
    position, estimated = _skip_approximate(text, start)
    day = match_day(text, position)
    if day:
        found = _clock_after_day(text, day)
        return found._replace(start=start, estimated=estimated or found.estimated)
    clock = match_clock(text, position, military=military)
    if clock is None:
        return None
    found = _with_zone(text, TimeExpression(start, clock.end, clock=clock, estimated=estimated))
    if not clock.has_colon and not military and found.zone is None and clock.value is None:
        return None
    return _day_after_clock(text, found)


def _clock_after_day(text: str, day: CalendarDay) -> TimeExpression:
    error = "" if day.is_valid and not day.swaps else text[day.start : day.end]
    joint = _JOINT.match(text, day.end)
    position = joint.end() if joint else day.end
    clock = match_clock(text, position, military=True)
    if clock is None or (not clock.has_colon and match_day(text, position)):
        return TimeExpression(day.start, day.end, day=day, error=error)
    between = text[day.end : position]
    opened = next((mark for mark in ("**", "__", "`") if mark in between), "")
    estimated = bool(_DOUBT.search(between))
    expression = TimeExpression(
        day.start, clock.end, day, clock, estimated=estimated, opened=opened, error=error
    )
    if "(" in between and text[clock.end : clock.end + 1] == ")":
        expression = expression._replace(end=clock.end + 1)
    return _with_zone(text, expression)


def _with_zone(text: str, expression: TimeExpression) -> TimeExpression:
    """The zone and the words of doubt after a clock."""
    clock = expression.clock
    if clock is not None and clock.value is None and not expression.error:
        expression = expression._replace(error=text[clock.start : clock.end])
    rough = clock is not None and clock.is_rough
    if tail := _ROUGH_TAIL.match(text, expression.end):
        expression, rough = expression._replace(end=tail.end()), True
    zone = _ZONE.match(text, expression.end)
    if zone and not _ends_range(text, expression, zone):
        # ``13:14 EDT (17:14 UTC)``: the same instant again, for readers elsewhere.
        again = _AGAIN.match(text, zone.end())
        end = again.end() if again else zone.end()
        expression = expression._replace(end=end, zone=zone["zone"])
    if (tail or zone) and (tail := _ROUGH_TAIL.match(text, expression.end)):
        expression, rough = expression._replace(end=tail.end()), True
    return expression._replace(estimated=True) if rough and not expression.estimated else expression


def _ends_range(text: str, expression: TimeExpression, zone: re.Match[str]) -> bool:
    """Whether a hyphen and a clock end a range: ``09:15-09:30``, but not ``T09:15-03:00``.

    ``09:15 -03:00`` and ``09:15:00-03:00`` are offsets, if any place on earth has them.
    """
    clock, end = expression.clock, _CLOCK_END.fullmatch(zone["zone"])
    if end is None or clock is None or text[clock.start - 1 : clock.start] == "T":
        return False
    is_glued = zone.start("zone") == clock.end
    is_coarser = text.count(":", clock.start, clock.end) > 1 and text[zone.end() :][:1] != ":"
    return (is_glued and not is_coarser) or not _WEST.fullmatch(zone["zone"])


def _day_after_clock(text: str, expression: TimeExpression) -> TimeExpression:
    """``19:00 UTC Monday Aug 27`` and ``10:00 on 2026-03-14``."""
    joint = _BACK_JOINT.match(text, expression.end)
    day = match_day(text, joint.end() if joint else expression.end)
    if day is None or not day.is_valid:
        return expression
    end = day.end + ("(" in text[expression.end : day.start] and text[day.end : day.end + 1] == ")")
    expression = expression._replace(day=day, end=end)
    return expression if expression.zone else _with_zone(text, expression)


def _skip_approximate(text: str, start: int) -> tuple[int, bool]:
    """Where the time begins after words such as "at about", and whether one of them doubts it."""
    position, estimated = start, False
    if text[start : start + 1].isdigit():
        return position, estimated
    for _ in range(_MOST_WORDS):
        match = _APPROXIMATE.match(text, position)
        if match is None:
            break
        position = match.end()
        estimated = estimated or match.group().strip().lower() not in _EXACT_WORDS
    return position, estimated
