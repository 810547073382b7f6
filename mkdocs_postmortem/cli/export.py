"""``export``: records or tasks as JSON or CSV."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from mkdocs_postmortem.cli.archive import Archive, open_archive
from mkdocs_postmortem.publishing import (
    RECORD_COLUMNS,
    TASK_COLUMNS,
    as_csv,
    as_dataset,
    record_row,
    task_row,
    write_whole,
)


@click.command()
@click.argument("form", type=click.Choice(["json", "csv"]))
@click.option("--tasks", "of_tasks", is_flag=True, help="A row per task instead of per outage.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]))
def export(
    form: str, of_tasks: bool, output: Path | None, force: bool, today: datetime | None
) -> None:
    """Write all outages (or their tasks) as data, to a file or to standard output."""
    archive = open_archive(Path.cwd(), today)
    text = _tasks(archive, form) if of_tasks else _records(archive, form)
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        write_whole(output, text.encode(), overwrite=force)
    except FileExistsError:
        raise click.UsageError(f"{output} exists already; --force overwrites it.") from None
    except OSError as fault:
        raise click.ClickException(f"{output}: {fault.strerror}.") from fault


def _records(archive: Archive, form: str) -> str:
    if form == "json":
        return as_dataset(archive.catalog.records, archive.today)
    return as_csv(RECORD_COLUMNS, (record_row(record) for record in archive.catalog.records))


def _tasks(archive: Archive, form: str) -> str:
    rows = [
        task_row(record, task, archive.today)
        for record in archive.catalog.records
        for task in record.tasks
    ]
    if form == "json":
        return json.dumps([dict(zip(TASK_COLUMNS, row, strict=True)) for row in rows], indent=1)
    return as_csv(TASK_COLUMNS, rows)
