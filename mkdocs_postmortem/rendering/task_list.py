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
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.located import located
from mkdocs_postmortem.rendering.row_file import row_data
from mkdocs_postmortem.rendering.rows import (
    BASE,
    Overflow,
    cached_list,
    fill_list,
    outage_url,
    overflow_of,
    root_url,
    shared_row,
)
from mkdocs_postmortem.rendering.task_groups import (
    dues_text,
    overdue_on,
    render_task_groups,
    task_group_fields,
)
from mkdocs_postmortem.rendering.wording import day_words

# Facets that are not an outage's, and the words for them.
_EXTRA = {"owner": "owner", "task_state": "state"}
_OF_OUTAGE = ("site", "service", "severity", "year")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a row; days are in words and for machines, ``outage`` leads to its page.

    ``ticket`` has no address where the tracker is not known, and no text where there is none.
    """

    task: Task
    text: str
    ticket: Link
    reason: str
    owners: tuple[tuple[str, str], ...]
    state: str
    outage: Link
    services: tuple[tuple[str, str], ...]
    severity: str
    severity_rank: int
    due: str
    due_iso: str
    settled: str
    settled_iso: str
    added: str
    added_iso: str
    is_open: bool
    is_overdue: bool
    facets_json: str


def render_tasks(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The table of the tasks that fit the options, on the page ``source``; with ``by``, groups."""
    records = select(site.catalog.index, without_limit(options))
    render = render_task_groups if "by" in options else _render
    make = partial(render, records, site, source, options)
    return cached_list("tasks.html", records, site, source, options, make)


def tasks_fields(site: SiteContext, source: str, options: Mapping[str, Any]) -> list[str]:
    """The author's Markdown that the table shows."""
    records = select(site.catalog.index, without_limit(options))
    if "by" in options:
        return task_group_fields(records, site, options)
    _, in_page, _ = _select(records, site, source, options)
    texts = (text for item in in_page for text in _texts(item))
    return [text for text in texts if text]


def _select(
    records: Sequence[Postmortem], site: SiteContext, source: str, options: Mapping[str, Any]
) -> tuple[Sequence[OutageTask], list[OutageTask], Overflow | None]:
    """All tasks that fit, those whose rows are in the page, and what the page says of the rest."""
    found = tasks_of(records, options, site.today)
    keys, outages = [_key(item) for item in found], [item.record for item in found]
    rest = overflow_of(site.rows.get("tasks"), keys, outages, options, site, source, "rest_tasks")
    in_page = [t for n, t in enumerate(found) if not rest or n < rest.shown or t.record.day is None]
    return found, in_page, rest


def _render(
    records: Sequence[Postmortem], site: SiteContext, source: str, options: Mapping[str, Any]
) -> str:
    listed, in_page, rest = _select(records, site, source, options)
    found = tasks_of(records, without_limit(options), site.today)
    dues = due_dates(item.task for item in found)
    return fill_list(
        "tasks.html",
        _rows(in_page, site, source),
        site,
        source,
        rest=rest,
        elsewhere=site.link_elsewhere(site.page_of("tasks"), source),
        listed_count=len(listed),
        total_count=len(found),
        open_count=sum(item.task.state.is_open for item in found),
        overdue_count=overdue_on(dues, site.today),
        dues=dues_text(dues),
        facets=describe((_facets(item, site) for item in listed), site, site.words, _EXTRA),
        words=filter_words(
            site.words,
            "shown_tasks",
            len(found),
            "most_urgent_first",
            site.words.groups["task_group"],
        ),
    )


def task_positions(site: SiteContext) -> dict[object, int]:
    """Where each task stands among all of them."""
    return {_key(item): number for number, item in enumerate(site.tasks)}


def tasks_data(site: SiteContext, base: str) -> str:
    """The script with all tasks; ``base`` leads to the site's root."""
    rows = [row.replace(BASE, "") for row in _rows(site.tasks, site)]
    return row_data(rows, (_facets(item, site) for item in site.tasks), base, site.cache)


def _texts(item: OutageTask) -> tuple[str, str]:
    """What the task says, and why it was dropped."""
    path = item.record.path
    return located(item.task.text, path), located(item.task.reason, path)


def _key(item: OutageTask) -> tuple[str, int]:
    # Two tasks may have the same words.
    return (item.record.path, item.number)


def _facets(item: OutageTask, site: SiteContext) -> dict[str, tuple[str, ...]]:
    known = outage_facets(item.record, site)
    facets = {name: known[name] for name in _OF_OUTAGE if name in known}
    facets["owner"] = item.task.owners or (site.words.t["nobody"],)
    facets["task_state"] = (site.words.groups["task_state"][item.task.state.value],)
    return facets


def _rows(tasks: Iterable[OutageTask], site: SiteContext, source: str = "") -> list[str]:
    """The rows; a service has no link on its own page, ``source``."""
    own = {value for (_, value), page in site.pages.items() if page == source}
    rows: list[str] = []
    for item in tasks:
        page = source if own and not own.isdisjoint(item.record.services) else ""
        make = partial(_row, item, site, page)
        rows.append(shared_row("tasks_rows.html", (page, _key(item)), item.record, site, make))
    return rows


def _row(item: OutageTask, site: SiteContext, source: str) -> TaskRow:
    record, task, language = item.record, item.task, site.language
    text, reason = _texts(item)
    day = day_words(record.day, language) if record.day else ""
    pages = [(name, site.page_of("service", name)) for name in record.services]
    return TaskRow(
        task=task,
        text=text,
        ticket=Link(task.ticket.url, task.ticket.text) if task.ticket else Link("", ""),
        reason=reason,
        owners=tuple((name, "") for name in task.owners),
        state=task.state.value,
        outage=Link(outage_url(record, site), record.title, day),
        services=tuple((name, "" if p == source else root_url(p, site)) for name, p in pages),
        severity=record.severity or "",
        severity_rank=site.severity_rank(record.severity),
        due=day_words(task.due, language) if task.due else "",
        due_iso=task.due.isoformat() if task.due else "",
        settled=day_words(task.settled, language) if task.settled else "",
        settled_iso=task.settled.isoformat() if task.settled else "",
        added=day_words(task.added, language) if task.added else "",
        added_iso=task.added.isoformat() if task.added else "",
        is_open=task.state.is_open,
        is_overdue=item.is_overdue(site.today),
        facets_json=as_attribute(_facets(item, site)),
    )
