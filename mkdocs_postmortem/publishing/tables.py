"""Records, tasks and timelines as rows: for CSV, Markdown, SQLite, Parquet and terminals.

The values of a row are worked out once, whatever it is written to. Parquet keeps their types; it
has three tables in a folder, each partitioned by the year in which the outage began (``year=2026``,
as Hive does), for analysis beyond one machine. Instants are in UTC there, with the page's zone
next to them, and each row names its site, so that the folders of many repositories can be read as
one.
"""

from __future__ import annotations

import csv
import errno
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from mkdocs_postmortem.model.address import Addresses
from mkdocs_postmortem.model.lifecycle import METRICS, Metric, Milestone
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.publishing.extras import need

RECORD_COLUMNS = (
    "id", "title", "status", "severity", "services", "started", "detected", "mitigated",
    "resolved", "duration_seconds", "users_affected", "users_percent", "impact", "root_cause",
    "trigger", "causes", "detected_by", "authors", "recurrence_of", "open_tasks", "path",
)  # fmt: skip
TASK_COLUMNS = (
    "outage", "text", "state", "owners", "due", "done", "overdue", "type", "ticket", "url",
    "reason", "services", "path", "line", "added", "dropped",
)  # fmt: skip
_PARQUET_COLUMNS = {
    "outages": (
        "site", "id", "title", "status", "severity", "services", "timezone", "day",
        *(milestone.value for milestone in Milestone),
        *(f"{metric.name}_seconds" for metric in METRICS),
        "users_affected", "users_percent", "impact", "root_cause", "trigger", "causes",
        "detected_by", "authors", "recurrence_of", "related", "task_count", "open_tasks", "words",
        "measures", "custom", "path", "url",
    ),
    "tasks": (
        "site", "outage", "position", "text", "state", "owners", "due", "done", "added", "dropped",
        "overdue", "type", "ticket", "ticket_url", "reason", "services", "path", "line",
    ),
    # Not `at` for the instant: that is a word of DuckDB's SQL.
    "timeline": (
        "site", "outage", "position", "instant", "until", "estimated", "kind", "text", "services",
        "path", "line",
    ),
}  # fmt: skip
# The columns that are not text.
_TYPES = {
    **dict.fromkeys("services owners causes authors recurrence_of related".split(), "texts"),
    **dict.fromkeys(("day", "due", "done", "added", "dropped"), "day"),
    **dict.fromkeys(("instant", "until", *(milestone.value for milestone in Milestone)), "instant"),
    **dict.fromkeys(("position", "line", "words", "task_count", "open_tasks"), "number"),
    **dict.fromkeys((f"{metric.name}_seconds" for metric in METRICS), "number"),
    **dict.fromkeys(("overdue", "estimated"), "flag"),
    "users_percent": "share",
    "measures": "lengths",
}  # fmt: skip
# The columns that are values of a record or of a task by the same name.
_OF_RECORD = (
    "id title status severity services day impact root_cause trigger causes detected_by authors "
    "recurrence_of related words path"
).split()
_OF_TASK = "text state owners due done added dropped type reason".split()
# A spreadsheet runs a cell that begins so as a formula; an apostrophe makes it text. Some take the
# wide signs of East Asian keyboards as well.
_FORMULA = (*"=+-@＝＋－＠", "\t", "\r", "\n")
# What Hive, Spark and DuckDB call the partition of rows without a value.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"

Row = dict[str, Any]


def _outage_values(record: Postmortem) -> Row:
    """A record by column; None for what is not known."""
    users = record.users_affected
    return {
        **{name: _plain(getattr(record, name)) for name in _OF_RECORD},
        "timezone": record.zone.name if record.zone else None,
        **{milestone.value: record.lifecycle.instant(milestone) for milestone in Milestone},
        **{f"{name}_seconds": seconds for name, seconds in _seconds(record, METRICS)},
        "users_affected": users.written if users else None,
        "users_percent": users.percent if users else None,
        "task_count": len(record.tasks),
        "open_tasks": len(record.open_tasks),
    }


def _task_values(record: Postmortem, task: Task, today: date) -> Row:
    return {
        "outage": record.id,
        **{name: _plain(getattr(task, name)) for name in _OF_TASK},
        "overdue": task.is_overdue(today),
        "ticket": task.ticket.text if task.ticket else None,
        "ticket_url": (task.ticket.url or None) if task.ticket else None,
        "services": list(record.services),
        "path": record.path,
        "line": task.position.line,
    }


