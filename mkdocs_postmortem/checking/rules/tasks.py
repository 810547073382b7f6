"""Rules on the tasks: nothing that was promised may be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_postmortem.checking.rule import Context, Rule
from mkdocs_postmortem.model.problem import Finding, Level
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.severity import Status
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


def short_text(text: str) -> str:
    """A task's text for a message: without marks, 50 characters at most."""
    line = plain_text(text)
    return line if len(line) <= 50 else f"{line[:49].rstrip()}…"


RULES = (
    Rule(
        code="PM501",
        name="task-without-owner",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="An open task has no owner.",
        why="A task that belongs to everybody is done by nobody.",
        bad="- [ ] Alert on pool saturation (due 2026-04-01)",
        good="- [ ] Alert on pool saturation (@dana, due 2026-04-01)",
        check=_no_owner,
    ),
    Rule(
        code="PM502",
        name="task-without-due-date",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="An open task has no due date.",
        why="A task without a date is never overdue, and so never done.",
        bad="- [ ] Alert on pool saturation (@dana)",
        good="- [ ] Alert on pool saturation (@dana, due 2026-04-01)",
        check=_no_due,
    ),
    Rule(
        code="PM503",
        name="task-overdue",
        level=Level.INFO,
        summary="An open task is past its due date.",
        why="The incident can recur until the task is done. It is only info by default, because a "
        "build should not fail only because a day has passed.",
        bad="- [ ] Alert on pool saturation (@dana, due 2020-01-01)",
        good="- [x] Alert on pool saturation (@dana, done 2020-01-01)",
        check=_overdue,
    ),
    Rule(
        code="PM504",
        name="done-but-not-closed",
        level=Level.INFO,
        summary="All tasks are done, but the status is not closed.",
        why="Closed outages drop out of the weekly meeting.",
        bad="status: published   # every task is ticked",
        good="status: closed",
        check=_not_closed,
    ),
    Rule(
        code="PM505",
        name="closed-with-open-tasks",
        level=Level.WARNING,
        summary="The status is closed while a task is open.",
        why="Nobody looks for open tasks in a closed outage.",
        bad="status: closed   # and `- [ ] Alert on pool saturation`",
        good="status: published",
        check=_open_but_closed,
    ),
    Rule(
        code="PM506",
        name="dropped-without-reason",
        level=Level.WARNING,
        summary="A task was dropped without a reason.",
        why="When the outage repeats, somebody will ask.",
        bad="- [-] Move pools to a sidecar (@lee)",
        good="- [-] Move pools to a sidecar (@lee, won't do: replaced by OPS-502)",
        check=_no_reason,
    ),
    Rule(
        code="PM507",
        name="task-open-after-repeat",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="The incident recurred, and one of its tasks is still open.",
        why="The task was meant to prevent the recurrence. Until it is done, the incident can "
        "recur again.",
        bad="- [ ] Derive the pool from the workers (@dana)   # PM-2026-014 repeats this outage",
        good="- [x] Derive the pool from the workers (@dana, done 2026-03-16)",
    ),
    Rule(
        code="PM508",
        name="task-without-box",
        level=Level.WARNING,
        draft=Level.INFO,
        summary="A line among the tasks has an owner or a date, but no proper box.",
        why="Beside tasks with boxes a plain bullet counts as a remark, and the task is lost.",
        bad="- [] Alert on pool saturation (@dana, due 2026-04-01)",
        good="- [ ] Alert on pool saturation (@dana, due 2026-04-01)",
    ),
)
