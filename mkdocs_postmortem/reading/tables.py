"""Tables whose rows are events or tasks: which column holds the time, the owner, the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.day_and_clock import match_day
from mkdocs_postmortem.reading.entry_lines import kind_of, read_label
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.task_details import (
    explain_date,
    owner_names,
    read_details,
    read_ticket,
    task_type,
)
from mkdocs_postmortem.reading.time_expression import match_time
from mkdocs_postmortem.reading.words import sign, word_list

_DELIMITER = re.compile(r"^\s*(?:\|\s*)?:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*(?:\|\s*)?$")
_ESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_DATE_NAMES = re.compile(r"\b(?:date|day|datum)\b", re.IGNORECASE)
_TIME_NAMES = re.compile(
    r"\b(?:time|when|timestamp|clock|at|utc|uhrzeit|zeit|heure|hora)\b", re.IGNORECASE
)
_KIND_NAMES = re.compile(r"\b(?:kind|type|phase|category|label)\b", re.IGNORECASE)

# Times and kinds are in one of the first columns.
_MOST_COLUMNS = 30
# A longer run of rows is looked at once; in a shorter one a table may begin after other lines.
_LONG_RUN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: its line, the time's text, the other cells, and the word in a kind column."""

    line: Line
    time: str
    cells: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table of events at lines ``start`` to ``end`` (indexes into the lines given)."""

    header: str
    rows: tuple[Row, ...]
    start: int
    end: int


def is_delimiter(line: Line) -> bool:
    return line.is_prose and "|" in line.text and bool(_DELIMITER.match(line.text))


def looks_like_row(line: Line) -> bool:
    return "|" in line.text and line.is_prose and bool(_ESCAPED_PIPE.search(line.text))


def split_cells(text: str) -> list[str]:
    """The cells of a row; outer pipes may be missing."""
    stripped = text.strip()
    stripped = stripped[1:] if stripped.startswith("|") else stripped
    if stripped.endswith("|") and not stripped.endswith("\\|"):
        stripped = stripped[:-1]
    return [cell.strip() for cell in _ESCAPED_PIPE.split(stripped)]


class TableFinder:
    """The tables of events among lines, requested from top to bottom."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._end = 0
        self._refused = 0

    def at(self, start: int) -> EventTable | None:
        """The table of events that begins at ``lines[start]``, with or without a header."""
        if start < self._refused or not looks_like_row(self._lines[start]):
            return None
        if self._end <= start:
            self._end = table_end(self._lines, start)
        table = _read_table(self._lines[start : self._end], start)
        if table is None and self._end - start > _LONG_RUN:
            self._refused = self._end
        return table


def _read_table(block: Sequence[Line], start: int) -> EventTable | None:
    """The table that begins with the first of some rows, which is line ``start`` of its section."""
    delimiter = next((n for n, line in enumerate(block[:2]) if is_delimiter(line)), None)
    header = block[0].text if delimiter == 1 else ""
    data = [
        line
        for line in block[0 if delimiter is None else delimiter + 1 :]
        if not (is_delimiter(line) or line.is_cut)
    ]
    if delimiter is None and len(data) < 2:
        return None  # a lone line with a pipe in it is prose
    columns = _columns(split_cells(header), [split_cells(line.text) for line in data])
    if columns is None:
        return None
    rows = tuple(_row(line, *columns) for line in data)
    return EventTable(header, rows, start, start + len(block))


def row_text(row: Row, own: dict[str, Kind] | None = None) -> tuple[Kind, str, str]:
    """The kind of a row's event, the label that says so, and the text of the other cells."""
    text = " — ".join(row.cells)
    kind = kind_of(row.kind, own) if row.kind else None
    if kind is not None:
        return kind, row.kind, text
    label = read_label(text, own)
    text = text[label.length :] if label else text
    # A word in the column that we don't know says something to its readers all the same.
    text = f"{text} — {row.kind}" if row.kind else text
    return (label.kind, label.text, text) if label else (Kind.ACTION, "", text)


def _columns(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[int | None, int, int | None] | None:
    """The columns of date (if it has one), time and kind; None if no column holds times."""
    time, kind = _named(header, _TIME_NAMES), _named(header, _KIND_NAMES)
    if time is None:
        columns = range(min(_MOST_COLUMNS, max(map(len, rows), default=0)))
        scores = [sum(n < len(row) and _is_time(row[n]) for row in rows) for n in columns]
        best = max(scores, default=0)
        if best * 2 < len(rows) or not best:
            date_only = _named(header, _DATE_NAMES)
            return None if date_only is None else (None, date_only, kind)
        time = scores.index(best)
    dates = (n for n in range(time) if _holds_dates(rows, n))
    date = next((n for n in dates if not _TIME_NAMES.search("".join(header[n : n + 1]))), None)
    return date, time, kind


def _named(header: Sequence[str], names: re.Pattern[str]) -> int | None:
    named = (n for n, cell in enumerate(header[:_MOST_COLUMNS]) if names.search(cell))
    return next(named, None)


def _holds_dates(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether half of a column's cells are dates without a clock."""
    found = [match_time(row[column].strip("*` ")) for row in rows if column < len(row)]
    return 2 * sum(bool(item and item.day and not item.clock) for item in found) >= max(
        1, len(rows)
    )


def _is_time(cell: str) -> bool:
    expression = match_time(cell.strip("*_`[( "), military=False)
    return bool(expression and expression.clock)


def _row(line: Line, date: int | None, time: int, kind: int | None) -> Row:
    cells = split_cells(line.text)
    picked = [cells[n] for n in (date, time) if n is not None and n < len(cells)]
    rest = tuple(cell for n, cell in enumerate(cells) if n not in (date, time, kind) and cell)
    word = cells[kind] if kind is not None and kind < len(cells) and kind != time else ""
    return Row(line, " ".join(cell.strip("*_` ") for cell in picked if cell), rest, word)


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
    owner, due, state, named = (
        cells[n] if (n := columns[name]) is not None and n < len(cells) else ""
        for name in ("owner", "due", "state", "text")
    )
    text = named or max(cells, key=len, default="")
    if not text.strip():
        return None
    task = read_details(text, Position(line.number, line.margin + 1), [])
    others = [item for item in cells if item and item not in (text, owner)]
    own = _state_of(state) if state else _marked_state(text, others)
    own = task.state if own is TaskState.OPEN and not state else own
    return replace(
        task,
        state=own,
        owners=task.owners or owner_names(owner),
        due=task.due or _due_day(due, task.position, findings),
        done=task.done if own is TaskState.DONE else None,
        # The first column may number the rows: "#1".
        ticket=task.ticket
        or next(filter(None, map(read_ticket, others[others[:1] == cells[:1] :])), None),
        type=task.type or next(filter(None, map(task_type, others)), None),
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
