"""Dates and lengths of time in the site's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent
from babel.units import format_unit

_UNITS = (
    ("duration-day", 86400),
    ("duration-hour", 3600),
    ("duration-minute", 60),
    ("duration-second", 1),
)


@lru_cache(maxsize=32)
def locale_for(language: str) -> Locale:
    """The locale of a language tag such as ``pt-BR``; English where babel has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def length_words(length: timedelta, language: str = "en") -> str:
    """The two largest units: ``2 hr 5 min``, ``47 min``, ``3 days``."""
    rest = round(length.total_seconds())
    parts: list[str] = []
    taken = 0
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        taken += bool(count or taken)
        if count and taken <= 2:
            parts.append(format_unit(count, unit, length="short", locale=locale_for(language)))
    zero = format_unit(0, "duration-minute", length="short", locale=locale_for(language))
    return " ".join(parts) or zero


def offset_words(offset: timedelta, language: str = "en") -> str:
    """``+7 min`` from the start, ``−10 min`` before it."""
    sign = "−" if offset < timedelta(0) else "+"
    return f"{sign}{length_words(abs(offset), language)}"


def days_words(count: int, language: str = "en") -> str:
    """``480 days``."""
    return format_unit(count, "duration-day", length="long", locale=locale_for(language))


def day_words(day: date, language: str = "en") -> str:
    """``Mar 14, 2026``."""
    return format_date(day, format="medium", locale=locale_for(language))


def month_words(day: date, language: str = "en") -> str:
    """``Mar 2026``."""
    return format_skeleton("yMMM", day, locale=locale_for(language))


def weekday_words(day: date, language: str = "en") -> str:
    """``Sat, Mar 14, 2026``."""
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    return format_skeleton("yMMMEd", moment, locale=locale_for(language))


def quarter_words(day: date, language: str = "en") -> str:
    """``Q1 2026``."""
    return format_skeleton("yQQQ", day, locale=locale_for(language))


def percent_words(ratio: float, language: str = "en") -> str:
    """``99.964%``: never rounded up, so that what is not whole does not look whole."""
    floor = Decimal(ratio).quantize(Decimal("0.00001"), ROUND_FLOOR)
    return format_percent(floor, locale=locale_for(language), decimal_quantization=False)
