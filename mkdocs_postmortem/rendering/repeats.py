"""Outages that came back: at the end of their pages with the way to others, and in chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mkdocs_postmortem.catalog.repeats import Chain, Missed, MissedTask, Repeat
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.links import located
from mkdocs_postmortem.rendering.messages import Messages


def render_page_footer(view: PageContext) -> str:
    """Repeats, related outages, the way back and the neighbours; nothing without a record."""
    record, site = view.record, view.site
    if record is None:
        return ""
    own = site.own or site.catalog  # the neighbours are of this site
    older, newer = own.older(record), own.newer(record)
    found = site.repeats.of(record)
    return site.templates.render(
        "page_footer.html",
        earlier=[_occurrence(item, item.earlier, view) for item in found.earlier],
        later=[_occurrence(item, item.later, view) for item in found.later],
        related=view.links_to(site.catalog.related(record)),
        index=view.url_for(site.index) if site.index else "",
        older=view.link_to(older) if older else None,
        newer=view.link_to(newer) if newer else None,
    )


def page_footer_fields(view: PageContext) -> list[str]:
    """The author's Markdown that the template shows."""
    if view.record is None:
        return []
    found = view.site.repeats.of(view.record)
    return _fields((*found.earlier, *found.later))


def _occurrence(repeat: Repeat, other: Postmortem, view: PageContext) -> dict[str, Any]:
    """Another outage of the same issue, seen from a page; ``gap`` is ``480 days earlier``."""
    alike = repeat.similar.words if repeat.similar else ()
    direction = "days_earlier" if other is repeat.earlier else "days_later"
    return {
        "link": view.link_to(other),
        "is_declared": repeat.is_declared,
        "gap": _gap(repeat, direction, view.site.messages),
        "evidence": list(dict.fromkeys((*repeat.causes, *repeat.services, *alike))),
        "missed": _missed(repeat, view.site.messages),
    }


def render_repeats(
    view: PageContext,
    options: Mapping[str, Any],  # noqa: ARG001 - every list is rendered by the same call
) -> str:
    """All chains of repeats, the longest first."""
    site = view.site
    chains = [(chain, _steps(chain, view)) for chain in site.repeats.chains]
    return site.templates.render("repeats.html", chains=chains)


def repeats_fields(view: PageContext, _: Mapping[str, Any]) -> list[str]:
    """The author's Markdown that the list shows."""
    site = view.site
    found = (nearest for chain in site.repeats.chains for _, nearest in _nearest(chain, site))
    return _fields(filter(None, found))


def _fields(repeats: Iterable[Repeat]) -> list[str]:
    """The author's Markdown in missed tasks."""
    texts = (
        located(text, repeat.earlier.path)
        for repeat in repeats
        for item in repeat.missed
        for text in (item.task.text, item.task.reason)
    )
    return [text for text in texts if text]


def _nearest(chain: Chain, site: SiteContext) -> Iterable[tuple[Postmortem, Repeat | None]]:
    """The outages of a chain, each with the repeat of the nearest one before it."""
    paths = {record.path for record in chain.records}
    for record in chain.records:
        before = [item for item in site.repeats.of(record).earlier if item.earlier.path in paths]
        yield record, min(before, key=lambda it: (it.days is None, it.days or 0), default=None)


def _steps(chain: Chain, view: PageContext) -> list[dict[str, Any]]:
    """The outages of a chain, and what was missed between the one before and each."""
    site = view.site
    return [
        {
            "record": record,
            "link": view.link_to(record),
            "severity_rank": site.severity_rank(record.severity),
            "gap": _gap(nearest, "days_later", site.messages) if nearest else "",
            "is_declared": nearest is None or nearest.is_declared,
            "missed": _missed(nearest, site.messages) if nearest else [],
        }
        for record, nearest in _nearest(chain, site)
    ]


def _gap(repeat: Repeat, direction: str, messages: Messages) -> str:
    return "" if repeat.days is None else messages.count(direction, repeat.days)


def _missed(repeat: Repeat, messages: Messages) -> list[dict[str, Any]]:
    """The tasks that were not done when the incident came back.

    ``is_late`` ones were overdue then; ``is_open`` ones were not due yet.
    """
    return [
        {
            "task": item.task,
            "text": located(item.task.text, repeat.earlier.path),
            "reason": located(item.task.reason, repeat.earlier.path),
            "owners": messages.listed_text(item.task.owners),
            "state": missed_state(item, messages),
            "is_late": bool(item.overdue) and item.reason is not Missed.DROPPED,
            "is_open": not item.overdue and item.reason is not Missed.DROPPED,
        }
        for item in repeat.missed
    ]


def missed_state(item: MissedTask, messages: Messages) -> str:
    """``103 days overdue``, or how else the task stood."""
    if item.overdue and item.reason is Missed.OVERDUE:
        return messages.count("days_overdue", item.overdue)
    if item.overdue and item.reason is Missed.DONE_AFTER:
        return messages.count("days_overdue_done", item.overdue)
    return messages.groups["missed"][item.reason.value]
