"""Where a page is: below the index, and a postmortem also below its year."""

from __future__ import annotations

from mkdocs_postmortem.rendering.context import PageContext


def crumbs(view: PageContext) -> list[tuple[str, str]]:
    """The pages above a page, with their links."""
    site, record = view.site, view.record
    pages = [(site.words.t["page_title"], site.index)]
    if record is not None and record.day is not None:
        year = str(record.day.year)
        pages.append((year, site.page_of("year", year)))
    found = ((text, site.link_elsewhere(page, view.path)) for text, page in pages)
    return [(text, href) for text, href in found if href]


def render_breadcrumb(view: PageContext) -> str:
    """The breadcrumb of a page that was made for a list; nothing for any other."""
    site = view.site
    own = next((key for key, page in site.pages.items() if page == view.path), None)
    above = crumbs(view)
    if own is None or not above or view.record is not None:
        return ""
    facet, value = own
    here = site.words.t[facet] if facet == value and facet in ("tasks", "repeats") else value
    return site.templates.render("breadcrumb.html", crumbs=above, here=here)
