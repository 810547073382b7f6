"""Tasks of an outage that would have been in time for its repeat and were not done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState, TaskType

_ORDER = (*TaskType, None)


class Missed(str, Enum):
    """How a task stood when the outage came back."""

    OVERDUE = "overdue"
    OPEN = "open"
    DROPPED = "dropped"
    DONE_AFTER = "done_after"


@dataclass(frozen=True, slots=True)
class MissedTask:
    """A task of the earlier outage, and why it was of no use at the later one.

    ``overdue`` is the number of days by which it was past its due date when the later outage began;
    None where it was not.
    """

    task: Task
    reason: Missed
    overdue: int | None = None


def missed_tasks(earlier: Postmortem, later: Postmortem) -> tuple[MissedTask, ...]:
    """The missed tasks, preventing ones first.

    A task that is open today was open then. One that is done counts only if its page gives a day
    after the later outage's; on the same day nobody can tell.
    """
    found = _missed(earlier, later.day)
    return tuple(sorted(found, key=lambda item: (_ORDER.index(item.task.type), item.task.position)))


def _missed(earlier: Postmortem, day: date | None) -> Iterator[MissedTask]:
    for task in earlier.tasks:
        late = (day - task.due).days if day and task.due and task.due < day else None
        if task.state is TaskState.WONT_DO:
            yield MissedTask(task, Missed.DROPPED)
        elif task.state.is_open:
            yield MissedTask(task, Missed.OVERDUE if late else Missed.OPEN, late)
        elif task.done and day and task.done > day:
            yield MissedTask(task, Missed.DONE_AFTER, late)
