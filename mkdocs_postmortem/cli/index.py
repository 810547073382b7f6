"""``index``: the archive as plain Markdown in a file, for GitHub and GitLab."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import audience_option, config_option, today_option
from mkdocs_postmortem.cli.text_file import TextFile
from mkdocs_postmortem.project.project import Project, find_project
from mkdocs_postmortem.publishing.markdown_index import (
    BlockError,
    MarkdownIndex,
    read_block,
    with_block,
)
from mkdocs_postmortem.reading.membership import is_about_folder


@click.command(short_help="Keep the index of all incidents in a Markdown file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write the index into FILE.")
@click.option("--check", is_flag=True, help="Exit with 1 if the index in FILE is out of date.")
@click.option(
    "--match",
    "patterns",
    metavar="PATTERN",
    multiple=True,
    help="Pages that are postmortems as they are, as in the option `match`; can be repeated.",
)
@today_option
@audience_option
@config_option
def index(
    file: Path,
    write: bool,
    check: bool,
    patterns: tuple[str, ...],
    today: date | None,
    audience: str | None,
    config_file: Path | None,
) -> None:
    """Keep the index, the open tasks and the recurrences in FILE, as plain Markdown.

    GitHub and GitLab show it without a site. The index is kept between two comments; the rest of
    FILE stays as it is. Without --write and --check the index is printed.

    Without a configuration, the pages in the folder of FILE and below are read.
    """
    if write and check:
        raise click.UsageError("Choose --write or --check, not both.")
    project = find_project(file.parent.resolve(), config=config_file)
    settings = replace(project.settings, match=(*project.settings.match, *patterns))
    checker = replace(project, settings=settings).checker(today, audience)
    # Without the history in git: --check has to find the same in a shallow clone.
    site = check_site(project.files(), checker)
    _report_omissions(site, project)
    here = file.parent.resolve()
    markdown = MarkdownIndex(site, project.messages(), project.docs, here, checker.today)
    if write:
        _write(file, markdown, project.roots)
    elif check:
        _check(file, markdown)
    else:
        click.echo(markdown.block())


def _report_omissions(site: Site, project: Project) -> None:
    if not len(site.catalog):
        raise Refusal(
            f"No page in {project.docs} has `postmortem:` in its front matter. Name pages that are "
            f"postmortems without it: --match '{_pattern(project)}'."
        )
    for path, page in site.pages.items():
        if page.is_postmortem and page.record is None:
            click.echo(f"{path}: left out, it cannot be read; see `check`.", err=True)
    if not site.left_out.is_whole:
        click.echo(f"For the public: {site.left_out} left out.", err=True)


def _pattern(project: Project) -> str:
    """The pages of the folder that has most of them."""
    paths = (path for path, _ in project.files() if not is_about_folder(path))
    folders = Counter(map(posixpath.dirname, paths))
    folder = folders.most_common(1)[0][0] if folders else "incidents"
    return posixpath.join(folder, "*.md")


def _write(file: Path, markdown: MarkdownIndex, roots: Collection[Path]) -> None:
    old = TextFile.read(file)
    try:
        text = with_block(old.text, markdown.block(), markdown.messages.t["page_title"])
    except BlockError as error:
        raise Refusal(f"{file}, {error}") from error
    if old.encode(text) == old.raw:
        click.echo(f"{file} is up to date.", err=True)
        return
    old.write(text, roots)
    click.echo(f"{file} written.", err=True)


def _check(file: Path, markdown: MarkdownIndex) -> None:
    try:
        found = read_block(TextFile.read(file).text, "index")
    except BlockError as error:
        raise Refusal(f"{file}, {error}") from error
    wanted = markdown.block()
    if found is None or markdown.without_overdue(found) != markdown.without_overdue(wanted):
        reason = "has no index" if found is None else "is out of date"
        click.echo(f"{file} {reason}; run `mkdocs-postmortem index {file} --write`.")
        raise SystemExit(1)
    if found != wanted:
        click.echo(f"{file} is up to date, except for which tasks are overdue.", err=True)
