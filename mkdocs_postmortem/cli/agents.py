"""``agents``: what a coding agent needs to know, in AGENTS.md and a skill folder."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_postmortem.checking.schemas import CustomSchemaError
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import config_option, open_project
from mkdocs_postmortem.cli.text_file import TextFile
from mkdocs_postmortem.project import ProjectError
from mkdocs_postmortem.project.agents import SKILL_HEAD, agent_guide
from mkdocs_postmortem.publishing import BlockError, with_block


@click.command(short_help="Write what a coding agent needs to know into AGENTS.md.")
@click.option(
    "--skills",
    type=click.Path(file_okay=False, path_type=Path),
    default=".agents/skills",
    show_default=True,
    help="Folder of the skills; the skill is written to `postmortem/SKILL.md` below it.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is out of date.")
@config_option
def agents(skills: Path, check: bool, config_file: Path | None) -> None:
    """Write what a coding agent needs to know into AGENTS.md and a skill folder.

    Both files say where pages go, which sections, severities and services the configuration names,
    which commands to run, and that a draft belongs to a person who was there. The text is kept
    between two comments; the rest of the files stays as it is. Run it again after a change of the
    configuration.
    """
    project = open_project(config_file)
    root = project.config.parent if project.config else project.docs
    try:
        guide = agent_guide(project, root)
    except CustomSchemaError as error:
        raise ProjectError(str(error)) from error
    skill = root / skills / "postmortem/SKILL.md"
    stale = [
        file
        for file, head in ((root / "AGENTS.md", "# Instructions for agents"), (skill, SKILL_HEAD))
        if not _update(file, head, guide, root, check)
    ]
    raise SystemExit(int(check and bool(stale)))


def _update(file: Path, head: str, guide: str, root: Path, only_check: bool) -> bool:
    """Whether the file was up to date; if not, it is written unless only checked."""
    old = TextFile.read(file)
    try:
        text = with_block(old.text or head, guide, "")
    except BlockError as error:
        raise Refusal(f"{file}, {error}") from error
    if old.encode(text) == old.raw:
        return True
    if only_check:
        click.echo(f"{file} is out of date; run `mkdocs-postmortem agents`.")
        return False
    old.write(text, (root,))
    click.echo(f"{file} written.")
    return False
