"""The problem panel."""

from __future__ import annotations

from typing import Any

from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.view import PageView


def render_panel(view: PageView, custom_dirs: tuple[Any, ...] = ()) -> str:
    """The page's problems, the heaviest first; nothing without any."""
    if not view.problems:
        return ""
    problems = sorted(view.problems, key=lambda problem: (problem.level.rank, problem.place))
    counts = [
        (level, count)
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
        if (count := sum(problem.level is level for problem in problems))
    ]
    return fill(
        "panel.html",
        custom_dirs,
        view.site.language,
        problems=problems,
        counts=counts,
        path=view.path,
    )
