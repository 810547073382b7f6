"""Day, clock and zone → an instant, or a finding that says what is missing or impossible."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mkdocs_postmortem.model.lifecycle import Moment
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.zone import Zone, offset_text, similar_zone
from mkdocs_postmortem.reading.day_and_clock import search_day
from mkdocs_postmortem.reading.time_expression import TimeExpression
from mkdocs_postmortem.reading.zones import AmbiguousZone, resolve_zone


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
