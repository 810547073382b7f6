"""``adopt``: existing Markdown postmortems → pages with our front matter."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click

from mkdocs_postmortem.adopting.adoption import Adopted, adopt_page
from mkdocs_postmortem.adopting.facts import Facts, marks_of, read_facts
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli.site import config_option, format_option, parse_zone
from mkdocs_postmortem.cli.text_file import show_diff, write_new
from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.project.project import Project, find_project
from mkdocs_postmortem.publishing.atomic import is_linked
from mkdocs_postmortem.reading.head_labels import Fact
from mkdocs_postmortem.reading.internal_blocks import read_blocks
from mkdocs_postmortem.reading.membership import is_about_folder, is_matched
from mkdocs_postmortem.reading.source import split_text

# The address in a Markdown link or of a picture in HTML, without its anchor.
_ADDRESS = re.compile(r"\]\(\s*<?([^()\s<>#?:]+)|\bsrc=[\"']([^\"'#?:]+)")
_SHOWN = "title severity started detected resolved zone users services authors".split()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be adopted: where it is, what it says, how it would look."""

    file: Path
    raw: bytes
    facts: Facts
    adopted: Adopted


@click.command(short_help="Add front matter to old Markdown postmortems.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write new pages into this folder.",
)
@click.option("--in-place", is_flag=True, help="Write the front matter into the files themselves.")
@click.option(
    "--rewrite", "rewrites", is_flag=True, help="Normalize the body, too, if nothing is lost."
)
@click.option(
    "--all", "takes_all", is_flag=True, help="Include files that do not look like postmortems."
)
@click.option(
    "--dry-run", is_flag=True, help="Write nothing; the default without --output and --in-place."
)
@click.option("--diff", is_flag=True, help="Show each changed line.")
@click.option(
    "--timezone",
    "fallback",
    callback=lambda _, __, zone: parse_zone(zone) if zone else None,
    help="IANA time zone of files that name none.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    help="Service of files that name none; can be repeated.",
)
@click.option("--force", is_flag=True, help="Overwrite existing files in the output folder.")
@format_option("table", "json")
@config_option
def adopt(
    paths: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    takes_all: bool,
    dry_run: bool,
    diff: bool,
    force: bool,
    output_format: str,
    config_file: Path | None,
    **how: Any,
) -> None:
    """Add our front matter to Markdown postmortems of any common shape.

    The body stays byte for byte, unless --rewrite asks for more. Only what a line states is
    written as a value, and listed with that line; what is missing becomes a comment to fill in.
    PATHS are files, or folders with Markdown files; in folders, index, README and template pages
    and files that do not look like postmortems are left out.
    """
    if output and in_place:
        raise click.UsageError("Choose --output or --in-place, not both.")
    project = find_project(paths[0], config=config_file)
    make = partial(adopt_page, settings=project.settings, **how)
    candidates = [*_candidates(paths, project, make, takes_all=takes_all, in_place=in_place)]
    if output_format == "json":
        click.echo(json.dumps({"files": [as_data(item.facts) for item in candidates]}, indent=1))
    else:
        for item in candidates:
            _show(item, diff)
        if len(candidates) > 1:
            click.echo(_table(candidates))
        _report_severities(candidates)
        _report_zones(candidates)
    if not dry_run and (output or in_place):
        _write(candidates, output, force, project.roots)


def _report_severities(candidates: list[Candidate]) -> None:
    """Name the severities that the team's list lacks, as most of them are another team's list."""
    unknown = (item.facts.severity for item in candidates if _lacks(item, "severity"))
    if names := ", ".join(sorted({printable(fact.value) for fact in unknown if fact})):
        click.echo(
            f"Severities that the option `severities` does not list: {names}. "
            "If they are your team's, list them there, the worst first, and run adopt again.",
            err=True,
        )


def _lacks(item: Candidate, name: str) -> bool:
    return any(todo.name == name for todo in item.adopted.todos)


