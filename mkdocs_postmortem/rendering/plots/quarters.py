"""The time of outages by service and quarter: a row of columns for each service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from mkdocs_postmortem.catalog import Availability, Quarter, ServiceSums
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.plots.bars import column, column_tick

# Services that are drawn, and those that stand in the table.
_DRAWN, _TOLD = 10, 50
_TALLEST = 32
# Fewer quarters stand at the left of so many columns: one alone would be a wall.
_LEAST_COLUMNS = 4


def quarter_plot(found: Availability, words: Messages, *, is_whole: bool) -> dict[str, Any] | None:
    """The plot; None if no outage can be counted.

    ``is_whole`` says that all outages of these services are there: only then can there be an
    availability, and only then do quarters without an outage say anything. ``n`` outages are drawn,
    and ``earlier`` ones were over before the first quarter. ``undrawn`` and ``untold`` are the
    numbers of services that are left out of the plot and of the table.
    """
    quarters = found.quarters if is_whole else _touched(found)
    if not quarters or not found.services:
        return None
    sums = [(item.shown(quarters), item) for item in found.services]
    shown = sorted((item for item in sums if item[0]), key=lambda it: (-it[0], it[1].service))
    most = max((item.downtime for _, own in shown for item in own.quarters), default=timedelta())
    columns = max(len(quarters), _LEAST_COLUMNS)
    first, names = quarters[0].start, {item.service for _, item in shown[:_DRAWN]}
    in_time = {number for number, (end, _) in enumerate(found.counted) if end > first}
    drawn = {n for n, (_, services) in enumerate(found.counted) if not names.isdisjoint(services)}
    return {
        "rows": [
            {"service": own.service, "total": length, "blocks": _blocks(own, quarters, most)}
            for length, own in shown[:_DRAWN]
        ],
        "ticks": [
            column_tick(at, columns, words.quarter(quarter.start), is_minor=at % 2 == 1)
            for at, quarter in enumerate(quarters)
        ],
        "lines": [
            (own.service, item)
            for _, own in shown[:_TOLD]
            for item in own.quarters
            if item.downtime
        ],
        "n": len(in_time & drawn),
        "undrawn": max(0, len(shown) - _DRAWN),
        "untold": max(0, len(shown) - _TOLD),
        "earlier": len(found.counted) - len(in_time),
        "tallest": _TALLEST,
        "is_whole": is_whole,
    }


def _touched(found: Availability) -> tuple[Quarter, ...]:
    """From the first to the last of the quarters in which there was an outage."""
    touched = [
        item.quarter for service in found.services for item in service.quarters if item.downtime
    ]
    if not touched:
        return ()
    return tuple(item for item in found.quarters if min(touched) <= item <= max(touched))


def _blocks(
    service: ServiceSums, quarters: Sequence[Quarter], most: timedelta
) -> list[dict[str, Any]]:
    """The service's columns; ``y`` and ``height`` are pixels."""
    blocks = []
    for item in service.quarters:
        if item.downtime and item.quarter in quarters:
            height = max(1.5, _TALLEST * (item.downtime / most))
            place = column(quarters.index(item.quarter), max(len(quarters), _LEAST_COLUMNS))
            y, height = round(_TALLEST - height, 2), round(height, 2)
            blocks.append({**place, "y": y, "height": height, "sum": item})
    return blocks
