"""The box or the timeline of one outage on a page of another: directives ``summary``, ``timeline``.

The author's Markdown is shown as plain text there, since its links are right on its own page only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.entries import entry_views
from mkdocs_postmortem.rendering.summary import render_summary


def render_embedded_summary(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The box of the outage with this ``id``; nothing where the audience has none such."""
    record = _quoted(site, options)
    if record is None:
        return ""
    plain = replace(
        record, impact=plain_text(record.impact), root_cause=plain_text(record.root_cause)
    )
    return render_summary(PageContext(source, site, plain), site.link_to(record, source))


def render_embedded_timeline(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The timeline of the outage with this ``id``, each entry with a link to its place."""
    record = _quoted(site, options)
    if record is None:
        return ""
    link = site.link_to(record, source)
    views = [replace(view, page=link.href) for view in entry_views(record, site.language)]
    texts = [plain_text(view.entry.text) for view in views]
    return site.templates.render(
        "timeline.html", link=link, entries=list(zip(views, texts, strict=True))
    )


def _quoted(site: SiteContext, options: Mapping[str, Any]) -> Postmortem | None:
    return site.catalog.with_id(str(options["id"]))
