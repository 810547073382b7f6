"""The word after an entry's time → the kind of the entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mkdocs_postmortem.model.spelling import closest
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.words import word_lists

_WORDS = {Kind(name): words for name, words in word_lists("kinds").items()}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}

# Bold with the colon inside or outside, or a plain phrase before a colon.
_BOLD = re.compile(
    r"(?P<mark>\*\*|__)(?P<label>[^*_\n]{1,50}?)\s?(?P<colon>[:.]?)\s?(?P=mark)(?P<after>\s*[:–—]\s*|\s+-\s+|\s*)"
)
_PLAIN = re.compile(r"(?P<label>[^\W\d_][^\W_]*(?:[ -][^\W\d_][^\W_]*){0,3})\s?:(?:\s+|$)")
_BRACKET = re.compile(r"[\[(](?P<label>[^\W\d_][\w -]{1,40})[\])]\s*[:–—-]?\s*")


class Label(NamedTuple):
    """A label that was recognised: its kind, its words, and how many characters it takes.

    ``length`` is 0 for a bold word that is part of the sentence and so stays in the text.
    """

    kind: Kind
    text: str
    length: int


def kind_of(word: str, own: dict[str, Kind] | None = None) -> Kind | None:
    """The kind that a word or phrase names; ``own`` are the team's, in lower case."""
    plain = _plain(word)
    return (own or {}).get(plain) or _KINDS.get(plain)


@lru_cache(maxsize=1024)  # the same labels are on every page
def _plain(word: str) -> str:
    return " ".join(re.sub(r"[^\w\s-]", "", word).lower().split())


def is_nearly(word: str, kinds: Sequence[Kind], *, is_label: bool) -> bool:
    """Whether a word names one of the kinds; one before a colon may be mistyped."""
    plain = word.lower()
    known = [name for kind in kinds for name in _WORDS.get(kind, ())]
    return plain in known or (is_label and bool(closest(plain, known, 0.8)))


def read_label(text: str, own: dict[str, Kind] | None = None) -> Label | None:
    """The label at the head of an entry's text (white space before it not allowed)."""
    if text.startswith(("**", "__")) and (match := _BOLD.match(text)):
        kind = kind_of(match["label"], own)
        is_label = bool(match["colon"] or match["after"].strip() or match.end() == len(text))
        return Label(kind, match["label"], match.end() if is_label else 0) if kind else None
    pattern = _BRACKET if text.startswith(("[", "(")) else _PLAIN
    # No plain label is without its colon, and most texts have none.
    if (pattern is _BRACKET or ":" in text) and (match := pattern.match(text)):
        kind = kind_of(match["label"], own)
        return Label(kind, match["label"], match.end()) if kind else None
    return None
