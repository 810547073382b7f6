"""Tasks of many outages → a table: what was promised, by whom, for when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog import (
    OutageTask,
    due_dates,
    select,
    tasks_of,
    without_limit,
)
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.links import Link, elsewhere, page_of, relative
from mkdocs_postmortem.rendering.mould import Cast, Name, PagePath, Rendered
from mkdocs_postmortem.rendering.row_file import own_row_data, row_data, theme_cells
from mkdocs_postmortem.rendering.rows import (
    Rows,
    To,
    as_view,
    fill_list,
    overflow_of,
    remembered_list,
    shared_row,
)
from mkdocs_postmortem.rendering.task_groups import dues_text, overdue_on, render_task_groups
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
from mkdocs_postmortem.rendering.wording import day_words

_TEMPLATE = "tasks_rows.html"
# Facets that are not an outage's, and the words for them.
_EXTRA = {"owner": "owner", "task_state": "state"}
_OF_OUTAGE = ("site", "service", "severity", "year")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a row; days are in words and for machines, ``outage`` leads to its page.

    ``ticket`` has no address where the tracker is not known, and no text where there is none.
    """

    text: str
    ticket: Link
    reason: str
    owners: tuple[str, ...]
    state: Name
    outage: Link
    services: tuple[str, ...]
    severity: str
    severity_rank: str
    due: str
    due_iso: str
    settled: str
    settled_iso: str
    added: str
    added_iso: str
    is_open: bool
    is_overdue: bool
    facets_json: str


def render_tasks(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> Rendered:
    """The table of the tasks that fit the options, on the page ``source``; with ``by``, groups."""
    records = select(site.catalog.index, without_limit(options))
    render = render_task_groups if "by" in options else _render
    make = partial(render, records, site, source, options, custom_dirs)
    return remembered_list("tasks.html", records, site, source, options, custom_dirs, make)


def _render(
    records: Sequence[Postmortem],
    site: SiteView,
    source: str,
    options: Mapping[str, Any],
    custom_dirs: tuple[Any, ...],
) -> Rendered:
    found = tasks_of(records, options, site.today)
    words = vocabulary(site.language, custom_dirs)
    keys = [_key(item) for item in found]
    outages = [item.record for item in found]
    rest = overflow_of(site.rows.get("tasks"), keys, outages, options, site, source, "rest_tasks")
    in_page = [t for n, t in enumerate(found) if not rest or n < rest.shown or t.record.day is None]
    dues = due_dates(item.task for item in found)
    return fill_list(
        "tasks.html",
        _rows(in_page, site, partial(relative, source=source), custom_dirs),
        custom_dirs,
        site.language,
        rest=rest,
        elsewhere=elsewhere(site.page_of("tasks"), source),
        open_count=sum(item.task.state.is_open for item in found),
        overdue_count=overdue_on(dues, site.today),
        dues=dues_text(dues),
        facets=describe((_facets(item, site, words) for item in found), site, words, _EXTRA),
        words=filter_words(words, "shown_tasks", len(found), "most_urgent_first"),
    )


def task_positions(site: SiteView) -> dict[object, int]:
    """Where each task stands among all of them."""
    return {_key(item): number for number, item in enumerate(site.tasks)}


def tasks_data(site: SiteView, to: To, base: str, custom_dirs: tuple[Any, ...] = ()) -> str:
    """The script with all tasks; ``to`` gives addresses below the site's root, ``base``."""
    words = vocabulary(site.language, custom_dirs)
    tasks = site.tasks
    rows = _rows(tasks, site, to, custom_dirs)
    facets = (_facets(item, site, words) for item in tasks)
    if not custom_dirs:
        return own_row_data(rows, facets, base, site.made)
    return row_data(theme_cells(_TEMPLATE, rows, custom_dirs, site.language), facets, base)


def _key(item: OutageTask) -> object:
    # Two tasks may have the same words; a task is the same object in every list of a build.
    return id(item.task)


def _facets(item: OutageTask, site: SiteView, words: Vocabulary) -> dict[str, tuple[str, ...]]:
    known = outage_facets(item.record, site)
    facets = {name: known[name] for name in _OF_OUTAGE if name in known}
    facets["owner"] = item.task.owners or (words.t["nobody"],)
    facets["task_state"] = (words.groups["task_state"][item.task.state.value],)
    return facets


def _rows(
    tasks: Iterable[OutageTask], site: SiteView, to: To, custom_dirs: tuple[Any, ...]
) -> Rows:
    words = vocabulary(site.language, custom_dirs)
    if custom_dirs:
        return [as_view(_row(item, site, to, words), task=item.task) for item in tasks]
    rows: list[Cast] = []
    for item in tasks:
        make = partial(_row, item, site, PagePath, words)
        rows.append(shared_row(_TEMPLATE, _key(item), item.record, site, make).linked(to))
    return rows


def _row(item: OutageTask, site: SiteView, to: To, words: Vocabulary) -> TaskRow:
    record, task, language = item.record, item.task, site.language
    day = day_words(record.day, language) if record.day else ""
    return TaskRow(
        text=task.text,
        ticket=Link(task.ticket.url, task.ticket.text) if task.ticket else Link("", ""),
        reason=task.reason,
        owners=task.owners,
        state=Name(task.state.value),
        outage=Link(page_of(record, to), record.title, day),
        services=record.services,
        severity=record.severity or "",
        severity_rank=str(site.severity_rank(record.severity)),
        due=day_words(task.due, language) if task.due else "",
        due_iso=task.due.isoformat() if task.due else "",
        settled=day_words(task.settled, language) if task.settled else "",
        settled_iso=task.settled.isoformat() if task.settled else "",
        added=day_words(task.added, language) if task.added else "",
        added_iso=task.added.isoformat() if task.added else "",
        is_open=task.state.is_open,
        is_overdue=item.is_overdue(site.today),
        facets_json=as_attribute(_facets(item, site, words)),
    )
