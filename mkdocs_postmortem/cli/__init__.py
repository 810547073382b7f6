"""The command line. One file per command; only these files import click."""

from __future__ import annotations

from typing import Any

import click

from mkdocs_postmortem import __version__
from mkdocs_postmortem.cli.adopt import adopt
from mkdocs_postmortem.cli.check import check
from mkdocs_postmortem.cli.export import export
from mkdocs_postmortem.cli.new import new
from mkdocs_postmortem.cli.rules import rules
from mkdocs_postmortem.cli.schema import schema
from mkdocs_postmortem.cli.stats import stats
from mkdocs_postmortem.cli.tasks import tasks


class Commands(click.Group):
    """Ends with 130 at Ctrl-C, as shells expect."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            raise SystemExit(130) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-postmortem")
def main() -> None:
    """Postmortems as Markdown: check them as the site's build does, and adopt old ones."""


for command in (adopt, check, export, new, rules, schema, stats, tasks):
    main.add_command(command)
