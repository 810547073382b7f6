"""Tasks of many outages → a table: what was promised, by whom, for when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_postmortem.catalog import OutageTask, select_tasks
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.rendering import labels
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.facets import as_attribute, describe, outage_facets, words
from mkdocs_postmortem.rendering.links import Link, link_to
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.wording import day_words

_EXTRA = {
    "owner": labels.ENGLISH["owner"],
    "task_state": labels.ENGLISH["state"],
}
_OF_OUTAGE = ("service", "severity", "year")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a row; ``due`` is in words, ``outage`` leads to its page."""

    task: Task
    outage: Link
    services: tuple[str, ...]
    severity: str
    severity_rank: int
    due: str
    done: str
    is_overdue: bool
    facets: dict[str, tuple[str, ...]]

    @property
    def facets_json(self) -> str:
        return as_attribute(self.facets)


def render_tasks(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The table of the tasks that fit the options, on the page ``source``."""
    found = select_tasks(site.catalog.records, options, site.today)
    rows = [_row(item, site, source) for item in found]
    return fill(
        "tasks.html",
        custom_dirs,
        rows=rows,
        open_count=sum(row.task.state.is_open for row in rows),
        overdue_count=sum(row.is_overdue for row in rows),
        facets=describe((row.facets for row in rows), site, _EXTRA),
        words=words("tasks_noun"),
    )


def _row(item: OutageTask, site: SiteView, source: str) -> TaskRow:
    record, task = item.record, item.task
    known = outage_facets(record, site)
    facets = {name: known[name] for name in _OF_OUTAGE if name in known}
    facets["owner"] = task.owners or (labels.ENGLISH["nobody"],)
    facets["task_state"] = (labels.TASK_STATES[task.state.value],)
    return TaskRow(
        task=task,
        outage=link_to(record, source, site.language),
        services=record.services,
        severity=record.severity or "",
        severity_rank=site.severity_rank(record.severity),
        due=day_words(task.due, site.language) if task.due else "",
        done=day_words(task.done, site.language) if task.done else "",
        is_overdue=item.is_overdue(site.today),
        facets=facets,
    )
