"""Tasks of many outages → a table: what was promised, by whom, for when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog import OutageTask, due_dates, select_tasks
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.links import Link, elsewhere, page_of, relative
from mkdocs_postmortem.rendering.rows import To, rest_of, row_data
from mkdocs_postmortem.rendering.task_groups import dues_text, overdue_on, render_task_groups
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
from mkdocs_postmortem.rendering.wording import day_words

# Facets that are not an outage's, and the words for them.
_EXTRA = {"owner": "owner", "task_state": "state"}
_OF_OUTAGE = ("site", "service", "severity", "year")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a row; days are in words, ``outage`` leads to its page."""

    task: Task
    outage: Link
    services: tuple[str, ...]
    severity: str
    severity_rank: int
    due: str
    settled: str
    added: str
    is_overdue: bool
    facets: dict[str, tuple[str, ...]]

    @property
    def facets_json(self) -> str:
        return as_attribute(self.facets)


def render_tasks(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The table of the tasks that fit the options, on the page ``source``; with ``by``, groups."""
    if "by" in options:
        return render_task_groups(site, source, options, custom_dirs)
    found = select_tasks(site.catalog.index, options, site.today)
    words = vocabulary(site.language, custom_dirs)
    keys = [_key(item) for item in found]
    outages = [item.record for item in found]
    rest = rest_of(site.rows.get("tasks"), keys, outages, options, site, source, "rest_tasks")
    in_page = [t for n, t in enumerate(found) if not rest or n < rest.shown or t.record.day is None]
    dues = due_dates(item.task for item in found)
    return fill(
        "tasks.html",
        custom_dirs,
        site.language,
        rows=[_row(item, site, partial(relative, source=source), words) for item in in_page],
        rest=rest,
        elsewhere=elsewhere(site.page_of("tasks"), source),
        open_count=sum(item.task.state.is_open for item in found),
        overdue_count=overdue_on(dues, site.today),
        dues=dues_text(dues),
        facets=describe((_facets(item, site, words) for item in found), site, words, _EXTRA),
        words=filter_words(words, "shown_tasks", len(found), "most_urgent_first"),
    )


def all_tasks(site: SiteView) -> tuple[OutageTask, ...]:
    """Every task of every outage, in the order of the lists."""
    return select_tasks(site.catalog.records, {"state": "all"}, site.today)


def task_positions(site: SiteView) -> dict[object, int]:
    """Where each task stands among all of them."""
    return {_key(item): number for number, item in enumerate(all_tasks(site))}


def tasks_data(site: SiteView, to: To, base: str, custom_dirs: tuple[Any, ...] = ()) -> str:
    """The script with all tasks; ``to`` gives addresses below the site's root, ``base``."""
    words = vocabulary(site.language, custom_dirs)
    rows = [_row(item, site, to, words) for item in all_tasks(site)]
    return row_data("tasks_rows.html", rows, base, custom_dirs, site.language)


def _key(item: OutageTask) -> object:
    # Two tasks may have the same words; a task is the same object in every list of a build.
    return id(item.task)


def _facets(item: OutageTask, site: SiteView, words: Vocabulary) -> dict[str, tuple[str, ...]]:
    known = outage_facets(item.record, site)
    facets = {name: known[name] for name in _OF_OUTAGE if name in known}
    facets["owner"] = item.task.owners or (words.t["nobody"],)
    facets["task_state"] = (words.groups["task_state"][item.task.state.value],)
    return facets


def _row(item: OutageTask, site: SiteView, to: To, words: Vocabulary) -> TaskRow:
    record, task = item.record, item.task
    day = day_words(record.day, site.language) if record.day else ""
    return TaskRow(
        task=task,
        outage=Link(page_of(record, to), record.title, day),
        services=record.services,
        severity=record.severity or "",
        severity_rank=site.severity_rank(record.severity),
        due=day_words(task.due, site.language) if task.due else "",
        settled=day_words(task.settled, site.language) if task.settled else "",
        added=day_words(task.added, site.language) if task.added else "",
        is_overdue=item.is_overdue(site.today),
        facets=_facets(item, site, words),
    )
