"""Rules on the tasks: nothing that was promised may be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_postmortem.checking.rules import Context
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.record import Postmortem, Status
from mkdocs_postmortem.model.task import TaskState
from mkdocs_postmortem.reading.markdown_text import plain_text


def _no_owner(record: Postmortem, _: Context) -> Iterator[Finding]:
    for task in record.open_tasks:
        if not task.owners:
            yield Finding(
                "PM501",
                task.position,
                f'The task "{short_text(task.text)}" has no owner.',
                "Fill in the owner column of the row (add the column if it is missing)."
                if task.is_row
                else "Add `(@name)` after the text; only a name with `@` counts as an owner.",
                "tasks",
            )


def _no_due(record: Postmortem, _: Context) -> Iterator[Finding]:
    for task in record.open_tasks:
        if task.due is None:
            yield Finding(
                "PM502",
                task.position,
                f'The task "{short_text(task.text)}" has no due date.',
                "Write a date such as `2026-04-01` in the due column of the row (add the column if "
                "it is missing)."
                if task.is_row
                else "Add `(due 2026-04-01)` after the text, or `(@name, due 2026-04-01)`.",
                "tasks",
            )


def _overdue(record: Postmortem, context: Context) -> Iterator[Finding]:
    for task in record.tasks:
        if task.due is not None and task.is_overdue(context.today):
            days = (context.today - task.due).days
            yield Finding(
                "PM503",
                task.position,
                f'The task "{short_text(task.text)}" is {days} '
                f"day{'s' if days > 1 else ''} overdue.",
                "Finish it, set a new due date, or write `[-]` with `won't do:` and the reason.",
                "tasks",
            )


def _not_closed(record: Postmortem, _: Context) -> Iterator[Finding]:
    if record.tasks and not record.open_tasks and record.status is Status.PUBLISHED:
        yield Finding(
            "PM504",
            record.position("status"),
            "Every task is done, but the status is not `closed`.",
            "Set `status: closed`.",
            "status",
        )


def _open_but_closed(record: Postmortem, _: Context) -> Iterator[Finding]:
    if record.status is Status.CLOSED:
        for task in record.open_tasks:
            yield Finding(
                "PM505",
                task.position,
                f'The status is `closed`, but the task "{short_text(task.text)}" is open.',
                "Tick the task, drop it with a reason, or set `status: published`.",
                "tasks",
            )


def _no_reason(record: Postmortem, _: Context) -> Iterator[Finding]:
    for task in record.tasks:
        if task.state is TaskState.WONT_DO and not task.reason:
            yield Finding(
                "PM506",
                task.position,
                f'The task "{short_text(task.text)}" was dropped without a reason.',
                "Add `(won't do: the reason)` after the text.",
                "tasks",
            )


def _due_early(record: Postmortem, _: Context) -> Iterator[Finding]:
    for task in record.tasks:
        if task.due and record.day and task.due < record.day:
            yield Finding(
                "PM509",
                task.position,
                f'The task "{short_text(task.text)}" is due on {task.due}, before the outage of '
                f"{record.day}.",
                "Correct the year or the month.",
                "tasks",
            )


def short_text(text: str) -> str:
    """A task's text for a message: without marks, 50 characters at most."""
    line = plain_text(text)
    return line if len(line) <= 50 else f"{line[:49].rstrip()}…"


CHECKS = {
    "PM501": _no_owner,
    "PM502": _no_due,
    "PM503": _overdue,
    "PM504": _not_closed,
    "PM505": _open_but_closed,
    "PM506": _no_reason,
    "PM509": _due_early,
}