def _report_zones(candidates: list[Candidate]) -> None:
    """Without a zone the times of a page are an error, even on a draft."""
    count = sum(_lacks(item, "timezone") for item in candidates)
    if count:
        files = "1 file names" if count == 1 else f"{count} files name"
        click.echo(
            f"{files} no time zone that is recognized; `TODO timezone` above says which. If all "
            "mean the same one, name it with --timezone; otherwise write `timezone:` into each.",
            err=True,
        )


class _LeftOutError(Exception):
    """Why a file is not adopted."""


def _candidates(
    paths: tuple[Path, ...],
    project: Project,
    make: Callable[[Facts], Adopted],
    *,
    takes_all: bool,
    in_place: bool,
) -> Iterator[Candidate]:
    """The files to adopt; the others are reported with the reason."""
    for path in paths:
        is_file = path.is_file()
        for file in [path] if is_file else filter(Path.is_file, sorted(path.rglob("*.md"))):
            try:
                if in_place:
                    _check_writable(file, path.parent if is_file else path, project)
                raw, facts = _read(file, project.settings, takes_all or file in paths)
                yield Candidate(file, raw, facts, make(facts))
            except _LeftOutError as reason:
                click.echo(f"{file}: left out, {reason}.", err=True)


def _check_writable(file: Path, folder: Path, project: Project) -> None:
    if is_linked(file, folder):  # read, but not rewritten
        raise _LeftOutError("it is reached by a symbolic link")
    path, docs = file.resolve(), project.docs.resolve()
    if path.is_relative_to(docs) and is_matched(
        path.relative_to(docs).as_posix(), project.settings
    ):
        raise _LeftOutError("the option `match` names it")


def _read(file: Path, settings: Settings, is_meant: bool) -> tuple[bytes, Facts]:
    """The file's bytes and what it states. Unless it is meant, it must look like a postmortem."""
    if not is_meant and is_about_folder(file.name):
        raise _LeftOutError("its name is not that of a postmortem; --all includes it")
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _LeftOutError("it is not UTF-8 text") from None
    except OSError as error:
        raise _LeftOutError(error.strerror) from error
    if read_blocks(split_text(text)):
        raise _LeftOutError("it has internal blocks; convert it by hand")
    facts = read_facts(str(file), text, settings)
    if facts.front.names_postmortem:
        raise _LeftOutError("it already has `postmortem:` front matter")
    marks = marks_of(facts)
    if not is_meant and len(marks) < 2:
        found = (
            f"only one mark of a postmortem ({marks[0]})" if marks else "no mark of a postmortem"
        )
        raise _LeftOutError(f"it has {found}; --all includes it")
    return raw, facts


def _write(
    candidates: list[Candidate], output: Path | None, force: bool, roots: Collection[Path]
) -> None:
    files = [item.file for item in candidates]
    targets = _targets(files, output) if output else files
    for item, target in zip(candidates, targets, strict=True):
        mark = b"\xef\xbb\xbf" if item.raw.startswith(b"\xef\xbb\xbf") else b""
        data = mark + item.adopted.text.encode()
        before = None if output else item.raw
        write_new(target, data, roots, force=force, before=before)
    _report_left_behind(zip(candidates, targets, strict=True))
    click.echo(
        "Next: run `mkdocs-postmortem check --level warning`, then fill in the fields that the "
        "front matter has as comments.",
        err=True,
    )
    timelines = [item.facts.timeline.entries for item in candidates]
    if any(entries and not any(entry.label for entry in entries) for entries in timelines):
        click.echo(
            "Begin the timeline entries that say so with `**Detected:**`, `**Escalated:**` or "
            "`**Mitigated:**`: without labels, no such time is known.",
            err=True,
        )


def _report_left_behind(pages: Iterable[tuple[Candidate, Path]]) -> None:
    """Name the pictures and pages that a moved page no longer reaches."""
    lost = [
        (target, link)
        for item, target in pages
        for link in sorted({unquote(a or b) for a, b in _ADDRESS.findall(item.adopted.text)})
        if (item.file.parent / link).exists() and not (target.parent / link).exists()
    ]
    if lost:
        page, link = lost[0]
        click.echo(
            f"Relative links that no longer lead to their files: {len(lost)}, such as "
            f"`{printable(link)}` in {page}. Copy the files, or change the links.",
            err=True,
        )


