"""A timeline → the header of each entry, its toolbar, and the whole of it on another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.entries import entry_views


def render_entry_headers(view: PageContext) -> list[str]:
    """The header of each entry."""
    return view.site.templates.render_each("entry.html", "view", view.entries)


def render_toolbar(view: PageContext) -> str:
    """The toolbar of a timeline: the cost of misleading paths, and the words for the script.

    Nothing for a timeline without these costs and without instants: the script has no work there.
    """
    record, messages = view.record, view.site.messages
    if record is None:
        return ""
    cost = record.timeline.misleading_cost()
    if not cost and not any(entry.moment.instant for entry in record.timeline.entries):
        return ""
    misled = len(record.timeline.of_kind(Kind.MISLEADING))
    return view.site.templates.render(
        "timeline_bar.html",
        misled=messages.count("misled", misled) if misled else "",
        cost=messages.duration(cost) if cost else "",
        words=messages.for_timeline,
    )


def render_embedded_timeline(view: PageContext, options: Mapping[str, Any]) -> str:
    """The timeline of the outage with this ``id`` on another page, each entry with a link to its
    place. Its Markdown is plain text there, since its links are right on their own page only.
    """
    site = view.site
    record = site.catalog.with_id(str(options["id"]))
    if record is None:  # or the audience must not know of it
        return ""
    link = view.link_to(record)
    views = [replace(view, page=link.href) for view in entry_views(record, site.messages)]
    entries = [(view, plain_text(view.entry.text)) for view in views]
    return site.templates.render("timeline.html", link=link, entries=entries)
