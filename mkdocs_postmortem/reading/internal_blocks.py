"""The markers around internal text, and whatever was probably meant as one."""

from __future__ import annotations

import difflib
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading.source import closes_fence, opened_fence

OPEN, CLOSE = "<!-- internal -->", "<!-- /internal -->"

# Anything short in angle brackets; what has no end on its line could have been meant as well.
_LIKELY = re.compile(r"<(?:(?P<whole>[^<>]{1,70})>|(?P<endless>[^<>\n]{1,70})(?=\n|\Z))")
_SIGNS = "!-–—/\\ \t\n"
_WORD = re.compile(r"[^\W\d_]+")
_FILLING = frozenset("begin start open end close stop block only section part".split())
_ENDING = frozenset(("end", "close", "stop"))
_OTHER_WORDS = frozenset(("interval", "external", "eternal", "intervals"))
_ALIKE = 0.8
_TICKS = re.compile(r"(?<!\\)(\\*)(`+)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker from ``start`` to ``end`` of a text; ``is_right`` if it is spelt correctly."""

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


def _is_in(marker: Marker, spans: Sequence[Span]) -> bool:
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
        left = [word for word in words if word not in _FILLING]
        # An attribute or an address makes it a tag of another kind.
        if len(left) == 1 and "=" not in body.rstrip(_SIGNS) and is_like(left[0], "internal"):
            sign = inner[: len(inner) - len(body)]
            closes = "/" in sign or "\\" in sign or bool(_ENDING & set(words))
            yield Marker(match.start(), match.end(), closes, is_right=False)


@lru_cache(maxsize=1024)  # the same few tags are on every page
def is_like(word: str, meant: str) -> bool:
    """Whether a word is, or could be a slip for, the one that is meant."""
    word = word.lower()
    is_long = 5 <= len(word) <= 2 * len(meant) and word not in _OTHER_WORDS
    return is_long and difflib.SequenceMatcher(None, word, meant).ratio() >= _ALIKE


def _fenced(texts: Sequence[str]) -> Iterator[Span]:
    """Rows (first, after the last) of fenced code, as far as every renderer agrees on it."""
    unclosed: dict[str, int] = {}  # by sign: so long a fence has no end below
    row = 0
    while row < len(texts):
        fence = opened_fence(texts[row])
        if not fence or len(fence) >= unclosed.get(fence[0], len(fence) + 1):
            row += 1
            continue
        end = next((n for n in range(row + 1, len(texts)) if closes_fence(texts[n], fence)), None)
        if end is None:
            unclosed[fence[0]] = len(fence)
            row += 1
            continue
        # A second fence of the same kind inside: perhaps the first was never closed.
        if not any(text.strip(" \t>").startswith(fence) for text in texts[row + 1 : end]):
            yield row, end + 1
        row = end + 1


def _code_spans(text: str, first: int, end: int) -> list[Span]:
    """Where backticks on the line from ``first`` to ``end`` make code of what is between them."""
    found: list[Span] = []
    opened, start = "", 0
    for match in _TICKS.finditer(text, first, end):
        escape, ticks = match.groups()
        if not opened and len(escape) % 2 == 0:
            opened, start = ticks, match.start(2)
        elif ticks == opened:
            found.append((start, match.start(2)))
            opened = ""
    return found


# What is left of a line whose words are gone: a bullet, a box, a heading's signs.
_BARE = re.compile(r"(?:[-*+]|\d{1,9}[.)])?[ \t]{0,4}(?:\[[ xX/-]\])?|#{1,6}")
_AROUND = " \t>|*_~`"
# Lines of one table or one list; an empty line between two of them would tear them apart.
_ROW = re.compile(r"\s*\|")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")


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
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    hidden, errors = _pair(markers, starts[-1] - 1)
    findings = []
    for kind, start in errors:
        row = bisect_right(starts, start) - 1
        code, message, fix = _FAULTS[kind]
        position = Position(row + first, start - starts[row] + 1)
        findings.append(Finding(code, position, message, fix))
    spans = tuple((item.start, item.end) for item in markers)
    return Blocks(tuple(hidden), spans, tuple(findings))


def _pair(markers: Sequence[Marker], end: int) -> tuple[list[Span], list[tuple[str, int]]]:
    """What is hidden of a text of ``end`` characters; each error with where its marker begins."""
    hidden: list[Span] = []
    errors: list[tuple[str, int]] = []
    opened: list[int] = []
    settled = 0  # where the last whole block ended
    has_wrong_end = False
    for marker in markers:
        fault = "" if marker.is_right else "misspelt"
        if not marker.closes:
            fault = fault or ("nested" if opened else "")
            opened.append(marker.start)
        elif opened and not marker.is_right:
            has_wrong_end = True
        else:
            fault = fault or ("" if opened else "stray")
            start = opened.pop() if opened else settled
            if not opened:
                hidden.append((start, marker.end))
                settled = marker.end
        errors += [(fault, marker.start)] if fault else []
    if opened:
        errors += [] if has_wrong_end else [("unclosed", opened[0])]
        hidden.append((opened[0], end))
    return hidden, errors


def cut(texts: Sequence[str], blocks: Blocks, audience: Audience) -> tuple[list[str], set[int]]:
    """The lines without what the audience must not see, and the rows that are empty because of it.

    No line is added or taken away, so that every other line keeps its number.
    """
    text = "\n".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    pieces: list[str] = []
    touched: set[int] = set()
    at = 0
    for first, last in blocks.spans(audience):
        pieces += [text[at:first], "\n" * text.count("\n", first, last)]
        at = last
        touched.update(range(bisect_right(starts, first) - 1, bisect_left(starts, last)))
    left = "".join([*pieces, text[at:]]).split("\n")
    is_public = audience is Audience.PUBLIC
    emptied = {
        row
        for row in touched
        if not left[row].strip() or (is_public and _BARE.fullmatch(left[row].strip(_AROUND)))
    }
    for row in touched:
        left[row] = "" if row in emptied else left[row].rstrip()
    return left, emptied


def joined(left: Sequence[str], emptied: set[int]) -> Iterator[str]:
    """The lines as Markdown is to get them: a hole that would tear a table or a list is closed."""
    before, row = "", 0
    while row < len(left):
        if row not in emptied:
            before = left[row]
            yield before
            row += 1
            continue
        end = next((n for n in range(row, len(left)) if n not in emptied), len(left))
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
        "This marker closes an internal block that never began, so everything above it is hidden "
        "from the public.",
        f"Write `{OPEN}` where the block begins, or delete this marker.",
    ),
    "misspelt": (
        "PM704",
        "This looks like an internal marker but is not a valid one.",
        f"Write `{OPEN}` or `{CLOSE}` exactly, or put it in backticks or a fence.",
    ),
}
