"""Outages that a figure could not count, named on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.links import Link

# So many are named; all are counted.
_NAMED = 50


@dataclass(frozen=True, slots=True)
class Lacking:
    """``count`` outages that lack something, told by ``text``; ``more`` of them have no link."""

    text: str
    count: int
    links: tuple[Link, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.links)


def lacking(
    reasons: Iterable[tuple[str, Sequence[Postmortem]]],
    site: SiteContext,
    source: str,
) -> list[Lacking]:
    """One group for each reason that outages have, as (key of its message, outages)."""
    return [
        Lacking(
            site.words.count(f"lacking_{reason}", len(records)),
            len(records),
            site.links_to(records[:_NAMED], source),
        )
        for reason, records in reasons
        if records
    ]
