"""The parts of a postmortem's body."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mkdocs_postmortem.model.position import Position


class SectionKey(str, Enum):
    """What a section is about, whatever its heading says."""

    ISSUE_SUMMARY = "issue_summary"
    IMPACT = "impact"
    TIMELINE = "timeline"
    DETECTION = "detection"
    ROOT_CAUSE = "root_cause"
    RESOLUTION = "resolution"
    CORRECTIVE = "corrective"
    IMPROVEMENTS = "improvements"
    TASKS = "tasks"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that we know and the lines under it.

    ``start`` is the heading's line, ``end`` the last line of the section (sub-sections included),
    both counted from 1 in the file. ``text`` is the Markdown below the heading; ``level`` 1 to 6,
    or 7 for a heading that is only a bold line, a label or a bare line.
    """

    keys: tuple[SectionKey, ...]
    heading: str
    level: int
    position: Position
    start: int
    end: int
    text: str
