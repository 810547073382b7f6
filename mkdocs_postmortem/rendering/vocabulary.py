"""Every word on pages, in one language: labels, sentences with values, plural forms, numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from mkdocs_postmortem.rendering.labels import COUNTS, GROUPS
from mkdocs_postmortem.rendering.translations import load_translations
from mkdocs_postmortem.rendering.wording import (
    list_pattern,
    locale_for,
    number_words,
    share_words,
)

_FOR_TIMELINE = (
    "zone_choice",
    "zone_page",
    "written_time",
    "zone_mine",
    "kind_choice",
    "actions_run",
)

Words = Mapping[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """``groups`` are the labels of ``labels.GROUPS`` in the language, by group and key."""

    language: str
    groups: Mapping[str, Words]
    translations: NullTranslations

    @property
    def t(self) -> Words:
        """The words that stand alone."""
        return self.groups["label"]

    @cached_property
    def for_timeline(self) -> str:
        """The words that the script of a timeline needs, as JSON."""
        told = {**{key: self.t[key] for key in _FOR_TIMELINE}, "kinds": dict(self.groups["kind"])}
        return json.dumps(told, ensure_ascii=False)

    def say(self, key: str, **values: Any) -> Markup:
        """A sentence with its values; values that are no markup are escaped."""
        return Markup(escape(self.t[key])).format(**values)  # noqa: S704 - escaped just here

    def text(self, key: str, **values: Any) -> str:
        """The same as plain text, for attributes of SVG, titles and files."""
        return self.t[key].format(**values)

    def count(self, key: str, number: int, **values: Any) -> str:
        """``3 outages``: the plural form that the language has for a number."""
        one, many = COUNTS[key]
        form = self.translations.npgettext(f"count.{key}", one, many, number)
        return form.format(n=self.number(number), **values)

    @cached_property
    def days_overdue(self) -> str:
        """The plural forms of this count by CLDR's categories, as JSON for the script."""
        category = locale_for(self.language).plural_form
        one, many = COUNTS["days_overdue"]
        forms = {
            # The numbers up to 100 have all categories.
            category(n): self.translations.npgettext("count.days_overdue", one, many, n)
            for n in range(100, 0, -1)
        }
        return json.dumps(forms, ensure_ascii=False)

    def path(self, start: str, end: str) -> str:
        """``started → resolved``: the ends of a measure, named as milestones."""
        names = self.groups["milestone"]
        return self.text("path", start=names[start], end=names[end])

    def number(self, value: float) -> str:
        """``1,234``."""
        return number_words(value, self.language)

    def percent(self, value: float) -> str:
        """``35%``; the value is in percent."""
        return share_words(value, self.language)

    @property
    def comma(self) -> str:
        """What stands between items of a list without "and": ``, `` or ``、``."""
        return list_pattern(self.language, "unit", 1, 2).replace("{0}", "").replace("{1}", "")

    def listed(self, items: Iterable[Any], style: str = "standard") -> Markup:
        """``a, b and c`` as the language writes it; ``style="unit"`` has no "and"."""
        parts = [Markup(escape(item)) for item in items]  # noqa: S704 - escaped just here
        if not parts:
            return Markup()
        found, *rest = parts
        for position, item in enumerate(rest, 1):
            pattern = list_pattern(self.language, style, position, len(parts))
            found = Markup(pattern).format(found, item)  # noqa: S704 - a pattern of CLDR
        return found

    def listed_text(self, items: Iterable[str], style: str = "standard") -> str:
        """The same as plain text."""
        parts = list(items)
        found = parts[0] if parts else ""
        for position, item in enumerate(parts[1:], 1):
            found = list_pattern(self.language, style, position, len(parts)).format(found, item)
        return found


def vocabulary(language: str = "en", custom_dirs: tuple[Path, ...] = ()) -> Vocabulary:
    """The words of a language, with those that ``custom_dirs/postmortem/translations`` override.

    TranslationError if a file there cannot be used.
    """
    translations = load_translations(language, custom_dirs)
    groups = {
        group: MappingProxyType(
            {key: translations.pgettext(f"{group}.{key}", text) for key, text in words.items()}
        )
        for group, words in GROUPS.items()
    }
    return Vocabulary(language, MappingProxyType(groups), translations)
