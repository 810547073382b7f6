"""``import``: exports of incident tools → drafts."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from textwrap import indent
from typing import TypeVar

import click

from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli.check_output import shown_path
from mkdocs_postmortem.cli.site import as_date, config_option, open_project, parse_zone
from mkdocs_postmortem.cli.text_file import show_diff
from mkdocs_postmortem.importing.extract import find_incidents
from mkdocs_postmortem.importing.incident import Incident
from mkdocs_postmortem.importing.page import (
    ImportedPage,
    ImportOptions,
    is_untouched,
    write_page,
    written_digest,
)
from mkdocs_postmortem.importing.payload import PayloadError, read_documents, summarize
from mkdocs_postmortem.importing.source import SOURCES
from mkdocs_postmortem.model.settings import match_severity, read_today
from mkdocs_postmortem.model.zone import UTC
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.publishing.extras import MissingExtraError
from mkdocs_postmortem.reading.front_matter import read_front_matter

_Item = TypeVar("_Item")


class Outcome(str, Enum):
    """What an import does with a page."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    # Changed in the export and by a person: reported, never overwritten.
    CONFLICT = "conflict"
    # Another page has the name.
    TAKEN = "taken"

    @property
    def is_written(self) -> bool:
        return self in (Outcome.NEW, Outcome.UPDATED)


@dataclass(frozen=True, slots=True)
class Step:
    """A page, its file, what becomes of it, and the text that is there now."""

    page: ImportedPage
    file: Path
    outcome: Outcome
    before: str = ""


