"""Tables whose rows are events: which column holds the time, which the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.entry_lines import kind_of, read_label
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.time_expression import match_time

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
            self._end = self._end_of_run(start)
        table = _read_table(self._lines[start : self._end], start)
        if table is None and self._end - start > _LONG_RUN:
            self._refused = self._end
        return table

    def _end_of_run(self, end: int) -> int:
        lines = self._lines
        while end < len(lines) and (
            looks_like_row(lines[end]) or is_delimiter(lines[end]) or lines[end].is_cut
        ):
            end += 1
        return end


def _read_table(block: Sequence[Line], start: int) -> EventTable | None:
    """The table that begins with the first of some rows, which is line ``start`` of its section."""
    delimiter = next((n for n, line in enumerate(block[:2]) if is_delimiter(line)), None)
    header = block[0].text if delimiter == 1 else ""
    data = [
        line
        for line in block[(delimiter + 1 if delimiter is not None else 0) :]
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
    time = _named(header, _TIME_NAMES)
    if time is None:
        scores = [0] * _MOST_COLUMNS
        for row in rows:
            for n, cell in enumerate(row[:_MOST_COLUMNS]):
                scores[n] += _is_time(cell)
        best = max(scores)
        if best * 2 < len(rows) or not best:
            date_only = _named(header, _DATE_NAMES)
            return None if date_only is None else (None, date_only, _named(header, _KIND_NAMES))
        time = scores.index(best)
    date = next(
        (
            n
            for n in range(time)
            if _share(rows, n) and not (n < len(header) and _TIME_NAMES.search(header[n]))
        ),
        None,
    )
    return date, time, _named(header, _KIND_NAMES)


def _named(header: Sequence[str], names: re.Pattern[str]) -> int | None:
    named = (n for n, cell in enumerate(header[:_MOST_COLUMNS]) if names.search(cell))
    return next(named, None)


def _share(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether half of a column's cells are dates without a clock."""
    expressions = [match_time(row[column].strip("*` ")) for row in rows if column < len(row)]
    return 2 * sum(bool(item and item.day and not item.clock) for item in expressions) >= max(
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
