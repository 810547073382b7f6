"""A time of an export → an instant. A time without a zone is none."""

from __future__ import annotations

import re
from datetime import datetime, timezone

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|[+-]\d\d:?\d\d|[+-]\d\d)?"
)
_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")
# A number of seconds since 1970 with more digits counts milliseconds: this is the year 5138.
_MOST_SECONDS = 10**11
_YEARS = range(1990, 2200)


def read_instant(value: object) -> datetime:
    """An ISO 8601 time with its offset, or a Unix time in seconds or milliseconds.

    Raises ValueError with the reason: not a time, without a zone, out of 1990 to 2199.
    """
    text = str(value).strip()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("not a time")
    found = _from_number(float(text)) if _NUMBER.fullmatch(text) else _from_text(text)
    if found.year not in _YEARS:
        raise ValueError(f"the year {found.year} is out of range")
    return found


def _from_number(number: float) -> datetime:
    seconds = number / 1000 if number > _MOST_SECONDS else number
    return datetime.fromtimestamp(int(seconds), timezone.utc)


def _from_text(text: str) -> datetime:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not a time")
    if not match["zone"]:
        raise ValueError("the time has no zone; add its offset, such as `Z` or `+02:00`")
    zone = match["zone"].replace("Z", "+00:00").replace("UTC", "+00:00").replace(":", "")
    clock = match["clock"] if match["clock"].count(":") == 2 else f"{match['clock']}:00"
    text = f"{match['day']} {clock} {zone}{'00' if len(zone) == 3 else ''}"
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")
