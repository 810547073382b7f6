"""Moments as a reader sees them: the page's clock, and the instant for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from mkdocs_postmortem.model.moment import Moment, clock_text
from mkdocs_postmortem.model.zone import Zone


@dataclass(frozen=True, slots=True)
class FormattedTime:
    """A clock in the page's zone, the zone's name there, and the instant in UTC (or nothing)."""

    clock: str
    day: str
    zone: str
    machine: str
    estimated: bool


def format_time(moment: Moment, zone: Zone | None) -> FormattedTime:
    """A moment as it is shown on a page whose zone is ``zone``."""
    instant = moment.instant
    if instant is None or zone is None:
        return FormattedTime(
            clock_text(moment.clock) if moment.clock else "",
            moment.day.isoformat() if moment.day else "",
            moment.zone.written if moment.zone and moment.clock else "",
            "",
            moment.estimated,
        )
    local = instant.astimezone(zone.tz)
    return FormattedTime(
        clock_text(local.time()),
        local.date().isoformat(),
        zone.label(instant),
        machine_time(instant),
        moment.estimated,
    )


def machine_time(instant: datetime) -> str:
    """``2026-03-14T08:12:00Z``."""
    # `+00:00` is what Python writes for UTC.
    return f"{instant.astimezone(timezone.utc).isoformat(timespec='seconds')[:-6]}Z"
