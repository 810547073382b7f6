"""What a search reads of a fragment: its words without the elements, and of a list nothing."""

from __future__ import annotations

import re

_TAGS = re.compile(r"<[^>]*>")
_IS_LEFT_OUT = re.compile(r"\s*<[^<>]*\sdata-search-exclude\b")


def is_left_out(markup: str) -> bool:
    """Whether no search shall find any of it."""
    return bool(_IS_LEFT_OUT.match(markup))


def without_tags(markup: str) -> str:
    """Markup with white space in place of each element."""
    return " ".join(_TAGS.sub(" ", markup).split())


def search_words(markup: str) -> str:
    return "" if is_left_out(markup) else without_tags(markup)
