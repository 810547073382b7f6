"""The tasks of a page → what is shown after each: owners, dates, ticket, type, reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.wording import day_words


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """Days are for readers and for machines; ``ticket`` and ``reason`` are Markdown.

    ``days_overdue`` is 0 for a task that is not. A row of a table has its due date only, because
    its author's columns show the rest.
    """

    owners: tuple[str, ...]
    due: str
    due_iso: str
    days_overdue: int
    settled: str
    settled_iso: str
    state: str
    is_open: bool
    type: str
    ticket: str
    reason: str
    is_row: bool


def render_task_details(view: PageContext) -> str:
    """The details of all tasks of a page; ``split_parts`` gives each."""
    record, site = view.record, view.site
    if record is None:
        return ""
    return site.templates.render(
        "each.html",
        part="task.html",
        views=[_details(task, site.today, site.language) for task in record.tasks],
        forms=site.words.days_overdue,
    )


def task_markdown(task: Task) -> tuple[str, str]:
    """The Markdown that the details show: the ticket and the reason, each of them may be empty."""
    if task.is_row:
        return "", ""
    ticket = task.ticket
    if ticket is None or not ticket.url:
        return (ticket.text if ticket else ""), task.reason
    is_bare = ticket.text == ticket.url
    return f"<{ticket.url}>" if is_bare else f"[{ticket.text}]({ticket.url})", task.reason


def _details(task: Task, today: date, language: str) -> TaskDetails:
    ticket, reason = task_markdown(task)
    is_overdue = task.is_overdue(today)
    settled = None if task.is_row else task.settled
    return TaskDetails(
        # A name that the text has is not shown twice.
        owners=() if task.is_row else tuple(n for n in task.owners if f"@{n}" not in task.text),
        due=day_words(task.due, language) if task.due else "",
        due_iso=task.due.isoformat() if task.due else "",
        days_overdue=(today - task.due).days if task.due and is_overdue else 0,
        settled=day_words(settled, language) if settled else "",
        settled_iso=settled.isoformat() if settled else "",
        state=task.state.value,
        is_open=task.state.is_open,
        type=task.type.value if task.type and not task.is_row else "",
        ticket=ticket,
        reason=reason,
        is_row=task.is_row,
    )
