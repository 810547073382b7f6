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
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.links import located
from mkdocs_postmortem.rendering.lists import (
    BASE,
    Values,
    as_attribute,
    cached_list,
    describe_facets,
    fill_list,
    filter_words,
    outage_facets,
    outage_url,
    overflow_of,
    service_urls,
    shared_rows,
)
from mkdocs_postmortem.rendering.row_file import row_data

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
    return cached_list("tasks.html", render, records, view, options)


def tasks_fields(view: PageContext, options: Mapping[str, Any]) -> list[str]:
    """The author's Markdown that the table shows."""
    records = view.site.catalog.select(without_limit(options))
    return cached_list("fields of tasks", _fields, records, view, options)


def _fields(
    records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]
) -> list[str]:
    if "by" in options:
        found = _groups(records, view.site, options)
        return [_text(item) for group in found for item in group.open[:_UNFOLDED]]
    _, in_page, _ = _select(records, view, options)
    texts = (text for item in in_page for text in (_text(item), _reason(item)))
    return [text for text in texts if text]


def _select(
    records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]
) -> tuple[Sequence[OutageTask], list[OutageTask], dict[str, Any] | None]:
    """All tasks that fit, those whose rows are in the page, and what the page says of the rest."""
    site = view.site
    found = tasks_of(records, options, site.today)
    keys, outages = [_key(item) for item in found], [item.record for item in found]
    rest = overflow_of(site.rows.get("tasks"), keys, outages, options, view)
    # Without a day they are on no page of a year.
    in_page = [
        item
        for n, item in enumerate(found)
        if not rest or n < rest["shown"] or item.record.day is None
    ]
    return found, in_page, rest


def _render(records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]) -> str:
    site = view.site
    listed, in_page, rest = _select(records, view, options)
    found = tasks_of(records, without_limit(options), site.today)
    dues, groups = due_dates(item.task for item in found), site.messages.groups["task_group"]
    return fill_list(
        "tasks.html",
        _rows(in_page, site),
        view,
        rest=rest,
        elsewhere=view.link_elsewhere(site.page_of("tasks")),
        listed_count=len(listed),
        total_count=len(found),
        open_count=sum(item.task.state.is_open for item in found),
        overdue_count=overdue_on(dues, site.today),
        dues=dues_text(dues),
        facets=describe_facets((_facets(item, site) for item in listed), site, _EXTRA),
        words=filter_words(site.messages, "shown_tasks", len(found), "most_urgent_first", groups),
    )


def task_positions(site: SiteContext) -> dict[object, int]:
    """The position of each task among all of them."""
    return {_key(item): number for number, item in enumerate(site.tasks)}


def tasks_data(site: SiteContext, base: str) -> str:
    """The script with all tasks; ``base`` leads to the site's root."""
    view = PageContext("", site)
    return cached_list("tasks.js", _data, site.catalog.records, view, {"base": base})


def _data(_: object, view: PageContext, options: Mapping[str, Any]) -> str:
    site = view.site
    rows = (row.replace(BASE, "") for row in _rows(site.tasks, site))
    return row_data(rows, (_facets(item, site) for item in site.tasks), options["base"], site.cache)


def _text(item: OutageTask) -> str:
    return located(item.task.text, item.record.path)


def _reason(item: OutageTask) -> str:
    return located(item.task.reason, item.record.path)


def _key(item: OutageTask) -> tuple[str, int]:
    # Two tasks may have the same words.
    return (item.record.path, item.number)


def _facets(item: OutageTask, site: SiteContext) -> Values:
    known = outage_facets(item.record, site)
    return {
        **{name: known[name] for name in _OF_OUTAGE if name in known},
        "owner": item.task.owners or (site.messages.t["nobody"],),
        "task_state": (site.messages.groups["task_state"][item.task.state.value],),
    }


def _rows(tasks: Iterable[OutageTask], site: SiteContext) -> list[str]:
    items = ((item.record, item.number, partial(_row, item, site)) for item in tasks)
    return shared_rows("tasks_rows.html", items, site)


def _row(item: OutageTask, site: SiteContext) -> dict[str, Any]:
    record = item.record
    return {
        "task": item.task,
        "text": _text(item),
        "reason": _reason(item),
        "record": record,
        "href": outage_url(record, site),
        "owners": [(name, "") for name in item.task.owners],
        "services": service_urls(record, site),
        "severity_rank": site.severity_rank(record.severity),
        "is_overdue": item.is_overdue(site.today),
        "facets": as_attribute(_facets(item, site)),
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
