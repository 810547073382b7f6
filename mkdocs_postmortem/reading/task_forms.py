"""Tasks without boxes: one a line, a sub-heading each, or the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mkdocs_postmortem.model.problem import Finding, Position, Suggestion
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.day_and_clock import match_day
from mkdocs_postmortem.reading.headings import match_heading
from mkdocs_postmortem.reading.markdown_text import count_sentences
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.tables import is_delimiter, looks_like_row, split_cells
from mkdocs_postmortem.reading.task_details import (
    explain_date,
    owner_names,
    read_details,
    read_ticket,
    task_type,
)
from mkdocs_postmortem.reading.words import sign, word_list

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


_BAD_BOX = re.compile(
    r"^\s*(?P<marker>[-*+]|\d{1,3}[.)])(?:(?P<gap>\s+)\[\]|\[(?P<state>[ xX]?)\])(?=\s)"
)


def no_box(task: Task) -> Finding:
    """A plain bullet next to boxes that has the details of a task."""
    return Finding(
        "PM508",
        task.position,
        "This line has an owner or a due date but no checkbox, so it does not count as a task.",
        "Start it with `- [ ]` and a space if it is one.",
        "tasks",
    )


def bad_box(line: Line) -> Finding | None:
    """A mistyped checkbox: read as a task here, and as text by every Markdown renderer."""
    match = _BAD_BOX.match(line.text)
    if match is None:
        return None
    start, end = match.start("marker"), match.end()
    box = f"{match['marker']}{match['gap'] or ' '}[{match['state'] or ' '}]"
    return Finding(
        "PM508",
        Position(line.number, line.text.index("[") + 1),
        f"`{line.text[start:end]}` is not a checkbox, so nobody can tick this task.",
        f"Start it with `{box}` and a space.",
        "tasks",
        Suggestion(Position(line.number, start + 1), end - start, box),
    )


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DONE_WORDS, _PROGRESS_WORDS = sign("task_done"), sign("task_progress")
_DROPPED_WORDS = sign("task_dropped")
# An emphasised word or two where a cell begins or ends: ``n/a **DONE**``
_MARKED_WORD = re.compile(
    r"\A([*_]{1,2})(?P<first>[^*_]{2,20})\1(?!\w)|(?<!\w)([*_]{1,2})(?P<last>[^*_]{2,20})\3\Z"
)
_COLUMNS = {name: sign(f"task_{name}") for name in ("owner", "due", "state", "text")}
_HEADERS = "|".join(word_list("task_headers"))
_TASK_HEADER = re.compile(rf"(?:{_HEADERS})[sn]?(?:\s+items?)?\Z", re.IGNORECASE)


def find_task_tables(lines: Sequence[Line]) -> list[list[Line]]:
    """The tables whose header says that their rows are tasks."""
    found: list[list[Line]] = []
    index = 0
    while index < len(lines):
        end = max(table_end(lines, index), index + 1)
        if end - index > 2 and is_task_header(lines[index]):
            found.append([line for line in lines[index:end] if not line.is_cut])
        index = end
    return found


def is_task_header(line: Line) -> bool:
    """``| Action item | Owner | Status |``"""
    header = [cell.strip("*_ ") for cell in split_cells(line.text)]
    names = any(_TASK_HEADER.match(cell) for cell in header)
    return names and any(
        _COLUMNS[name].search(cell) for name in ("owner", "due", "state") for cell in header
    )


def table_end(block: Sequence[Line], index: int) -> int:
    """The index after the last row of a table that begins at ``index``."""
    start = index
    while index < len(block) and (
        looks_like_row(block[index]) or (block[index].is_cut and index > start)
    ):
        index += 1
    return index


def read_task_table(rows: Sequence[Line], findings: list[Finding]) -> list[Task]:
    """A row is a task; the header says where owner, date and state are."""
    if len(rows) < 2:
        return []
    header = split_cells(rows[0].text)
    columns = {
        name: next((n for n, cell in enumerate(header) if pattern.search(cell)), None)
        for name, pattern in _COLUMNS.items()
    }
    data = [line for line in rows[1:] if not is_delimiter(line)]
    return [task for line in data if (task := _row_task(line, columns, findings))]


def _row_task(line: Line, columns: dict[str, int | None], findings: list[Finding]) -> Task | None:
    cells = split_cells(line.text)

    def cell(name: str) -> str:
        column = columns[name]
        return cells[column] if column is not None and column < len(cells) else ""

    text = cell("text") or max(cells, key=len, default="")
    if not text.strip():
        return None
    position = Position(line.number, line.margin + 1)
    details = read_details(text, position, [])
    others = [item for item in cells if item and item not in (text, cell("owner"))]
    state = _state_of(cell("state")) if cell("state") else _marked_state(text, others)
    if state is TaskState.OPEN and not cell("state"):
        state = details.state
    return Task(
        text=details.text,
        state=state,
        position=position,
        owners=details.owners or owner_names(cell("owner")),
        due=details.due or _due_day(cell("due"), position, findings),
        done=details.done if state is TaskState.DONE else None,
        # The first column may number the rows: "#1".
        ticket=details.ticket
        or next(filter(None, map(read_ticket, others[others[:1] == cells[:1] :])), None),
        type=details.type or next(filter(None, map(task_type, others)), None),
        reason=details.reason,
        has_box=False,
        is_row=True,
    )


def _marked_state(text: str, others: Sequence[str]) -> TaskState:
    """The state that another cell says as a whole or by a marked or capital word at its end.

    The task's own text says it by a word that is both.
    """
    words = [word for word in _marked_words(text) if word.isupper()]
    for cell in others:
        ends = cell.split()[:1] + cell.split()[-1:]
        words += [cell.strip("*_`~ "), *_marked_words(cell), *filter(str.isupper, ends)]
    states = (_state_of(word) for word in words if _is_state(word))
    return next((state for state in states if state is not TaskState.OPEN), TaskState.OPEN)


def _marked_words(cell: str) -> list[str]:
    return [match["first"] or match["last"] for match in _MARKED_WORD.finditer(cell)]


def _is_state(text: str) -> bool:
    """Whether a text is the name of a state, and nothing else: "complete rewrite" is not."""
    matches = (words.match(text) for words in (_DONE_WORDS, _PROGRESS_WORDS, _DROPPED_WORDS))
    return any(match and (match.end() == len(text) or " " not in text) for match in matches)


def _state_of(cell: str) -> TaskState:
    if _DROPPED_WORDS.search(cell):
        return TaskState.WONT_DO
    if _PROGRESS_WORDS.search(cell):
        return TaskState.IN_PROGRESS
    return TaskState.DONE if _DONE_WORDS.search(cell) else TaskState.OPEN


def _due_day(cell: str, position: Position, findings: list[Finding]) -> date | None:
    """The date of a due cell; a date without its year is reported, ``next sprint`` is not."""
    iso = _ISO_DAY.search(cell)
    written = iso.group() if iso else cell.strip("*_`~ ")
    found = match_day(written)
    if found is None or found.end < len(written) or not found.is_valid:
        return None
    day = found.resolve()
    if day is None:
        message, fix = explain_date(written, "", found)
        findings.append(Finding("PM201", position, message, fix, "tasks"))
    return day
