"""The archive as a folder of Parquet files, for analysis beyond one machine. Needs ``[parquet]``.

Three tables, each partitioned by the year in which the outage began (``year=2026``, as Hive does):
``outages``, ``tasks`` and ``timeline``. Tasks and entries are tables of their own, because that is
how they are queried; short lists (services, causes, owners) stay lists. Instants are in UTC, with
the page's zone beside them. Each row names its site, so that the folders of many repositories can
be read as one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mkdocs_postmortem.model.address import Addresses
from mkdocs_postmortem.model.lifecycle import MEASURES, Milestone
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.extras import need

# What Hive, Spark and DuckDB call the partition of rows without a value.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
_TEXT, _TEXTS, _DAY, _INSTANT, _NUMBER, _SHARE, _FLAG = (
    "text texts day instant number share flag".split()
)

OUTAGES = {
    "site": _TEXT, "id": _TEXT, "title": _TEXT, "status": _TEXT, "severity": _TEXT,
    "services": _TEXTS, "timezone": _TEXT, "day": _DAY,
    **{milestone.value: _INSTANT for milestone in Milestone},
    **{f"{measure.name}_seconds": _NUMBER for measure in MEASURES},
    "users_affected": _TEXT, "users_percent": _SHARE, "impact": _TEXT, "root_cause": _TEXT,
    "trigger": _TEXT, "causes": _TEXTS, "detected_by": _TEXT, "authors": _TEXTS,
    "recurrence_of": _TEXTS, "related": _TEXTS, "task_count": _NUMBER, "open_tasks": _NUMBER,
    "words": _NUMBER, "measures": "lengths", "custom": _TEXT, "path": _TEXT, "url": _TEXT,
}  # fmt: skip
TASKS = {
    "site": _TEXT, "outage": _TEXT, "position": _NUMBER, "text": _TEXT, "state": _TEXT,
    "owners": _TEXTS, "due": _DAY, "done": _DAY, "added": _DAY, "dropped": _DAY, "overdue": _FLAG,
    "type": _TEXT, "ticket": _TEXT, "ticket_url": _TEXT, "reason": _TEXT, "services": _TEXTS,
    "path": _TEXT, "line": _NUMBER,
}  # fmt: skip
TIMELINE = {
    "site": _TEXT, "outage": _TEXT, "position": _NUMBER, "instant": _INSTANT, "until": _INSTANT,
    "estimated": _FLAG, "kind": _TEXT, "text": _TEXT, "services": _TEXTS, "path": _TEXT,
    "line": _NUMBER,
}  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from: the site's name, the addresses of its pages, and today."""

    site: str
    addresses: Addresses
    today: date


def as_parquet(records: Iterable[Postmortem], source: Source) -> Iterator[tuple[str, bytes]]:
    """The files as (path below the folder, content): ``outages/year=2026/part-0.parquet``."""
    arrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    by_year: dict[str, list[Postmortem]] = {}
    for record in records:
        by_year.setdefault(str(record.day.year) if record.day else _NO_YEAR, []).append(record)
    tables: tuple[tuple[str, dict[str, str], Callable[[Postmortem], list[Row]]], ...] = (
        ("outages", OUTAGES, lambda record: [_outage(record, source)]),
        ("tasks", TASKS, lambda record: _tasks(record, source)),
        ("timeline", TIMELINE, lambda record: _timeline(record, source)),
    )
    for name, columns, rows_of in tables:
        schema = _schema(arrow, columns)
        # A year without rows is written too: then every table has its columns.
        for year, own in sorted(by_year.items()):
            rows = [row for record in own for row in rows_of(record)]
            stream = io.BytesIO()
            parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), stream)
            yield f"{name}/year={year}/part-0.parquet", stream.getvalue()


def _schema(arrow: Any, columns: dict[str, str]) -> Any:
    types = {
        _TEXT: arrow.string(),
        _TEXTS: arrow.list_(arrow.string()),
        _DAY: arrow.date32(),
        _INSTANT: arrow.timestamp("us", tz="UTC"),
        _NUMBER: arrow.int64(),
        _SHARE: arrow.float64(),
        _FLAG: arrow.bool_(),
        "lengths": arrow.map_(arrow.string(), arrow.int64()),
    }
    return arrow.schema([arrow.field(name, types[kind]) for name, kind in columns.items()])


def _outage(record: Postmortem, source: Source) -> Row:
    cycle, users = record.lifecycle, record.users_affected
    lengths = {measure.name: cycle.length(measure) for measure in (*MEASURES, *record.measures)}
    seconds = {name: int(item.total_seconds()) for name, item in lengths.items() if item}
    return {
        "site": source.site,
        "id": record.id,
        "title": record.title,
        "status": record.status.value if record.status else None,
        "severity": record.severity,
        "services": list(record.services),
        "timezone": record.zone.name if record.zone else None,
        "day": record.day,
        **{milestone.value: cycle.instant(milestone) for milestone in Milestone},
        **{f"{measure.name}_seconds": seconds.get(measure.name) for measure in MEASURES},
        "users_affected": users.written if users else None,
        "users_percent": users.percent if users else None,
        "impact": record.impact or None,
        "root_cause": record.root_cause or None,
        "trigger": record.trigger or None,
        "causes": list(record.causes),
        "detected_by": record.detected_by,
        "authors": list(record.authors),
        "recurrence_of": list(record.recurrence_of),
        "related": list(record.related),
        "task_count": len(record.tasks),
        "open_tasks": len(record.open_tasks),
        "words": record.words,
        "measures": _known(seconds, [measure.name for measure in record.measures]),
        "custom": json.dumps(record.custom, ensure_ascii=False) if record.custom else None,
        "path": record.path,
        "url": source.addresses(record.path),
    }


def _tasks(record: Postmortem, source: Source) -> list[Row]:
    return [
        {
            "site": source.site,
            "outage": record.id,
            "position": position,
            "text": task.text,
            "state": task.state.value,
            "owners": list(task.owners),
            "due": task.due,
            "done": task.done,
            "added": task.added,
            "dropped": task.dropped,
            "overdue": task.is_overdue(source.today),
            "type": task.type.value if task.type else None,
            "ticket": task.ticket.text if task.ticket else None,
            "ticket_url": (task.ticket.url or None) if task.ticket else None,
            "reason": task.reason or None,
            "services": list(record.services),
            "path": record.path,
            "line": task.position.line,
        }
        for position, task in enumerate(record.tasks)
    ]


def _timeline(record: Postmortem, source: Source) -> list[Row]:
    return [
        {
            "site": source.site,
            "outage": record.id,
            "position": position,
            # Not `at`: that is a word of DuckDB's SQL.
            "instant": entry.moment.instant,
            "until": entry.moment.until.instant if entry.moment.until else None,
            "estimated": entry.moment.estimated,
            "kind": entry.kind.value,
            "text": entry.text,
            "services": list(record.services),
            "path": record.path,
            "line": entry.position.line,
        }
        for position, entry in enumerate(record.timeline.entries)
    ]


def _known(seconds: dict[str, int], names: Sequence[str]) -> list[tuple[str, int]]:
    return [(name, seconds[name]) for name in names if name in seconds]