def _entry_values(record: Postmortem) -> list[Row]:
    return [
        {
            "outage": record.id,
            "instant": entry.moment.instant,
            "until": entry.moment.until.instant if entry.moment.until else None,
            "estimated": entry.moment.estimated,
            "kind": entry.kind.value,
            "text": entry.text,
            "services": list(record.services),
            "path": record.path,
            "line": entry.position.line,
        }
        for entry in record.timeline.entries
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else None if value == "" else value


def _seconds(record: Postmortem, measures: Iterable[Metric]) -> Iterator[tuple[str, int | None]]:
    for metric in measures:
        length = record.lifecycle.length(metric)
        yield metric.name, None if length is None else int(length.total_seconds())


def record_columns(records: Sequence[Postmortem]) -> tuple[str, ...]:
    """RECORD_COLUMNS and one for each length that the site defines (the same for all records)."""
    own = records[0].measures if records else ()
    return (*RECORD_COLUMNS, *(f"{metric.key}_seconds" for metric in own))


def record_row(record: Postmortem) -> tuple[str, ...]:
    """A record as texts in the order of ``record_columns``; lists are joined by a semicolon."""
    values = _outage_values(record)
    own = (seconds for _, seconds in _seconds(record, record.measures))
    return tuple(map(_text, (*(values[name] for name in RECORD_COLUMNS), *own)))


def task_row(record: Postmortem, task: Task, today: date) -> tuple[str, ...]:
    """A task as texts in the order of TASK_COLUMNS."""
    values = _task_values(record, task, today)
    values["url"] = values["ticket_url"]
    return tuple(_text(values[name]) for name in TASK_COLUMNS)


def _text(value: Any) -> str:
    if isinstance(value, (list, bool)):
        return "; ".join(value) if isinstance(value, list) else "yes" if value else ""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV by RFC 4180, with formulas made text."""
    return csv_lines([columns]) + csv_lines(rows)


def as_json(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A list with an object for each row."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=1)


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


def as_sqlite(records: Sequence[Postmortem], today: date) -> bytes:
    """A database with the tables outages, services, causes, timeline and tasks. OSError if the
    disk is full.
    """
    import sqlite3  # here, since every command starts with this file
    import tempfile

    events = [row for record in records for row in _entry_values(record)]
    tables: dict[str, tuple[Sequence[str], list[tuple[str, ...]]]] = {
        "outages": (record_columns(records), [record_row(record) for record in records]),
        "services": (
            ("outage", "service"),
            [(record.id, name) for record in records for name in record.services],
        ),
        "causes": (
            ("outage", "cause"),
            [(record.id, name) for record in records for name in record.causes],
        ),
        "timeline": (
            ("outage", "at", "kind", "text"),
            [(row["outage"], _text(row["instant"]), row["kind"], row["text"]) for row in events],
        ),
        "tasks": (
            TASK_COLUMNS,
            [task_row(record, task, today) for record in records for task in record.tasks],
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "postmortems.sqlite"
        try:
            with closing(sqlite3.connect(file)) as connection, connection:
                for name, (columns, rows) in tables.items():
                    typed = ", ".join(f'"{column}" {_sql_type(column)}' for column in columns)
                    connection.execute(f"CREATE TABLE {name} ({typed})")
                    marks = ", ".join("?" for _ in columns)
                    values = [[cell or None for cell in row] for row in rows]
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, f"SQLite reports: {error}", folder) from error
        return file.read_bytes()


def _sql_type(column: str) -> str:
    is_number = column == "open_tasks" or column.endswith("_seconds")
    return "INTEGER" if is_number else "REAL" if column == "users_percent" else "TEXT"


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: the site's name, the addresses of its pages, and today."""

    site: str
    addresses: Addresses
    today: date


def as_parquet(records: Iterable[Postmortem], source: Source) -> Iterator[tuple[str, bytes]]:
    """The files as (path below the folder, content): ``outages/year=2026/part-0.parquet``.

    MissingExtraError without the extra ``[parquet]``.
    """
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    by_year: dict[str, list[Postmortem]] = {}
    for record in records:
        by_year.setdefault(str(record.day.year) if record.day else _NO_YEAR, []).append(record)
    for name, columns in _PARQUET_COLUMNS.items():
        schema = _schema(arrow, columns)
        # A year without rows is written too: then every table has its columns.
        for year, own in sorted(by_year.items()):
            rows = [row for record in own for row in _parquet_rows(name, record, source)]
            stream = io.BytesIO()
            parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), stream)
            yield f"{name}/year={year}/part-0.parquet", stream.getvalue()


def _schema(arrow: Any, columns: Iterable[str]) -> Any:
    types = {
        "texts": arrow.list_(arrow.string()),
        "day": arrow.date32(),
        "instant": arrow.timestamp("us", tz="UTC"),
        "number": arrow.int64(),
        "share": arrow.float64(),
        "flag": arrow.bool_(),
        "lengths": arrow.map_(arrow.string(), arrow.int64()),
    }
    return arrow.schema(
        [arrow.field(name, types.get(_TYPES.get(name, ""), arrow.string())) for name in columns]
    )


def _parquet_rows(table: str, record: Postmortem, source: Source) -> Iterator[Row]:
    rows = [_task_values(record, task, source.today) for task in record.tasks]
    if table == "outages":
        seconds = _seconds(record, record.measures)
        custom = json.dumps(record.custom, ensure_ascii=False) if record.custom else None
        more = {"measures": [pair for pair in seconds if pair[1] is not None], "custom": custom}
        rows = [{**_outage_values(record), **more, "url": source.addresses(record.path)}]
    elif table == "timeline":
        rows = _entry_values(record)
    for position, row in enumerate(rows):
        yield {"site": source.site, "position": position, **row}
