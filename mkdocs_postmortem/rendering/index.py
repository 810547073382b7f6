"""Records → the table of outages, and the links to the pages of services, years and causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog.catalog import GROUP_FOLDERS, groups, totals
from mkdocs_postmortem.catalog.outage_tasks import due_dates, without_limit
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text, shortened
from mkdocs_postmortem.rendering import lists
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.summary import plain_value
from mkdocs_postmortem.rendering.task_list import dues_text

_LONGEST = 140


def render_index(view: PageContext, options: Mapping[str, Any]) -> str:
    """The table of the outages that fit the options, on a page."""
    site = view.site
    records = site.catalog.select(without_limit(options))
    return lists.cached_list("index.html", _render, records, view, options)


def _render(records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]) -> str:
    site = view.site
    year = site.today.year
    this_year = totals([r for r in records if r.day and r.day.year == year], site.today)
    # A limit cuts the table; its totals are those of all that fit.
    listed = outage_items(records[: options.get("limit")], site)
    in_page, rest = lists.first_items("index", listed, options, view)
    return lists.fill_list(
        "index.html",
        lists.shared_rows("index_rows.html", in_page, site),
        view,
        rest=rest,
        columns=[field for field in site.fields if field.in_index],
        has_sites=site.has_sites,
        elsewhere=view.link_elsewhere(site.index),
        listed_count=len(listed),
        totals=totals(records, site.today),
        dues=dues_text(due_dates(task for record in records for task in record.tasks)),
        year=year,
        this_year=this_year,
        is_whole=not options,
        is_of_all=not without_limit(options),
        facets=lists.describe_facets((item.facets() for item in listed), site),
        words=lists.filter_words(site.messages, "shown_outages", len(records), "newest_first"),
        tasks=view.link_elsewhere(site.page_of("tasks")),
        repeats=view.link_elsewhere(site.page_of("repeats")),
        data=[(name, view.url_for(path)) for name, path in site.data.items()],
        chains=len(site.repeats.chains),
    )


def outage_items(records: Iterable[Postmortem], site: SiteContext) -> list[lists.Item]:
    """What a list of outages has rows for."""
    return [
        lists.Item(record, partial(_row, record, site), partial(lists.outage_facets, record, site))
        for record in records
    ]


def _row(record: Postmortem, site: SiteContext) -> dict[str, Any]:
    """What the template gets. ``severity_rank`` is 0 where the severity has none; ``site`` is the
    name of the site where there are several; ``custom`` are the labels, cells and sort
    keys of the company's columns.
    """
    users, messages, length = record.users_affected, site.messages, record.duration
    percent = users.percent if users else None
    return {
        "record": record,
        "href": lists.outage_url(record, site),
        "severity_rank": site.severity_rank(record.severity),
        "services": lists.service_urls(record, site),
        "seconds": round(length.total_seconds()) if length else None,
        "users": users.written if users and percent is None else "",
        "percent": percent,
        "root_cause": shortened(plain_text(record.root_cause), _LONGEST),
        "overdue": sum(task.is_overdue(site.today) for task in record.tasks),
        "custom": [
            (field.label, plain_value(value, messages), value if isinstance(value, str) else "")
            for field, value in ((item, record.custom.get(item.name)) for item in site.fields)
            if field.in_index
        ],
        "site": site.site_of(record),
        "facets": lists.as_attribute(lists.outage_facets(record, site)),
    }


def render_groups(view: PageContext, options: Mapping[str, Any]) -> str:
    """The groups of one facet (``by``) or of all, as far as they have pages."""
    site = view.site
    wanted = [options["by"]] if "by" in options else list(GROUP_FOLDERS)
    found = [
        (
            site.messages.t[f"by_{facet}"],
            [
                (group.value, len(group.records), view.url_for(page))
                for group in groups(site.catalog.records, facet)
                if (page := site.page_of(facet, group.value))
            ],
        )
        for facet in wanted
    ]
    return site.templates.render("groups.html", lists=[item for item in found if item[1]])
