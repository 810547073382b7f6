"""What stands at the end of a page: related outages, the way back, the neighbours."""

from __future__ import annotations

from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.repeats import missed_fields, repeat_views


def render_page_footer(view: PageContext) -> str:
    """Links to other outages; nothing for a page without a record."""
    record, site = view.record, view.site
    if record is None:
        return ""
    own = site.own or site.catalog  # the neighbours are of this site
    older, newer = own.older(record), own.newer(record)
    earlier, later = repeat_views(record, site, view.path)
    return site.templates.render(
        "foot.html",
        earlier=earlier,
        later=later,
        related=site.links_to(site.catalog.related(record), view.path),
        index=site.url_for(site.index, view.path) if site.index else "",
        older=site.link_to(older, view.path) if older else None,
        newer=site.link_to(newer, view.path) if newer else None,
    )


def page_footer_fields(view: PageContext) -> list[str]:
    """The author's Markdown that the template shows."""
    if view.record is None:
        return []
    earlier, later = repeat_views(view.record, view.site, view.path)
    return missed_fields(task for item in (*earlier, *later) for task in item.missed)
