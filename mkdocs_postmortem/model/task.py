"""A task: who does what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from mkdocs_postmortem.model.problem import Position


class TaskState(str, Enum):
    """How far a task is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WONT_DO = "wont_do"

    @property
    def is_open(self) -> bool:
        return self in (TaskState.OPEN, TaskState.IN_PROGRESS)


class TaskType(str, Enum):
    """What a task is meant to do for the next outage."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A tracker's reference: ``text`` (``OPS-481``) and its address, if any."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``text`` is Markdown without the details after it.

    ``added`` and ``dropped`` come from the page's git history, if there is one: the days on which
    the task was added and its box became ``[-]``. ``done`` is the day that the author typed, else
    the day on which the box was ticked. ``is_row`` is true for a row of a table.
    """

    text: str
    state: TaskState
    position: Position
    owners: tuple[str, ...] = ()
    due: date | None = None
    done: date | None = None
    ticket: Ticket | None = None
    type: TaskType | None = None
    reason: str = ""
    has_box: bool = True
    added: date | None = None
    dropped: date | None = None
    is_row: bool = False

    @property
    def settled(self) -> date | None:
        """The day on which it was done or dropped; None while it is open, or if nobody knows."""
        if self.state is TaskState.DONE:
            return self.done
        return self.dropped if self.state is TaskState.WONT_DO else None

    def is_overdue(self, today: date) -> bool:
        return self.state.is_open and self.due is not None and self.due < today
