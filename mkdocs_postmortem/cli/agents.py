"""``agents``: what a coding agent needs to know, in AGENTS.md and a skill folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schema
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.check_output import shown_path
from mkdocs_postmortem.cli.site import config_option, open_project
from mkdocs_postmortem.cli.text_file import TextFile
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing.markdown_index import BlockError, with_block

_SKILL_HEAD = """\
---
name: postmortem
description: Write, complete or review a postmortem of this repository, or look for similar incidents.
---
"""
_BEGIN = "<!-- mkdocs-postmortem agents: do not edit, run `mkdocs-postmortem agents` -->"
_END = "<!-- mkdocs-postmortem agents end -->"


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
        guide = _guide(project, root)
    except CustomSchemaError as error:
        raise ProjectError(str(error)) from error
    skill = root / skills / "postmortem/SKILL.md"
    stale = [
        file
        for file, head in ((root / "AGENTS.md", "# Instructions for agents"), (skill, _SKILL_HEAD))
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
    click.echo(f"{shown_path(file)} written.")
    return False


def _guide(project: Project, root: Path) -> str:
    """The guide as a Markdown block between two comments; paths are given from ``root``."""
    guide = Path(__file__).with_name("agents.md").read_text(encoding="utf-8")
    folder = _shown(project.docs / project.settings.folder, root)
    guide = guide.replace("{folder}", folder).replace("{facts}", _facts(project, root))
    return f"{_BEGIN}\n\n{guide}\n{_END}"


def _facts(project: Project, root: Path) -> str:
    settings = project.settings
    sections = ", ".join(f"`{name}`" for name in _required_sections(project))
    lines = [
        f"- Required sections: {sections}. A heading in another language or with a usual synonym counts.",
        f"- Severities, the worst first: {_names(settings.severities)}.",
        f"- Services: {_names(settings.services) or 'any name; reuse those of other postmortems'}.",
        f"- Time zone of times that name none: {settings.timezone.name}."
        if settings.timezone
        else "- Time zone: set `timezone:` on each page, for example `timezone: Europe/Paris`.",
        f"- Length: {settings.words[0]} to {settings.words[1]} words.",
    ]
    if settings.templates and project.config:
        base = project.config.parent
        shown = (
            f"`{name}`: {_shown(base / file, root)}" for name, file in settings.templates.items()
        )
        lines.append(f"- Templates: {', '.join(shown)}.")
    if project.schema:
        lines.append(f"- Additional fields: {_shown(project.schema, root)}.")
    return "\n".join(lines)


def _required_sections(project: Project) -> list[str]:
    base = load_schema("postmortem")["properties"]["sections"]
    own: object = {}
    if project.schema:
        # It loads jsonschema, a quarter of the command's start.
        from mkdocs_postmortem.checking.custom_schema import read_custom_schema

        own = read_custom_schema(project.schema).get("properties", {}).get("sections", {})
    added = own.get("required", []) if isinstance(own, dict) else []
    return [*dict.fromkeys([*base["required"], *map(str, added)])]


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _shown(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
