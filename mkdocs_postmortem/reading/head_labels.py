"""Values after a label above the timeline (``Start: 10:00``), whatever the words of the label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from mkdocs_postmortem.reading.source import Line, match_heading
from mkdocs_postmortem.reading.tables import is_delimiter, looks_like_row, split_cells
from mkdocs_postmortem.reading.words import says_nothing, word_list, word_lists

_Value = TypeVar("_Value")


class Subject(str, Enum):
    """What a labelled value at the head of a page states."""

    START = "start"
    END = "end"
    WINDOW = "window"
    DETECTED = "detected"
    DURATION = "duration"
    DATE = "date"
    ZONE = "zone"
    SEVERITY = "severity"
    SERVICES = "services"
    AUTHORS = "authors"
    OWNER = "owner"
    STATUS = "status"
    USERS = "users"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Fact(Generic[_Value]):
    """A value and the line (from 1) that says it; ``is_exact`` where its label names just that."""

    value: _Value
    line: int
    is_exact: bool = False


_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_PARENTHESIS = re.compile(r"[(\[（【{][^()\[\]（）【】{}]*[)\]）】}]")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# "Time to recovery" is a length, and not the time of the end.
_TIME_TO_END = re.compile(r"time to (?:recover|resol|restor|repair|fix)\w{0,6}")
# What a label can name besides its subject: "Service restored", "Downtime start".
_THINGS = {Subject.SERVICES, Subject.USERS, Subject.TITLE, Subject.WINDOW, Subject.DURATION}
_MOST_WORDS = 5


def subject_of(label: str) -> Subject | None:
    """What a label states: one subject's stems and nothing else but words that say nothing."""
    plain = _bare_words(_PARENTHESIS.sub(" ", label))
    if _DENSE.search(plain):
        return _dense_subject(plain)
    words = plain.split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    if _TIME_TO_END.fullmatch(plain):
        return Subject.DURATION
    specific = {_subject_of_word(word) for word in words if word not in _FILLERS}
    found = specific or {subject for word in words if (subject := _subject_of_word(word))}
    found = (found - _THINGS) or found
    return found.pop() if len(found) == 1 else None


def _subject_of_word(word: str) -> Subject | None:
    """What a word names: a stem with at most an ending after it (``starts``, ``services``)."""
    for subject, stems in _STEMS.items():
        for stem in stems:
            if word.startswith(stem) and len(word) - len(stem) <= (3 if len(stem) > 3 else 1):
                return subject
    return None


def _dense_subject(plain: str) -> Subject | None:
    text = plain.replace(" ", "")
    for subject, stems in _STEMS.items():
        dense = list(filter(_DENSE.search, stems))
        rest = text
        for word in (*dense, *filter(_DENSE.search, _FILLERS)):
            rest = rest.replace(word, "")
        if len(rest) <= 1 and any(stem in text for stem in dense):
            return subject
    return None


def _bare_words(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).lower()
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))
    return " ".join(_NOT_LETTERS.sub(" ", plain).split())


_STEMS = {
    Subject(name): tuple(map(_bare_words, stems)) for name, stems in word_lists("labels").items()
}
_FILLERS = tuple(map(_bare_words, word_list("label_fillers")))
_LINE = re.compile(
    r"^[\s>*+•—–-]{0,12}(?:\d{1,2}[.)]\s+)?(?P<label>(?:【[^】]{1,40}】|[^:：|=\n]{2,50}?))"
    r"\s?(?:[:：]|(?<=】))(?!//)\s?(?P<value>.*)$"
)
_BOLD_ALONE = re.compile(r"^\s*(?:\*\*|__)[^*_]{2,50}(?:\*\*|__)\s*$")
# Several labels in one line: "Start: 10:00, End: 11:00".
_NEXT_LABEL = re.compile(
    r"(?:[,;|.]\s+|\s[-–—|]\s)(?=[^\W\d_][^:,;|\d]{1,30}:\s)"
    # After a time, with its zone if it has one.
    r"|(?:(?<=[\d)）])|(?<=[\dM] [A-Z]{2})|(?<=[\dM] [A-Z]{3})|(?<=[\dM] [A-Z]{4}))\s+"
    r"(?=(?![A-Z]{2,4}\s)[^\W\d_][\w-]{2,15}(?:\s[^\W\d_][\w-]{1,15})?:\s+\d)"
)
_MARKUP = re.compile(
    r"\*{1,3}|_{2}|`|~~|</?(?:b|strong|em|i|br|p|li|ul|td|tr|th)\s*/?>", re.IGNORECASE
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_BRACKETS = str.maketrans("【】（）［］：", "[]()[]:")


class Labelled(NamedTuple):
    """A value with its label, both without markup."""

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
            is_missing = says_nothing(plain) and subject is not Subject.USERS
            if subject and not is_missing and not plain.startswith(("[", "<", "{")):
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
    is_alone = bool(heading or _BOLD_ALONE.match(line.text))
    for part in _NEXT_LABEL.split(text):
        match = _LINE.match(part)
        if match and match["value"]:
            yield match["label"], match["value"]
        elif is_alone or match:
            yield (match["label"] if match else part), _below(lines, index)


def _pairs_of_row(lines: Sequence[Line], index: int) -> Iterator[tuple[str, str]]:
    """A row of label and value, or the one row below a header of labels."""
    cells = [plain_value(cell) for cell in split_cells(lines[index].text)]
    below = lines[index + 1 : index + 4]
    is_header = len(below) > 1 and is_delimiter(below[0]) and looks_like_row(below[1])
    values = split_cells(below[1].text) if is_header else []
    # A row above one without a known label names columns.
    if len(cells) == 2 and (not is_header or subject_of(plain_value(values[0]))):
        yield cells[0].rstrip(":"), cells[1]
    # Several rows are events or tasks, and two columns of which one is not known may be counts.
    elif not any(map(looks_like_row, below[2:])) and (
        len(cells) > 2 or all(map(subject_of, cells))
    ):
        yield from zip(cells, values, strict=False)


def _below(lines: Sequence[Line], index: int) -> str:
    for line in lines[index + 1 : index + 4]:
        if line.is_blank:
            continue
        is_value = line.is_prose and not match_heading(line.text) and not looks_like_row(line)
        return line.text if is_value else ""
    return ""
