"""Tasks grouped by owner or service → a table of counts, with the open ones to unfold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from mkdocs_postmortem.catalog import OutageTask, TaskGroup, task_groups, tasks_of
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.located import located
from mkdocs_postmortem.rendering.wording import day_words

# So many open tasks are unfolded; the list of all tasks has the others.
_UNFOLDED = 50


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task in the list of a group."""

    task: Task
    text: str
    due: str
    is_overdue: bool
    outage: Link


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group. ``more`` open tasks are not listed here; ``href`` leads to all of the group."""

    name: str
    open: tuple[OpenTask, ...]
    more: int
    href: str
    open_count: int
    overdue: int
    dues: str
    done: int
    wont_do: int


def render_task_groups(
    records: Sequence[Postmortem],
    site: SiteContext,
    source: str,
    options: Mapping[str, Any],
) -> str:
    """The groups of the tasks of some outages that fit the options; all states count without
    ``state``.
    """
    by = str(options["by"])
    return site.templates.render(
        "task_groups.html",
        by=by,
        elsewhere=site.link_elsewhere(site.page_of("tasks"), source),
        rows=[_row(group, by, site, source) for group in _groups(records, site, options)],
    )


def task_group_fields(
    records: Sequence[Postmortem], site: SiteContext, options: Mapping[str, Any]
) -> list[str]:
    """The author's Markdown that the table shows."""
    found = _groups(records, site, options)
    return [_text(item) for group in found for item in group.open[:_UNFOLDED]]


def _groups(
    records: Sequence[Postmortem], site: SiteContext, options: Mapping[str, Any]
) -> Sequence[TaskGroup]:
    wanted = {"state": "all", **{name: value for name, value in options.items() if name != "by"}}
    return task_groups(tasks_of(records, wanted, site.today), str(options["by"]))


def dues_text(dues: Counter[date]) -> str:
    """``2026-04-01*3 2026-05-02``: due dates with their numbers, for the script."""
    return " ".join(
        f"{day.isoformat()}*{count}" if count > 1 else day.isoformat()
        for day, count in sorted(dues.items())
    )


def overdue_on(dues: Counter[date], today: date) -> int:
    return sum(count for day, count in dues.items() if day < today)


def _row(group: TaskGroup, by: str, site: SiteContext, source: str) -> GroupRow:
    page = site.page_of("tasks")
    href = (
        f"{site.url_for(page, source)}?{urlencode({by: group.name})}" if page and group.name else ""
    )
    opened = group.open
    return GroupRow(
        name=group.name,
        open=tuple(_open_task(item, site, source) for item in opened[:_UNFOLDED]),
        more=max(0, len(opened) - _UNFOLDED),
        href=href,
        open_count=len(opened),
        overdue=overdue_on(group.dues, site.today),
        dues=dues_text(group.dues),
        done=group.count(TaskState.DONE),
        wont_do=group.count(TaskState.WONT_DO),
    )


def _text(item: OutageTask) -> str:
    return located(item.task.text, item.record.path)


def _open_task(item: OutageTask, site: SiteContext, source: str) -> OpenTask:
    return OpenTask(
        task=item.task,
        text=_text(item),
        due=day_words(item.task.due, site.language) if item.task.due else "",
        is_overdue=item.is_overdue(site.today),
        outage=site.link_to(item.record, source),
    )
