"""What a coding agent has to know before it writes or changes a postmortem of a site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mkdocs_postmortem.checking.custom_schema import read_custom_schema
from mkdocs_postmortem.checking.schemas import load_schema
from mkdocs_postmortem.project.project import Project

SKILL_HEAD = """\
---
name: postmortem
description: Write, complete or review a postmortem of this repository, or look for similar incidents.
---
"""
_BEGIN = "<!-- mkdocs-postmortem agents: do not edit, run `mkdocs-postmortem agents` -->"
_END = "<!-- mkdocs-postmortem agents end -->"


def agent_guide(project: Project, root: Path) -> str:
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
        own = read_custom_schema(project.schema).get("properties", {}).get("sections", {})
    added = own.get("required", []) if isinstance(own, dict) else []
    return [*dict.fromkeys([*base["required"], *map(str, added)])]


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _shown(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
