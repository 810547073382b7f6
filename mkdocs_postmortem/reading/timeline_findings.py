"""What is said about a timeline's form."""

from __future__ import annotations

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.timeline import Entry, Form


def no_entry(position: Position, reason: str) -> Finding:
    """A line of the timeline that is no entry."""
    return Finding(
        "PM301",
        position,
        f"This line is no timeline entry: {reason}.",
        "Begin it with the time (`- 09:12 …`, or `- 2026-03-14 09:12 …` on another day), or indent "
        "it below the entry it belongs to.",
        "timeline",
    )


def no_bullet(entry: Entry) -> Finding:
    """An entry in another form than the one that we ask for."""
    return Finding(
        "PM303",
        entry.position,
        f"This entry is a {'numbered line' if entry.form is Form.NUMBERED else entry.form.value}.",
        "Write the timeline as bullets: `- 09:12 What happened.`",
        "timeline",
    )