def _targets(files: list[Path], output: Path) -> list[Path]:
    """Where each file goes below a folder: files of the same name keep the folders they lie in."""
    folders: defaultdict[str, list[Path]] = defaultdict(list)
    for file in files:
        folders[file.name].append(file.resolve().parent)
    targets = [
        output / file.resolve().relative_to(os.path.commonpath(folders[file.name]))
        for file in files
    ]
    return [
        target if target.suffix in (".md", ".markdown") else target.with_name(f"{target.name}.md")
        for target in targets
    ]


def _table(candidates: list[Candidate]) -> str:
    """One line a file: what was found, and how much is left to be written."""
    marks = " ".join(f"{name:5}" for name in ("start", "end", "zone", "users"))
    head = f"{'entries':>7} {'tasks':>5} {marks} {'todo':>4}  file"
    return "\n".join([head, *(_row(item) for item in candidates)])


def _row(item: Candidate) -> str:
    facts = item.facts
    found = (facts.started, facts.resolved, facts.zone, facts.users)
    marks = " ".join(f"{'yes' if fact else '-':5}" for fact in found)
    entries, tasks = len(facts.timeline.entries), len(facts.tasks)
    return f"{entries:7} {tasks:5} {marks} {len(item.adopted.todos):4}  {item.file}"


def _show(item: Candidate, diff: bool) -> None:
    facts = item.facts
    click.secho(str(item.file), bold=True)
    for name in _SHOWN:
        fact: Fact[Any] | None = getattr(facts, name)
        if fact:
            click.echo(f"  {name:10} {printable(str(fact.value))}  (line {fact.line})")
    entries = facts.timeline.entries
    labelled = sum(bool(entry.label) for entry in entries)
    labels = f", {labelled or 'none'} with a label" if entries else ""
    noun = "entry" if len(entries) == 1 else "entries"
    keys = sorted({key.value for section in facts.sections for key in section.keys})
    click.echo(f"  {'timeline':10} {len(entries)} {noun}{labels}")
    click.echo(f"  {'sections':10} {', '.join(keys) or 'none'}")
    click.echo(f"  {'tasks':10} {len(facts.tasks)}")
    for todo in item.adopted.todos:
        guess = f"{todo.guess}, " if todo.guess else ""
        click.secho(f"  TODO {todo.name}: {printable(guess + todo.reason)}", fg="yellow")
    if item.adopted.losses:
        lost = ", ".join(item.adopted.losses)
        click.secho(f"  The body stays as it is: rewriting it would lose {lost}.", fg="yellow")
    if diff:
        click.echo(show_diff(facts.text, item.adopted.text, str(item.file)))


def as_data(facts: Facts) -> dict[str, Any]:
    """The facts as plain values; each time as far as it is known."""
    keys = {key.value for section in facts.sections for key in section.keys}
    if SectionKey.CORRECTIVE.value in keys and not keys & {"improvements", "tasks"}:
        keys.add(SectionKey.IMPROVEMENTS.value)
    return {
        "file": facts.path,
        "title": facts.title.value if facts.title else None,
        "started": str(facts.started.value) if facts.started else None,
        "resolved": str(facts.resolved.value) if facts.resolved else None,
        "zone": facts.zone.value if facts.zone else None,
        "duration_minutes": facts.minutes.value if facts.minutes else None,
        "users_affected_percent": facts.percent.value if facts.percent else None,
        "severity": facts.severity.value if facts.severity else None,
        "timeline": [
            {
                "date": entry.moment.day.isoformat() if entry.moment.day else None,
                "time": entry.moment.clock.strftime("%H:%M") if entry.moment.clock else None,
            }
            for entry in facts.timeline.entries
        ],
        "sections": sorted(keys),
        "tasks": len(facts.tasks),
    }
