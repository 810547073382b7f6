"""Dates, numbers and lengths of time in the site's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from mkdocs_postmortem.model.language import (
    LANGUAGES,
    is_right_to_left,
    language_chain,
)
from mkdocs_postmortem.rendering.labels import UNITS
from mkdocs_postmortem.rendering.translations import load_translations

_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
# Between two units; CLDR has it for some languages only.
_BETWEEN = {"ar": " و", "zh": ""}
# Between the items of a list without "and"; elsewhere it is what CLDR puts in the middle.
_SEPARATORS = {"ar": "{0}، {1}"}
# A sign in front of a number stays there in text that runs from right to left.
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
# babel takes fifty microseconds for each, and the lists say the same days and lengths many times.
_remembered = lru_cache(maxsize=20_000)


@lru_cache(maxsize=32)
def locale_for(language: str) -> Locale:
    """The locale of a language such as ``pt_BR`` or ``pt-BR``; English where babel has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@_remembered
def length_words(length: timedelta, language: str = "en") -> str:
    """The two largest units: ``2 hr 5 min``, ``47 min``, ``3 days``."""
    rest = round(length.total_seconds())
    parts: list[str] = []
    taken = 0
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        taken += bool(count or taken)
        if count and taken <= 2:
            parts.append(_unit(count, unit, language))
    between = _BETWEEN.get(language.partition("_")[0], " ")
    return between.join(parts) or _unit(0, "minute", language)


def offset_words(offset: timedelta, language: str = "en") -> str:
    """``+7 min`` from the start, ``−10 min`` before it."""
    sign = "−" if offset < timedelta(0) else "+"
    mark = _LEFT_TO_RIGHT if is_right_to_left(language) else ""
    return f"{mark}{sign}{length_words(abs(offset), language)}"


def days_words(count: int, language: str = "en") -> str:
    """``480 days``."""
    return _unit(count, "day", language)


@_remembered
def day_words(day: date, language: str = "en") -> str:
    """``Mar 14, 2026``."""
    return format_date(day, format="medium", locale=locale_for(language))


@_remembered
def month_words(day: date, language: str = "en") -> str:
    """``Mar 2026``."""
    return format_skeleton("yMMM", day, locale=locale_for(language))


@_remembered
def weekday_words(day: date, language: str = "en") -> str:
    """``Sat, Mar 14, 2026``."""
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    return format_skeleton("yMMMEd", moment, locale=locale_for(language))


@_remembered
def quarter_words(day: date, language: str = "en") -> str:
    """``Q1 2026``."""
    return format_skeleton("yQQQ", day, locale=locale_for(language))


@_remembered
def number_words(value: float, language: str = "en") -> str:
    """``1,234`` or ``1.5``."""
    if type(value) is int and 0 <= value < 1000:
        return str(value)  # most of them, and CLDR's way takes a hundred times as long
    return format_decimal(value, locale=locale_for(language))


@_remembered
def percent_words(ratio: float, language: str = "en") -> str:
    """``99.964%``: never rounded up, so that what is not whole does not look whole."""
    floor = Decimal(ratio).quantize(Decimal("0.00001"), ROUND_FLOOR)
    return format_percent(floor, locale=locale_for(language), decimal_quantization=False)


@_remembered
def share_words(percent: float, language: str = "en") -> str:
    """``12.5%`` as the author wrote it; the value is in percent."""
    locale = locale_for(language)
    pattern = str(locale.percent_formats[None].pattern).replace("#,##0", "#,##0.######")
    return format_percent(percent / 100, pattern, locale)


@lru_cache(maxsize=256)
def list_pattern(language: str, style: str, position: int, length: int) -> str:
    """What joins the list so far (``{0}``) and its item number ``position`` of ``length``, from 0.

    ``style`` is ``standard`` (a, b and c) or ``unit`` (a, b, c), as in CLDR's list patterns.
    """
    patterns = locale_for(language).list_patterns
    known = {**patterns["standard"], **(patterns.get(style) or {})}
    if style == "unit":  # CLDR has an "and" here too in some languages
        return _SEPARATORS.get(language.partition("_")[0], str(known["middle"]))
    if length == 2:
        return str(known["2"])
    # CLDR nests from the right; every pattern puts its parts side by side, so both ways are equal.
    return str(known["end" if position == length - 1 else "start" if position == 1 else "middle"])


@lru_cache(maxsize=32)
def _units(language: str) -> NullTranslations | None:
    """The words for units; None for a language that only a site has."""
    if language != "en" and not any(name in LANGUAGES for name in language_chain(language)):
        return None
    return load_translations(language)


def _unit(count: int, unit: str, language: str) -> str:
    words = _units(language)
    if words is None:
        locale = locale_for(language)
        return format_unit(count, f"duration-{unit}", length="short", locale=locale)
    return words.npgettext(f"unit.{unit}", *UNITS[unit], count).format(
        n=number_words(count, language)
    )
