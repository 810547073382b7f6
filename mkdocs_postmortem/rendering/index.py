"""Records → the table of outages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from mkdocs_postmortem.catalog import due_dates, select, totals
from mkdocs_postmortem.checking import CustomField
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.users import UsersAffected
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.links import elsewhere, page_of, relative
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
from mkdocs_postmortem.rendering.summary import plain_value
from mkdocs_postmortem.rendering.task_groups import dues_text
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words

_TEMPLATE = "index_rows.html"
_LONGEST = 140


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One outage as a row. ``rank_key`` is empty where the severity has no rank; ``services`` have
    links to their pages, ``custom`` are the labels and cells of the company's columns, ``site`` is
    the name of the site where there are several.
    """

    id: str
    title: str
    href: str
    day: str
    day_iso: str
    severity: str
    severity_rank: str
    rank_key: str
    services: tuple[tuple[str, str], ...]
    duration: str
    seconds: str
    is_ongoing: bool
    has_no_end: bool
    users: str
    percent: str
    root_cause: str
    status: Name | None
    open_tasks: str
    open_key: str
    overdue_words: str
    custom: tuple[tuple[str, str], ...]
    site: str
    facets_json: str


def render_index(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> Rendered:
    """The table of the outages that fit the options, on the page ``source``."""
    records = select(site.catalog.index, options)
    make = partial(_render, records, site, source, options, custom_dirs)
    return remembered_list("index.html", records, site, source, options, custom_dirs, make)


def _render(
    records: Sequence[Postmortem],
    site: SiteView,
    source: str,
    options: Mapping[str, Any],
    custom_dirs: tuple[Any, ...],
) -> Rendered:
    sums = totals(records, site.today)
    words = vocabulary(site.language, custom_dirs)
    keys = [record.path for record in records]
    rest = overflow_of(site.rows.get("index"), keys, records, options, site, source, "rest_outages")
    # Without a day they are on no page of a year.
    in_page = [r for n, r in enumerate(records) if not rest or n < rest.shown or r.day is None]
    to = partial(relative, source=source)
    return fill_list(
        "index.html",
        _rows(in_page, site, to, custom_dirs, source),
        custom_dirs,
        site.language,
        rest=rest,
        columns=_columns(site),
        has_sites=site.has_sites,
        elsewhere=elsewhere(site.index, source),
        totals=sums,
        dues=dues_text(due_dates(task for record in records for task in record.tasks)),
        total_duration=length_words(sums.duration, site.language),
        is_whole=not options,
        facets=describe((outage_facets(record, site) for record in records), site, words),
        words=filter_words(words, "shown_outages", len(records), "newest_first"),
        tasks=_page_of("tasks", "", site, to, source),
        repeats=_page_of("repeats", "", site, to, source),
        data=[(name, to(path)) for name, path in site.data.items()],
        chains=len(site.repeats.chains),
    )


def index_data(site: SiteView, to: To, base: str, custom_dirs: tuple[Any, ...] = ()) -> str:
    """The script with all outages; ``to`` gives addresses below the site's root, ``base``."""
    records = site.catalog.records
    rows = _rows(records, site, to, custom_dirs)
    values = {"columns": _columns(site), "has_sites": site.has_sites}
    facets = (outage_facets(record, site) for record in records)
    if not custom_dirs:
        return own_row_data(rows, facets, base, site.made)
    return row_data(
        theme_cells(_TEMPLATE, rows, custom_dirs, site.language, **values), facets, base
    )


def _columns(site: SiteView) -> tuple[CustomField, ...]:
    return tuple(field for field in site.fields if field.in_index)


def _rows(
    records: Iterable[Postmortem],
    site: SiteView,
    to: To,
    custom_dirs: tuple[Any, ...],
    source: str = "",
) -> Rows:
    """The rows with links by ``to``; a service has none on its own page, ``source``."""
    words = vocabulary(site.language, custom_dirs)
    if custom_dirs:
        return [_view(item, site, to, words, source) for item in records]
    own = {value for (_, value), page in site.pages.items() if page == source}
    rows: list[Cast] = []
    for record in records:
        page = source if own and not own.isdisjoint(record.services) else ""
        make = partial(_row, record, site, PagePath, words, page)
        row = shared_row(_TEMPLATE, page, record, site, make, has_sites=site.has_sites)
        rows.append(row.linked(to))
    return rows


def _view(
    record: Postmortem, site: SiteView, to: To, words: Vocabulary, source: str
) -> SimpleNamespace:
    """A row for a theme's template: numbers as numbers, and everything of the record."""
    users, length = record.users_affected, record.duration
    return as_view(
        _row(record, site, to, words, source),
        record=record,
        severity_rank=site.severity_rank(record.severity),
        seconds=round(length.total_seconds()) if length else None,
        percent=users.percent if users else None,
        overdue=sum(task.is_overdue(site.today) for task in record.tasks),
    )


def _row(record: Postmortem, site: SiteView, to: To, words: Vocabulary, source: str) -> IndexRow:
    users, rank = record.users_affected, site.severity_rank(record.severity)
    overdue = sum(task.is_overdue(site.today) for task in record.tasks)
    opened = len(record.open_tasks)
    return IndexRow(
        id=record.id,
        title=record.title,
        href=page_of(record, to),
        day=day_words(record.day, site.language) if record.day else "",
        day_iso=record.day.isoformat() if record.day else "",
        severity=record.severity or "",
        severity_rank=str(rank),
        rank_key=str(rank or ""),
        services=tuple(
            (name, _page_of("service", name, site, to, source)) for name in record.services
        ),
        duration=length_words(record.duration, site.language) if record.duration else "",
        seconds=str(round(record.duration.total_seconds())) if record.duration else "",
        is_ongoing=record.lifecycle.is_ongoing,
        has_no_end=record.lifecycle.has_no_end,
        users=_users(users, words),
        percent=str(users.percent) if users and users.percent is not None else "",
        root_cause=_short(plain_text(record.root_cause)),
        status=Name(record.status.value) if record.status else None,
        open_tasks=words.number(opened),
        open_key=str(opened),
        overdue_words=words.count("overdue", overdue) if overdue else "",
        custom=tuple(
            (field.label, plain_value(record.custom.get(field.name), words))
            for field in _columns(site)
        ),
        site=site.site_of(record),
        facets_json=as_attribute(outage_facets(record, site)),
    )


def _users(users: UsersAffected | None, words: Vocabulary) -> str:
    if users is None:
        return ""
    return users.written if users.percent is None else words.percent(users.percent)


def _page_of(facet: str, value: str, site: SiteView, to: To, source: str) -> str:
    """The address of a group's page, or nothing if it has none or is this page."""
    page = site.page_of(facet, value)
    return to(page) if page and page != source else ""


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
