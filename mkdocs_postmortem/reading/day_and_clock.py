"""Days and times of day as people write them; the year is often left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import NamedTuple

from mkdocs_postmortem.model.lifecycle import YEARS
from mkdocs_postmortem.reading.words import word_lists

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# "3. Mai 2026", "3 de mayo de 2026"
_OTHER_MONTHS = {
    name: number for names in word_lists("months").values() for number, name in enumerate(names, 1)
}
_ANY_MONTH = rf"(?P<m2>{'|'.join(_OTHER_MONTHS)}|{_MONTH.format('m4')})"
_WEEKDAY = (
    r"(?:(?:on\s+)?(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b[.,]?\s+)?"
)
# The recommended form; it is also the first branch of the full pattern.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_PATTERN = re.compile(
    _WEEKDAY
    + r"(?:(?P<iso_y>\d{4})(?P<iso_s>[-/.–])(?P<iso_m>\d{1,2})(?P=iso_s)(?P<iso_d>\d{1,2})(?!\d)"
    + r"|(?!\d{1,2},\s\d{1,2},\s\d{2}(?!\d))(?P<a>\d{1,2})(?P<s>[-/.]|,\s)(?P<b>\d{1,2})(?P=s)"
    + r"(?P<num_y>\d{4}|\d{2})(?!\d|:\d)"
    + r"|"
    + _MONTH.format("m1")
    + r"(?:\s{1,3}|-|(?<=[a-z]{4})(?=\d))(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d)"
    + r"(?:(?:,?\s{1,3}|-)(?P<y1>(?:19|20)\d{2})(?!\d|:\d))?"
    + r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.(?=\s{1,3}[^\W\d_]{3,9}\s{1,3}(?:19|20)\d\d))?"
    + r"\s{1,3}(?:of\s+|de\s+)?"
    + _ANY_MONTH
    + r"\b(?:,?\s{1,3}(?:de\s+)?(?P<y2>(?:19|20)\d{2})(?!\d|:\d))?"
    + r"|(?P<d3>\d{1,2})(?P<s3>[-/])"
    + _MONTH.format("m3")
    + r"(?P=s3)(?P<y3>\d{4})"
    + r"|(?:(?P<cjk_y>\d{4})[年년]\s?)?(?P<cjk_m>\d{1,2})[月월]\s?(?P<cjk_d>\d{1,2})[日号일])",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/])(\d{1,2})\2(?:19|20)\d\d(?!\d)")
# An outage rarely lasts longer, and the two readings of a date are hardly ever this close.
_CLOSE = timedelta(days=2)


class CalendarDay(NamedTuple):
    """A day of which the year may be unknown; ``start`` and ``end`` bound it in the text.

    ``swaps`` holds where day and month may as well be the other way round (``04/12/2022``).
    """

    year: int | None
    month: int
    day: int
    start: int
    end: int
    swaps: bool = False

    @property
    def readings(self) -> tuple[date, ...]:
        """The dates that are meant for certain or perhaps; empty without a year."""
        if self.year is None:
            return ()
        pairs = [(self.month, self.day), *([(self.day, self.month)] if self.swaps else [])]
        return tuple(found for pair in pairs if (found := _date(self.year, *pair)))

    def resolve(self, near: date | None = None, day_first: bool | None = None) -> date | None:
        """The date; without a year that of ``near``, or the adjacent year that is closer.

        Where day and month may be swapped, only a ``near`` within a day or two decides, or
        ``day_first``, which other dates have proved.
        """
        if self.swaps:
            close = [item for item in self.readings if near and abs(item - near) <= _CLOSE]
            if len(close) == 1 or day_first is None:
                return close[0] if len(close) == 1 else None
            return self.readings[0 if day_first else 1]
        if self.year is not None or near is None:
            return _date(self.year, self.month, self.day) if self.year is not None else None
        years = (near.year, near.year + 1, near.year - 1)
        days = [found for year in years if (found := _date(year, self.month, self.day))]
        return min(days, key=lambda found: abs(found - near), default=None)

    @property
    def is_valid(self) -> bool:
        """Whether any year, or the one that is given, has this day."""
        return _date(self.year or 2024, self.month, self.day) is not None


def match_day(text: str, start: int = 0) -> CalendarDay | None:
    """The date that begins at ``start``."""
    if iso := _ISO.match(text, start):
        year, month, day = map(int, iso.groups())
        return CalendarDay(year, month, day, start, iso.end())
    return _read(_PATTERN.match(text, start))


def search_day(text: str, start: int = 0) -> CalendarDay | None:
    """The first date at or after ``start`` that is not part of a word or number."""
    while True:
        match = _PATTERN.search(text, start)
        if match is None:
            return None
        before = text[match.start() - 1 : match.start()]
        found = _read(match)
        if found and found.is_valid and not (before.isalnum() or (before in "-./_" and before)):
            return found
        start = match.start() + 1


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Whether the day comes before the month in texts; None if no date proves it, or two differ."""
    pairs = [(int(a), int(b)) for text in texts for a, _, b in _NUMERIC.findall(text)]
    found = {first > 12 for first, second in pairs if (first > 12) != (second > 12)}
    return found.pop() if len(found) == 1 else None


