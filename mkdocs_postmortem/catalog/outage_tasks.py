"""Tasks of many outages: their days from the history of pages, their groups, their flow by month.

A task counts as promised on the day on which its outage began: that is known for every task,
however late its page came into the archive. It is settled on the day on which it was done or
dropped, as its author or the history of the page says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mkdocs_postmortem.catalog.catalog import wanted_values
from mkdocs_postmortem.history import CheckboxHistory
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.page import Page

# Asked with the paths of pages, it gives the days by path and line.
Histories = Callable[[Sequence[str]], Mapping[str, Mapping[str, CheckboxHistory]]]


def no_history(_: Sequence[str]) -> Mapping[str, Mapping[str, CheckboxHistory]]:
    """What is known without any history."""
    return {}


def with_task_days(pages: Mapping[str, Page], history: Histories) -> dict[str, Page]:
    """The pages again. A line that the history does not know as it stands now gets no days."""
    boxed = [path for path, page in pages.items() if _has_box(page)]
    days = history(boxed) if boxed else {}
    return {
        path: _dated(page, own) if (own := days.get(path)) else page for path, page in pages.items()
    }


def _has_box(page: Page) -> bool:
    return page.record is not None and any(task.has_box for task in page.record.tasks)


def _dated(page: Page, days: Mapping[str, CheckboxHistory]) -> Page:
    if page.record is None:
        return page
    tasks = tuple(_task(task, page, days) for task in page.record.tasks)
    version = f"{page.version} {sorted(days.items())}"
    return replace(page, record=replace(page.record, tasks=tasks, version=version))


def _task(task: Task, page: Page, days: Mapping[str, CheckboxHistory]) -> Task:
    if not task.has_box or not 0 < task.position.line <= len(page.lines):
        return task
    known = days.get(page.lines[task.position.line - 1].text.strip())
    if known is None:
        return task
    # What the author typed wins: a box is often ticked later than the work is done.
    ticked = known.done if task.state is TaskState.DONE else None
    dropped = known.dropped if task.state is TaskState.WONT_DO else None
    return replace(task, added=known.added, done=task.done or ticked, dropped=dropped)


@dataclass(frozen=True, slots=True)
class OutageTask:
    """A task and the outage that it comes from; ``number`` is its position there, from 0."""

    record: Postmortem
    task: Task
    number: int = 0

    def is_overdue(self, today: date) -> bool:
        return self.task.is_overdue(today)


def tasks_of(
    records: Iterable[Postmortem], options: Mapping[str, Any], today: date
) -> tuple[OutageTask, ...]:
    """Those tasks of some outages that fit, the longest overdue first, those without a date last.

    ``state`` is ``open`` (the default: open and in progress), ``overdue``, ``done``, ``wont_do``
    or ``all``; ``owner`` is a name with or without ``@``.
    """
    owners = (
        {name.lstrip("@") for name in wanted_values(options["owner"])}
        if "owner" in options
        else None
    )
    state = str(options.get("state", "open"))
    found = [
        OutageTask(record, task, number)
        for record in records
        for number, task in enumerate(record.tasks)
        if _has_state(task, state, today)
        and (owners is None or owners & {name.lower() for name in task.owners})
    ]
    found.sort(key=lambda item: (not item.task.state.is_open, item.task.due or date.max))
    return tuple(found[: options.get("limit", len(found))])


def without_limit(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options for outages in those for tasks, whose limit counts tasks."""
    return {name: value for name, value in options.items() if name != "limit"}


def _has_state(task: Task, state: str, today: date) -> bool:
    if state == "all":
        return True
    if state == "open":
        return task.state.is_open
    if state == "overdue":
        return task.is_overdue(today)
    return task.state is TaskState(state)


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

    A task of two owners or services is in both groups.
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


@dataclass(frozen=True, slots=True)
class TaskFlow:
    """Tasks by month (its first day).

    ``unpromised`` are tasks whose outage has no day; ``unsettled`` are done or dropped, and nobody
    knows when.
    """

    promised: Counter[date]
    settled: Counter[date]
    unpromised: tuple[OutageTask, ...]
    unsettled: tuple[OutageTask, ...]


def task_flow(records: Iterable[Postmortem]) -> TaskFlow:
    """The flow of the tasks of some outages."""
    promised: Counter[date] = Counter()
    settled: Counter[date] = Counter()
    unpromised: list[OutageTask] = []
    unsettled: list[OutageTask] = []
    for record in records:
        for task in record.tasks:
            if record.day:
                promised[record.day.replace(day=1)] += 1
            else:
                unpromised.append(OutageTask(record, task))
            if task.settled:
                settled[task.settled.replace(day=1)] += 1
            elif not task.state.is_open:
                unsettled.append(OutageTask(record, task))
    return TaskFlow(promised, settled, tuple(unpromised), tuple(unsettled))
