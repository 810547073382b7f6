"""What a coding agent has to know before it writes or changes a postmortem of a site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mkdocs_postmortem.checking import load_schema
from mkdocs_postmortem.checking.custom_schema import read_custom_schema
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
    parts = [_BEGIN, "## Postmortems", _rules(project, root), _facts(project, root), _COMMANDS]
    return "\n\n".join([*parts, _FORMS, _END])


def _rules(project: Project, root: Path) -> str:
    folder = _shown(project.docs / project.settings.folder, root)
    return f"""\
Postmortems are Markdown pages in `{folder}/` with a mapping `postmortem:` in their front matter.

A draft belongs to a person who was there.

- Never invent a time, a number, a cause or a name. Take them from what you were given and say where each comes from.
- Leave a comment with a question for that person where something is missing.
- Keep `status: draft`. Only a person publishes or closes a postmortem.
- Write what systems and processes allowed, not who did it. Name roles, not people.
- Copy no secrets, tokens, customer data or internal addresses from logs or chats."""


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


_COMMANDS = """\
| to | run |
| --- | --- |
| find out whether this happened before | `mkdocs-postmortem similar "what users saw"` |
| start a draft with every section | `mkdocs-postmortem new "Checkout answered 502" --severity … --service …` |
| turn an existing page into one | `mkdocs-postmortem adopt FILE` |
| check, with places and fixes as data | `mkdocs-postmortem check --format json` |
| apply the safe fixes | `mkdocs-postmortem check --fix FILE` |
| read why a rule exists | `mkdocs-postmortem rules PM208` |

Run `check` after each change. An error stops the build of the site."""

_FORMS = """\
```markdown
- 09:12 **Started:** One event per bullet, in one or two sentences.
- 09:31 **Misleading path:** What looked like the cause, and what it cost.

- [ ] What needs to be done (@owner, due 2026-04-01, prevent)
```

The labels are Started, Detected, Acknowledged, Assumption, Misleading path, Escalated, Mitigated and Resolved. A task
is of the type prevent, detect, mitigate or process."""