def match_last_day(text: str, start: int, first: CalendarDay) -> CalendarDay | None:
    """The short end of a range of days: "March 15–17, 2023", "2026-06-10 → 06-12"."""
    match = _LAST_DAY.match(text, start)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else first.year
    found = CalendarDay(year, int(match["month"] or first.month), int(match["day"]), *match.span())
    comes_later = (found.month, found.day) > (first.month, first.day)
    return found if found.is_valid and comes_later else None


def match_first_day(text: str, start: int) -> tuple[int, CalendarDay] | None:
    """The short beginning of a range of days, "3–5 May 2026": its day and the last one."""
    match = _FIRST_DAY.match(text, start)
    last = match_day(text, match.end()) if match else None
    if match is None or last is None or not last.is_valid or not 0 < int(match["day"]) < last.day:
        return None
    return int(match["day"]), last


_ORDINAL = r"(?:\.|st|nd|rd|th|er)?"
_FIRST_DAY = re.compile(
    rf"(?P<day>\d{{1,2}}){_ORDINAL}\s?(?:[-–—]|to|and|bis|und|au|et|al?|y|e)\s?"
    rf"(?=\d{{1,2}}{_ORDINAL}\s?(?:de\s)?[^\W\d_]{{3}})"
)
_LAST_DAY = re.compile(
    r"(?:(?P<month>\d{2})-)?(?P<day>\d{1,2})(?:st|nd|rd|th|日)?"
    r"(?:,?\s+(?P<year>\d{4})(?!\d)|(?=\s?(?:\*|_|$|[,;.)\]|—–](?!\d))))"
)


def _read(match: re.Match[str] | None) -> CalendarDay | None:
    """The day of a match; every branch of the pattern has groups of its own."""
    if match is None:
        return None
    swaps = False
    if match["num_y"]:
        first, second, written = int(match["a"]), int(match["b"]), match["num_y"]
        # Day first, as most of the world writes; the other way where only that is a date.
        day, month = (first, second) if second <= 12 else (second, first)
        year = written if len(written) > 2 else f"20{written:0>2}"
        # With dots the day comes first wherever people write so; strokes and dashes say nothing.
        swaps = match["s"] != "." and day != month and day <= 12
    elif name := match["m1"] or match["m2"] or match["m3"]:
        month = _OTHER_MONTHS.get(name.lower()) or _MONTHS.index(name[:3].lower()) + 1
        year = match["y1"] or match["y2"] or match["y3"]
        day = int(match["d1"] or match["d2"] or match["d3"])
    else:
        month, day = int(match["iso_m"] or match["cjk_m"]), int(match["iso_d"] or match["cjk_d"])
        year = match["iso_y"] or match["cjk_y"]
    return CalendarDay(int(year) if year else None, month, day, *match.span(), swaps)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


