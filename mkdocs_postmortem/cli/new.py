"""``new``: a draft with every section, and what is known filled in."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

import click
import yaml

from mkdocs_postmortem.catalog import Catalog, read_site
from mkdocs_postmortem.cli.project import Project, ProjectError, find_project
from mkdocs_postmortem.model.severity import match_severity
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.publishing import write_whole
from mkdocs_postmortem.reading.stamp import match_stamp

_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)\Z")

_BODY = """\
# {title}

## Issue summary

<!-- What was down or slow, what users saw, in two or three sentences; the box has the facts. -->

## Timeline

<!-- One bullet per event: the time, then one or two sentences. Labels: Started, Detected (how?),
Assumption, Misleading path, Escalated, Mitigated, Resolved. -->

- {start} **Started:** Users are affected for the first time.

## Root cause and resolution

### Root cause

<!-- What made it possible, in detail. Not who. -->

### Resolution

<!-- What ended it. -->

## Corrective and preventative measures

### Improvements

<!-- What will be different from now on. -->

### Tasks

<!-- - [ ] What is to be done (@owner, due 2026-04-01, [OPS-1](https://t.example/1), prevent) -->
"""


@click.command()
@click.argument("title")
@click.option("--severity", help="One of the configured severities.")
@click.option(
    "--service", "services", multiple=True, help="What was down or slow; may be repeated."
)
@click.option("--started", help="When users were first affected: `2026-03-14 09:12`.")
@click.option("--timezone", "zone", help="An IANA name; the machine's, if it can be told.")
@click.option("--id", "own_id", help="Instead of the next free one.")
def new(
    title: str,
    severity: str | None,
    services: tuple[str, ...],
    started: str | None,
    zone: str | None,
    own_id: str | None,
) -> None:
    """Write a draft with every section. On a terminal, what is not given is asked for."""
    try:
        project = find_project(Path.cwd())
        catalog = read_site(project.files(), project.judge()).catalog
    except ProjectError as fault:
        raise click.UsageError(str(fault)) from fault
    zone = _zone(zone, project)
    severity = _severity(severity, project)
    services = services or _services(project)
    started = _started(started)
    values = {"id": own_id or next_id(catalog, started[:4]), "status": "draft"}
    text = _page(title, values, severity, list(services), zone, started)
    file = project.docs / project.settings.folder / f"{started[:10]}-{slug(title)}.md"
    try:
        write_whole(file, text.encode())
    except FileExistsError:
        raise click.UsageError(f"{file} exists already; nothing was written.") from None
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}.") from fault
    click.echo(str(file))


def next_id(catalog: Catalog, year: str) -> str:
    """One above the highest number among the year's ids: ``PM-2026-015``."""
    best, width, stem = 0, 3, f"PM-{year}-"
    for record in catalog.records:
        match = _NUMBERED.fullmatch(record.id)
        if match and year in match["stem"] and int(match["number"]) > best:
            best, width, stem = int(match["number"]), len(match["number"]), match["stem"]
    return f"{stem}{best + 1:0{width}}"


def slug(title: str) -> str:
    """A file name of a title: letters and digits of any script, hyphens between."""
    plain = unicodedata.normalize("NFKC", title).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:60] or "outage"


def _page(
    title: str, values: dict[str, str], severity: str, services: list[str], zone: str, started: str
) -> str:
    data = {
        "title": title,
        "postmortem": {
            **values,
            **({"severity": severity} if severity else {}),
            **({"services": services} if services else {}),
            "timezone": zone,
        },
    }
    head = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000)
    heading = title.replace("\n", " ")
    return f"---\n{head}---\n" + _BODY.format(title=heading, start=started)


def _zone(given: str | None, project: Project) -> str:
    if given:
        found = named_zone(given)
        if found is None:
            raise click.UsageError(f"`{given}` is not an IANA time zone such as `Europe/Paris`.")
        return found.name
    if project.settings.timezone:
        return project.settings.timezone.name
    return machine_zone() or "UTC"


def machine_zone() -> str | None:
    """The machine's zone by ``TZ`` or ``/etc/localtime``, if it has an IANA name."""
    by_name = named_zone(os.environ.get("TZ", "").lstrip(":"))
    if by_name:
        return by_name.name
    target = Path("/etc/localtime").resolve().as_posix()
    found = named_zone(target.partition("zoneinfo/")[2])
    return found.name if found else None


def _severity(given: str | None, project: Project) -> str:
    allowed = project.settings.severities
    if given is None and sys.stdin.isatty():
        given = str(click.prompt("Severity", type=click.Choice(allowed), default=allowed[0]))
    if given is None:
        return ""
    found = match_severity(given, allowed)
    if found is None:
        raise click.UsageError(f"`{given}` is not one of {', '.join(allowed)}.")
    return found


def _services(project: Project) -> tuple[str, ...]:
    if not sys.stdin.isatty():
        return ()
    known = f" ({', '.join(project.settings.services)})" if project.settings.services else ""
    answer = click.prompt(f"Services, with commas between{known}", default="", show_default=False)
    return tuple(name.strip() for name in answer.split(",") if name.strip())


def _started(given: str | None) -> str:
    now = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    if given is None:
        given = click.prompt("Started", default=now) if sys.stdin.isatty() else now
    stamp = match_stamp(given.strip())
    day = stamp.day.resolve() if stamp and stamp.day else None
    if stamp is None or day is None or stamp.clock is None or stamp.clock.value is None:
        raise click.UsageError(f"`{given}` is no time; write it like `2026-03-14 09:12`.")
    return f"{day.isoformat()} {stamp.clock.value:%H:%M}"
