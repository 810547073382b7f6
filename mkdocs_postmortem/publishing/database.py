"""The archive as a SQLite file, for questions that a spreadsheet can't answer."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    record_columns,
    record_row,
    task_row,
)

_NUMBERS = {"users_percent": "REAL", "open_tasks": "INTEGER"}


def as_sqlite(records: Sequence[Postmortem], today: date) -> bytes:
    """A database with the tables outages, services, causes, timeline and tasks."""
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
    return "INTEGER" if column.endswith("_seconds") else _NUMBERS.get(column, "TEXT")


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
