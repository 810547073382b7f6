"""Headings in every shape that people give them: real ones, and lines that only look like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mkdocs_postmortem.reading.source import Line

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


# A heading that is only a bold line, a label or a bare line ranks below every real one.
PSEUDO_LEVEL = 7
# "- **Impact:** none" is a part of the section around it.
BULLET_LEVEL = 8

IsName = Callable[[str], bool]

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


class Heading(NamedTuple):
    """A heading at a line; ``rest`` is text that follows on the same line (``Impact: none``)."""

    text: str
    level: int
    number: int
    column: int = 1
    rest: str = ""


def find_headings(
    lines: Sequence[Line], is_name: IsName, is_bullet_name: IsName, is_bold_name: IsName
) -> list[Heading]:
    """All headings in order.

    What is not marked as one counts only if ``is_name`` knows it, the label of a bullet only if
    ``is_bullet_name`` does, and a bold line of its own also if ``is_bold_name`` does.
    """
    found: list[Heading] = []
    for index, line in enumerate(lines):
        text = line.text.lstrip()
        if text and not (line.is_code or line.is_comment):
            before = lines[index - 1] if index else None
            after = lines[index + 1] if index + 1 < len(lines) else None
            is_alone = ("**" in text or "__" in text) and not any(
                other and not other.is_blank for other in (before, after)
            )
            is_bold = is_bold_name if is_alone else is_name
            heading = _real(line, text, before, after) or _pseudo(
                line, text, is_name, is_bullet_name, is_bold
            )
            if heading:
                found.append(heading)
    return found


# The first characters of a line say which patterns cannot match it, and most lines match none.
def _real(line: Line, text: str, before: Line | None, after: Line | None) -> Heading | None:
    column = len(line.text) - len(text) + 1
    if text[0] == "#" and (heading := match_heading(line.text)) and heading.text:
        return Heading(heading.text, heading.level, line.number, column)
    if text[0] == "<" and (match := _HTML.match(line.text)):
        return Heading(match["text"], int(match["level"]), line.number, column)
    if after is None or after.text.lstrip()[:1] not in _UNDERLINES:
        return None
    underline = _SETEXT.match(after.text) if after.is_prose else None
    stands_alone = before is None or before.is_blank
    if underline and stands_alone and line.indent < 4 and not text.startswith(("-", "*", "|", ">")):
        level = 1 if underline["mark"].startswith("=") else 2
        return Heading(line.text.strip(), level, line.number, column)
    return None


def _pseudo(
    line: Line, text: str, is_name: IsName, is_bullet_name: IsName, is_bold_name: IsName
) -> Heading | None:
    if text[0] in _BULLETS and text[1:].lstrip()[:1] in _NO_LABELS:
        return None
    column = len(line.text) - len(text) + 1
    is_bold = "**" in text or "__" in text
    has_colon = ":" in text
    if is_bold and (match := _BOLD.match(line.text)) and is_bold_name(match["text"]):
        return Heading(match["text"], PSEUDO_LEVEL, line.number, column)
    if has_colon and text[0] in _BULLETS and (match := _BULLET_LABEL.match(line.text)):
        return _labelled(match, line, is_bullet_name, BULLET_LEVEL)
    if text.startswith(("-", "*", "+", ">", "|", "#")):
        bold = _BOLD_LABEL.match(line.text) if is_bold else None
        return _labelled(bold, line, is_name) if bold else None
    if has_colon:
        match = _LABEL.match(line.text)
        return _labelled(match, line, is_name) if match else None
    is_short = len(text.rstrip()) <= _LONGEST_BARE
    if is_short and (match := _BARE.match(line.text)) and is_name(match["text"]):
        return Heading(match["text"], PSEUDO_LEVEL, line.number, column)
    return None


def _labelled(
    match: re.Match[str], line: Line, is_name: IsName, level: int = PSEUDO_LEVEL
) -> Heading | None:
    # "TODO: call them" is a task and names no section.
    is_task = match["rest"].strip() and match["text"].strip().lower() in ("todo", "to do", "to-do")
    if is_task or not is_name(match["text"]):
        return None
    return Heading(match["text"], level, line.number, line.margin + 1, match["rest"].strip())
