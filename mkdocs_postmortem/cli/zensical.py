"""``zensical``: build or serve the site with Zensical, archive included."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.generate import report_problems
from mkdocs_postmortem.cli.site import config_option, find_configured
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.generated import generate
from mkdocs_postmortem.project.project import Project, find_manifests, load_project
from mkdocs_postmortem.project.zensical import Staging
from mkdocs_postmortem.publishing.leaks import MOST_NAMED, Leak

# Zensical's own Markdown extensions, which any configured one replaces. They are read from the
# installed version, as YAML in which tags name functions.
_DEFAULTS = (
    "import yaml; from zensical.config import DEFAULT_MARKDOWN_EXTENSIONS as found; "
    "print(yaml.dump(found))"
)
_SECONDS = 0.5


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": False})
@click.argument("action", type=click.Choice(["build", "serve"]))
@config_option
@click.option("--strict", "-s", is_flag=True, help="Let warnings stop the build as well.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def zensical(
    action: str, config_file: Path | None, strict: bool, arguments: tuple[str, ...]
) -> None:
    """Build or serve the site with Zensical. ARGUMENTS are passed on to it.

    The docs and the generated pages are put together in `.postmortem/` next to the configuration,
    and a derived configuration adds the stylesheet, the scripts, the Markdown extension and the
    navigation. Nothing is written into the docs folder. While serving, saved changes are applied
    at once.

    The exit code is 1 if a postmortem has an error (with --strict: or a warning) and nothing was
    built, or if internal text was in the site for the public, which is then removed, 2 if the
    command or the configuration is wrong, and Zensical's own otherwise.
    """
    signal.signal(signal.SIGTERM, _end)
    _, config = find_configured(config_file)
    default = _default_extensions()
    staging = Staging(config)
    round_ = Round(staging, default, config, strict, action == "serve")
    try:
        for line in round_.run():
            click.echo(f"Added to the configuration: {line}")
        raise SystemExit(_run(staging, action, strict, arguments, round_))
    finally:
        staging.config.unlink(missing_ok=True)


@dataclass
class Round:
    """One reading of the site, put together for Zensical; repeated when a file changes."""

    staging: Staging
    default: str
    config: Path
    is_strict: bool
    is_serve: bool
    _cache: Cache = field(default_factory=Cache)
    _problems: tuple[str, ...] = ()
    _state: object = None
    _found: tuple[Project, Site] | None = None
    _seen: object = None

    def run(self) -> list[str]:
        """What was added to the configuration. ClickException if the build must not go on."""
        project = load_project(self.config)
        self._state = project.state()
        checker = project.checker()
        hub = project.hub().records
        site = check_site(
            project.files(), checker, history=project.history(), cache=self._cache, hub=hub
        )
        self._found = project, site
        self._report(site, checker)
        folder = project.settings.generated_folder
        theirs = project.strangers(folder, find_manifests(project.docs))
        generated = generate(project, site, checker, folder, theirs)
        self.staging.fill(project, site, generated)
        return self.staging.configure(project, site, generated, self.default)

    def finish(self) -> bool:
        """Search the output for internal text, and remove it if there is any."""
        if self._found is None:
            return True
        project, site = self._found
        leaks = self.staging.leaks(project, site)
        if leaks:
            _report_leaks(leaks)
            click.echo(self.staging.remove_output(project, leaks), err=True)
        return not leaks

    def watch_output(self) -> None:
        """While serving: report internal text in an output that has changed."""
        if self._found is None or not self._found[1].withheld:
            return
        project, site = self._found
        try:
            files = sorted(self.staging.output(project).rglob("*"))
            state = [(file, file.stat().st_mtime_ns) for file in files]
            if state != self._seen:
                self._seen = state
                _report_leaks(self.staging.leaks(project, site))
        except OSError:
            self._seen = None  # Zensical is writing it

    def has_changed(self) -> bool:
        """Whether a file of the site has changed since the last round."""
        try:
            return load_project(self.config).state() != self._state
        except (ProjectError, OSError):
            return True

    def _report(self, site: Site, checker: Checker) -> None:
        """As the plugin does: a build stops, a server says what is new and goes on."""
        shown = tuple(
            str(item) for item in site.problems if item.level in (Level.ERROR, Level.WARNING)
        )
        if not self.is_serve:
            report_problems(site, checker, is_strict=self.is_strict)
        elif shown != self._problems:
            for line in shown:
                click.echo(line, err=True)
        self._problems = shown


def _report_leaks(leaks: Iterable[Leak]) -> None:
    for leak in islice(leaks, MOST_NAMED):
        click.echo(f"error: PM707 {leak}", err=True)


def _end(*_: object) -> None:
    """End by an exception, so that the server and the derived configuration go, too."""
    raise SystemExit(128 + signal.SIGTERM)


def _default_extensions() -> str:
    command = [sys.executable, "-c", _DEFAULTS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip().split("\n") or [""])[-1]
        raise Refusal(
            f"Zensical cannot be used ({reason}). Install it next to this package: "
            "pip install zensical"
        )
    return done.stdout


def _run(
    staging: Staging, action: str, strict: bool, arguments: tuple[str, ...], round_: Round
) -> int:
    """Zensical's exit code; while it serves, saved changes are applied."""
    command = [sys.executable, "-m", "zensical", action, "-f", str(staging.config)]
    command += ["--strict"] if strict and action == "build" else []
    child = subprocess.Popen([*command, *arguments], cwd=staging.root, env=dict(os.environ))  # noqa: S603
    try:
        while action == "serve" and child.poll() is None:
            time.sleep(_SECONDS)
            round_.watch_output()
            if round_.has_changed():
                _repeat(round_)
        code = child.wait()
        return code if action == "serve" or round_.finish() else 1
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def _repeat(round_: Round) -> None:
    try:
        round_.run()
    except (ProjectError, click.ClickException, OSError) as error:
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(text, err=True)
