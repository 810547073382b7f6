"""The command line. One file per command; only these files import click."""

from __future__ import annotations

import click

from mkdocs_postmortem import __version__
from mkdocs_postmortem.cli.adopt import adopt
from mkdocs_postmortem.cli.check import check


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-postmortem")
def main() -> None:
    """Postmortems as Markdown: check them as the site's build does."""


main.add_command(adopt)
main.add_command(check)
