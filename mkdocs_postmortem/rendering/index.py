"""Records → the table of outages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog import due_dates, select, totals, without_limit
from mkdocs_postmortem.checking import CustomField
from mkdocs_postmortem.model.record import Postmortem, UsersAffected
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.row_file import row_data
from mkdocs_postmortem.rendering.rows import (
    BASE,
    cached_list,
    fill_list,
    outage_url,
    overflow_of,
    root_url,
    shared_row,
)
from mkdocs_postmortem.rendering.summary import plain_value
from mkdocs_postmortem.rendering.task_groups import dues_text
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words

_LONGEST = 140


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One outage as a row. ``severity_rank`` is 0 where the severity has none; ``services`` have
    links to their pages, ``custom`` are the labels, cells and sort keys of the company's columns,
    ``site`` is the name of the site where there are several.
    """

    record: Postmortem
    id: str
    title: str
    href: str
    day: str
    day_iso: str
    severity: str
    severity_rank: int
    services: tuple[tuple[str, str], ...]
    duration: str
    seconds: int | None
    is_ongoing: bool
    has_no_end: bool
    users: str
    percent: float | None
    root_cause: str
    status: str
    open_tasks: int
    overdue: int
    custom: tuple[tuple[str, str, str], ...]
    site: str
    facets_json: str


def render_index(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The table of the outages that fit the options, on the page ``source``."""
    records = select(site.catalog.index, without_limit(options))
    make = partial(_render, records, site, source, options)
    return cached_list("index.html", records, site, source, options, make)


def _render(
    records: Sequence[Postmortem], site: SiteContext, source: str, options: Mapping[str, Any]
) -> str:
    sums, words = totals(records, site.today), site.words
    year = site.today.year
    this_year = totals([r for r in records if r.day and r.day.year == year], site.today)
    # A limit cuts the table; its totals are those of all that fit.
    listed = records[: options.get("limit")]
    keys = [record.path for record in listed]
    rest = overflow_of(site.rows.get("index"), keys, listed, options, site, source, "rest_outages")
    # Without a day they are on no page of a year.
    in_page = [r for n, r in enumerate(listed) if not rest or n < rest.shown or r.day is None]
    return fill_list(
        "index.html",
        _rows(in_page, site, source),
        site,
        source,
        rest=rest,
        columns=_columns(site),
        has_sites=site.has_sites,
        elsewhere=site.link_elsewhere(site.index, source),
        listed_count=len(listed),
        totals=sums,
        dues=dues_text(due_dates(task for record in records for task in record.tasks)),
        year=year,
        this_year=this_year,
        downtime=length_words(this_year.duration, site.language) if this_year.duration else "–",
        is_whole=not options,
        is_of_all=not without_limit(options),
        facets=describe((outage_facets(record, site) for record in listed), site, words),
        words=filter_words(words, "shown_outages", len(records), "newest_first"),
        tasks=site.link_elsewhere(site.page_of("tasks"), source),
        repeats=site.link_elsewhere(site.page_of("repeats"), source),
        data=[(name, site.url_for(path, source)) for name, path in site.data.items()],
        chains=len(site.repeats.chains),
    )


def index_data(site: SiteContext, base: str) -> str:
    """The script with all outages; ``base`` leads to the site's root."""
    records = site.catalog.records
    rows = [row.replace(BASE, "") for row in _rows(records, site)]
    return row_data(rows, (outage_facets(record, site) for record in records), base, site.cache)


def _columns(site: SiteContext) -> tuple[CustomField, ...]:
    return tuple(field for field in site.fields if field.in_index)


def _rows(records: Iterable[Postmortem], site: SiteContext, source: str = "") -> list[str]:
    """The rows; a service has no link on its own page, ``source``."""
    own = {value for (_, value), page in site.pages.items() if page == source}
    rows: list[str] = []
    for record in records:
        page = source if own and not own.isdisjoint(record.services) else ""
        make = partial(_row, record, site, page)
        rows.append(shared_row("index_rows.html", page, record, site, make))
    return rows


def _row(record: Postmortem, site: SiteContext, source: str) -> IndexRow:
    users, words = record.users_affected, site.words
    pages = [(name, site.page_of("service", name)) for name in record.services]
    length = record.duration
    return IndexRow(
        record=record,
        id=record.id,
        title=record.title,
        href=outage_url(record, site),
        day=day_words(record.day, site.language) if record.day else "",
        day_iso=record.day.isoformat() if record.day else "",
        severity=record.severity or "",
        severity_rank=site.severity_rank(record.severity),
        services=tuple((name, "" if p == source else root_url(p, site)) for name, p in pages),
        duration=length_words(length, site.language) if length else "",
        seconds=round(length.total_seconds()) if length else None,
        is_ongoing=record.lifecycle.is_ongoing,
        has_no_end=record.lifecycle.has_no_end,
        users=_users(users, words),
        percent=users.percent if users else None,
        root_cause=_short(plain_text(record.root_cause)),
        status=record.status.value if record.status else "",
        open_tasks=len(record.open_tasks),
        overdue=sum(task.is_overdue(site.today) for task in record.tasks),
        custom=tuple(
            (field.label, plain_value(value, words), value if isinstance(value, str) else "")
            for field, value in ((item, record.custom.get(item.name)) for item in _columns(site))
        ),
        site=site.site_of(record),
        facets_json=as_attribute(outage_facets(record, site)),
    )


def _users(users: UsersAffected | None, words: Vocabulary) -> str:
    if users is None:
        return ""
    return users.written if users.percent is None else words.percent(users.percent)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
