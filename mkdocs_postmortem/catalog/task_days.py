"""Pages and the history of their boxes → pages whose tasks have their days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mkdocs_postmortem.history import CheckboxHistory
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading import Page

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
