"""What stands at the end of a page: related outages, the way back, the neighbours."""

from __future__ import annotations

from typing import Any

from mkdocs_postmortem.rendering.links import link_to, links_to, relative
from mkdocs_postmortem.rendering.mould import Rendered, cast
from mkdocs_postmortem.rendering.repeats import repeat_views
from mkdocs_postmortem.rendering.view import PageView
from mkdocs_postmortem.rendering.vocabulary import vocabulary


def render_foot(view: PageView, custom_dirs: tuple[Any, ...] = ()) -> Rendered:
    """Links to other outages; nothing for a page without a record."""
    record = view.record
    if record is None:
        return ""
    catalog, language = view.site.catalog, view.site.language
    # One does not leaf into another site.
    own = view.site.own or catalog
    older, newer = own.older(record), own.newer(record)
    earlier, later = repeat_views(record, view.site, view.path, vocabulary(language, custom_dirs))
    values = {
        "earlier": earlier,
        "later": later,
        "related": links_to(catalog.related(record), view.path, language),
        "index": relative(view.site.index, view.path) if view.site.index else "",
        "older": link_to(older, view.path, language) if older else None,
        "newer": link_to(newer, view.path, language) if newer else None,
    }
    return cast("foot.html", custom_dirs, language, values)
