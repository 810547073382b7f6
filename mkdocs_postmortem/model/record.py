"""One postmortem, read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from mkdocs_postmortem.model.imported_from import ImportedFrom
from mkdocs_postmortem.model.lifecycle import DURATION, Lifecycle, Measure, Milestone
from mkdocs_postmortem.model.origin import Origin
from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.section import Section, SectionKey
from mkdocs_postmortem.model.severity import Status
from mkdocs_postmortem.model.stated import StatedDuration
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.model.users import UsersAffected
from mkdocs_postmortem.model.zone import Zone

# Services, causes or other values in one list of a page; each may get a page of its own.
MOST_VALUES = 100


@dataclass(frozen=True)
class Postmortem:
    """Everything that a page says about one outage.

    ``path`` is the file's path below the docs folder, with ``/``. Text fields hold the author's
    inline Markdown. ``positions`` gives the place of each value by its name (``started``,
    ``services[0]``); ``custom`` holds the front matter keys that a company schema added;
    ``measures`` are the site's own lengths, beside the built-in ones.
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
    measures: tuple[Measure, ...] = ()
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
