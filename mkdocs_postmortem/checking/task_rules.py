"""Rules on the tasks: owners, dates, boxes, states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from mkdocs_postmortem.checking.rules import Check, Context, Fault
from mkdocs_postmortem.model.record import Postmortem, Status
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.markdown_text import plain_text


def _each_task(
    is_wrong: Callable[[Task, Postmortem, date], object],
    message: str,
    fix: str,
    fix_of_row: str = "",
) -> Check:
    """The check of a rule on each task, as of today. ``message`` is a format of their
    values; ``fix_of_row`` is for a row of a table, where the fix is another one.
    """

    def check(record: Postmortem, context: Context) -> Iterator[Fault]:
        for task in record.tasks:
            if is_wrong(task, record, context.today):
                days = (context.today - task.due).days if task.due else 0
                text = message.format(
                    text=short_text(task.text),
                    due=task.due,
                    overdue=f"{days} day{'s' if days > 1 else ''} overdue",
                    outage=record.day,
                )
                own_fix = fix_of_row if task.is_row and fix_of_row else fix
                yield Fault(task.position, text, own_fix, "tasks")

    return check


def _not_closed(record: Postmortem, _: Context) -> Iterator[Fault]:
    if record.tasks and not record.open_tasks and record.status is Status.PUBLISHED:
        yield Fault(
            record.position("status"),
            "Every task is done, but the status is not `closed`.",
            "Set `status: closed`.",
            "status",
        )


def short_text(text: str) -> str:
    """A task's text for a message: without marks, 50 characters at most."""
    line = plain_text(text)
    return line if len(line) <= 50 else f"{line[:49].rstrip()}…"


CHECKS = {
    "PM501": _each_task(
        lambda task, *_: task.state.is_open and not task.owners,
        'The task "{text}" has no owner.',
        "Add `(@name)` after the text, or `(Owner: Name)`.",
        "Fill in the owner column of the row (add the column if it is missing).",
    ),
    "PM502": _each_task(
        lambda task, *_: task.state.is_open and task.due is None,
        'The task "{text}" has no due date.',
        "Add `(due 2026-04-01)` after the text, or `(@name, due 2026-04-01)`.",
        "Write a date such as `2026-04-01` in the due column of the row (add the column if it is "
        "missing).",
    ),
    "PM503": _each_task(
        lambda task, _, today: task.is_overdue(today),
        'The task "{text}" is {overdue}.',
        "Finish it, set a new due date, or write `[-]` with `won't do:` and the reason.",
    ),
    "PM504": _not_closed,
    "PM505": _each_task(
        lambda task, record, _: record.status is Status.CLOSED and task.state.is_open,
        'The status is `closed`, but the task "{text}" is open.',
        "Tick the task, drop it with a reason, or set `status: published`.",
    ),
    "PM506": _each_task(
        lambda task, *_: task.state is TaskState.WONT_DO and not task.reason,
        'The task "{text}" was dropped without a reason.',
        "Add `(won't do: the reason)` after the text.",
    ),
    "PM509": _each_task(
        lambda task, record, _: task.due and record.day and task.due < record.day,
        'The task "{text}" is due on {due}, before the incident of {outage}.',
        "Correct the year or the month.",
    ),
}
