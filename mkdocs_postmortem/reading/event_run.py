"""Several events in one paragraph or after a lost line break: ``12:00: Found. 12:06: Fixed.``"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.reading.entry_prefix import EntryPrefix, read_prefix

_LOST_BULLET = re.compile(r"(?<=[.!?])\s+[-*]\s+(?=\d)")
# A part of it that is looked for much faster, and that most texts do not have.
_MARKED = re.compile(r"[-*]\s+\d")
_SENTENCE_START = re.compile(r"\s(?=\d{1,2}[:.h\d])")
# A head is shorter; reading all of the rest at each number would take quadratic time.
_HEAD_LENGTH = 300

Piece = tuple[int, EntryPrefix, str]


def split_events(
    text: str, start: int, kinds: Mapping[str, Kind], *, in_bullet: bool = False
) -> list[Piece]:
    """The events that begin after ``start``: where, with which head, and their own text.

    Only a time with a colon after it begins an event, since prose is full of times. In a bullet it
    must have a bullet's mark before it too.
    """
    if in_bullet and not _MARKED.search(text, start):
        return []
    border = _LOST_BULLET if in_bullet else _SENTENCE_START
    heads: list[tuple[int, EntryPrefix]] = []
    for match in border.finditer(text, start):
        rest = text[match.end() : match.end() + _HEAD_LENGTH]
        prefix = read_prefix(rest, dict(kinds))
        if prefix and prefix.time.clock and rest[prefix.time.end : prefix.time.end + 1] == ":":
            heads.append((match.end(), prefix))
    if not heads:
        return []
    ends = [begin for begin, _ in heads[1:]] + [len(text)]
    return [
        (begin, prefix, text[begin:end] if end == len(text) else text[begin:end].rstrip(" -*"))
        for (begin, prefix), end in zip(heads, ends, strict=True)
    ]
