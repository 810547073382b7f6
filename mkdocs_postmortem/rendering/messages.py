"""What pages say in one language: labels, sentences with values, plural forms, numbers, times."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from markupsafe import Markup, escape

from mkdocs_postmortem.model.language import LANGUAGES, is_right_to_left, language_chain
from mkdocs_postmortem.rendering.translations import SOURCES, load_translations, locale_for

_FOR_TIMELINE = (
    "zone_choice",
    "zone_page",
    "written_time",
    "zone_mine",
    "kind_choice",
    "actions_run",
)
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
# Between two units; CLDR has it for some languages only.
_BETWEEN = {"ar": " و", "zh": ""}
# A sign in front of a number stays there in text that runs from right to left.
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"

Words = Mapping[str, str]


@dataclass(frozen=True)
class Messages:
    """``groups`` are the words of ``messages.pot`` in the language, by group and key.

    What is not known (None) is the empty text.
    """

    language: str
    groups: Mapping[str, Words]
    translations: NullTranslations
    # Without these a build takes a tenth longer: lists say the same days and durations forty times.
    _days: dict[date, str] = field(default_factory=dict, repr=False, compare=False)
    _durations: dict[timedelta, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def t(self) -> Words:
        """The words that are used on their own."""
        return self.groups["label"]

    @cached_property
    def for_timeline(self) -> str:
        """The words that the script of a timeline needs, as JSON."""
        texts = {**{key: self.t[key] for key in _FOR_TIMELINE}, "kinds": dict(self.groups["kind"])}
        return json.dumps(texts, ensure_ascii=False)

    def say(self, key: str, **values: Any) -> Markup:
        """A sentence with its values; values that are not markup are escaped."""
        return Markup(escape(self.t[key])).format(**values)  # noqa: S704 - escaped just here

    def text(self, key: str, **values: Any) -> str:
        """The same as plain text, for attributes of SVG, titles and files."""
        return self.t[key].format(**values)

    def count(self, key: str, number: int, **values: Any) -> str:
        """``3 outages``: the plural form that the language has for a number."""
        form = self._plural(f"count.{key}", number)
        return form.format(n=self.number(number), **values)

    def _plural(self, context: str, number: int) -> str:
        one, many = tuple(SOURCES[context])
        return self.translations.npgettext(context, one, many, number)

    @cached_property
    def days_overdue(self) -> str:
        """The plural forms of this count by CLDR's categories, as JSON for the script."""
        category = self._locale.plural_form
        forms = {
            # The numbers up to 100 have all categories.
            category(n): self._plural("count.days_overdue", n)
            for n in range(100, 0, -1)
        }
        return json.dumps(forms, ensure_ascii=False)

    def path(self, start: str, end: str) -> str:
        """``started → resolved``: the ends of a measure, named as milestones."""
        names = self.groups["milestone"]
        return self.text("path", start=names[start], end=names[end])

    def day(self, day: date | None) -> str:
        """``Mar 14, 2026``."""
        if day is None:
            return ""
        if day not in self._days:
            self._days[day] = format_date(day, format="medium", locale=self._locale)
        return self._days[day]

    def weekday(self, day: date) -> str:
        """``Sat, Mar 14, 2026``."""
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
        return format_skeleton("yMMMEd", moment, locale=self._locale)

    def month(self, day: date) -> str:
        """``Mar 2026``."""
        return format_skeleton("yMMM", day, locale=self._locale)

    def quarter(self, day: date) -> str:
        """``Q1 2026``."""
        return format_skeleton("yQQQ", day, locale=self._locale)

    def duration(self, length: timedelta | None) -> str:
        """The two largest units: ``2 hr 5 min``, ``47 min``, ``3 days``."""
        if length is None:
            return ""
        if length not in self._durations:
            self._durations[length] = self._duration(length)
        return self._durations[length]

    def _duration(self, length: timedelta) -> str:
        rest = round(length.total_seconds())
        parts: list[str] = []
        taken = 0
        for unit, size in _UNITS:
            count, rest = divmod(rest, size)
            taken += bool(count or taken)
            if count and taken <= 2:
                parts.append(self._unit(count, unit))
        between = _BETWEEN.get(self.language.partition("_")[0], " ")
        return between.join(parts) or self._unit(0, "minute")

    def offset(self, length: timedelta) -> str:
        """``+7 min`` from the start, ``−10 min`` before it."""
        sign = "−" if length < timedelta(0) else "+"
        mark = _LEFT_TO_RIGHT if is_right_to_left(self.language) else ""
        return f"{mark}{sign}{self.duration(abs(length))}"

    def number(self, value: float) -> str:
        """``1,234`` or ``1.5``."""
        if type(value) is int and 0 <= value < 1000:
            return str(value)  # most of them, and CLDR's way takes a hundred times as long
        return format_decimal(value, locale=self._locale)

    def percent(self, value: float) -> str:
        """``12.5%`` as the author wrote it; the value is in percent."""
        pattern = str(self._locale.percent_formats[None].pattern)
        return format_percent(value / 100, pattern.replace("#,##0", "#,##0.######"), self._locale)

    def availability(self, ratio: float) -> str:
        """``99.964%``: never rounded up, so that what is not whole does not look whole."""
        floor = Decimal(ratio).quantize(Decimal("0.00001"), ROUND_FLOOR)
        return format_percent(floor, locale=self._locale, decimal_quantization=False)

    @cached_property
    def comma(self) -> str:
        """What is between items of a list without "and": ``, `` or ``、``.

        It is what CLDR has in the middle of a list of units, some of which end with an "and".
        """
        patterns = self._locale.list_patterns
        middle = str({**patterns["standard"], **(patterns.get("unit") or {})}["middle"])
        is_arabic = self.language.partition("_")[0] == "ar"
        return "، " if is_arabic else middle.replace("{0}", "").replace("{1}", "")

    def listed(self, items: Iterable[Any], style: str = "standard") -> Markup:
        """``a, b and c`` as the language writes it; ``style="unit"`` has no "and"."""
        parts = (str(escape(item)) for item in items)
        return Markup(self.listed_text(parts, style))  # noqa: S704 - escaped just here

    def listed_text(self, items: Iterable[str], style: str = "standard") -> str:
        """The same as plain text."""
        parts = list(items)
        return (
            self.comma.join(parts) if style == "unit" else format_list(parts, locale=self._locale)
        )

    @cached_property
    def _locale(self) -> Locale:
        return locale_for(self.language)

    @cached_property
    def _has_units(self) -> bool:
        """Whether the words for units are ours; a language that only a site has takes babel's."""
        is_known = any(name in LANGUAGES for name in language_chain(self.language))
        return is_known or self.language == "en"

    def _unit(self, count: int, unit: str) -> str:
        if not self._has_units:
            return format_unit(count, f"duration-{unit}", length="short", locale=self._locale)
        return self._plural(f"unit.{unit}", count).format(n=self.number(count))


def load_messages(language: str = "en", custom_dirs: tuple[Path, ...] = ()) -> Messages:
    """What pages say in a language, with what ``custom_dirs/postmortem/translations`` override.

    TranslationError if a file there cannot be used.
    """
    translations = load_translations(language, custom_dirs)
    groups: dict[str, dict[str, str]] = {}
    for context, text in SOURCES.items():
        group, _, key = context.partition(".")
        if isinstance(text, str):
            groups.setdefault(group, {})[key] = translations.pgettext(context, text)
    return Messages(language, groups, translations)
