"""Figures of a selection of outages, with their plots: described, never judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from mkdocs_postmortem.catalog.figures import (
    FEW,
    NOT_STATED,
    Availability,
    Spread,
    figures,
    metrics_of,
)
from mkdocs_postmortem.catalog.outage_tasks import OutageTask, task_flow
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.lists import (
    LARGEST,
    Item,
    cached_list,
    fill_list,
    outage_url,
    shared_rows,
)
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.plots import dot_plot, month_plot, quarter_plot, task_plot

# So many are named; all are counted.
_NAMED = 50


def render_stats(view: PageContext, options: Mapping[str, Any]) -> str:
    """The figures of the outages that fit the options, on a page."""
    site = view.site
    records = site.catalog.select(options)
    return cached_list("stats.html", _render, records, view, options)


def _render(records: Sequence[Postmortem], view: PageContext, options: Mapping[str, Any]) -> str:
    site = view.site
    found = figures(records, site.today, site.measures)
    flow = task_flow(records)
    undated = [record for record in records if record.day is None]
    unnoticed = [record for record in records if not record.detected_by]
    services = _of_services(found.availability, options)
    messages = site.messages
    return fill_list(
        "stats.html",
        _lengths(records[:LARGEST], site),
        view,
        outages=len(records),
        has_outages=bool(len(site.catalog)),
        elsewhere=view.link_elsewhere(site.index),
        few=FEW,
        months=month_plot(records, site),
        undated=uncounted([("no_day", undated)], view),
        measures=[_measure(item, records, view) for item in found.spreads],
        more_lengths=max(0, len(records) - LARGEST),
        detection=_detection(found.by_detection, messages),
        unnoticed=uncounted([("not_stated", unnoticed)], view),
        quarters=quarter_plot(services, messages, is_whole=not options.keys() - {"service"}),
        uncounted=uncounted(
            [
                ("not_over", services.unresolved),
                ("no_ends", services.unknown),
                ("no_service", services.without_service),
                ("not_begun", services.future),
            ],
            view,
        ),
        tasks=task_plot(flow, site),
        unknown_tasks=uncounted(
            [("unsettled", _outages(flow.unsettled)), ("unpromised", _outages(flow.unpromised))],
            view,
        ),
    )


def _detection(counts: Mapping[str, int], messages: Messages) -> list[tuple[str, int, bool]]:
    """How many outages have been detected by whom, the most frequent first; whether it is stated
    at all.
    """
    names = {**messages.groups["found_by"], NOT_STATED: messages.t["not_stated"]}
    ordered = sorted(counts, key=lambda name: (name == NOT_STATED, -counts[name], name))
    return [(names.get(name, name), counts[name], name != NOT_STATED) for name in ordered]


def _to_minute(length: timedelta | None) -> timedelta | None:
    """Quartiles lie between stated times, so their seconds would say more than anybody knows."""
    minute = timedelta(minutes=1)
    return length if length is None or length < minute else round(length / minute) * minute


def _measure(item: Spread, records: Sequence[Postmortem], view: PageContext) -> dict[str, Any]:
    """A metric in words, with its plot; texts are empty where nothing is known."""
    site = view.site
    messages = site.messages
    return {
        # A name of the team's own is shown as it is.
        "name": messages.t.get(item.metric.name, item.metric.name),
        "ends": messages.path(item.metric.start.value, item.metric.end.value),
        "n": item.n,
        "missing": item.missing,
        "median": messages.duration(_to_minute(item.median)),
        "lower": messages.duration(_to_minute(item.lower)),
        "upper": messages.duration(_to_minute(item.upper)),
        "plot": dot_plot(records, item, site),
        "uncounted": uncounted([("unknown", item.uncounted)], view),
    }


def _lengths(records: Sequence[Postmortem], site: SiteContext) -> list[str]:
    """The numbers behind the dots: a row for each outage of which any length is known."""
    items = []
    for record in records:
        lengths = [record.lifecycle.length(metric) for metric in metrics_of(site.measures)]
        if any(length is not None for length in lengths):
            href = outage_url(record, site)
            items.append(Item(record, partial(dict, record=record, href=href, lengths=lengths)))
    return shared_rows("lengths_rows.html", items, site)


def _of_services(found: Availability, options: Mapping[str, Any]) -> Availability:
    """Only the wanted services: of the others, the selection has but some outages."""
    if "service" not in options:
        return found
    wanted = options["service"]
    names = {str(name).lower() for name in (wanted if isinstance(wanted, list) else [wanted])}
    own = tuple(item for item in found.services if item.service.lower() in names)
    return replace(found, services=own)


def _outages(tasks: Sequence[OutageTask]) -> list[Postmortem]:
    return list({item.record.path: item.record for item in tasks}.values())


def uncounted(
    reasons: Iterable[tuple[str, Sequence[Postmortem]]], view: PageContext
) -> list[dict[str, Any]]:
    """The outages that a figure could not count, by (key of the message that says why, outages).

    ``more`` of a group have no link.
    """
    site = view.site
    return [
        {
            "text": site.messages.count(f"uncounted_{reason}", len(records)),
            "links": view.links_to(records[:_NAMED]),
            "more": max(0, len(records) - _NAMED),
        }
        for reason, records in reasons
        if records
    ]
