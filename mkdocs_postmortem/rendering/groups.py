"""Links to the pages of services, years and causes, each with its number of outages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_postmortem.catalog import GROUP_FOLDERS, groups
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.vocabulary import vocabulary


def render_groups(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The groups of one facet (``by``) or of all, as far as they have pages."""
    words = vocabulary(site.language, custom_dirs).t
    wanted = [options["by"]] if "by" in options else list(GROUP_FOLDERS)
    lists = [
        (
            words[f"by_{facet}"],
            [
                (group.value, len(group.records), relative(page, source))
                for group in groups(site.catalog.records, facet)
                if (page := site.page_of(facet, group.value))
            ],
        )
        for facet in wanted
    ]
    return fill(
        "groups.html", custom_dirs, site.language, lists=[item for item in lists if item[1]]
    )
