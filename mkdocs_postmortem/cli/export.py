"""``export``: the archive as data."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

import click

from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import Archive, archive_options, warn_unknown
from mkdocs_postmortem.cli.text_file import write_new
from mkdocs_postmortem.publishing.atomic import write_folder
from mkdocs_postmortem.publishing.bundle import Publication, as_atom, as_calendar, as_json_feed
from mkdocs_postmortem.publishing.dataset import as_dataset
from mkdocs_postmortem.publishing.extras import MissingExtraError
from mkdocs_postmortem.publishing.page_copy import as_confluence, as_gfm, as_html, without_links
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    Source,
    as_csv,
    as_json,
    as_parquet,
    as_sqlite,
    record_columns,
    record_row,
    task_row,
)

_BINARY = {"sqlite": "a file", "parquet": "a folder"}
# The contents of an earlier export; no other folder is replaced.
_PARTS = {"outages", "tasks", "timeline"}
_FORMATS = ("json", "csv", "ics", "atom", "jsonfeed", "sqlite", "parquet")
_COPIES = {"gfm": as_gfm, "html": as_html, "confluence-storage": as_confluence}
_SUBSCRIBED = {"atom": as_atom, "jsonfeed": as_json_feed, "ics": as_calendar}


@click.command()
@click.argument("output_format", metavar="FORMAT", type=click.Choice([*_FORMATS, "page"]))
@click.argument("page_id", metavar="[ID]", required=False)
@click.option(
    "--to", "target", type=click.Choice(tuple(_COPIES)), help="Format of a page; with `page`."
)
@click.option(
    "--tasks",
    "of_tasks",
    is_flag=True,
    help="Export tasks instead of incidents (JSON and CSV only).",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write into this file or folder."
)
@click.option("--force", is_flag=True, help="Overwrite what exists.")
@archive_options
def export(
    output_format: str,
    page_id: str | None,
    target: str | None,
    of_tasks: bool,
    output: Path | None,
    force: bool,
    read: Callable[[], Archive],
) -> None:
    """Write the archive as data, to a file or to standard output.

    FORMAT is json, csv, ics, atom, jsonfeed, sqlite, parquet or page. json and csv hold incidents
    or tasks, ics the due dates of open tasks, atom and jsonfeed the newest incidents, sqlite
    everything in tables, and parquet the same as a folder of files by year. `page ID --to gfm`
    writes a single page for another tool, for example PM-2026-014.
    """
    if (output_format == "page") != bool(page_id and target):
        raise click.UsageError("Name a page and its format: `export page ID --to gfm`.")
    if of_tasks and output_format not in ("json", "csv"):
        raise click.UsageError("--tasks needs the format json or csv.")
    if output_format in _BINARY and output is None:
        raise click.UsageError(
            f"{output_format} is not text; name {_BINARY[output_format]} with --output."
        )
    archive = read()
    roots = archive.project.roots
    try:
        if output_format == "parquet" and output is not None:
            _write_parquet(archive, output, force, roots)
            return
        if page_id and target:
            data = _copy(archive, page_id, target).encode()
        else:
            data = _data(archive, output_format, of_tasks)
    except MissingExtraError as error:
        raise Refusal(str(error)) from error
    if output is None:
        click.echo(data, nl=not data.endswith(b"\n"))
    else:
        write_new(output, data, roots, force=force)


def _write_parquet(archive: Archive, output: Path, force: bool, roots: Collection[Path]) -> None:
    if os.path.lexists(output):
        if not force:
            raise Refusal(f"{output} exists already; --force overwrites it.")
        is_folder = output.is_dir() and not output.is_symlink()
        if not is_folder or not {item.name for item in output.iterdir()} <= _PARTS:
            raise Refusal(f"{output} is not a folder that this command wrote. Choose another one.")
    source = Source(archive.project.site_name, archive.project.address, archive.checker.today)
    write_folder(output, list(as_parquet(archive.site.catalog.records, source)), roots=roots)
    click.echo(f"{output} written.", err=True)


def _data(archive: Archive, output_format: str, of_tasks: bool) -> bytes:
    records, today = archive.site.catalog.records, archive.checker.today
    project = archive.project
    if output_format == "sqlite":
        return as_sqlite(records, today)
    if output_format in _SUBSCRIBED:
        if output_format != "ics" and not project.site_url:
            raise Refusal("A feed needs `site_url` in mkdocs.yml.")
        publication = Publication(
            records,
            today,
            project.address,
            site_name=project.site_name,
            site_url=project.site_url,
            messages=project.messages(),
        )
        return _SUBSCRIBED[output_format](publication).encode()
    if of_tasks:
        rows = [task_row(record, task, today) for record in records for task in record.tasks]
        make_text = as_json if output_format == "json" else as_csv
        return make_text(TASK_COLUMNS, rows).encode()
    if output_format == "json":
        audience = archive.checker.settings.audience
        return as_dataset(records, today, project.address, audience=audience).encode()
    return as_csv(record_columns(records), map(record_row, records)).encode()


def _copy(archive: Archive, page_id: str, target: str) -> str:
    record = archive.site.catalog.with_id(page_id)
    if record is None:
        warn_unknown("postmortem", page_id, (item.id for item in archive.site.catalog.records))
        raise SystemExit(1)
    page = without_links(archive.site.pages[record.path], archive.site.left_out.hidden)
    about = page, record, archive.project.messages()
    address = archive.project.address if archive.project.site_url else None
    if address is None and as_gfm(*about, None) != as_gfm(*about, str):
        click.echo(
            "Relative links are kept as they are; with `site_url` they become absolute.", err=True
        )
    return _COPIES[target](*about, address)
