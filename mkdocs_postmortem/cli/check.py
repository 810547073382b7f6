"""``check``: judge postmortems without building the site."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NoReturn

import click

from mkdocs_postmortem.adopting import Mended, mend, sort_timeline
from mkdocs_postmortem.catalog import Judged, Memory, Site, judge_files, read_site
from mkdocs_postmortem.checking import RULES, Judge, printable
from mkdocs_postmortem.cli.configuration import config_option, report_configuration
from mkdocs_postmortem.cli.mending import mend_file, shown_path
from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.project import Project, ProjectError, find_project
from mkdocs_postmortem.publishing import REPORTS, is_linked

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--strict", is_flag=True, help="Let warnings fail as well, as `mkdocs build --strict`."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *REPORTS]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--level",
    type=click.Choice([item.value for item in Level if item is not Level.OFF]),
    default="info",
    show_default=True,
    help="Leave out what is lighter.",
)
@click.option("--select", metavar="CODES", default="", help="Only these: PM301,PM5 or names.")
@click.option("--ignore", metavar="CODES", default="", help="All but these.")
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    help="Judge standard input as this file of the site; for editors.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that decides on overdue.")
@click.option("--fix", is_flag=True, help="Mend what is certain, then check.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--sort", is_flag=True, help="With --fix or --diff: sort timelines, too.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0 chooses.")
@click.option("--watch", is_flag=True, help="Check again at each change, until Ctrl-C.")
@config_option
def check(
    paths: tuple[Path, ...],
    strict: bool,
    form: str,
    level: str,
    select: str,
    ignore: str,
    stdin_filename: Path | None,
    today: datetime | None,
    fix: bool,
    diff: bool,
    sort: bool,
    jobs: int,
    watch: bool,
    config_file: Path | None,
) -> None:
    """Check the postmortems of a site, as its build would.

    PATHS are files or folders; without one, the site around the current folder is checked. The
    options of the plugin are read from the mkdocs.yml above.

    The exit code is 0 if nothing is wrong, 1 if there is an error (with --strict: or a warning),
    and 2 if the command or the configuration is wrong.
    """
    if (watch or fix or diff) and stdin_filename:
        raise click.UsageError("--stdin-filename goes with neither --watch nor --fix nor --diff.")
    if sort and not (fix or diff):
        raise click.UsageError("--sort goes with --fix or --diff.")
    wish = Wish(
        paths=(*paths, stdin_filename) if stdin_filename else paths,
        limit=Level(level),
        selected=_codes(select),
        ignored=_codes(ignore),
        unsaved=stdin_filename,
        today=today.date() if today else None,
        config_file=config_file,
    )
    report_configuration(_project(wish)[0], config_file)
    if fix or diff:
        _mend(wish, only_show=diff, sort=sort)
    if watch:
        _watch(wish, form)
    judged = _problems(wish, jobs)
    _print(judged, form)
    heavy = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    raise SystemExit(int(any(item.level in heavy for item in judged.problems)))


@dataclass(frozen=True)
class Wish:
    """What is to be checked and what of it shown. ``unsaved`` is the file on standard input."""

    paths: tuple[Path, ...]
    limit: Level
    selected: frozenset[str]
    ignored: frozenset[str]
    unsaved: Path | None
    today: date | None
    config_file: Path | None

    def shows(self, item: Problem, folder: Path) -> bool:
        """Whether a problem of a file in a folder is to be shown."""
        return (
            item.level.rank <= self.limit.rank
            and (not self.selected or item.code in self.selected)
            and item.code not in self.ignored
            and self._has(folder, item.path)  # last, since paths take longest
        )

    def _has(self, folder: Path, path: str) -> bool:
        if not self._wanted:
            return True
        file = folder / path
        return any(file.is_relative_to(wanted) for wanted in self._wanted)

    @cached_property
    def _wanted(self) -> tuple[Path, ...]:
        return tuple(path.resolve() for path in self.paths)


def _mend(wish: Wish, *, only_show: bool, sort: bool) -> None:
    """Repair the chosen pages, each file whole or not at all, and say what was done."""
    project, judge = _project(wish)
    site = read_site(project.files(), judge, hub=project.hub().records)
    problems = {path: [*own] for path, own in groupby(site.problems, key=lambda item: item.path)}
    for path, page in site.pages.items():
        file = project.docs / path
        own = problems.get(path, [])
        is_meant = not wish.paths or any(wish.shows(item, project.docs) for item in own)
        if page.is_broken or not is_meant:
            continue
        mended = mend(page, own)
        if sort:
            ordered = sort_timeline(path, mended.text, project.settings)
            mended = Mended(ordered.text, (*mended.repairs, *ordered.repairs))
        if mended.repairs and is_linked(file, project.docs):
            click.echo(f"{shown_path(file)}: left out, it is reached by a symbolic link.", err=True)
        elif mended.repairs:
            lines = [line.text for line in page.lines]
            report = mend_file(file, lines, mended, only_show=only_show)
            click.echo(report, err=not only_show)


def _project(wish: Wish) -> tuple[Project, Judge]:
    project = find_project(wish.paths[0] if wish.paths else Path.cwd(), config=wish.config_file)
    judge = project.judge()
    # The files are judged as they are, whoever may read the site: `--fix` writes them whole.
    judge = replace(judge, settings=replace(judge.settings, audience=Audience.INTERNAL))
    return project, replace(judge, today=wish.today) if wish.today else judge


def _problems(wish: Wish, jobs: int, memory: Memory | None = None) -> Judged:
    """The problems that are to be shown, with paths as a terminal wants them.

    ``memory`` knows the round before.
    """
    project, judge = _project(wish)
    if wish.unsaved is not None:
        site = _with_unsaved(project, judge, wish.unsaved)
        judged = Judged(site.problems, len(site.catalog))
    elif memory is not None:
        site = read_site(project.files(), judge, memory=memory, hub=project.hub().records)
        judged = Judged(site.problems, len(site.catalog))
    else:
        judged = _judged(project, judge, jobs)
    shown = (
        item._replace(path=shown_path(project.docs / item.path))
        for item in judged.problems
        if wish.shows(item, project.docs)
    )
    return replace(judged, problems=(*shown, *_of_hub(project, wish)))


def _of_hub(project: Project, wish: Wish) -> Iterator[Problem]:
    """The problems of files that other sites' data lie in, beside the docs folder."""
    folder = (project.config or project.docs).parent
    for item in project.hub().problems:
        if wish.shows(item, folder):
            yield item._replace(path=shown_path(folder / item.path))


