"""Outages by service, by year and by cause: each group has a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_postmortem.catalog.selection import facet_values
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.slug import unique_slugs

# The facets that get pages, and the folder of each.
GROUP_FOLDERS = {"service": "services", "year": "years", "cause": "causes"}


@dataclass(frozen=True, slots=True)
class Group:
    """All outages with one value of a facet. ``slug`` is its name in addresses."""

    facet: str
    value: str
    slug: str
    records: tuple[Postmortem, ...]

    @property
    def path(self) -> str:
        """The page's path below the index."""
        return f"{GROUP_FOLDERS[self.facet]}/{self.slug}"


def groups(records: Iterable[Postmortem], facet: str) -> tuple[Group, ...]:
    """The groups of a facet: years newest first, others by number of outages, then by name."""
    found: dict[str, list[Postmortem]] = {}
    for record in records:
        for value in dict.fromkeys(facet_values(record, facet)):
            found.setdefault(value, []).append(record)
    slugs = unique_slugs(found, facet)
    made = [Group(facet, value, slugs[value], tuple(own)) for value, own in found.items()]
    if facet == "year":
        return tuple(sorted(made, key=lambda group: group.value, reverse=True))
    return tuple(sorted(made, key=lambda group: (-len(group.records), group.value.lower())))
