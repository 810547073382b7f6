"""A file's text as numbered lines, with code separated from prose."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG
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


MOST_BYTES = 20_000_000


def read_bytes(file: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file. OSError for a pipe or a device, which may never end, and for a file of
    more than ``most`` bytes.
    """
    stat = os.stat(file)  # noqa: PTH116 - pathlib takes as long as the system
    if not S_ISREG(stat.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file")
    if stat.st_size > most:
        raise OSError(errno.EFBIG, f"Larger than {most // 1_000_000} MB")
    with open(file, "rb", buffering=0) as raw:  # noqa: PTH123
        return raw.readall()


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
        elif ("```" in text or "~~~" in text) and (fence := opened_fence(text)):
            is_code = True
        elif "<!--" in text and text.lstrip().startswith("<!--"):
            is_comment = True
            in_comment = "-->" not in text
        lines.append(Line(number, text, is_code, is_comment))
    return tuple(lines)


def opened_fence(text: str) -> str:
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


_MARKS = re.compile(r" {0,3}(?P<marks>#{1,6})(?!#)\s*")


class Heading(NamedTuple):
    """A heading at a line; ``rest`` is text that follows on the same line (``Impact: none``)."""

    text: str
    level: int
    number: int = 0
    column: int = 1
    rest: str = ""


def match_heading(line: str) -> Heading | None:
    """The heading that a line is. Marks at its end are not part of the text.

    By hand after the marks: a pattern for the text between spaces and marks takes cubic time on
    a long run of spaces.
    """
    if "#" not in line[:4]:
        return None  # at most three spaces precede the first
    match = _MARKS.match(line)
    if match is None:
        return None
    text = line[match.end() :].rstrip().rstrip("#").rstrip()
    return Heading(text, len(match["marks"]))


# A heading that is only a bold line, a label or a bare line ranks below every real one.
PSEUDO_LEVEL = 7
# "- **Impact:** none" is a part of the section around it.
BULLET_LEVEL = 8

_SETEXT = re.compile(r"^ {0,3}(?P<mark>=+|-+)\s*$")
_HTML = re.compile(
    r"^\s*<h(?P<level>[1-6])[^>]{0,200}>(?P<text>.*?)</h[1-6]>\s*(?:<br\s*/?>\s*)?$", re.I
)
_BOLD = re.compile(
    r"^\s{0,3}(?:[-*+]\s+|\d{1,2}[.)]\s+)?(?P<mark>\*{2,3}|__)(?P<text>[^*_\n]{2,100}?)(?P=mark)"
    r"\s*(?:(?::|<br\s*/?>|\\)\s*)?$",
    re.I,
)
_BOLD_LABEL = re.compile(
    r"^\s{0,3}(?P<mark>\*{2,3}|__)(?P<text>[^*_\n:]{2,60}?)\s?:?\s?(?P=mark)\s?:?\s+(?P<rest>\S.*)$"
)
_BULLET_LABEL = re.compile(
    r"^\s{0,8}[-*+•—]\s+(?:\*\*|__)?(?P<text>[^\W\d_][^:*_\n|]{2,60}?)(?:\*\*|__)?\s?:"
    r"(?:\*\*|__)?(?P<rest>.*)$"
)
# An emoji can precede the name.
_SIGN = r"(?:[^\w\s#>|*+\-`\[\](){}<~=_.,:;!?/\\\"'&@$%^]{1,4}\s*)?"
_LABEL = re.compile(rf"^\s*{_SIGN}(?P<text>[^\W\d_][^:\n|]{{2,70}}?)\s*:\s*(?P<rest>.*)$")
_BARE = re.compile(rf"^\s*(?:\d{{1,2}}[.)]\s+)?{_SIGN}(?P<text>[^\W\d_][^.:\n|]{{2,60}}?)\s*$")

_BULLETS = "-*+•—"
# No bullet that begins with a time or a box has a label in front.
_NO_LABELS = tuple("0123456789[")
_UNDERLINES = ("=", "-")
# A number, a sign and a name, with spaces between and after them.
_LONGEST_BARE = 200


def find_headings(lines: Sequence[Line], is_name: Callable[[str, str], bool]) -> Iterator[Heading]:
    """All headings in order.

    What is not marked as one counts only if ``is_name`` knows it. It also gets the form:
    "bullet" for the label of a bullet, "bold" for a bold line of its own, and "" for other lines.
    """
    blank = Line(0, "")
    for before, line, after in zip((blank, *lines), lines, (*lines[1:], blank), strict=False):
        text = line.text.lstrip()
        if not text or line.is_code or line.is_comment:
            continue
        is_bold = "**" in text or "__" in text
        form = "bold" if is_bold and before.is_blank and after.is_blank else ""
        heading = _real(line, text, before, after) or _pseudo(line, text, is_name, is_bold, form)
        if heading:
            yield heading


# The first characters of a line say which patterns cannot match it, and most lines match none.
def _real(line: Line, text: str, before: Line, after: Line) -> Heading | None:
    column = len(line.text) - len(text) + 1
    if text[0] == "#" and (heading := match_heading(line.text)) and heading.text:
        return Heading(heading.text, heading.level, line.number, column)
    if text[0] == "<" and (match := _HTML.match(line.text)):
        return Heading(match["text"], int(match["level"]), line.number, column)
    if after.text.lstrip()[:1] not in _UNDERLINES or text.startswith(("-", "*", "|", ">")):
        return None
    underline = _SETEXT.match(after.text) if after.is_prose else None
    if underline and before.is_blank and line.indent < 4:
        level = 1 if underline["mark"].startswith("=") else 2
        return Heading(line.text.strip(), level, line.number, column)
    return None


def _pseudo(
    line: Line, text: str, is_name: Callable[[str, str], bool], is_bold: bool, form: str
) -> Heading | None:
    if text[0] in _BULLETS and text[1:].lstrip()[:1] in _NO_LABELS:
        return None
    has_colon = ":" in text
    match = _BOLD.match(line.text) if is_bold else None
    if match and is_name(match["text"], form):
        return _pseudo_heading(match, line)
    form, level = "", PSEUDO_LEVEL
    if has_colon and text[0] in _BULLETS and (match := _BULLET_LABEL.match(line.text)):
        form, level = "bullet", BULLET_LEVEL
    elif text.startswith(("-", "*", "+", ">", "|", "#")):
        match = _BOLD_LABEL.match(line.text) if is_bold else None
    elif has_colon:
        match = _LABEL.match(line.text)
    else:
        match = _BARE.match(line.text) if len(text.rstrip()) <= _LONGEST_BARE else None
    return _pseudo_heading(match, line, level) if match and is_name(match["text"], form) else None


def _pseudo_heading(match: re.Match[str], line: Line, level: int = PSEUDO_LEVEL) -> Heading | None:
    rest = (match.groupdict().get("rest") or "").strip()
    # "TODO: call them" is a task and names no section.
    if rest and match["text"].strip().lower() in ("todo", "to do", "to-do"):
        return None
    return Heading(match["text"], level, line.number, line.margin + 1, rest)