_TWELVE = re.compile(
    r"(?P<h>\d{1,2})(?:\s?[:.h]\s?(?P<m>\d{2})(?:[:.](?P<s>\d{2}))?)?\s?:?\s?(?P<half>[ap])\.?\s?m\b\.?",
    re.IGNORECASE,
)
_TWENTY_FOUR = re.compile(
    r"(?P<h>\d{1,2})(?:[:.hH時点时：]|시\s?|\s:\s?)(?P<m>\d{2}|[xX?]{2})(?!\d)[分분]?"
    r"(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?(?!\d))?"
    r"(?:\s?(?:hrs?|hours|Uhr|h)\b\.?)?"
)
# A whole hour whose word says that it is not a duration: "9 Uhr", "9時" and not "9時間".
_WHOLE = re.compile(r"(?P<h>\d{1,2})(?:\s?Uhr\b(?:\s(?P<m>[0-5]\d)\b)?|\s?[時点时시](?![間间\d]))")
# The half of the day in front: "午後3時", "下午3:05".
_MORNINGS = ("午前", "上午", "凌晨", "早上", "未明", "오전", "새벽")
_EVENINGS = ("午後", "下午", "晚上", "晚", "오후", "밤")
_HALF = re.compile(
    rf"(?P<half>{'|'.join((*_MORNINGS, *_EVENINGS))})\s?"
    r"(?P<h>\d{1,2})(?:(?:[:：時点时]|시\s?)(?P<m>\d{2})(?!\d)[分분]?|[時点时시](?!間|间))"
)
# "1 to 3 am" and "11:15 - 1:30 PM": the first hour takes its half from the second.
_BORROWING = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?(?=\s?(?:->|-{1,2}|[–—→〜～]|to|until|till|and)\s?"
    r"(?P<to>\d{1,2})(?:[:.](?P<to_m>\d{2}))?\s?(?P<half>[ap])\.?m\b)",
    re.IGNORECASE,
)
# "from 4pm to 6 GMT" and "7:31 PM to 9:21": the last hour takes its half from the first.
_LENT = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})(?![\d:]|\.\d)|(?=\s?(?:[A-Z]{2,4}\b|[.,;)]|on\b|$)))"
    r"(?!\s?(?i:[ap]\.?m)\b)"
)
_HALF_AFTER = re.compile(r"(?P<half>[ap])\.?\s?m\b\.?$", re.IGNORECASE)
_MILITARY = re.compile(
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<unit>\s?(?:hrs?|hours|h)\b\.?)?(?!\d)"
)
_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_WORD = re.compile(r"(?:12\s?)?(?P<word>noon|midday|midnight)\b", re.IGNORECASE)


class Clock(NamedTuple):
    """A time of day at ``start`` to ``end`` of a text; ``value`` is None where it cannot be one.

    ``is_rough`` holds where minutes are unknown (``22:XX``).
    """

    value: time | None
    start: int
    end: int
    is_rough: bool = False
    has_colon: bool = True


def match_clock(text: str, start: int = 0, *, military: bool = False) -> Clock | None:
    """The time of day that begins at ``start``.

    ``1250`` counts where ``military`` allows it, or with ``hrs`` after it.
    """
    if match := _TWELVE.match(text, start):
        return _clock(match)
    if (match := _BORROWING.match(text, start)) and (clock := _borrowing(match)):
        return clock
    for pattern in (_TWENTY_FOUR, _WHOLE, _HALF):
        if match := pattern.match(text, start):
            return _clock(match)
    if match := _WORD.match(text, start):
        return Clock(_WORDS[match["word"].lower()], *match.span())
    match = _MILITARY.match(text, start)
    is_time = match and (military or match["unit"])
    return _clock(match)._replace(has_colon=False) if match and is_time else None


def _clock(match: re.Match[str]) -> Clock:
    """The time of a match with the hour, and with minute, second or half of the day."""
    groups = match.groupdict()
    minute, half = groups.get("m") or "0", groups.get("half") or ""
    is_rough = not minute.isdigit()
    hour = int(groups["h"])
    # 17:14pm says it twice, and 00:30 AM does no harm.
    if half and hour <= 12:
        hour = hour % 12 + 12 * (half in _EVENINGS or half in "pP")
    value = read_clock(hour, 0 if is_rough else int(minute), int(groups.get("s") or 0))
    return Clock(value, *match.span(), is_rough)


def _borrowing(match: re.Match[str]) -> Clock | None:
    """The first hour of a range: in the half of the day in which the second comes after it."""
    hour, last = int(match["h"]), int(match["to"])
    if not (0 < hour <= 12 and 0 < last <= 12):
        return None
    minute, last_minute = int(match["m"] or 0), int(match["to_m"] or 0)
    is_late = (hour % 12, minute) > (last % 12, last_minute)
    is_pm = (match["half"].lower() == "p") != is_late
    return Clock(read_clock(hour % 12 + 12 * is_pm, minute), *match.span())


def match_lent_clock(text: str, start: int, first: Clock) -> Clock | None:
    """The end of a range at ``start`` that takes AM or PM from the time at its beginning."""
    half = _HALF_AFTER.search(text, first.start, first.end)
    match = _LENT.match(text, start) if half and first.value else None
    if match is None or half is None or first.value is None or not 0 < int(match["h"]) <= 12:
        return None
    hour, minute = int(match["h"]) % 12, int(match["m"] or 0)
    is_later = (hour, minute) > (first.value.hour % 12, first.value.minute)
    is_pm = (half["half"].lower() == "p") == is_later
    return Clock(read_clock(hour + 12 * is_pm, minute), *match.span())


def read_clock(hour: int, minute: int, second: int = 0) -> time | None:
    """The time of day; None for numbers that are none."""
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
