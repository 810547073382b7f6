"""One postmortem, read: its parts, and the record of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from mkdocs_postmortem.model.lifecycle import DURATION, Lifecycle, Metric, Milestone
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.model.zone import Zone


class Status(str, Enum):
    """How far the document is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class UsersAffected:
    """The author's words and what they amount to.

    ``percent`` is 0 to 100 (stated or computed from ``count`` of ``total``), None where only a
    count is known.
    """

    written: str
    percent: float | None = None
    count: int | None = None
    total: int | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class ImportedFrom:
    """The tool's key (``pagerduty``), the record's id there, its address, the day of the import."""

    tool: str
    id: str = ""
    url: str = ""
    imported: date | None = None

    @property
    def label(self) -> str:
        """``pagerduty Q1ABC``; of an id that is an address only its end."""
        return f"{self.tool} {self.id.rpartition('/')[2]}".strip()


@dataclass(frozen=True, slots=True)
class Origin:
    """The site by its name, and the address of the page there (empty if it cannot be linked to)."""

    site: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StatedDuration:
    """A duration in the prose: its words, its length, and whether the author rounds ("about")."""

    written: str
    length: timedelta
    position: Position
    is_rounded: bool = False

    def agrees_with(self, computed: timedelta) -> bool:
        """Equal within the precision of the words: a minute; where they round, a tenth or a quarter
        of their unit.
        """
        slack = [timedelta(minutes=1)]
        if self.is_rounded:
            units = (timedelta(days=1), timedelta(hours=1))
            slack += [computed / 10, *(unit / 4 for unit in units if not self.length % unit)]
        return abs(self.length - computed) <= max(slack)


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


FIELD_NAMES = frozenset(
    "id title status severity services timezone started detected acknowledged mitigated resolved "
    "impact users_affected root_cause trigger causes detected_by authors recurrence_of related "
    "source timeline tasks visibility internal".split()
)
# What decides on visibility is written in one place only; `source` is what `import` wrote.
MAPPABLE = FIELD_NAMES - {"visibility", "internal", "source"}


# Services, causes or other values in one list of a page; each may get a page of its own.
MOST_VALUES = 100


@dataclass(frozen=True)
class Postmortem:
    """Everything that a page says about one outage.

    ``path`` is the file's path below the docs folder, with ``/``. Text fields hold the author's
    inline Markdown. ``positions`` gives the place of each value by its name (``started``,
    ``services[0]``); ``custom`` holds the front matter keys that a company schema added;
    ``measures`` are the site's own lengths, besides the built-in ones.
    ``dated`` is the day that a page without times gives for itself, in its title or file name.
    ``is_matched`` holds for a page that the option ``match`` names: nobody wrote it for us.
    ``source`` is the record of another tool that the page was imported from.
    ``version`` differs where anything that the record was read from does.
    ``origin`` is set for an outage that another site published; its ``path`` is a name only.
    """

    id: str
    path: str
    title: str
    status: Status | None = None
    severity: str | None = None
    services: tuple[str, ...] = ()
    zone: Zone | None = None
    dated: date | None = None
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    impact: str = ""
    users_affected: UsersAffected | None = None
    root_cause: str = ""
    trigger: str = ""
    causes: tuple[str, ...] = ()
    detected_by: str | None = None
    authors: tuple[str, ...] = ()
    recurrence_of: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    source: ImportedFrom | None = None
    sections: tuple[Section, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
    tasks: tuple[Task, ...] = ()
    measures: tuple[Metric, ...] = ()
    words: int = 0
    is_internal: bool = False
    is_matched: bool = False
    stated_durations: tuple[StatedDuration, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    origin: Origin | None = None
    version: str = ""

    def section(self, key: SectionKey) -> Section | None:
        return next((section for section in self.sections if key in section.keys), None)

    def position(self, *names: str) -> Position:
        """The place of the first of these values that has one; else of the mapping itself."""
        known = (self.positions[name] for name in (*names, "") if name in self.positions)
        return next(known, Position())

    @property
    def is_draft(self) -> bool:
        """Draft by its status; a page that does not say is taken as finished."""
        return self.status is Status.DRAFT

    @cached_property
    def day(self) -> date | None:
        """The day on which the outage began (or was first noticed), in the page's zone; without
        any time the day that the page is dated.
        """
        for milestone in Milestone:
            moment = self.lifecycle.moment(milestone)
            if moment and moment.day:
                return moment.day
        return self.dated

    @cached_property
    def duration(self) -> timedelta | None:
        """From started to resolved."""
        return self.lifecycle.length(DURATION)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.state.is_open)
