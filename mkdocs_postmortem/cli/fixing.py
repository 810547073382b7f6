"""``check --fix`` and ``--diff``: the safe fixes of pages, written or shown."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_postmortem.adopting.fixing import Fixed, fix_page, sort_timeline
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.cli.check_output import shown_path
from mkdocs_postmortem.cli.text_file import TextFile, show_diff
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.publishing.atomic import is_linked
from mkdocs_postmortem.reading.source import split_text

if TYPE_CHECKING:
    from mkdocs_postmortem.cli.check import CheckOptions


def fix_pages(options: CheckOptions, *, only_show: bool, sort: bool) -> None:
    """Fix the chosen pages, each file completely or not at all, and report what was done."""
    project = options.project()
    checker = project.checker(options.today, Audience.INTERNAL)
    site = check_site(project.files(), checker, hub=project.hub().records)
    problems = {path: [*own] for path, own in groupby(site.problems, key=lambda item: item.path)}
    for path, page in site.pages.items():
        file = project.docs / path
        own = problems.get(path, [])
        is_meant = not options.paths or any(options.shows(item, project.docs) for item in own)
        if page.is_broken or not is_meant:
            continue
        fixed = fix_page(page, own, checker)
        if sort:
            ordered = sort_timeline(path, fixed.text, project.settings)
            fixed = Fixed(ordered.text, (*fixed.repairs, *ordered.repairs))
        if fixed.repairs and page.record and page.record.is_matched:
            click.echo(f"{shown_path(file)}: left out, the option `match` names it.", err=True)
        elif fixed.repairs and is_linked(file, project.docs):
            click.echo(f"{shown_path(file)}: left out, it is reached by a symbolic link.", err=True)
        elif fixed.repairs:
            lines = [line.text for line in page.lines]
            report = _fix_file(file, lines, fixed, project.roots, only_show=only_show)
            click.echo(report, err=not only_show)


def _fix_file(
    file: Path, lines: list[str], fixed: Fixed, roots: Collection[Path], *, only_show: bool
) -> str:
    """What was done to a file; ``lines`` are those that the fixes were made from."""
    name, old = shown_path(file), TextFile.read(file)
    if split_text(old.text) != lines:
        return f"{name}: skipped, it changed while the command ran."
    if only_show:
        return show_diff("\n".join(lines), fixed.text, name)
    old.write(fixed.text, roots)
    return "\n".join(f"{name}: {repair}." for repair in fixed.repairs)
