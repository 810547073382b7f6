"""The archive around the current folder, for the commands that only read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_postmortem.catalog import Catalog, check_site
from mkdocs_postmortem.cli.site import report_configuration
from mkdocs_postmortem.model.lifecycle import Measure
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.model.spelling import did_you_mean
from mkdocs_postmortem.project import Project, find_project, site_words
from mkdocs_postmortem.publishing import page_address
from mkdocs_postmortem.reading import Page

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.vocabulary import Vocabulary


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

    def words(self) -> Vocabulary:
        """The words of the site's language; loaded on demand, since most commands need none."""
        from mkdocs_postmortem.rendering.vocabulary import vocabulary

        return site_words(self.project) if self.project else vocabulary()

    def address(self, path: str) -> str:
        """The address of a page on the site."""
        return page_address(path, self.site_url, use_directory_urls=self.use_directory_urls)


audience_option = click.option(
    "--audience",
    type=click.Choice([item.value for item in Audience]),
    help="For whom: `public` leaves out what is internal. Without it, as mkdocs.yml says.",
)


def warn_unknown(what: str, name: str | None, known: Iterable[str]) -> None:
    """Report a name that nothing has: it gives an empty list, which looks like good news."""
    names = list(known)
    wanted = (name or "").lstrip("@")
    if wanted and wanted.lower() not in (item.lower() for item in names):
        click.echo(f"No {what} is called `{name}`.{did_you_mean(wanted, names)}", err=True)


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
