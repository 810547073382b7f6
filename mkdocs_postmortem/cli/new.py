"""``new``: a draft with every section, and what is known filled in."""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path

import click

from mkdocs_postmortem.adopting.draft import Draft, DraftError, draft_page, next_id
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.check_output import shown_path
from mkdocs_postmortem.cli.site import config_option, open_project, parse_zone, split_names
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.settings import Audience, Synonyms, match_severity
from mkdocs_postmortem.model.zone import UTC, Zone, named_zone
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.reading.instants import TimeContext, unreadable_time
from mkdocs_postmortem.reading.lifecycle import read_stated_moments
from mkdocs_postmortem.reading.page import read_page


@click.command()
@click.argument("title")
@click.option("--severity", help="Severity, one of those configured.")
@click.option("--service", "services", multiple=True, help="Affected service; can be repeated.")
@click.option("--started", help="When users were first affected, such as `2026-03-14 09:12`.")
@click.option(
    "--timezone", "zone", help="IANA time zone; default: the site's, else that of this machine."
)
@click.option("--id", "own_id", help="Id to use instead of the next free one.")
@config_option
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Template to use instead of the one configured for the severity.",
)
def new(
    title: str,
    severity: str | None,
    services: tuple[str, ...],
    started: str | None,
    zone: str | None,
    own_id: str | None,
    config_file: Path | None,
    template: Path | None,
) -> None:
    """Write a draft with every section. On a terminal, ask for missing values."""
    if not title.strip():
        raise Refusal("The title is empty: say what was down or slow.")
    project = open_project(config_file, may_lack_docs=True)
    # An id that an internal page has is taken, too.
    catalog = check_site(project.files(), project.checker(audience=Audience.INTERNAL)).catalog
    own_zone = _zone(zone, project)
    severity = _severity(severity, project)
    services = services or _services(project)
    is_guess = started is None and not sys.stdin.isatty()
    started = _started(started, own_zone, project.settings.synonyms)
    if own_id and re.search(r"[\s/\\]", own_id):
        raise Refusal(f"`{own_id}` is not an id such as `PM-2026-014`: it has a space or a slash.")
    own_id = own_id or next_id(catalog, started[:4])
    draft = Draft(title, own_id, severity, tuple(services), own_zone.name, started, is_guess)
    text = _text(draft, template, project)
    file = project.docs / project.settings.folder / draft.file_name
    try:
        write_whole(file, text.encode(), roots=project.roots)
    except FileExistsError:
        raise Refusal(f"{file} exists already; nothing was written.") from None
    click.echo(shown_path(file))


def _text(draft: Draft, template: Path | None, project: Project) -> str:
    """The draft by the template that is named, else by the one configured for the severity.

    What the template gives must be read as a postmortem, or nothing is written.
    """
    choices = project.settings.templates
    configured = choices.get(draft.severity) or choices.get("default")
    if template is None and configured and project.config:
        template = project.config.parent / configured
    if template is None:
        return draft_page(draft)
    try:
        text = draft_page(draft, template.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Refusal(f"The template {template} cannot be read: {reason}.") from error
    except DraftError as error:
        raise Refusal(f"{template}, {error}") from error
    page = read_page(draft.file_name, text.encode(), project.settings)
    if page is None or page.record is None:
        found = " ".join(item.message for item in page.findings) if page else ""
        raise Refusal(
            f"The template {template} does not produce a postmortem: "
            f"{found or 'its front matter has no `postmortem:` mapping.'}"
        )
    return text


def _zone(given: str | None, project: Project) -> Zone:
    own = parse_zone(given) if given else project.settings.timezone
    return own or named_zone(machine_zone() or "UTC") or UTC


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
        raise Refusal(f"`{given}` is not one of {', '.join(allowed)}.")
    return found


def _services(project: Project) -> tuple[str, ...]:
    if not sys.stdin.isatty():
        return ()
    known = f" ({', '.join(project.settings.services)})" if project.settings.services else ""
    answer = click.prompt(f"Services, separated by commas{known}", default="", show_default=False)
    return split_names(answer)


def _started(given: str | None, zone: Zone, synonyms: Synonyms) -> str:
    """The start as local time in the draft's zone; without one, now. A zone in it is converted."""
    now = datetime.now(zone.tz).strftime("%Y-%m-%d %H:%M")
    if given is None:
        given = click.prompt("Started", default=now) if sys.stdin.isatty() else now
    findings: list[Finding] = []
    stated, context = {Milestone.STARTED.value: given}, TimeContext(zone, None, synonyms)
    moments = [*read_stated_moments(stated, {}, context, findings)]
    instant = moments[0][1].instant if moments and not findings else None
    if instant is None:
        found = findings[0] if findings else unreadable_time(given, Position())
        raise Refusal(f"{found.message} {found.fix}")
    return f"{instant.astimezone(zone.tz):%Y-%m-%d %H:%M}"
