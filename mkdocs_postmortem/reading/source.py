"""A file's text as numbered lines, with code separated from prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3,}|~{3,})(.*)$")


# A tuple, since a page has many, and no immutable object is created faster.
class Line(NamedTuple):
    """One line: its number in the file (from 1), its text without the line end.

    ``is_code`` holds inside a fenced code block (fences included), ``is_comment`` inside an HTML
    comment that began on a line of its own. Neither holds prose of the author's. ``is_cut`` holds
    for a line that is empty because what stood there is not for this audience, or marked the rest.
    """

    number: int
    text: str
    is_code: bool = False
    is_comment: bool = False
    is_cut: bool = False

    @property
    def is_prose(self) -> bool:
        return not (self.is_code or self.is_comment)

    @property
    def is_blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def margin(self) -> int:
        """Characters of leading white space."""
        return len(self.text) - len(self.text.lstrip()) if self.text[:1].isspace() else 0

    @property
    def indent(self) -> int:
        """Columns of leading white space, a tab to the next multiple of four."""
        if not self.text[:1].isspace():
            return 0
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())


def split_text(text: str) -> list[str]:
    """The lines of a text without their ends, whichever of the three kinds these are."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line_end(text: str) -> str:
    """The line end that most lines of a text have."""
    windows = text.count("\r\n")
    return "\r\n" if windows > text.count("\n") - windows else "\n"


def number_lines(texts: Iterable[str], first: int = 1) -> tuple[Line, ...]:
    """Number lines from ``first`` and mark fenced code and comments. One pass, linear."""
    lines: list[Line] = []
    fence, in_comment = "", False
    for number, text in enumerate(texts, first):
        is_code, is_comment = bool(fence), in_comment
        if in_comment:
            in_comment = "-->" not in text
        elif fence:
            if closes_fence(text, fence):
                fence = ""
        elif ("```" in text or "~~~" in text) and (fence := _opened_fence(text)):
            is_code = True
        elif "<!--" in text and text.lstrip().startswith("<!--"):
            is_comment = True
            in_comment = "-->" not in text
        lines.append(Line(number, text, is_code, is_comment))
    return tuple(lines)


def _opened_fence(text: str) -> str:
    """The signs of the fence that a line opens, or nothing."""
    match = FENCE.match(text)
    return match.group(1) if match and "`" not in match.group(2) else ""


def dedent(texts: Sequence[str]) -> list[str]:
    """Lines without the indent that all of them share; blank ones become empty."""
    indents = [len(text) - len(text.lstrip()) for text in texts if text.strip()]
    cut = min(indents, default=0)
    return [text[cut:] if text.strip() else "" for text in texts]


def closes_fence(text: str, fence: str) -> bool:
    """Whether a line ends the code that ``fence`` (backticks or tildes) began."""
    stripped = text.strip(" \t>")
    return len(stripped) >= len(fence) and set(stripped) == {fence[0]}
