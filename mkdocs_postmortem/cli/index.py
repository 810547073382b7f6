"""``index``: the archive as plain Markdown in a file, for GitHub and GitLab."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from mkdocs_postmortem.catalog import Site, check_site
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import audience_option, config_option
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.project import Project, find_project, site_words
from mkdocs_postmortem.publishing import (
    BlockError,
    MarkdownIndex,
    read_block,
    with_block,
    write_whole,
)
from mkdocs_postmortem.reading.source import line_end


@click.command(short_help="Keep the index of all incidents in a Markdown file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write the index into FILE.")
@click.option("--check", is_flag=True, help="Exit with 1 if the index in FILE is out of date.")
@click.option(
    "--match",
    "patterns",
    metavar="PATTERN",
    multiple=True,
    help="Pages that are postmortems as they are, as in the option `match`; may be repeated.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Day that decides on overdue.")
@audience_option
@config_option
def index(
    file: Path,
    write: bool,
    check: bool,
    patterns: tuple[str, ...],
    today: datetime | None,
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
    checker = project.checker()
    settings = replace(checker.settings, match=(*checker.settings.match, *patterns))
    if audience is not None:
        settings = replace(settings, audience=Audience(audience))
    day = today.date() if today else checker.today
    # Without the history in git: --check has to find the same in a shallow clone.
    site = check_site(project.files(), replace(checker, settings=settings, today=day))
    _report_omissions(site, project)
    made = MarkdownIndex(site, site_words(project), project.docs, file.parent.resolve(), day)
    if write:
        _write(file, made, project.roots)
    elif check:
        _check(file, made)
    else:
        click.echo(made.block())


def _report_omissions(site: Site, project: Project) -> None:
    if not len(site.catalog):
        raise Refusal(
            f"No page in {project.docs} has `postmortem:` in its front matter. Name pages that are "
            "postmortems without it: --match 'incidents/*.md'."
        )
    for path, page in site.pages.items():
        if page.is_postmortem and page.record is None:
            click.echo(f"{path}: left out, it cannot be read; see `check`.", err=True)
    if not site.left_out.is_whole:
        click.echo(f"For the public: {site.left_out} left out.", err=True)


def _write(file: Path, made: MarkdownIndex, roots: Collection[Path]) -> None:
    before, text = _read(file)
    title = made.words.t["page_title"]
    try:
        after = with_block(text, made.block(), title)
    except BlockError as error:
        raise Refusal(f"{file}, {error}") from error
    mark = b"\xef\xbb\xbf" if before and before.startswith(b"\xef\xbb\xbf") else b""
    data = mark + after.replace("\n", line_end(text)).encode()
    if data == before:
        click.echo(f"{file} is up to date.", err=True)
        return
    write_whole(file, data, roots=roots, overwrite=before is not None, before=before)
    click.echo(f"{file} written.", err=True)


def _check(file: Path, made: MarkdownIndex) -> None:
    _, text = _read(file)
    try:
        found = read_block(text, "index")
    except BlockError as error:
        raise Refusal(f"{file}, {error}") from error
    if found is None or made.without_overdue(found) != made.without_overdue(made.block()):
        reason = "has no index" if found is None else "is out of date"
        click.echo(f"{file} {reason}; run `mkdocs-postmortem index {file} --write`.")
        raise SystemExit(1)
    if found != made.block():
        click.echo(f"{file} is up to date, except for which tasks are overdue.", err=True)


def _read(file: Path) -> tuple[bytes | None, str]:
    """The file's bytes and its text; nothing where there is none yet."""
    try:
        raw = file.read_bytes()
        return raw, raw.decode("utf-8-sig")
    except FileNotFoundError:
        return None, ""
    except UnicodeDecodeError as error:
        raise Refusal(f"{file} is not UTF-8 text.") from error
