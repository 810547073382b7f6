"""Records → the table of outages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog import due_dates, select, totals
from mkdocs_postmortem.checking import CustomField
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.facets import as_attribute, describe, filter_words, outage_facets
from mkdocs_postmortem.rendering.links import elsewhere, page_of, relative
from mkdocs_postmortem.rendering.rows import To, rest_of, row_data
from mkdocs_postmortem.rendering.summary import plain_value
from mkdocs_postmortem.rendering.task_groups import dues_text
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words

_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One outage as a row; ``custom`` are the cells of the company's columns,
    ``site`` the name of the site where there are several.
    """

    record: Postmortem
    href: str
    day: str
    day_iso: str
    duration: str
    seconds: int | None
    users: str
    percent: float | None
    root_cause: str
    severity_rank: int
    overdue: int
    services: tuple[tuple[str, str], ...]
    facets: dict[str, tuple[str, ...]]
    custom: tuple[str, ...]
    site: str

    @property
    def facets_json(self) -> str:
        return as_attribute(self.facets)


def render_index(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The table of the outages that fit the options, on the page ``source``."""
    records = select(site.catalog.index, options)
    sums = totals(records, site.today)
    words = vocabulary(site.language, custom_dirs)
    keys = [record.path for record in records]
    rest = rest_of(site.rows.get("index"), keys, records, options, site, source, "rest_outages")
    # Without a day they are on no page of a year.
    in_page = [r for n, r in enumerate(records) if not rest or n < rest.shown or r.day is None]
    to = partial(relative, source=source)
    return fill(
        "index.html",
        custom_dirs,
        site.language,
        rows=[_row(record, site, to, words, source) for record in in_page],
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
    words = vocabulary(site.language, custom_dirs)
    rows = [_row(record, site, to, words) for record in site.catalog.records]
    values = {"columns": _columns(site), "has_sites": site.has_sites}
    return row_data("index_rows.html", rows, base, custom_dirs, site.language, **values)


def _columns(site: SiteView) -> tuple[CustomField, ...]:
    return tuple(field for field in site.fields if field.in_index)


def _row(record: Postmortem, site: SiteView, to: To, words: Vocabulary, source: str = "") -> Row:
    users = record.users_affected
    return Row(
        record=record,
        href=page_of(record, to),
        day=day_words(record.day, site.language) if record.day else "",
        day_iso=record.day.isoformat() if record.day else "",
        duration=length_words(record.duration, site.language) if record.duration else "",
        seconds=round(record.duration.total_seconds()) if record.duration else None,
        users=(users.written if users.percent is None else words.percent(users.percent))
        if users
        else "",
        percent=users.percent if users else None,
        root_cause=_short(plain_text(record.root_cause)),
        severity_rank=site.severity_rank(record.severity),
        overdue=sum(task.is_overdue(site.today) for task in record.tasks),
        services=tuple(
            (name, _page_of("service", name, site, to, source)) for name in record.services
        ),
        facets=outage_facets(record, site),
        custom=tuple(plain_value(record.custom.get(field.name), words) for field in _columns(site)),
        site=site.site_of(record),
    )


def _page_of(facet: str, value: str, site: SiteView, to: To, source: str) -> str:
    """The address of a group's page, or nothing if it has none or is this page."""
    page = site.page_of(facet, value)
    return to(page) if page and page != source else ""


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
