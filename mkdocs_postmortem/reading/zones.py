"""Zone names and abbreviations as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from mkdocs_postmortem.model.zone import UTC, Zone, fixed_zone, named_zone
from mkdocs_postmortem.reading.yaml_values import read_data_file


@dataclass(frozen=True, slots=True)
class AmbiguousZone:
    """An abbreviation with several meanings; ``candidates`` are IANA names."""

    written: str
    candidates: tuple[str, ...]


_DATA: dict[str, Any] = read_data_file(Path(__file__).with_name("zones.yml"))
_OFFSETS: dict[str, float] = _DATA["offsets"]  # in hours
_SEASONS: dict[str, str] = _DATA["seasons"]
_SEASONAL: dict[str, str] = _DATA["seasonal"]
_AMBIGUOUS = {name: tuple(zones) for name, zones in _DATA["ambiguous"].items()}
_SPELLED: dict[str, str] = _DATA["spelled"]
_BARE: dict[str, str] = _DATA["bare"]
_ABBREVIATIONS = sorted({*_OFFSETS, *_SEASONAL, *_AMBIGUOUS} - {"z"}, key=len, reverse=True)

_REGIONS: list[str] = _DATA["regions"]
_LOWER = [name for name in _ABBREVIATIONS if len(name) > 2 and name not in _DATA["words"]]
# What can follow a clock.
ZONE_PATTERN = (
    # "UTC-3" and "UTC -03:00", but not the range of "12:00 UTC - 3:00 PM" or "12:00 UTC–15:30".
    r"(?:(?:UTC|GMT|utc|gmt)(?:\s?[+\-−](?:0?\d|1[0-4])(?::?[0-5]\d)?|\s\+\s(?:0?\d|1[0-4])"
    r"|\s[-−–]\s(?:0?\d|1[0-4])(?=\s*(?:$|[):|,]))|–(?:0?\d|1[0-4])(?!\s?[A-Za-z]))"
    r"(?!\d|:\d)(?!\s?(?:[AaPp]\.?[Mm]\b|UTC|GMT))"
    r"|[+\-−]\d{2}:?\d{2}(?!\d)"
    r"|Z\b"
    # A mark of emphasis may follow: `_all times PST_`.
    r"|(?:UTC|utc|Utc|GMT|gmt)(?![^\W_])"
    rf"|(?:{'|'.join(name.upper() for name in _ABBREVIATIONS)})(?![^\W_])"
    rf"|(?:{'|'.join(_LOWER)})(?![^\W_])"
    rf"|(?i:{'|'.join(map(re.escape, _SPELLED))})(?![^\W_])"
    rf"|(?i:{'|'.join(_BARE)})\b(?=\W*$|\s?[.,;)\]])"
    rf"|(?:{'|'.join(_REGIONS)})"
    r"/[A-Za-z_]{1,30}(?:/[A-Za-z_]{1,30})?)"
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s?(?P<sign>[+\-−–])\s?(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?\Z")
# A letter that is a word as well ("ET", "CAT") names a zone only next to one of these.
_SENTENCE = re.compile(
    r"(?:\b(?i:times?|timestamps?|time\s?-?zones?|tz|hours|zone)\b[^.\n|]{0,60}?"
    rf"|[(\[]\s{{0,3}}(?:[^()\[\]\n]{{0,40}}?\s)?)(?<![^\W_])(?P<zone>{ZONE_PATTERN})"
)

_IN_HEADING = re.compile(rf"(?:[-–—,:|(/]|\bin)\s*(?P<zone>{ZONE_PATTERN})[\s)]*$")

# Every match contains one of these.
_SIGNS = ("(", "[", "time", "tz", "hours", "zone")


def resolve_zone(written: str, own: dict[str, Zone] | None = None) -> Zone | AmbiguousZone | None:
    """The zone that a text names, the ambiguity it has, or None if nobody knows it.

    ``own`` are the team's abbreviations in lower case; they win over the table here.
    """
    text = " ".join(written.strip(" ()[]").split())
    plain = text.lower()
    if own and plain in own:
        found = own[plain]
        return Zone(found.name, text, found.tz)
    if offset := _OFFSET.match(plain):
        hours, minutes = int(offset["h"]), int(offset["m"] or 0)
        east = timedelta(hours=hours, minutes=minutes) * (1 if offset["sign"] == "+" else -1)
        return fixed_zone(east, text) if hours <= 14 and minutes <= 59 else None
    plain = _SPELLED.get(plain) or _BARE.get(plain, plain)
    if plain in _OFFSETS:
        return UTC if text == "UTC" else fixed_zone(timedelta(hours=_OFFSETS[plain]), text)
    if plain in _AMBIGUOUS:
        return AmbiguousZone(text, _AMBIGUOUS[plain])
    return named_zone(_SEASONAL.get(plain, plain), text)


def local_zone(abbreviation: str) -> Zone | None:
    """The zone whose local time is mostly meant by an abbreviation of its winter or summer."""
    return named_zone(_SEASONS.get(abbreviation.lower(), ""))


def find_zone(text: str) -> str | None:
    """The zone that a sentence or heading names: "all times in CET", "Timeline (UTC)"."""
    lowered = text.lower()
    # Most lines have none of them, and the pattern takes long to see it.
    if not any([sign in lowered for sign in _SIGNS]):  # noqa: C419 - few and cheap
        return None
    match = _SENTENCE.search(text)
    return match.group("zone") if match else None


def find_heading_zone(heading: str) -> str | None:
    """The zone of a timeline's heading or of a column's: also alone after a dash or a comma."""
    match = _IN_HEADING.search(heading)
    return find_zone(heading) or (match["zone"] if match else None)
