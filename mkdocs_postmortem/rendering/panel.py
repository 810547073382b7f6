"""The problem panel."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.rendering.context import PageContext

# So many problems are read at a glance; of more, only the errors stand open.
_FEW = 5


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one level, each with the link to its line (or nothing)."""

    level: str
    problems: tuple[tuple[Problem, str], ...]
    is_open: bool


def render_panel(view: PageContext) -> str:
    """The page's problems by level, the heaviest first; nothing without any."""
    if not view.problems:
        return ""
    editor = view.editor.partition("{line}")[0]
    return view.site.templates.render("panel.html", trusted=editor, groups=_groups(view))


def _groups(view: PageContext) -> list[ProblemGroup]:
    problems = sorted(view.problems, key=lambda problem: problem.position)
    groups: list[ProblemGroup] = []
    for level in (Level.ERROR, Level.WARNING, Level.INFO):
        found = tuple(
            (item, view.line_link(item.position)) for item in problems if item.level is level
        )
        if found:
            is_open = level is Level.ERROR or len(problems) <= _FEW
            groups.append(ProblemGroup(level.value, found, is_open))
    return groups