def _judged(project: Project, judge: Judge, jobs: int) -> Judged:
    """All files of the site, with a bar on a terminal."""
    files = list(project.files())
    with click.progressbar(
        length=len(files), label="Checking", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return judge_files(
            files,
            judge,
            schema=project.schema,
            jobs=jobs,
            hub=project.hub().records,
            on_progress=bar.update,
        )


def _watch(wish: Wish, form: str) -> NoReturn:
    """Check again whenever a file of the site changes; a wrong configuration is shown, too.

    Only pages that have changed are read again, so that more than one process would not pay.
    """
    before: object = None
    memory = Memory()
    while True:
        now = _state(wish)
        if now != before:
            before = now
            click.clear()
            try:
                _print(_problems(wish, 1, memory), form)
            except ProjectError as fault:
                click.echo(str(fault), err=True)
        time.sleep(0.5)


def _state(wish: Wish) -> object:
    """What tells one state of the site from another: names, times and sizes of its files."""
    try:
        project = find_project(wish.paths[0] if wish.paths else Path.cwd(), config=wish.config_file)
        files = [file for _, file in project.files()] + ([project.config] if project.config else [])
        stats = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    except (ProjectError, OSError) as fault:
        return str(fault)
    return stats


def _with_unsaved(project: Project, judge: Judge, unsaved: Path) -> Site:
    """The site, with one file as standard input has it (it need not be on disk yet)."""
    file = unsaved.resolve()
    if not file.is_relative_to(project.docs.resolve()):
        raise click.UsageError(f"{unsaved} does not lie in the docs folder {project.docs}.")
    path = file.relative_to(project.docs.resolve()).as_posix()
    files = {**dict(project.files()), path: file}
    hub = project.hub().records
    return read_site(files.items(), judge, {path: sys.stdin.buffer.read()}, hub=hub)


def _print(judged: Judged, form: str) -> None:
    problems = judged.problems
    if form != "text":
        click.echo(REPORTS[form](problems))
        return
    for path, own in groupby(problems, key=lambda item: item.path):
        lines = _lines(Path(path))
        for item in own:
            click.echo(_text(item, lines))
    click.echo(_summary(judged))


def _codes(text: str) -> frozenset[str]:
    """Codes, names and beginnings of codes → codes."""
    wanted: set[str] = set()
    for word in filter(None, (part.strip() for part in text.split(","))):
        found = {code for code, rule in RULES.items() if word == rule.name or code.startswith(word)}
        if not found:
            raise click.UsageError(
                f"There is no rule `{word}`; `mkdocs-postmortem rules` lists all."
            )
        wanted |= found
    return frozenset(wanted)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []


def _text(item: Problem, lines: Sequence[str]) -> str:
    """Place, level, code and message; the source line with a caret; what to write instead."""
    level = click.style(item.level.value, fg=_COLOURS[item.level])
    parts = [f"{item.path}:{item.place}: {level} {item.code} {item.message}"]
    number = item.place.line
    source = printable(lines[number - 1].rstrip("\r")) if 0 < number <= len(lines) else ""
    if source.strip():
        width = max(0, min(item.place.column - 1, len(source)) - 60)
        shown = source[width : width + 100].replace("\t", " ")
        gutter = f"{number:>6} │ "
        parts.append(click.style(gutter, dim=True) + shown)
        caret = " " * (item.place.column - 1 - width) + "^"
        parts.append(click.style(" " * 6 + " │ ", dim=True) + click.style(caret, fg="red"))
    if item.fix:
        parts.append(f"         {item.fix}")
    return "\n".join(parts)


def _summary(judged: Judged) -> str:
    counts = [
        f"{count} {level.value}{'s' if count != 1 and level is not Level.INFO else ''}"
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if (count := sum(item.level is level for item in judged.problems))
    ]
    pages = judged.postmortems
    found = f"{pages} postmortem{'s' if pages != 1 else ''}"
    if not (pages or counts):
        return (
            f"{found}: no page has `postmortem:` in its front matter. "
            "`mkdocs-postmortem new` writes one, `mkdocs-postmortem adopt` reads old ones."
        )
    return f"{found}: {', '.join(counts) if counts else 'no problems'}."
