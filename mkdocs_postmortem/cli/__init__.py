"""The command line. One file per command; only these files import click."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

from mkdocs_postmortem import __version__
from mkdocs_postmortem.cli.adopt import adopt
from mkdocs_postmortem.cli.check import check
from mkdocs_postmortem.cli.export import export
from mkdocs_postmortem.cli.fetch import fetch
from mkdocs_postmortem.cli.generate import generate
from mkdocs_postmortem.cli.new import new
from mkdocs_postmortem.cli.rules import rules
from mkdocs_postmortem.cli.schema import schema
from mkdocs_postmortem.cli.stats import stats
from mkdocs_postmortem.cli.tasks import tasks
from mkdocs_postmortem.project import ProjectError


class Commands(click.Group):
    """Ends with 130 at Ctrl-C, as shells expect, and with one line where output has no room."""

    def invoke(self, ctx: click.Context) -> Any:
        if os.environ.get("NO_COLOR"):  # https://no-color.org; click asks the terminal only
            ctx.color = False
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, click.Abort):
            raise SystemExit(130) from None
        except ProjectError as fault:
            raise click.UsageError(str(fault)) from fault
        except OSError as fault:
            if fault.errno == errno.EPIPE:
                raise  # click ends quietly there
            _discard_output()
            name = f"{fault.filename}: " if fault.filename else ""
            raise click.ClickException(f"{name}{fault.strerror or fault}.") from fault
        return result


def _discard_output() -> None:
    """Keep Python from flushing the rest at its end, where a second failure exits with 120."""
    stdout = sys.__stdout__
    if stdout is not None and sys.stdout is stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-postmortem")
def main() -> None:
    """Postmortems as Markdown: check them as the site's build does, and adopt old ones."""


for command in (adopt, check, export, fetch, generate, new, rules, schema, stats, tasks):
    main.add_command(command)
