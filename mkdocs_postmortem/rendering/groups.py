"""Links to the pages of services, years and causes, each with its number of outages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_postmortem.catalog import GROUP_FOLDERS, groups
from mkdocs_postmortem.rendering.context import SiteContext


def render_groups(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The groups of one facet (``by``) or of all, as far as they have pages."""
    wanted = [options["by"]] if "by" in options else list(GROUP_FOLDERS)
    lists = [
        (
            site.words.t[f"by_{facet}"],
            [
                (group.value, len(group.records), site.url_for(page, source))
                for group in groups(site.catalog.records, facet)
                if (page := site.page_of(facet, group.value))
            ],
        )
        for facet in wanted
    ]
    return site.templates.render("groups.html", lists=[item for item in lists if item[1]])
