"""Tasks without any mark: one a line, or a sub-heading each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.hash_heading import match_heading
from mkdocs_postmortem.reading.markdown_text import count_sentences
from mkdocs_postmortem.reading.source import Line

_LABELLED = re.compile(r"^\s*[^\W\d_][^:\n]{2,60}:")
_GROUP = re.compile(r"^[^\n]{3,80}:\s*$")
_NUMBER = re.compile(r"\d{1,2}\s?[.)]\s*")
_CLOSING_WORDS = re.compile(r"^\s*(?:By|With|These|This|In|We|Together|Overall)\b")
_SIGNATURE = re.compile(
    r"^\s*(?:sincerely|(?:best|kind|warm) regards|regards|thanks|thank you|yours)\b", re.IGNORECASE
)
# Longer texts describe; they don't list.
_MAX_SENTENCES, _MAX_CHARACTERS = 2, 320


def bare_tasks(block: Sequence[Line]) -> list[Line]:
    """The lines that are a task each, in a text without any marks.

    Where several lines end in a colon, each is a task and what follows are its details; where most
    lines begin with a label, only these count.
    """
    lines = _text_lines(block)
    groups = [line for line in lines if _GROUP.match(line.text)]
    if len(groups) > 1:
        return groups
    lines = [line for line in lines if line not in groups and _is_short(line.text)]
    labelled = [line for line in lines if _LABELLED.match(line.text)]
    return labelled if labelled and 2 * len(labelled) >= len(lines) else lines


def single_sentences(block: Sequence[Line]) -> list[Line]:
    """The paragraphs of a section where each is one line and one sentence; else nothing."""
    texts = _text_lines(block)
    short = [line for line in texts if count_sentences(line.text) == 1 and line.text[:1].isalpha()]
    numbers = {line.number for line in texts}
    stands_alone = not any(number + 1 in numbers for number in numbers)
    return short if len(short) == len(texts) > 1 and stands_alone else []


def heading_tasks(block: Sequence[Line]) -> list[tuple[Line, str]]:
    """The sub-headings of the highest level and their text."""
    found: list[tuple[int, Line, str]] = []
    for line in block:
        heading = match_heading(line.text) if line.is_prose else None
        text = _without_number(heading.text) if heading else ""
        if heading and text:
            found.append((heading.level, line, text))
    top = min((level for level, _, _ in found), default=0)
    return [(line, text) for level, line, text in found if level == top]


def _without_number(text: str) -> str:
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def _text_lines(block: Sequence[Line]) -> list[Line]:
    texts: list[Line] = []
    for line in block:
        if line.is_prose and _SIGNATURE.match(line.text):
            break
        if line.is_prose and not line.is_blank and not _CLOSING_WORDS.match(line.text):
            texts.append(line)
    return texts


def _is_short(text: str) -> bool:
    plain = text.strip()
    return len(plain) <= _MAX_CHARACTERS and count_sentences(plain) <= _MAX_SENTENCES


def no_box(line: int, column: int) -> Finding:
    """A line that its author takes for a task, and no reader of Markdown does."""
    return Finding(
        "PM508",
        Position(line, column),
        "This task has no proper checkbox, so nobody can tick it.",
        "Start it with `- [ ]` and a space.",
        "tasks",
    )
