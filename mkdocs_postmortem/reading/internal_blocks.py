"""Text between ``<!-- internal -->`` and ``<!-- /internal -->`` → what each audience may read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.internal_markers import CLOSE, OPEN, Marker, find_markers

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
