"""The head of an entry: markup, time, separator, label; what follows is the entry's text."""

from __future__ import annotations

import re
from typing import NamedTuple

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.reading.kinds import kind_of, read_label
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time

_OPENING = re.compile(r"(?:\s*(\*\*\*|\*\*|__|\*|_|`|\[|\())?\s*")
_CLOSE = {"[": "]", "(": ")"}
_SEPARATOR = re.compile(r"\s*(?::{1,6}|-{1,3}>?|–|—|→|=>|>|\||,|\.(?=\s|$)|;)?")
# The usual case: a space, and no separator after it.
_SPACE_ALONE = re.compile(r" (?=[\w*(\[`])")
# "First detected: 2023-01-11 14:22" names the event before its time.
_LABEL_FIRST = re.compile(
    r"(?P<mark>\*\*|__)?(?P<label>[^\W\d_][^\n*_:\d]{2,50}?)\s?(?::\s?(?P<close>\*\*|__)?|(?P=mark)\s?:|\bat\b|(?<=\w)(?=\s\d{4}-))\s*"
)
# Prose comes to "at 9:45" as well; before it only a known label is one.
_AT = re.compile(r"\bat\s*$")


class EntryPrefix(NamedTuple):
    """The time and the label at the start of an entry's source text.

    ``source[:length]`` is time and label; ``carried_markup`` is markup that the prefix opens and
    the rest closes.
    """

    time: TimeExpression
    length: int
    kind: Kind = Kind.ACTION
    label: str = ""
    carried_markup: str = ""
    label_first: bool = False

    def text_of(self, source: str) -> str:
        return self.carried_markup + source[self.length :]


def read_prefix(
    source: str, own: dict[str, Kind] | None = None, *, military: bool = False
) -> EntryPrefix | None:
    """The head of a text that begins with a time (or with a label and a time)."""
    opening = None if source[:1].isdigit() else _OPENING.match(source)
    mark = (opening.group(1) or "") if opening else ""
    expression = match_time(source, opening.end() if opening else 0, military=military)
    if expression is None:
        return _label_first(source, own)
    length, carried_markup = _behind_time(source, expression.end, expression.opened or mark)
    if carried_markup is None:
        return None
    label = None if carried_markup else read_label(source[length:], own)
    if label is None:
        return EntryPrefix(expression, length, carried_markup=carried_markup)
    return EntryPrefix(expression, length + label.length, label.kind, label.text, carried_markup)


def _behind_time(source: str, end: int, mark: str) -> tuple[int, str | None]:
    """Where the text begins after the time, and the markup to open again there.

    None instead of markup if the time is glued to a word, so that it was no time.
    """
    if not mark and _SPACE_ALONE.match(source, end):
        return end + 1, ""
    close = _CLOSE.get(mark, mark)
    position, closed, separated = end, not mark, False
    while True:
        if not closed:
            space = len(source[position:]) - len(source[position:].lstrip())
            if source.startswith(close, position + space):
                position, closed = position + space + len(close), True
                continue
        match = _SEPARATOR.match(source, position)
        if match is None or match.end() == position or separated:
            break
        # Spaces alone separate too, but a dash may still follow them.
        separated = bool(match.group().strip())
        position = match.end()
    while source[position : position + 1] in (" ", "\t", "\u00a0"):
        position += 1
    glued = position == end and source[position : position + 1].isalnum()
    if glued:
        return position, None
    return position, ("" if closed or mark in _CLOSE else mark)


def _label_first(source: str, own: dict[str, Kind] | None) -> EntryPrefix | None:
    match = _LABEL_FIRST.match(source)
    if match is None:
        return None
    expression = match_time(source, match.end(), military=False)
    if expression is None or expression.clock is None or expression.clock.value is None:
        return None
    length, carried_markup = _behind_time(source, expression.end, "")
    if carried_markup is None:
        return None
    kind = kind_of(match["label"], own)
    if kind is None and _AT.search(match.group()):
        return None
    rest = source[length:].strip()
    # The label stays in the text unless it says no more than the kind does.
    keeps_label = kind is None or not rest
    return EntryPrefix(
        expression,
        0 if keeps_label else length,
        kind or Kind.ACTION,
        match["label"] if kind else "",
        label_first=True,
    )
