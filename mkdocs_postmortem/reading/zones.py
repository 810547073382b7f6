"""Zone names and abbreviations as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from mkdocs_postmortem.model.zone import UTC, Zone, fixed_zone, named_zone


@dataclass(frozen=True, slots=True)
class AmbiguousZone:
    """An abbreviation with several meanings; ``candidates`` are IANA names."""

    written: str
    candidates: tuple[str, ...]


# Abbreviations that name one offset, in hours. PST is a winter time even if written in summer;
# PT, ET and the like follow the season and so are IANA zones.
_OFFSETS: dict[str, float] = {
    **{"utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3},
    **{"msk": 3, "trt": 3, "wat": 1, "cat": 2, "sast": 2, "eat": 3, "pkt": 5, "npt": 5.75},
    **{"ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5},
    **{"aest": 10, "acdt": 10.5, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3, "art": -3},
    **{"nst": -3.5, "ndt": -2.5, "adt": -3, "edt": -4, "est": -5, "cdt": -5, "mdt": -6},
    **{"mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10},
}
_SEASONAL = {
    "pt": "America/Los_Angeles",
    "mt": "America/Denver",
    "ct": "America/Chicago",
    "et": "America/New_York",
}
_AMBIGUOUS = {
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "sst": ("Pacific/Pago_Pago", "Asia/Singapore"),
    "amt": ("America/Manaus", "Asia/Yerevan"),
}
_SPELLED = {
    "greenwich mean time": "gmt",
    "coordinated universal time": "utc",
    "universal time": "utc",
    "west african time": "wat",
    "west africa time": "wat",
    "east african time": "eat",
    "east africa time": "eat",
    "central african time": "cat",
    "central africa time": "cat",
    "south african standard time": "sast",
    "central european time": "cet",
    "central european summer time": "cest",
    "eastern european time": "eet",
    "indian standard time": "asia/kolkata",
    "india standard time": "asia/kolkata",
    "china standard time": "asia/shanghai",
    "british summer time": "europe/london",
    "japan standard time": "jst",
    **{
        f"{region}{middle} time": zone
        for region, seasonal, standard, daylight in (
            ("eastern", "et", "est", "edt"),
            ("central", "ct", "america/chicago", "cdt"),
            ("mountain", "mt", "mst", "mdt"),
            ("pacific", "pt", "pst", "pdt"),
        )
        for middle, zone in (
            *((middle, seasonal) for middle in ("", " us", " u.s.")),
            *((" standard", standard), (" daylight", daylight)),
        )
    },
}
# Without "time" only at the end of what they belong to: "10:45 eastern, until noon".
_BARE = {"eastern": "et", "pacific": "pt"}
_ABBREVIATIONS = sorted({*_OFFSETS, *_SEASONAL, *_AMBIGUOUS} - {"z"}, key=len, reverse=True)

_REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian"),
    *("Pacific", "Etc"),
)
# Abbreviations that are words in lower case: "at 9:12 cat" is an animal, and "10:00 est" French.
_WORDS = {"cat", "eat", "art", "west", "wet", "est", "ist", "ast", "wat", "brt"}
_LOWER = [name for name in _ABBREVIATIONS if len(name) > 2 and name not in _WORDS]
# The words that a zone which is not all capitals may begin with.
ZONE_WORDS = tuple(dict.fromkeys([*_LOWER, *(name.split()[0] for name in _SPELLED), *_REGIONS]))

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
    rf"|[(\[]\s{{0,3}}(?:[^()\[\]\n]{{0,40}}?\s)?)(?<![^\W_])(?P<zone>{ZONE_PATTERN})",
)

_IN_HEADING = re.compile(rf"(?:[-–—,:|(/]|\bin)\s*(?P<zone>{ZONE_PATTERN})[\s)]*$")

# Every match contains one of these or a bracket.
_WORDS_OF_TIME = ("time", "tz", "hours", "zone")


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
        return _offset_zone(offset, text)
    plain = _SPELLED.get(plain) or _BARE.get(plain, plain)
    if plain in _OFFSETS:
        return UTC if text == "UTC" else fixed_zone(timedelta(hours=_OFFSETS[plain]), text)
    if plain in _AMBIGUOUS:
        return AmbiguousZone(text, _AMBIGUOUS[plain])
    return named_zone(_SEASONAL.get(plain, plain), text)


def find_zone(text: str) -> str | None:
    """The zone that a sentence or heading names: "all times in CET", "Timeline (UTC)"."""
    if "(" not in text and "[" not in text:
        lowered = text.lower()
        if not any([word in lowered for word in _WORDS_OF_TIME]):  # noqa: C419 - few and cheap
            return None  # as in most lines, and the pattern takes long to see it
    match = _SENTENCE.search(text)
    return match.group("zone") if match else None


def find_heading_zone(heading: str) -> str | None:
    """The zone of a timeline's heading or of a column's: also alone after a dash or a comma."""
    match = _IN_HEADING.search(heading)
    return find_zone(heading) or (match["zone"] if match else None)


def _offset_zone(match: re.Match[str], written: str) -> Zone | None:
    hours, minutes = int(match.group("h")), int(match.group("m") or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return fixed_zone(offset if match.group("sign") == "+" else -offset, written)
