"""What is said about a timeline's form."""

from __future__ import annotations

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.timeline import Entry, Form


def no_entry(position: Position) -> Finding:
    """A line of the timeline that is not an entry."""
    return Finding(
        "PM301",
        position,
        "This line is not a timeline entry: it does not start with a time.",
        "Start it with the time (`- 09:12 …`, or `- 2026-03-14 09:12 …` on another day), or indent "
        "it below the entry that it belongs to.",
        "timeline",
    )


def nested(position: Position, entry: Entry) -> Finding:
    """A timed bullet that its indentation makes a part of the entry above."""
    return Finding(
        "PM301",
        position,
        "This line starts with a time, but its indentation makes it part of the entry on line "
        f"{entry.position.line}.",
        "Remove the spaces or the tab before its `-` to make it an entry.",
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
