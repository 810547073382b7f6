"""The command line. One file per command; only these files import click."""

from __future__ import annotations

import click

from mkdocs_postmortem import __version__
from mkdocs_postmortem.cli.adopt import adopt
from mkdocs_postmortem.cli.check import check
from mkdocs_postmortem.cli.export import export
from mkdocs_postmortem.cli.new import new
from mkdocs_postmortem.cli.rules import rules
from mkdocs_postmortem.cli.schema import schema
from mkdocs_postmortem.cli.tasks import tasks


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-postmortem")
def main() -> None:
    """Postmortems as Markdown: check them as the site's build does, and adopt old ones."""


for command in (adopt, check, export, new, rules, schema, tasks):
    main.add_command(command)
