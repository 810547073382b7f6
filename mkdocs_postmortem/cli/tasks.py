"""``tasks``: the open tasks of all postmortems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from mkdocs_postmortem.catalog.outage_tasks import OutageTask, tasks_of
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli.site import Archive, archive_options, format_option, warn_unknown
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.publishing.tables import TASK_COLUMNS, as_csv, as_json, as_markdown, task_row
from mkdocs_postmortem.reading.markdown_text import plain_text


@click.command()
@click.option("--all", "everything", is_flag=True, help="Include tasks that are done or dropped.")
@click.option("--overdue", is_flag=True, help="Only overdue tasks.")
@click.option("--owner", help="Only tasks of this owner.")
@click.option("--service", help="Only tasks of incidents of this service.")
@click.option("--fail-overdue", is_flag=True, help="Exit with 1 if a task is overdue.")
@format_option("table", "csv", "json", "markdown")
@archive_options
def tasks(
    everything: bool,
    overdue: bool,
    owner: str | None,
    service: str | None,
    fail_overdue: bool,
    output_format: str,
    read: Callable[[], Archive],
) -> None:
    """List the open tasks of all incidents, the longest overdue first."""
    archive = read()
    records = archive.site.catalog.records
    warn_unknown("owner", owner, (name for one in records for t in one.tasks for name in t.owners))
    warn_unknown("service", service, (name for one in records for name in one.services))
    filters: dict[str, Any] = {"state": "overdue" if overdue else "all" if everything else "open"}
    filters |= {k: v for k, v in (("owner", owner), ("service", service)) if v}
    chosen = tasks_of(archive.site.catalog.select(filters), filters, archive.checker.today)
    click.echo(_rendered(chosen, output_format, archive.checker.today))
    late = any(item.is_overdue(archive.checker.today) for item in chosen)
    raise SystemExit(int(fail_overdue and late))


def _rendered(items: Sequence[OutageTask], output_format: str, today: date) -> str:
    # Some paste a token where a name belongs.
    rows = [[*map(printable, task_row(item.record, item.task, today))] for item in items]
    if output_format == "csv":
        return as_csv(TASK_COLUMNS, rows).rstrip("\r\n")
    if output_format == "json":
        return as_json(TASK_COLUMNS, rows)
    if output_format == "markdown":
        columns = ("due", "owners", "text", "outage", "state")
        picked = [[row[TASK_COLUMNS.index(name)] for name in columns] for row in rows]
        return as_markdown(columns, picked)
    return "\n".join(
        [*(_line(item.record, item.task, today) for item in items), _sum(items, today)]
    )


def _line(record: Postmortem, task: Task, today: date) -> str:
    is_overdue = task.is_overdue(today)
    state = f"{'overdue' if is_overdue else task.state.value:11}"
    state = click.style(state, fg="red", bold=True) if is_overdue else state
    day = f"due {task.due}" if task.due else "no date"
    # Of a task that is done or dropped, this day is the later news.
    day = f"on {task.settled}" if task.settled else day
    owners = " ".join(f"@{name}" for name in task.owners) or "nobody"
    where = f"{record.id}, {record.path}:{task.position.line}"
    text = printable(f"{owners:14} {plain_text(task.text)}  ({where})")
    return f"{state}  {day:14}  {text}"


def _sum(items: Sequence[OutageTask], today: date) -> str:
    open_ones = sum(item.task.state.is_open for item in items)
    late = sum(item.is_overdue(today) for item in items)
    return f"{open_ones} open task{'s' if open_ones != 1 else ''}, {late} overdue on {today}."
