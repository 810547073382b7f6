"""Figures of a selection of outages, with their plots: described, never judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_postmortem.catalog import Spread, figures, select
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.labels import DETECTED_BY, ENGLISH
from mkdocs_postmortem.rendering.plots import duration_plot, month_plot
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.wording import length_words

# Below this, one outage more or less moves the quartiles by a lot.
FEW = 12


def render_stats(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The figures of the outages that fit the options, on the page ``source``."""
    records = select(site.catalog.records, options)
    found = figures(records)
    language = site.language
    return fill(
        "stats.html",
        custom_dirs,
        outages=len(records),
        few=FEW,
        spreads=[_spread(item, language) for item in found.spreads if item.n],
        unknown=[
            ENGLISH.get(item.measure.name, item.measure.name)
            for item in found.spreads
            if not item.n
        ],
        duration=duration_plot(records, found.spreads[0], site, source),
        durations=found.spreads[0],
        months=month_plot(records, site),
        detection=[
            (DETECTED_BY.get(name, name), count) for name, count in found.by_detection.most_common()
        ],
        downtime=[
            (service, length_words(length, language))
            for service, length in found.downtime.items()
            if length
        ],
    )


def _spread(item: Spread, language: str) -> dict[str, Any]:
    def words(length: Any) -> str:
        return length_words(length, language) if length is not None else ""

    return {
        "name": ENGLISH.get(item.measure.name, item.measure.name.replace("_", " ")),
        "path": f"{item.measure.start.value} → {item.measure.end.value}",
        "median": words(item.median),
        "lower": words(item.lower),
        "upper": words(item.upper),
        "n": item.n,
        "missing": item.missing,
    }