@click.command("import", short_help="Turn exports of incident tools into drafts.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--format",
    "tool",
    type=click.Choice(["auto", *SOURCES]),
    default="auto",
    help="The tool that wrote the files.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the drafts, instead of the site's folder of postmortems.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.option("--json", "is_json", is_flag=True, help="Print the result as JSON.")
@click.option("--all-events", is_flag=True, help="Keep the events that machines wrote.")
@click.option("--keep-addresses", is_flag=True, help="Keep e-mail addresses in the text.")
@click.option("--timezone", "zone", help="IANA name of the drafts' zone, instead of the site's.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=as_date,
    help="Import only incidents that began on this day or later.",
)
@click.option(
    "--severity", "wanted", multiple=True, help="Import only this severity; can be repeated."
)
@click.option(
    "--reaction",
    metavar="EMOJI",
    default="",
    help="Make chat messages with this reaction entries of the timeline, for example pushpin.",
)
@config_option
def import_(
    files: tuple[Path, ...],
    tool: str,
    output: Path | None,
    dry_run: bool,
    is_json: bool,
    all_events: bool,
    keep_addresses: bool,
    zone: str | None,
    since: date | None,
    wanted: tuple[str, ...],
    reaction: str,
    config_file: Path | None,
) -> None:
    """Turn exports of incident tools into drafts.

    FILES are JSON, JSON Lines, or zip archives of them: one incident or many, with the answers on
    logs, notes and follow-ups next to them. A second import of the same incident changes nothing; a
    changed export updates only pages that nobody has edited.
    """
    project = open_project(config_file, may_lack_docs=True)
    options = _options(project, zone, all_events, keep_addresses, reaction.strip(":"))
    sources = SOURCES.values() if tool == "auto" else [SOURCES[tool]]
    documents, unread = _sorted_out(item for file in files for item in read_documents(file))
    try:
        incidents, without = _sorted_out(find_incidents(documents, sources))
    except MissingExtraError as error:
        raise click.ClickException(f"{error}") from None
    kept = [item for item in incidents if _is_wanted(item, since, wanted, options)]
    faults = [*unread, *without, *(problem for item in kept for problem in item.problems)]
    folder = output or project.docs / project.settings.folder
    steps = list(_plan(kept, folder, options))
    if not dry_run:
        with click.progressbar(steps, file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
            faults += [fault for step in progress if (fault := _write(step, project.roots))]
    if is_json:
        _report_json(steps, faults)
    else:
        _report(steps, faults, is_dry_run=dry_run)
        _report_left_out(incidents, len(kept))
    stopped = any(step.outcome in (Outcome.CONFLICT, Outcome.TAKEN) for step in steps)
    raise SystemExit(1 if faults or stopped else 0)


def _options(
    project: Project, zone: str | None, all_events: bool, keep_addresses: bool, reaction: str
) -> ImportOptions:
    settings = project.settings
    return ImportOptions(
        parse_zone(zone) if zone else settings.timezone or UTC,
        settings.severities,
        read_today(settings.today),
        settings.people,
        all_events,
        keep_addresses,
        reaction,
    )


def _sorted_out(items: Iterable[_Item | PayloadError]) -> tuple[list[_Item], list[PayloadError]]:
    """What could be read, and what could not."""
    found = list(items)
    faults = [item for item in found if isinstance(item, PayloadError)]
    return [item for item in found if not isinstance(item, PayloadError)], faults


def _is_wanted(
    incident: Incident, since: date | None, wanted: tuple[str, ...], options: ImportOptions
) -> bool:
    if incident.is_test:
        return False
    first = incident.first
    if since and (first is None or first.astimezone(options.zone.tz).date() < since):
        return False
    written = incident.severity.value if incident.severity else ""
    found = match_severity(written, options.severities) or written
    names = {match_severity(name, options.severities) or name for name in wanted}
    return not wanted or found in names


def _plan(incidents: list[Incident], folder: Path, options: ImportOptions) -> Iterator[Step]:
    imported = _imported(folder)
    taken = {file.name for file in folder.glob("*.md")}
    for incident in incidents:
        page = write_page(incident, options)
        own = imported.get((incident.tool, incident.id))
        if own is None:
            name = page.file_name
            if name in taken and (incident.name or incident.id):
                name = f"{Path(name).stem}-{incident.name or incident.id}.md".replace("/", "-")
            outcome = Outcome.TAKEN if name in taken else Outcome.NEW
            taken.add(name)
            yield Step(page, folder / name, outcome)
            continue
        file, text = own
        outcome = Outcome.UPDATED if is_untouched(text) else Outcome.CONFLICT
        if written_digest(page.text) == written_digest(text):
            outcome = Outcome.UNCHANGED
        yield Step(page, file, outcome, text)


def _imported(folder: Path) -> dict[tuple[str, str], tuple[Path, str]]:
    """The pages that an import wrote, by tool and id."""
    found: dict[tuple[str, str], tuple[Path, str]] = {}
    for file in sorted(folder.rglob("*.md")):
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        data = read_front_matter(text.split("\n")).data.get("postmortem")
        source = data.get("source") if isinstance(data, dict) else None
        if isinstance(source, dict):
            found[str(source.get("tool")), str(source.get("id"))] = file, text
    return found


def _write(step: Step, roots: Collection[Path]) -> PayloadError | None:
    """Write the page if there is something to write; what went wrong otherwise."""
    if not step.outcome.is_written:
        return None
    before = step.before.encode() if step.outcome is Outcome.UPDATED else None
    try:
        write_whole(step.file, step.page.text.encode(), roots=roots, before=before)
    except OSError as error:
        return PayloadError(f"{step.file}", f"{error.strerror or error}.")
    return None


def _report_json(steps: list[Step], faults: list[PayloadError]) -> None:
    rows = [
        {
            "tool": step.page.incident.tool,
            "id": step.page.incident.id,
            "title": step.page.incident.title,
            "file": str(step.file),
            "outcome": step.outcome.value,
        }
        for step in steps
    ]
    result = {"incidents": rows, "faults": list(map(str, faults))}
    click.echo(json.dumps(result, indent=1, ensure_ascii=False))


def _report(steps: list[Step], faults: list[PayloadError], *, is_dry_run: bool) -> None:
    for fault in summarize(faults):
        click.echo(printable(fault), err=True)
    for step in steps:
        click.echo(f"{step.outcome.value:9}  {shown_path(step.file)}")
        if step.outcome is Outcome.CONFLICT:
            # What the export says now against the page, which somebody has edited.
            diff = show_diff(step.before, step.page.text, str(step.file), "the export now")
            click.echo(indent(diff, "    ", lambda _: True))
        if step.outcome is Outcome.TAKEN:
            click.echo("           A page with this name exists; rename it and import again.")
    count = sum(step.outcome.is_written for step in steps)
    verb = "to write" if is_dry_run else "written"
    click.echo(f"{len(steps)} incident{'' if len(steps) == 1 else 's'} found, {count} {verb}.")
    if count and not is_dry_run:
        click.echo("Next: complete the drafts, then run `mkdocs-postmortem check`.", err=True)


def _report_left_out(incidents: list[Incident], kept: int) -> None:
    tests = sum(incident.is_test for incident in incidents)
    if tests:
        click.echo(f"Left out: {tests} of tests or drills.")
    if others := len(incidents) - kept - tests:
        click.echo(f"Left out: {others} by --since or --severity.")
