"""``generate``: the pages and files of the archive for a host that runs no MkDocs plugins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

import click

from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.cli.site import config_option, find_configured, today_option
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.project.generated import Generated
from mkdocs_postmortem.project.generated import generate as generate_files
from mkdocs_postmortem.project.project import Project, find_manifests
from mkdocs_postmortem.publishing.generated_files import Manifest, Outcome, compare, write_generated
from mkdocs_postmortem.publishing.list_pages import values_without_page

EXTENSION = "mkdocs_postmortem"


@click.command(short_help="For Zensical: write the lists and the data into the docs folder.")
@click.argument("folder", required=False)
@config_option
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; fail if files are missing or out of date.",
)
@today_option
def generate(
    folder: str | None,
    config_file: Path | None,
    strict: bool,
    only_check: bool,
    today: date | None,
) -> None:
    """Write the index, the lists, the data and the assets into the docs folder, for Zensical.

    FOLDER is below the docs folder; the default is the folder of the postmortems. Run it
    before `zensical build`. Files that it has not written, or that you changed,
    stay as they are; what it no longer generates is removed. With MkDocs and ProperDocs, the plugin
    generates all this itself.

    The exit code is 0 if all is written, 1 if a postmortem has an error and nothing was written
    (with --strict: or a warning; with --check: or if a file is missing or out of date), and 2 if
    the command or the configuration is wrong.
    """
    project, config = find_configured(config_file)
    checker = project.checker(today)
    target = _target(folder, project)
    # Without the history in git: --check has to find the same in a shallow clone.
    site = check_site(project.files(), checker, hub=project.hub().records)
    stop_at_hidden(site)
    report_problems(site, checker, is_strict=strict)
    old = find_manifests(project.docs)
    generated = generate_files(project, site, checker, target, project.strangers(target, old))
    if only_check:
        _check(project, generated, old)
        return
    _warn_of_plugin(project, config.name)
    for text in values_without_page(site, checker.settings):
        click.echo(text, err=True)
    _report(write_generated(project.docs, generated.files, generated.manifest, old), generated)
    for missing in _missing(generated, project):
        click.echo(f"{config.name}: {missing}", err=True)


def _warn_of_plugin(project: Project, name: str) -> None:
    """Under MkDocs the plugin makes these pages in each build, and would list the written ones."""
    if not name.startswith("zensical") and EXTENSION not in project.listed("markdown_extensions"):
        click.echo(
            f"Warning: {name} configures MkDocs, where the plugin creates these pages itself. "
            "`generate` is for Zensical only: delete the files again, unless you build the site "
            "with Zensical.",
            err=True,
        )


def _target(folder: str | None, project: Project) -> str:
    """The folder as a path below the docs folder, with ``/``."""
    if folder is None:
        return project.settings.generated_folder
    docs = project.docs.resolve()
    for base in (Path.cwd(), docs):
        position = (base / folder).resolve()
        if position == docs:
            break
        if position.is_relative_to(docs):
            return position.relative_to(docs).as_posix()
    raise click.UsageError(f"{folder} is not a folder below the docs folder {project.docs}.")


def stop_at_hidden(site: Site) -> None:
    """The host lists every page of the docs folder, whatever we leave out of ours."""
    hidden = sorted(site.left_out.hidden)
    if hidden:
        raise click.ClickException(
            f"The site is for the public, and the host would list {', '.join(hidden)}. Move "
            "internal pages out of the docs folder, or set `audience: internal`. Nothing was "
            "written."
        )


def report_problems(site: Site, checker: Checker, *, is_strict: bool) -> None:
    """The same contract as the plugin's build: an error in a page stops it."""
    for problem in site.problems:
        if problem.level in (Level.ERROR, Level.WARNING):
            click.echo(f"{problem.level.value}: {problem}", err=True)
    errors, warnings = site.count(Level.ERROR), site.count(Level.WARNING)
    if is_strict and errors + warnings:
        found = f"{errors + warnings} errors and warnings"
    elif errors and checker.settings.on_error == "fail":
        found = f"{errors} error{'s' if errors > 1 else ''}"
    else:
        return
    raise click.ClickException(f"{found} in the postmortems; nothing was written.")


def _check(project: Project, generated: Generated, old: Sequence[Manifest]) -> None:
    outcome = compare(project.docs, generated.files, old)
    for path in outcome.written:
        click.echo(f"{path} is missing or out of date.")
    for path in outcome.removed:
        click.echo(f"{path} is no longer generated.")
    raise SystemExit(int(bool(outcome.written or outcome.removed)))


def _report(outcome: Outcome, generated: Generated) -> None:
    for path in sorted({*outcome.foreign, *generated.left}):
        click.echo(f"{path}: left unchanged; it is not as `generate` wrote it.", err=True)
    click.echo(
        f"{generated.manifest.folder}: {len(outcome.written)} written, "
        f"{len(outcome.removed)} removed, {len(outcome.unchanged)} unchanged."
    )


def _missing(generated: Generated, project: Project) -> Iterator[str]:
    """What the configuration lacks for the pages to be complete."""
    style, scripts = generated.assets()
    for key, path in [("extra_css", style), *(("extra_javascript", item) for item in scripts)]:
        listed = (PurePosixPath(known.lstrip("/")) for known in project.listed(key))
        if PurePosixPath(path) not in listed:
            yield f"`{key}` lacks {path}"
    if EXTENSION not in project.listed("markdown_extensions"):
        yield f"`markdown_extensions` lacks {EXTENSION}"
