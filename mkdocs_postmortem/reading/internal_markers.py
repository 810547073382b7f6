"""The markers around internal text, and whatever was probably meant as one."""

from __future__ import annotations

import difflib
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from mkdocs_postmortem.reading.source import FENCE, closes_fence

OPEN, CLOSE = "<!-- internal -->", "<!-- /internal -->"

# Anything short in angle brackets; what has no end on its line could have been meant as well.
_LIKELY = re.compile(r"<(?:(?P<whole>[^<>]{1,70})>|(?P<endless>[^<>\n]{1,70})(?=\n|\Z))")
_SIGNS = "!-–—/\\ \t\n"
_WORD = re.compile(r"[^\W\d_]+")
_FILLING = frozenset("begin start open end close stop block only section part".split())
_ENDING = frozenset(("end", "close", "stop"))
_OTHER_WORDS = frozenset(("interval", "external", "eternal", "intervals"))
_ALIKE = 0.8
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker from ``start`` to ``end`` of a text; ``is_right`` holds if it is spelt as it has to
    be.
    """

    start: int
    end: int
    closes: bool
    is_right: bool


def may_have_markers(text: str) -> bool:
    """A quick look that misses no marker."""
    return "<!-" in text or ("<" in text and "internal" in text.lower())


def find_markers(texts: Sequence[str]) -> list[Marker]:
    """The markers in lines joined by line feeds, in order; those in code are text.

    A fence that is never closed, or that another one seems to open in, is not taken for code:
    renderers differ there, and what somebody meant to hide must not depend on it.
    """
    text = "\n".join(texts)
    if not may_have_markers(text):
        return []
    starts = list(accumulate((len(line) + 1 for line in texts), initial=0))
    code = [(starts[first], starts[end]) for first, end in _fenced(texts)]
    likely = list(_likely(text))
    rows = sorted({bisect_right(starts, marker.start) - 1 for marker in likely})
    spans = [span for row in rows for span in _code_spans(text, starts[row], starts[row + 1] - 1)]
    return [marker for marker in likely if not (_is_in(marker, code) or _is_in(marker, spans))]


def _is_in(marker: Marker, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a marker begins in one of some spans, which are in order."""
    position = bisect_right(spans, (marker.start, sys.maxsize)) - 1
    return position >= 0 and spans[position][0] <= marker.start < spans[position][1]


def _likely(text: str) -> Iterator[Marker]:
    for match in _LIKELY.finditer(text):
        if match.group() in (OPEN, CLOSE):
            yield Marker(match.start(), match.end(), match.group() == CLOSE, is_right=True)
            continue
        inner = match["whole"] or match["endless"]
        body = inner.lstrip(_SIGNS)
        words = _WORD.findall(body.lower())
        if _means_internal(words, body.rstrip(_SIGNS)):
            sign = inner[: len(inner) - len(body)]
            closes = "/" in sign or "\\" in sign or bool(_ENDING & set(words))
            yield Marker(match.start(), match.end(), closes, is_right=False)


def _means_internal(words: Sequence[str], body: str) -> bool:
    # An attribute or an address makes it a tag of another kind.
    left = [word for word in words if word not in _FILLING]
    return len(left) == 1 and "=" not in body and is_like(left[0], "internal")


@lru_cache(maxsize=1024)  # the same few tags are on every page
def is_like(word: str, meant: str) -> bool:
    """Whether a word is, or could be a slip for, the one that is meant."""
    word = word.lower()
    if word in _OTHER_WORDS or not 5 <= len(word) <= 2 * len(meant):
        return False
    return difflib.SequenceMatcher(None, word, meant).ratio() >= _ALIKE


def _fenced(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Rows (first, after the last) of fenced code, as far as every renderer agrees on it."""
    unclosed: dict[str, int] = {}  # by sign: so long a fence has no end below
    row = 0
    while row < len(texts):
        match = FENCE.match(texts[row])
        fence = match.group(1) if match and "`" not in match.group(2) else ""
        if not fence or len(fence) >= unclosed.get(fence[0], len(fence) + 1):
            row += 1
            continue
        end = next((n for n in range(row + 1, len(texts)) if closes_fence(texts[n], fence)), None)
        if end is None:
            unclosed[fence[0]] = len(fence)
            row += 1
            continue
        if not any(_opens_too(text, fence) for text in texts[row + 1 : end]):
            yield row, end + 1
        row = end + 1


def _opens_too(text: str, fence: str) -> bool:
    """A second fence of the same kind inside: perhaps the first was never closed."""
    return text.strip(" \t>").startswith(fence)


def _code_spans(text: str, first: int, end: int) -> list[tuple[int, int]]:
    """Where backticks on the line from ``first`` to ``end`` make code of what is between them."""
    found: list[tuple[int, int]] = []
    opened = ""
    start = 0
    for match in _TICKS.finditer(text, first, end):
        if not opened:
            if not _is_escaped(text, match.start()):
                opened, start = match.group(), match.start()
        elif match.group() == opened:
            found.append((start, match.start()))
            opened = ""
    return found


def _is_escaped(text: str, position: int) -> bool:
    start = position
    while start and text[start - 1] == "\\":
        start -= 1
    return bool((position - start) % 2)
