"""The site that a command works on: the options that choose it, and its archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_postmortem.catalog import Catalog, check_site
from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.model.lifecycle import Measure
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.model.spelling import did_you_mean
from mkdocs_postmortem.model.zone import Zone, named_zone, similar_zone
from mkdocs_postmortem.project import CONFIG_NAMES, Project, find_project, site_words
from mkdocs_postmortem.publishing import page_address
from mkdocs_postmortem.reading import Page

config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Configuration file, instead of the mkdocs.yml in the current folder or above.",
)


def report_configuration(project: Project, config_file: Path | None) -> None:
    """Say on standard error which configuration is used where it is not the obvious one.

    Without a configuration every folder is a docs folder, which may not be what was meant.
    """
    if project.config is None:
        click.echo(
            f"No mkdocs.yml, properdocs.yml or zensical.toml in {project.docs} or above it: "
            "checking every page below this folder with default options. "
            "Name a configuration with -f.",
            err=True,
        )
    elif config_file is None and not _is_obvious(project.config):
        click.echo(f"Using the options of {project.config}.", err=True)


def _is_obvious(config: Path) -> bool:
    return config.name in CONFIG_NAMES and Path.cwd().is_relative_to(config.parent)


if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages


@dataclass(frozen=True, slots=True)
class Archive:
    """All records of a site, the day that counts as today, and what the site says of itself."""

    catalog: Catalog
    today: date
    site_name: str = ""
    site_url: str = ""
    use_directory_urls: bool = True
    measures: tuple[Measure, ...] = ()
    audience: Audience = Audience.PUBLIC
    project: Project | None = None
    pages: Mapping[str, Page] = field(default_factory=dict)

    def words(self) -> Messages:
        """The words of the site's language; loaded on demand, since most commands need none."""
        from mkdocs_postmortem.rendering.messages import load_messages

        return site_words(self.project) if self.project else load_messages()

    def address(self, path: str) -> str:
        """The address of a page on the site."""
        return page_address(path, self.site_url, use_directory_urls=self.use_directory_urls)


today_option = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="Date to use as today."
)
audience_option = click.option(
    "--audience",
    type=click.Choice([item.value for item in Audience]),
    help="For whom: `public` leaves out what is internal. Without it, as mkdocs.yml says.",
)


def parse_zone(given: str) -> Zone:
    """The zone with this IANA name; a usage error if there is none."""
    zone = named_zone(given)
    if zone is None:
        similar = similar_zone(given) or "Europe/Paris"
        raise click.UsageError(f"`{given}` is not an IANA time zone such as `{similar}`.")
    return zone


def warn_unknown(what: str, name: str | None, known: Iterable[str]) -> None:
    """Report a name that nothing has: it gives an empty list, which looks like good news."""
    names = list(known)
    wanted = (name or "").lstrip("@")
    if wanted and wanted.lower() not in (item.lower() for item in names):
        meant = did_you_mean(wanted, names)
        click.echo(printable(f"No {what} is called `{name}`.{meant}"), err=True)


def open_archive(
    config_file: Path | None, today: datetime | None, audience: str | None = None
) -> Archive:
    """Read the site around the current folder; a wrong configuration ends the command with code 2.

    What is left out for the audience is counted on standard error, so that nobody takes the rest
    for the whole.
    """
    project = find_project(Path.cwd(), config=config_file)
    report_configuration(project, config_file)
    checker = project.checker()
    if today is not None:
        checker = replace(checker, today=today.date())
    if audience is not None:
        checker = replace(checker, settings=replace(checker.settings, audience=Audience(audience)))
    site = check_site(project.files(), checker, history=project.history())
    if not site.left_out.is_whole:
        left_out = (
            f"For the public: {site.left_out} left out; --audience internal includes everything."
        )
        click.echo(left_out, err=True)
    return Archive(
        site.catalog,
        checker.today,
        project.site_name,
        project.site_url,
        project.use_directory_urls,
        project.settings.measures,
        checker.settings.audience,
        project,
        site.pages,
    )
