"""The option ``--config-file``."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_postmortem.project import CONFIG_NAMES, Project

config_option = click.option(
    "--config-file",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Configuration file, instead of the mkdocs.yml in the current folder or above.",
)


def report_configuration(project: Project, config_file: Path | None) -> None:
    """Say on standard error which configuration is used where it is not the obvious one.

    Without a configuration every folder is a docs folder, which may not be what was meant.
    """
    if project.config is None:
        click.echo(
            f"No mkdocs.yml, properdocs.yml or zensical.toml in {project.docs} or above it: "
            "checking every page below this folder with default options. "
            "Name a configuration with -f.",
            err=True,
        )
    elif config_file is None and not _is_obvious(project.config):
        click.echo(f"Using the options of {project.config}.", err=True)


def _is_obvious(config: Path) -> bool:
    return config.name in CONFIG_NAMES and Path.cwd().is_relative_to(config.parent)
