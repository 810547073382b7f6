"""Tasks by owner or by the service of their incident: how many are in which state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mkdocs_postmortem.catalog.selection import OutageTask
from mkdocs_postmortem.model.task import Task, TaskState


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """All tasks of one owner or service, in their order; ``name`` is empty for nobody's."""

    name: str
    tasks: tuple[OutageTask, ...]

    @property
    def open(self) -> tuple[OutageTask, ...]:
        return tuple(item for item in self.tasks if item.task.state.is_open)

    @property
    def dues(self) -> Counter[date]:
        """The due dates of the open ones: whose day decides what is overdue is open as well."""
        return due_dates(item.task for item in self.tasks)

    def count(self, state: TaskState) -> int:
        return sum(item.task.state is state for item in self.tasks)


def due_dates(tasks: Iterable[Task]) -> Counter[date]:
    """How many open tasks are due on each day."""
    return Counter(task.due for task in tasks if task.due is not None and task.state.is_open)


def task_groups(tasks: Iterable[OutageTask], by: str) -> tuple[TaskGroup, ...]:
    """The groups by ``owner`` or ``service``, the most open tasks first.

    A task of two owners or services stands in both groups.
    """
    found: dict[str, list[OutageTask]] = {}
    for item in tasks:
        names = item.task.owners if by == "owner" else item.record.services
        for name in dict.fromkeys(names or ("",)):
            found.setdefault(name, []).append(item)
    made = [TaskGroup(name, tuple(items)) for name, items in found.items()]
    return tuple(
        sorted(made, key=lambda item: (-len(item.open), -len(item.tasks), item.name.lower()))
    )
