"""Tasks: the table of many outages' tasks, their groups by owner or service, those of one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from mkdocs_postmortem.catalog.outage_tasks import (
    OutageTask,
    TaskGroup,
    due_dates,
    task_groups,
    tasks_of,
    without_limit,
)
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.rendering import lists
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.links import located

# Facets that are not an outage's, and the words for them.
_EXTRA = {"owner": "owner", "task_state": "state"}
_OF_OUTAGE = ("site", "service", "severity", "year")
# So many open tasks of a group are unfolded; the list of all tasks has the others.
_UNFOLDED = 50


def render_tasks(view: PageContext, options: Mapping[str, Any]) -> str:
    """The table of the tasks that fit the options, on a page; with ``by``, groups."""
    site = view.site
    records = site.catalog.select(without_limit(options))
    render = _render_groups if "by" in options else _render
    return lists.cached_list("tasks.html", render, records, view, options)


def tasks_fields(view: PageContext, options: Mapping[str, Any]) -> list[str]:
    """The author's Markdown that the table shows."""
    records = view.site.catalog.select(without_limit(options))
    return lists.cached_list("fields of tasks", _fields, records, view, options)


def _fields(
    records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]
) -> list[str]:
    if "by" in options:
        found = _groups(records, view.site, options)
        return [_text(item) for group in found for item in group.open[:_UNFOLDED]]
    items = task_items(tasks_of(records, options, view.site.today), view.site)
    shown = lists.first_items("tasks", items, options, view)[0]
    tasks = [(item.record.tasks[item.number], item.record.path) for item in shown]
    texts = (located(text, path) for task, path in tasks for text in (task.text, task.reason))
    return [text for text in texts if text]


def _render(records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]) -> str:
    site = view.site
    listed = task_items(tasks_of(records, options, site.today), site)
    in_page, rest = lists.first_items("tasks", listed, options, view)
    found = tasks_of(records, without_limit(options), site.today)
    dues, groups = due_dates(item.task for item in found), site.messages.groups["task_group"]
    return lists.fill_list(
        "tasks.html",
        lists.shared_rows("tasks_rows.html", in_page, site),
        view,
        rest=rest,
        elsewhere=view.link_elsewhere(site.page_of("tasks")),
        listed_count=len(listed),
        total_count=len(found),
        open_count=sum(item.task.state.is_open for item in found),
        overdue_count=overdue_on(dues, site.today),
        dues=dues_text(dues),
        facets=lists.describe_facets((item.facets() for item in listed), site, _EXTRA),
        words=lists.filter_words(
            site.messages, "shown_tasks", len(found), "most_urgent_first", groups
        ),
    )


def task_items(tasks: Iterable[OutageTask], site: SiteContext) -> list[lists.Item]:
    """What a list of tasks has rows for. Two tasks may have the same words."""
    return [
        lists.Item(one.record, partial(_row, one, site), partial(_facets, one, site), one.number)
        for one in tasks
    ]


def _text(item: OutageTask) -> str:
    return located(item.task.text, item.record.path)


def _facets(item: OutageTask, site: SiteContext) -> lists.Values:
    known = lists.outage_facets(item.record, site)
    return {
        **{name: known[name] for name in _OF_OUTAGE if name in known},
        "owner": item.task.owners or (site.messages.t["nobody"],),
        "task_state": (site.messages.groups["task_state"][item.task.state.value],),
    }


def _row(item: OutageTask, site: SiteContext) -> dict[str, Any]:
    record = item.record
    return {
        "task": item.task,
        "text": _text(item),
        "reason": located(item.task.reason, record.path),
        "record": record,
        "href": lists.outage_url(record, site),
        "owners": [(name, "") for name in item.task.owners],
        "services": lists.service_urls(record, site),
        "severity_rank": site.severity_rank(record.severity),
        "is_overdue": item.is_overdue(site.today),
        "facets": lists.as_attribute(_facets(item, site)),
    }


def _render_groups(
    records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]
) -> str:
    """The groups of the tasks that fit the options; all states count without ``state``."""
    site = view.site
    by = str(options["by"])
    return site.templates.render(
        "task_groups.html",
        by=by,
        elsewhere=view.link_elsewhere(site.page_of("tasks")),
        rows=[_group_row(group, by, view) for group in _groups(records, site, options)],
    )


def _groups(
    records: Sequence[Postmortem], site: SiteContext, options: Mapping[str, Any]
) -> Sequence[TaskGroup]:
    wanted = {"state": "all", **{name: value for name, value in options.items() if name != "by"}}
    return task_groups(tasks_of(records, wanted, site.today), str(options["by"]))


def _group_row(group: TaskGroup, by: str, view: PageContext) -> dict[str, Any]:
    """``more`` open tasks are not listed here; ``href`` leads to all of the group."""
    site = view.site
    page = site.page_of("tasks") if group.name else None
    opened = group.open
    return {
        "name": group.name,
        "open": [
            (item.task, _text(item), view.link_to(item.record)) for item in opened[:_UNFOLDED]
        ],
        "more": max(0, len(opened) - _UNFOLDED),
        "href": f"{view.url_for(page)}?{urlencode({by: group.name})}" if page else "",
        "open_count": len(opened),
        "overdue": overdue_on(group.dues, site.today),
        "dues": dues_text(group.dues),
        "done": group.count(TaskState.DONE),
        "wont_do": group.count(TaskState.WONT_DO),
    }


def dues_text(dues: Counter[date]) -> str:
    """``2026-04-01*3 2026-05-02``: due dates with their numbers, for the script."""
    return " ".join(
        f"{day.isoformat()}*{count}" if count > 1 else day.isoformat()
        for day, count in sorted(dues.items())
    )


def overdue_on(dues: Counter[date], today: date) -> int:
    return sum(count for day, count in dues.items() if day < today)


def render_task_details(view: PageContext) -> list[str]:
    """What is shown after each task of a page."""
    tasks, site = view.record.tasks if view.record else (), view.site
    details = [_details(task, site.today) for task in tasks]
    return site.templates.render_each(
        "task.html", "view", details, forms=site.messages.days_overdue
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


def _details(task: Task, today: date) -> dict[str, Any]:
    """A row of a table has its due date only, because its author's columns show the rest."""
    ticket, reason = task_markdown(task)
    return {
        "task": task,
        # A name that the text has is not shown twice.
        "owners": [] if task.is_row else [n for n in task.owners if f"@{n}" not in task.text],
        "days_overdue": (today - task.due).days if task.due and task.is_overdue(today) else 0,
        "settled": None if task.is_row else task.settled,
        "type": task.type.value if task.type and not task.is_row else "",
        "ticket": ticket,
        "reason": reason,
    }
