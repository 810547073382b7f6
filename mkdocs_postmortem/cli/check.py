"""``check``: judge postmortems without building the site."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_postmortem.catalog import Site, read_site
from mkdocs_postmortem.cli.project import Project, ProjectError, find_project
from mkdocs_postmortem.model.problem import Level, Problem

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--strict", is_flag=True, help="Let warnings fail as well, as `mkdocs build --strict`."
)
def check(paths: tuple[Path, ...], strict: bool) -> None:
    """Check the postmortems of a site, as its build would.

    PATHS are files or folders; without one, the site around the current folder is checked. The
    options of the plugin are read from the mkdocs.yml above.
    """
    try:
        project = find_project(paths[0] if paths else Path.cwd())
        site = read_site(project.files(), project.judge())
    except ProjectError as fault:
        raise click.UsageError(str(fault)) from fault
    shown = [problem for problem in site.problems if _is_chosen(problem, paths, project)]
    for problem in shown:
        click.echo(_line(problem, project))
    click.echo(_summary(shown, site))
    heavy = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    raise SystemExit(int(any(problem.level in heavy for problem in shown)))


def _is_chosen(problem: Problem, paths: tuple[Path, ...], project: Project) -> bool:
    file = project.docs / problem.path
    return not paths or any(file.is_relative_to(path.resolve()) for path in paths)


def _line(problem: Problem, project: Project) -> str:
    file = project.docs / problem.path
    shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
    level = click.style(problem.level.value, fg=_COLOURS[problem.level])
    fix = f"\n    {problem.fix}" if problem.fix else ""
    return f"{shown}:{problem.place}: {level} {problem.code} {problem.message}{fix}"


def _summary(problems: list[Problem], site: Site) -> str:
    counts = [
        f"{count} {level.value}{'s' if count != 1 and level is not Level.INFO else ''}"
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if (count := sum(problem.level is level for problem in problems))
    ]
    pages = len(site.catalog)
    found = f"{pages} postmortem{'s' if pages != 1 else ''}"
    return f"{found}: {', '.join(counts) if counts else 'no problems'}."
