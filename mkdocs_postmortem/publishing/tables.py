"""Records and tasks as rows: for CSV, Markdown, SQLite and terminals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task

if TYPE_CHECKING:
    import sqlite3

RECORD_COLUMNS = (
    "id", "title", "status", "severity", "services", "started", "detected", "mitigated",
    "resolved", "duration_seconds", "users_affected", "users_percent", "impact", "root_cause",
    "trigger", "causes", "detected_by", "authors", "recurrence_of", "open_tasks", "path",
)  # fmt: skip
TASK_COLUMNS = (
    "outage", "text", "state", "owners", "due", "done", "overdue", "type", "ticket", "url",
    "reason", "services", "path", "line", "added", "dropped",
)  # fmt: skip

# A spreadsheet runs a cell that begins so as a formula; an apostrophe makes it text. Some take the
# wide signs of East Asian keyboards as well.
_FORMULA = (*"=+-@＝＋－＠", "\t", "\r", "\n")
_COLUMN_TYPES = {"users_percent": "REAL", "open_tasks": "INTEGER"}


def record_columns(records: Sequence[Postmortem]) -> tuple[str, ...]:
    """RECORD_COLUMNS and one for each length that the site defines (the same for all records)."""
    own = records[0].measures if records else ()
    return (*RECORD_COLUMNS, *(f"{measure.key}_seconds" for measure in own))


def record_row(record: Postmortem, data: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """A record as texts in the order of ``record_columns``; lists are joined by a semicolon.

    ``data`` is what ``to_data`` gives for it, if that is known.
    """
    data = to_data(record) if data is None else data
    users = data.get("users_affected", {})
    moments = ("started", "detected", "mitigated", "resolved")
    values = {
        **{name: data.get(name, "") for name in RECORD_COLUMNS},
        **{name: data.get(name, {}).get("at", "") for name in moments},
        "users_affected": users.get("written", ""),
        "users_percent": users.get("percent", ""),
        "open_tasks": len(record.open_tasks),
    }
    lengths = (record.lifecycle.length(measure) for measure in record.measures)
    own = ("" if length is None else str(int(length.total_seconds())) for length in lengths)
    return (*(_text(values[name]) for name in RECORD_COLUMNS), *own)


def task_row(record: Postmortem, task: Task, today: date) -> tuple[str, ...]:
    """A task as texts in the order of TASK_COLUMNS."""
    return (
        record.id,
        task.text,
        task.state.value,
        _text(list(task.owners)),
        task.due.isoformat() if task.due else "",
        task.done.isoformat() if task.done else "",
        "yes" if task.is_overdue(today) else "",
        task.type.value if task.type else "",
        task.ticket.text if task.ticket else "",
        task.ticket.url if task.ticket else "",
        task.reason,
        _text(list(record.services)),
        record.path,
        str(task.position.line),
        task.added.isoformat() if task.added else "",
        task.dropped.isoformat() if task.dropped else "",
    )


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV by RFC 4180, with formulas made text."""
    return csv_lines([columns]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """The lines of ``as_csv`` without the one with the columns."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return stream.getvalue()


def as_markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [_markdown_row(columns), _markdown_row(["---"] * len(columns))]
    return "\n".join([*lines, *(_markdown_row(row) for row in rows)])


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def _harmless(cell: str) -> str:
    # Python 3.10 refuses a NUL, and no spreadsheet has a use for one.
    cell = cell.replace("\0", "\ufffd")
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def as_sqlite(records: Sequence[Postmortem], today: date) -> bytes:
    """A database with the tables outages, services, causes, timeline and tasks."""
    import sqlite3  # here, since every command starts with this file
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "postmortems.sqlite"
        connection = sqlite3.connect(file)
        with connection:
            _create(connection, record_columns(records))
            for record in records:
                _insert(connection, record, today)
        connection.close()
        return file.read_bytes()


def _create(connection: sqlite3.Connection, names: Sequence[str]) -> None:
    columns = ", ".join(f'"{name}" {_type(name)}' for name in names)
    connection.execute(f"CREATE TABLE outages ({columns})")
    connection.execute("CREATE TABLE services (outage TEXT, service TEXT)")
    connection.execute("CREATE TABLE causes (outage TEXT, cause TEXT)")
    connection.execute("CREATE TABLE timeline (outage TEXT, at TEXT, kind TEXT, text TEXT)")
    connection.execute(f"CREATE TABLE tasks ({', '.join(f'{name} TEXT' for name in TASK_COLUMNS)})")


def _type(column: str) -> str:
    return "INTEGER" if column.endswith("_seconds") else _COLUMN_TYPES.get(column, "TEXT")


def _insert(connection: sqlite3.Connection, record: Postmortem, today: date) -> None:
    values = [value or None for value in record_row(record)]
    connection.execute(f"INSERT INTO outages VALUES ({_marks(values)})", values)  # noqa: S608 - marks only
    pairs = [(record.id, name) for name in record.services]
    connection.executemany("INSERT INTO services VALUES (?, ?)", pairs)
    connection.executemany(
        "INSERT INTO causes VALUES (?, ?)", [(record.id, cause) for cause in record.causes]
    )
    events = [
        (
            record.id,
            entry.moment.instant.isoformat() if entry.moment.instant else None,
            entry.kind.value,
            entry.text,
        )
        for entry in record.timeline.entries
    ]
    connection.executemany("INSERT INTO timeline VALUES (?, ?, ?, ?)", events)
    rows = [[cell or None for cell in task_row(record, task, today)] for task in record.tasks]
    marks = _marks(TASK_COLUMNS)
    connection.executemany(f"INSERT INTO tasks VALUES ({marks})", rows)  # noqa: S608 - marks only


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
