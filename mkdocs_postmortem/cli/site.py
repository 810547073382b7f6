"""The site that a command works on: the options that choose it, and its archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.model.problem import did_you_mean
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.model.zone import Zone, named_zone, similar_zone
from mkdocs_postmortem.project.configuration import CONFIG_NAMES
from mkdocs_postmortem.project.project import Project, find_project

_Command = TypeVar("_Command", bound=Callable[..., Any])


def as_date(_: object, __: object, value: datetime | None) -> date | None:
    """The day that an option names, as a callback of click."""
    return value.date() if value else None


config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Configuration file, instead of the mkdocs.yml in the current folder or above.",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=as_date,
    help="Date to use as today.",
)
audience_option = click.option(
    "--audience",
    type=click.Choice([item.value for item in Audience]),
    help="Audience: `public` leaves out what is internal. Default: as configured.",
)


def format_option(*choices: str) -> Callable[[_Command], _Command]:
    """The option for the format of the output; the first choice is the default."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="Output format.",
    )


def open_project(config_file: Path | None, *, may_lack_docs: bool = False) -> Project:
    """The site around the current folder, for a command that writes into it."""
    project = find_project(Path.cwd(), config=config_file, may_lack_docs=may_lack_docs)
    report_configuration(project, config_file)
    report_no_configuration(project)
    return project


def find_configured(config_file: Path | None) -> tuple[Project, Path]:
    """The site around the current folder, and the configuration that it must have."""
    project = find_project(Path.cwd(), config=config_file)
    if project.config is None:
        raise Refusal("There is no zensical.toml or mkdocs.yml here or above.")
    return project, project.config


def report_configuration(project: Project, config_file: Path | None) -> None:
    """Say on standard error which configuration is used where it is not the obvious one."""
    config = project.config
    if config and not (
        config_file or (config.name in CONFIG_NAMES and Path.cwd().is_relative_to(config.parent))
    ):
        click.echo(f"Using the options of {config}.", err=True)


def report_no_configuration(project: Project) -> None:
    """Say that there is none; for a command that writes, or that finds nothing to read: without a
    configuration every folder is a docs folder, which may not be what was meant.
    """
    if project.config is None:
        click.echo(
            f"No mkdocs.yml, properdocs.yml or zensical.toml in {project.docs} or above it: using "
            "every page below this folder, with default options. Name a configuration with -f.",
            err=True,
        )


@dataclass(frozen=True, slots=True)
class Archive:
    """All records of a site, as one audience sees them on the day of the checker."""

    project: Project
    site: Site
    checker: Checker


def open_archive(config_file: Path | None, today: date | None, audience: str | None) -> Archive:
    """Read the site around the current folder; a wrong configuration ends the command with code 2.

    What is left out for the audience is counted on standard error, so that nobody takes the rest
    for the whole.
    """
    project = find_project(Path.cwd(), config=config_file)
    report_configuration(project, config_file)
    checker = project.checker(today, audience)
    site = check_site(project.files(), checker, history=project.history())
    if not len(site.catalog):
        report_no_configuration(project)
    if not site.left_out.is_whole:
        click.echo(
            f"For the public: {site.left_out} left out; --audience internal includes everything.",
            err=True,
        )
    return Archive(project, site, checker)


def archive_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose an archive. The command gets ``read``, which reads it."""

    @wraps(command)
    def run(
        config_file: Path | None, today: date | None, audience: str | None, **chosen: Any
    ) -> None:
        command(read=lambda: open_archive(config_file, today, audience), **chosen)

    return today_option(audience_option(config_option(run)))


def parse_zone(given: str) -> Zone:
    """The zone with this IANA name; a usage error if there is none."""
    zone = named_zone(given)
    if zone is None:
        similar = similar_zone(given)
        hint = f" Did you mean `{similar}`?" if similar else ""
        raise Refusal(f"`{given}` is not an IANA time zone such as `Europe/Paris`.{hint}")
    return zone


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def warn_unknown(what: str, name: str | None, known: Iterable[str]) -> None:
    """Report a name that nothing has: it gives an empty list, which looks like good news."""
    names = list(known)
    wanted = (name or "").lstrip("@")
    if wanted and wanted.lower() not in (item.lower() for item in names):
        meant = did_you_mean(wanted, names)
        click.echo(printable(f"No {what} is called `{name}`.{meant}"), err=True)
