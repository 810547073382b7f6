"""Headings in ``#`` form: level and text."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = re.compile(r" {0,3}(?P<marks>#{1,6})(?!#)\s*")


class HashHeading(NamedTuple):
    """A ``#`` heading of a level from 1; ``text`` may be empty."""

    level: int
    text: str


def match_heading(line: str) -> HashHeading | None:
    """The heading that a line is. Marks at its end are no part of the text.

    By hand after the marks: a pattern for the text between spaces and marks takes cubic time on
    a long run of spaces.
    """
    if "#" not in line[:4]:
        return None  # at most three spaces precede the first
    match = _MARKS.match(line)
    if match is None:
        return None
    text = line[match.end() :].rstrip().rstrip("#").rstrip()
    return HashHeading(len(match["marks"]), text)
