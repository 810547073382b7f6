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
    return (
        expression.with_offset() if expression.offset.replace("−", "-") in offsets else expression
    )


def unreadable_time(written: str, position: Position, subject: str = "") -> Finding:
    """``2026-13-45`` or ``25:00``: it looks like a time and is none; or it is two dates."""
    day = search_day(written)
    if day and day.swaps:
        first, second = day.readings
        message = f"`{written}` may be {first:%d %B %Y} or {second:%d %B %Y}."
        return Finding("PM201", position, message, f"Write `{first}` or `{second}`.", subject)
    return Finding(
        "PM201",
        position,
        f"`{written}` is not a valid time.",
        "Write it like `2026-03-14 09:12`.",
        subject,
    )


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
        finding = Finding(
            "PM205",
            position,
            f"`{written}` is ambiguous. It can mean {choices}.",
            "Write one of these names, or choose one in the option `synonyms: zones:`.",
            subject,
        )
        return None, finding
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
    if moment.local is None or moment.zone is None:
        return []
    offsets = moment.zone.offsets(moment.local)
    if len(offsets) == 1:
        return []
    if not offsets:
        return [_impossible(moment, moment.local, subject)]
    both = " or ".join(f"`{moment.local:%Y-%m-%d %H:%M}{offset_text(item)}`" for item in offsets)
    return [
        Finding(
            "PM203",
            moment.position,
            f"`{moment.written}` occurs twice in {moment.zone.name}: clocks are set back that "
            "night.",
            f"Write {both}.",
            subject,
        )
    ]


def _impossible(moment: Moment, local: datetime, subject: str) -> Finding:
    later = local + timedelta(hours=1)
    name = moment.zone.name if moment.zone else ""
    return Finding(
        "PM204",
        moment.position,
        f"`{moment.written}` does not exist in {name}: clocks are set forward that night.",
        f"Write `{later:%Y-%m-%d %H:%M}` if that is meant, or correct the zone.",
        subject,
    )


def to_moment(
    expression: TimeExpression, text: str, position: Position, day: date | None, zone: Zone | None
) -> Moment:
    """The moment of a stamp on a day in a zone; the range's end rolls past midnight."""
    until = None
    if expression.until is not None and expression.until.clock and expression.until.clock.value:
        end_day = expression.until.day.resolve(day) if expression.until.day else day
        start_clock = expression.clock.value if expression.clock else None
        if (
            not expression.until.day
            and day
            and start_clock
            and expression.until.clock.value < start_clock
        ):
            end_day = day + timedelta(days=1)
        written = text[expression.until.start : expression.until.end].strip()
        until = Moment(written, position, end_day, expression.until.clock.value, zone)
    return Moment(
        written=text[expression.start : expression.end].strip(),
        position=position,
        day=day,
        clock=expression.clock.value if expression.clock else None,
        zone=zone,
        estimated=expression.estimated,
        until=until,
    )
