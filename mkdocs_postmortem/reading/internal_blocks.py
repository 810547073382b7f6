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

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Audience
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


# What is left of a line whose words are gone: a bullet, a box, a heading's signs.
_BARE = re.compile(r"(?:[-*+]|\d{1,9}[.)])?[ \t]{0,4}(?:\[[ xX/-]\])?|#{1,6}")
_AROUND = " \t>|*_~`"
# Lines of one table or one list; an empty line between two of them would tear them apart.
_ROW = re.compile(r"\s*\|")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The internal parts of some lines.

    ``hidden`` are spans of the text (its lines joined by line feeds) that the public must not see,
    ``markers`` those of the markers alone.
    """

    hidden: tuple[Span, ...] = ()
    markers: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.markers)

    def spans(self, audience: Audience) -> tuple[Span, ...]:
        return self.hidden if audience is Audience.PUBLIC else self.markers


def read_blocks(texts: Sequence[str], first: int = 1) -> Blocks:
    """Find the blocks of lines that are numbered from ``first``.

    Where markers do not fit together, more is hidden rather than less: from one that is not closed
    to the end, and from the last one that fitted to one that closes nothing.
    """
    markers = find_markers(texts)
    if not markers:
        return Blocks()
    pairing = _Pairing(sum(len(text) + 1 for text in texts) - 1)
    for marker in markers:
        pairing.take(marker)
    pairing.finish()
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    positions = {item.start: _position(item, starts, first) for item in markers}
    findings = tuple(_finding(kind, positions[item.start]) for kind, item in pairing.errors)
    spans = tuple((item.start, item.end) for item in markers)
    return Blocks(tuple(pairing.hidden), spans, findings)


class _Pairing:
    """What is hidden, marker by marker. ``_settled`` is where the last whole block ended."""

    def __init__(self, end: int) -> None:
        self.hidden: list[Span] = []
        self.errors: list[tuple[str, Marker]] = []
        self._end = end
        self._settled = 0
        self._open: list[Marker] = []
        self._has_wrong_end = False

    def take(self, marker: Marker) -> None:
        if not marker.is_right:
            self.errors.append(("misspelt", marker))
        if not marker.closes:
            if self._open and marker.is_right:
                self.errors.append(("nested", marker))
            self._open.append(marker)
        elif not self._open:
            if marker.is_right:
                self.errors.append(("stray", marker))
            self._hide(self._settled, marker.end)
        elif marker.is_right:
            opened = self._open.pop()
            if not self._open:
                self._hide(opened.start, marker.end)
        else:
            self._has_wrong_end = True

    def finish(self) -> None:
        if self._open:
            if not self._has_wrong_end:
                self.errors.append(("unclosed", self._open[0]))
            self._hide(self._open[0].start, self._end)

    def _hide(self, start: int, end: int) -> None:
        self.hidden.append((start, end))
        self._settled = end


def cut(texts: Sequence[str], blocks: Blocks, audience: Audience) -> tuple[list[str], set[int]]:
    """The lines without what the audience must not see, and the rows that are empty because of it.

    No line is added or taken away, so that every other line keeps its number.
    """
    is_empty = _is_bare if audience is Audience.PUBLIC else _is_blank
    spans = blocks.spans(audience)
    left: list[str] = []
    emptied: set[int] = set()
    start = position = 0
    for row, text in enumerate(texts):
        while position < len(spans) and spans[position][1] <= start:
            position += 1
        kept, is_touched = _kept(text, start, spans, position)
        if is_touched and is_empty(kept):
            kept = ""
            emptied.add(row)
        left.append(kept.rstrip() if is_touched else text)
        start += len(text) + 1
    return left, emptied


def _kept(text: str, start: int, spans: Sequence[Span], position: int) -> tuple[str, bool]:
    """A line that begins at ``start`` without the spans from ``position`` on; whether any is in
    it.
    """
    pieces: list[str] = []
    at, end = start, start + len(text)
    first_position = position
    while position < len(spans) and spans[position][0] <= end:
        first, last = spans[position]
        pieces.append(text[at - start : max(first, at) - start])
        at = max(at, min(last, end))
        position += 1
    pieces.append(text[at - start :])
    return "".join(pieces), position > first_position


def _is_blank(text: str) -> bool:
    return not text.strip()


def _is_bare(text: str) -> bool:
    return bool(_BARE.fullmatch(text.strip(_AROUND)))


def joined(left: Sequence[str], emptied: set[int]) -> Iterator[str]:
    """The lines as Markdown is to get them: a hole that would tear a table or a list is closed."""
    before = ""
    row = 0
    while row < len(left):
        if row not in emptied:
            before = left[row]
            yield before
            row += 1
            continue
        end = row
        while end < len(left) and end in emptied:
            end += 1
        after = left[end] if end < len(left) else ""
        if not any(sign.match(before) and sign.match(after) for sign in (_ROW, _ITEM)):
            yield from [""] * (end - row)
        row = end


def without_internal(texts: Sequence[str], audience: Audience) -> list[str]:
    """Lines of Markdown as an audience may read them; not always as many as before."""
    blocks = read_blocks(texts)
    if not blocks:
        return list(texts)
    return list(joined(*cut(texts, blocks, audience)))


def _position(marker: Marker, starts: Sequence[int], first: int) -> Position:
    row = bisect_right(starts, marker.start) - 1
    return Position(row + first, marker.start - starts[row] + 1)


_FAULTS = {
    "unclosed": (
        "PM701",
        "This internal block is never closed, so everything after it is hidden from the public.",
        f"Write `{CLOSE}` where it ends.",
    ),
    "nested": (
        "PM702",
        "This internal block begins inside another one.",
        f"Close the first with `{CLOSE}`, or delete this marker and its end.",
    ),
    "stray": (
        "PM703",
        "This marker closes an internal block that never began, so the public sees nothing of "
        "what stands above.",
        f"Write `{OPEN}` where the block begins, or delete this marker.",
    ),
    "misspelt": (
        "PM704",
        "This looks like an internal marker but is not a valid one.",
        f"Write `{OPEN}` or `{CLOSE}`, exactly so, or put it in backticks or a fence.",
    ),
}


def _finding(kind: str, position: Position) -> Finding:
    code, message, fix = _FAULTS[kind]
    return Finding(code, position, message, fix)
