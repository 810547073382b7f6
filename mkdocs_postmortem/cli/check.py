"""``check``: check postmortems without building the site."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NoReturn

import click

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.check_pages import CheckedPage, File, check_pages_in_processes
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker, merge_by_folder
from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.check_output import print_result, shown_path
from mkdocs_postmortem.cli.site import (
    config_option,
    format_option,
    report_configuration,
    report_no_configuration,
    split_names,
    today_option,
)
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.model.settings import Audience, read_today
from mkdocs_postmortem.project.check_cache import CheckCache, CheckResult
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import Project, find_project
from mkdocs_postmortem.publishing.reports import REPORTS
from mkdocs_postmortem.reading.membership import left_out_finding


def _codes(_: object, __: object, text: str) -> frozenset[str]:
    """Codes, names and beginnings of codes → codes."""
    wanted: set[str] = set()
    for word in split_names(text):
        found = {code for code, rule in RULES.items() if word == rule.name or code.startswith(word)}
        if not found:
            raise Refusal(f"There is no rule `{word}`. `mkdocs-postmortem rules` lists all.")
        wanted |= found
    return frozenset(wanted)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Fail on warnings too, like `mkdocs build --strict`.")
@format_option("text", *REPORTS)
@click.option(
    "--level",
    type=click.Choice([item.value for item in Level if item is not Level.OFF]),
    callback=lambda _, __, value: Level(value) if value else None,
    help="Minimum level to report. Without it, many infos are only counted in the text.",
)
@click.option(
    "--select",
    metavar="CODES",
    default="",
    callback=_codes,
    help="Report only these rules: PM301, groups such as PM5, or names; separated by commas.",
)
@click.option(
    "--ignore", metavar="CODES", default="", callback=_codes, help="Leave out these rules."
)
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    help="Check standard input as this file of the site; for editors.",
)
@today_option
@click.option(
    "--fix",
    is_flag=True,
    help="Apply the safe fixes of keys, values, times, boxes and lists, then check.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, without writing.")
@click.option("--sort", is_flag=True, help="Sort timelines as well; needs --fix or --diff.")
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    help="Number of worker processes (0 = choose automatically).",
)
@click.option("--no-cache", is_flag=True, help="Check every page, and keep no result.")
@click.option("--watch", is_flag=True, help="Check again after each change, until Ctrl-C.")
@config_option
def check(
    strict: bool,
    output_format: str,
    fix: bool,
    diff: bool,
    sort: bool,
    jobs: int,
    no_cache: bool,
    watch: bool,
    **chosen: Any,
) -> None:
    """Check the postmortems of a site, as its build would.

    PATHS are files or folders; without one, the site around the current folder is checked. The
    plugin's options are read from the mkdocs.yml in the current folder or above.

    The exit code is 0 if nothing is wrong, 1 if there is an error (with --strict: or a warning),
    and 2 if the command or the configuration is wrong.
    """
    options = CheckOptions(**chosen)
    if (watch or fix or diff) and options.stdin_filename:
        raise click.UsageError("--stdin-filename cannot be combined with --watch, --fix or --diff.")
    if sort and not (fix or diff):
        raise click.UsageError("--sort needs --fix or --diff.")
    project = options.project()
    report_configuration(project, options.config_file)
    if fix or diff:
        # A plain check starts without the readers of foreign pages.
        from mkdocs_postmortem.cli.fixing import fix_pages

        fix_pages(options, only_show=diff, sort=sort)
    if watch:
        _watch(options, output_format)
    checked = _problems(options, jobs, is_kept=not no_cache)
    if not checked.postmortems:
        report_no_configuration(project)
    print_result(checked, output_format, is_brief=options.is_brief)
    heavy = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    raise SystemExit(int(any(item.level in heavy for item in checked.problems)))


@dataclass(frozen=True)
class CheckOptions:
    """What is to be checked and what of it shown. ``stdin_filename`` is the file that standard
    input has the text of.
    """

    paths: tuple[Path, ...]
    level: Level | None
    select: frozenset[str]
    ignore: frozenset[str]
    stdin_filename: Path | None
    today: date | None
    config_file: Path | None

    def project(self) -> Project:
        start = next(iter(self._chosen), Path.cwd())
        return find_project(start, config=self.config_file)

    def shows(self, item: Problem, folder: Path) -> bool:
        """Whether a problem of a file in a folder is to be shown."""
        return (
            item.level.rank <= (self.level or Level.INFO).rank
            and (not self.select or item.code in self.select)
            and item.code not in self.ignore
            and self.has(folder, item.path)  # last, since paths take longest
        )

    @property
    def is_brief(self) -> bool:
        """Whether neither a level nor rules were chosen."""
        return self.level is None and not self.select

    def has(self, folder: Path, path: str) -> bool:
        """Whether a file in a folder is one of those to be checked."""
        return not self._wanted or any((folder / path).is_relative_to(one) for one in self._wanted)

    @property
    def _chosen(self) -> tuple[Path, ...]:
        return (*self.paths, self.stdin_filename) if self.stdin_filename else self.paths

    @cached_property
    def _wanted(self) -> tuple[Path, ...]:
        return tuple(path.resolve() for path in self._chosen)


def _problems(
    options: CheckOptions, jobs: int, cache: Cache | None = None, *, is_kept: bool = False
) -> CheckResult:
    """The problems that are to be shown, with paths as a terminal wants them.

    ``cache`` knows the previous round. ``is_kept`` takes the result from the folder next to the
    configuration, and keeps it there.
    """
    project = options.project()
    files, unsaved = _files(project, options)
    day = options.today or read_today(project.settings.today)
    kept = CheckCache(project, files, day, unsaved) if is_kept else None
    found = kept.find() if kept else None
    if found is None:
        found = _check(project, options, files, unsaved, jobs, cache, kept)
        if kept:
            kept.keep(found)
    folder = (project.config or project.docs).parent
    shown, of_hub = (
        [
            item._replace(path=shown_path(folder / item.path))
            for item in problems
            if options.shows(item, folder)
        ]
        for problems, folder in ((found.problems, project.docs), (found.of_hub, folder))
    )
    pages = tuple(path for path in found.postmortems if options.has(project.docs, path))
    return CheckResult((*merge_by_folder(shown), *of_hub), found.of_hub, pages)


def _check(
    project: Project,
    options: CheckOptions,
    files: Mapping[str, Path],
    unsaved: Mapping[str, bytes],
    jobs: int,
    cache: Cache | None,
    kept: CheckCache | None,
) -> CheckResult:
    # The files are checked with their internal parts: `--fix` writes them completely.
    checker = project.checker(options.today, Audience.INTERNAL)
    hub = project.hub()

    def in_processes(files: Iterable[File], checker: Checker) -> Iterator[CheckedPage]:
        files = list(files)
        with click.progressbar(
            length=len(files), label="Checking", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            yield from check_pages_in_processes(
                files,
                checker,
                unsaved=unsaved,
                schema=project.schema,
                jobs=jobs,
                on_progress=bar.update,
            )

    check = partial(kept.check_pages, check=in_processes) if kept else in_processes
    site = check_site(
        files.items(),
        checker,
        cache=kept.cache if kept else cache,
        hub=hub.records,
        check=None if cache else check,
    )
    problems = (*site.problems, *_left_out(project, checker))
    postmortems = tuple(record.path for record in site.catalog.records)
    return CheckResult(problems, tuple(hub.problems), postmortems)


def _left_out(project: Project, checker: Checker) -> Iterator[Problem]:
    """The postmortems that the configuration keeps out of the site."""
    for path, file, reason in project.excluded_files():
        finding = left_out_finding(path, file, reason)
        if finding is not None:
            yield from checker.to_problems(path, [finding])


def _watch(options: CheckOptions, output_format: str) -> NoReturn:
    """Check again whenever a file of the site changes; a wrong configuration is shown, too.

    Only pages that have changed are read again, so that more than one process would not pay.
    """
    before: object = None
    cache = Cache()
    while True:
        now = _state(options)
        if now != before:
            before = now
            click.clear()
            try:
                checked = _problems(options, 1, cache)
                print_result(checked, output_format, is_brief=options.is_brief)
            except ProjectError as error:
                click.echo(str(error), err=True)
        time.sleep(0.5)


def _state(options: CheckOptions) -> object:
    try:
        return options.project().state()
    except (ProjectError, OSError) as error:
        return str(error)


def _files(project: Project, options: CheckOptions) -> tuple[dict[str, Path], dict[str, bytes]]:
    """The files of the site, and the one that standard input has (it need not be on disk yet)."""
    files, unsaved = dict(project.files()), options.stdin_filename
    if unsaved is None:
        return files, {}
    file = unsaved.resolve()
    if not file.is_relative_to(project.docs.resolve()):
        raise Refusal(f"{unsaved} is not in the docs folder {project.docs}.")
    path = file.relative_to(project.docs.resolve()).as_posix()
    return {**files, path: file}, {path: sys.stdin.buffer.read()}
