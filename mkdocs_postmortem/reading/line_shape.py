"""What a line of the timeline is by its marks, and what the lines below it make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.reading.entry_prefix import EntryPrefix, read_prefix
from mkdocs_postmortem.reading.hash_heading import match_heading
from mkdocs_postmortem.reading.source import Line

ITEM = re.compile(
    r"^(?P<marker>\s*(?:(?P<bullet>[-*+•])|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?"
    r"|\s*\d{1,2}\.(?=\d{1,2}:\d\d))"
    r"(?P<text>.*)$"
)
HTML_ITEM = re.compile(
    r"^(?P<marker>\s*(?:</?(?:ul|ol|li|p|br|b|strong)\s*/?>\s*){1,4})(?P<text>.*)$", re.I
)
RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
QUOTE = re.compile(r"^\s{0,3}>\s?")


def has_text_below(lines: Sequence[Line], index: int) -> bool:
    """A bullet that is only a date describes its event in the indented lines below."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or below.is_blank or not below.is_prose:
        return False
    return below.indent > lines[index].indent and not ITEM.match(below.text)


def tells_of_day(
    lines: Sequence[Line], index: int, prefix: EntryPrefix, kinds: dict[str, Kind]
) -> bool:
    """A heading that is only a date is an event if prose follows, and no event of that day."""
    if prefix.time.day is None or prefix.time.error:
        return False
    texts: list[str] = []
    for below in range(index + 1, len(lines)):
        line = lines[below]
        if line.is_prose and match_heading(line.text):
            break
        if line.is_prose and not line.is_blank:
            texts.append(line.text)
    is_prose = bool(texts) and not ITEM.match(texts[0])
    return is_prose and not any(_is_timed(text, kinds) for text in texts)


def is_dated_event(prefix: EntryPrefix, text: str) -> bool:
    """Whether text follows a date without a clock, and not only a remark in parentheses."""
    rest = text[prefix.length :].strip(" *_`:|-–—")
    is_remark = rest.startswith("(") and rest.endswith(")") and rest.count(")") == 1
    return prefix.time.day is not None and bool(rest) and not is_remark


def _is_timed(text: str, kinds: dict[str, Kind]) -> bool:
    item = ITEM.match(text)
    prefix = read_prefix(item["text"] if item else text.strip(" |"), kinds, military=True)
    return prefix is not None and prefix.time.has_clock
