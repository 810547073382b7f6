"""Time zones: the one place that asks zoneinfo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from mkdocs_postmortem.model.problem import closest

# A name in the case of its file: `europe/paris` opens that file on some systems only.
_USUAL = re.compile(r"UTC|[A-Z][a-z]+(?:/[A-Z][a-z]+(?:_[A-Z][a-z]+)?)+")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone: ``name`` is an IANA name or ``UTC+02:00``, ``written`` what the author typed."""

    name: str
    written: str
    tz: tzinfo

    def offsets(self, local: datetime) -> tuple[timedelta, ...]:
        """The offsets from UTC that this naive local time can have.

        One on a normal day; two (earlier instant first) in the hour that a clock runs through
        twice; none in the hour that it skips.
        """
        if steady := _steady(self.tz, local.date()):
            return (steady[0],)
        found: list[timedelta] = []
        for fold in (0, 1):
            aware = local.replace(tzinfo=self.tz, fold=fold)
            there_and_back = aware.astimezone(timezone.utc).astimezone(self.tz)
            offset = aware.utcoffset()
            if there_and_back.replace(tzinfo=None) == local and offset is not None:
                found.append(offset)
        return tuple(sorted(set(found), reverse=True))

    def label(self, at: datetime) -> str:
        """How the zone is called at an instant: ``CEST``, ``UTC``, ``UTC+05:30``."""
        name = at.astimezone(self.tz).tzname() or self.name
        return f"UTC{name}" if name[:1] in "+-" else name

    def name_instead(self, abbreviation: str, local: datetime) -> str | None:
        """How the zone is called at a local time, where the abbreviation is its name in the other
        half of the year: ``PDT`` for ``PST`` in June. ``GMT`` is a zone of its own in all months.
        """
        names = [local.replace(month=month, day=1, tzinfo=self.tz).tzname() for month in (1, 7)]
        now = local.replace(tzinfo=self.tz).tzname()
        is_other = abbreviation in names and abbreviation not in (now, "GMT")
        return now if is_other else None


UTC = Zone("UTC", "UTC", timezone.utc)


def fixed_zone(offset: timedelta, written: str = "") -> Zone:
    """A zone that is always ``offset`` from UTC."""
    if not offset:
        return Zone("UTC", written or "UTC", timezone.utc)
    name = f"UTC{offset_text(offset)}"
    return Zone(name, written or name, timezone(offset))


def offset_text(offset: timedelta) -> str:
    """``+02:00`` for two hours east of UTC."""
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def named_zone(name: str, written: str = "") -> Zone | None:
    """The zone with an IANA name, in any case, or None if there is no such zone."""
    plain, written = name.strip().replace(" ", "_"), written or name.strip()
    # To list all names takes as long as to read a dozen pages.
    if _USUAL.fullmatch(plain) and (zone := _load(plain, written)):
        return zone
    known = _iana_names().get(plain.lower())
    return _load(known, written) if known else None


def _load(name: str, written: str) -> Zone | None:
    try:
        return Zone(name, written, ZoneInfo(name))
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def similar_zone(name: str) -> str | None:
    """The IANA name that somebody means who wrote its city only, or mistyped it."""
    plain = name.strip().lower().replace(" ", "_")
    cities = {full.rpartition("/")[2]: full for full in sorted(_iana_names(), reverse=True)}
    # `EST` is a name of its own, but nobody means it by `CEST`.
    found = cities.get(plain) or closest(
        plain, (item for item in _iana_names() if "/" in item), 0.8
    )
    return _iana_names()[found] if found else None


def combine(day: date, clock: time, zone: Zone) -> datetime:
    """The aware instant of a local day and clock (the first one if it comes twice).

    Its zone is the offset of that day: Python subtracts times of one zone by their clocks, so that
    an outage in the night of a clock change would be an hour too short or too long.
    """
    if offset := _steady(zone.tz, day):
        return datetime.combine(day, clock, offset[1])
    local = datetime.combine(day, clock, tzinfo=zone.tz)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


@lru_cache(maxsize=20_000)  # the same days are in all times of a page
def _steady(tz: tzinfo, day: date) -> tuple[timedelta, timezone] | None:
    """The offset of a whole day, and the zone that is always at it; None if it may change.

    No zone's clocks are set twice in one day, so that equal offsets at both its ends hold between.
    """
    try:
        ends = [datetime.combine(day + timedelta(days=n), time(), tz).utcoffset() for n in (0, 1)]
    except OverflowError:
        return None
    first = ends[0]
    return (first, timezone(first)) if first is not None and first == ends[1] else None


@lru_cache(maxsize=1)  # the list is read from disk
def _iana_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name != "localtime"}
