"""The labelled values at the head of a page: tables of two columns, lists, lines and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mkdocs_postmortem.reading.hash_heading import match_heading
from mkdocs_postmortem.reading.label_words import Subject, subject_of
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.tables import is_delimiter, looks_like_row, split_cells

_LINE = re.compile(
    r"^[\s>*+•—–-]{0,12}(?:\d{1,2}[.)]\s+)?(?P<label>(?:【[^】]{1,40}】|[^:：|=\n]{2,50}?))"
    r"\s?(?:[:：]|(?<=】))(?!//)\s?(?P<value>.*)$"
)
# Several labels in one line: "Start: 10:00, End: 11:00".
_NEXT_LABEL = re.compile(r"(?:[,;|.]\s+|\s[-–—|]\s)(?=[^\W\d_][^:,;|\d]{1,30}:\s)")
_MARKUP = re.compile(
    r"\*{1,3}|_{2}|`|~~|</?(?:b|strong|em|i|br|p|li|ul|td|tr|th)\s*/?>", re.IGNORECASE
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_BRACKETS = str.maketrans("【】（）［］：", "[]()[]:")


class Labelled(NamedTuple):
    """A value with its label, both without markup; ``zone`` is what the label says of the zone."""

    subject: Subject
    label: str
    value: str
    line: int


def find_labelled(lines: Sequence[Line]) -> Iterator[Labelled]:
    """The labelled values among lines, from top to bottom, empty values and placeholders left out.

    A label that is alone on its line, or a heading, has its value on the next line with text.
    """
    for index, line in enumerate(lines):
        if not line.is_prose or line.is_blank or is_delimiter(line):
            continue
        for label, value in _pairs(lines, index):
            subject = subject_of(label)
            plain = plain_value(value)
            if subject and plain and not plain.startswith(("[", "<", "{")):
                yield Labelled(subject, label, plain, line.number)


def plain_value(text: str) -> str:
    """A value without markup, full-width brackets and colons as plain ones."""
    bare = _MARKUP.sub("", _LINK.sub(r"\1", text)).translate(_BRACKETS)
    return " ".join(bare.split()).strip(" \\|")


def _pairs(lines: Sequence[Line], index: int) -> Iterator[tuple[str, str]]:
    line = lines[index]
    if looks_like_row(line):
        yield from _pairs_of_row(lines, index)
        return
    heading = match_heading(line.text)
    text = plain_value(heading.text if heading else line.text)
    for part in _NEXT_LABEL.split(text):
        match = _LINE.match(part)
        if match and match["value"]:
            yield match["label"], match["value"]
        elif heading or match:
            yield (match["label"] if match else part), _below(lines, index)


def _pairs_of_row(lines: Sequence[Line], index: int) -> Iterator[tuple[str, str]]:
    """A row of label and value, or the one row below a header of labels."""
    cells = [plain_value(cell) for cell in split_cells(lines[index].text)]
    if len(cells) == 2:
        yield cells[0].rstrip(":"), cells[1]
        return
    below = lines[index + 1 : index + 4]
    if len(below) > 1 and is_delimiter(below[0]) and looks_like_row(below[1]):
        if len(below) > 2 and looks_like_row(below[2]):
            return  # several rows are events or tasks
        yield from zip(cells, split_cells(below[1].text), strict=False)


def _below(lines: Sequence[Line], index: int) -> str:
    for line in lines[index + 1 : index + 4]:
        if line.is_blank:
            continue
        is_value = line.is_prose and not match_heading(line.text) and not looks_like_row(line)
        return line.text if is_value else ""
    return ""
