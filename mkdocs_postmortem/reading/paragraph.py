"""The first paragraph of a section: what it says in prose, and nothing that only surrounds that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_postmortem.reading.source import Line, number_lines

_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$|=+\s*$|-+\s*$")
_ITEM = re.compile(r"(?:[-*+•—–]|\d{1,9}[.)])\s")
# Quotations, tables, admonitions, containers, definitions of links and footnotes, block elements.
_OTHER = re.compile(
    r">|\||!!!|\?\?\?|===|:::|\[[^\]]{1,80}\]:"
    r"|</?(?:details|summary|div|table|t[rhd]|ul|ol|li|img|p|center|figure|br|hr|iframe)\b",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*\|")
# A picture, a link or an address alone, and a bold label.
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)(?:\{[^{}]*\})?")
_LINK_ALONE = re.compile(r"\W*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()]*\)|<?https?://\S+>?)\W*")
_LABEL = re.compile(r"(?P<mark>\*\*|__)[^*_]{1,80}(?:(?P=mark)\s*:?|:\s*(?P=mark))\s*")


def first_paragraph(markdown: str) -> str:
    """The first paragraph of prose, on one line; empty if there is none.

    Headings, rules, lists with the lines that they wrap to, quotations, tables, code, comments,
    pictures, lone links and bold labels are no prose; a paragraph that only introduces a list
    (``Because of:``) says nothing without it.
    """
    after_list = False
    for block in _blocks(markdown):
        if block[0].indent >= (2 if after_list else 4):
            continue
        text, after_list = _paragraph([line.text.strip() for line in block])
        if text:
            return text
    return ""


def _blocks(markdown: str) -> Iterator[list[Line]]:
    """Runs of lines that no blank line, code or comment parts."""
    block: list[Line] = []
    for line in number_lines(markdown.split("\n")):
        if line.is_prose and not line.is_blank:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _paragraph(texts: list[str]) -> tuple[str, bool]:
    """The paragraph of a block, and whether the block ends in a list."""
    taken: list[str] = []
    for number, text in enumerate(texts):
        below = texts[number + 1] if number + 1 < len(texts) else ""
        if _HEADING.match(text):
            if taken:
                break
        elif _RULE.match(text):  # below a line of text it makes a heading of it
            taken = []
        elif is_list := bool(_ITEM.match(text)):
            introduces = bool(taken) and taken[-1].endswith(":")
            return ("" if introduces else _prose(taken)), is_list
        elif _OTHER.match(text) or _TABLE_RULE.match(below):
            break
        else:
            taken.append(text)
    return _prose(taken), False


def _prose(texts: list[str]) -> str:
    text = " ".join(texts)
    is_bare = not _PICTURE.sub("", text).strip() or _LINK_ALONE.fullmatch(text)
    return "" if is_bare or _LABEL.fullmatch(text) else text
