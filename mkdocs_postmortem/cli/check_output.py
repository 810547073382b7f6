"""What ``check`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.project.check_cache import CheckResult
from mkdocs_postmortem.publishing.reports import REPORTS
from mkdocs_postmortem.reading.source import read_bytes

# About what two or three drafts give; an archive that was just adopted has twenty a page.
_MOST_INFOS = 60
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}


def print_result(checked: CheckResult, output_format: str, *, is_brief: bool) -> None:
    """Print the problems in one of the formats. If the text ``is_brief``, it counts the infos
    where they are so many that nobody would find an error between them.
    """
    problems = checked.problems
    if output_format != "text":
        click.echo(REPORTS[output_format](problems))
        return
    infos = Counter(item.code for item in problems if item.level is Level.INFO)
    counts_infos = is_brief and infos.total() > _MOST_INFOS
    if counts_infos:
        problems = tuple(item for item in problems if item.level is not Level.INFO)
    for path, own in groupby(problems, key=lambda item: item.path):
        lines = _lines(Path(path))
        shown = None
        for item in own:
            # The source is shown once for all that is said of one place.
            click.echo(_text(item, () if item.position == shown else lines))
            shown = item.position
    if counts_infos:
        click.echo(f"{infos.total()} infos; `--level info` shows each of them:")
        for code, count in infos.most_common():
            click.echo(f"{count:>6} {code} {RULES[code].summary}")
    click.echo(_summary(checked))


def shown_path(file: Path) -> str:
    """A file as it is called in the folder that the command runs in."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _lines(file: Path) -> list[str]:
    try:
        return read_bytes(file).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return []


def _text(item: Problem, lines: Sequence[str]) -> str:
    """Place, level, code and message; the source line with a caret; what to write instead."""
    level = click.style(item.level.value, fg=_COLOURS[item.level])
    parts = [f"{item.path}:{item.position}: {level} {item.code} {item.message}"]
    number = item.position.line
    source = printable(lines[number - 1].rstrip("\r")) if 0 < number <= len(lines) else ""
    if source.strip():
        width = max(0, min(item.position.column - 1, len(source)) - 60)
        shown = source[width : width + 100].replace("\t", " ")
        gutter = f"{number:>6} │ "
        parts.append(click.style(gutter, dim=True) + shown)
        caret = " " * (item.position.column - 1 - width) + "^"
        parts.append(click.style(" " * 6 + " │ ", dim=True) + click.style(caret, fg="red"))
    if item.fix:
        parts.append(f"         {item.fix}")
    return "\n".join(parts)


def _summary(checked: CheckResult) -> str:
    counts = [
        f"{count} {level.value}{'s' if count != 1 else ''}"
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if (count := sum(item.level is level for item in checked.problems))
    ]
    pages = len(checked.postmortems)
    found = f"{pages} postmortem{'s' if pages != 1 else ''}"
    if not (pages or counts):
        return (
            f"{found}: no checked page has `postmortem:` in its front matter. "
            "`mkdocs-postmortem new` writes one, `mkdocs-postmortem adopt` reads old ones, "
            "and the option `match` names pages that need none."
        )
    if not pages:
        return f"{', '.join(counts)}; no page could be read as a postmortem."
    return f"{found}: {', '.join(counts) if counts else 'no problems'}."
