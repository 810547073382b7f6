"""Plots of columns and bars: outages and tasks by month, downtime by quarter, values by number.

Plots are SVG without a view box: shapes are placed in percent of the width, so that they follow the
page, while text keeps its size; heights are pixels. The functions say where the marks are, and the
templates in ``templates/plots`` draw them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from mkdocs_postmortem.catalog.figures import Availability, Quarter, ServiceSums
from mkdocs_postmortem.catalog.outage_tasks import TaskFlow
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.messages import Messages

# At most so many months, and so many even if fewer had anything: one alone would be a wall.
_MONTHS, _LEAST_MONTHS = 24, 6
_LABELS = 6
# The margins left and right (percent), so that a mark or a label at the end is whole.
EDGE = 6.0
# Pixels: the base line of tasks, and the highest column above and below it.
_BASE, _TALLEST = 96, 72
# Percent: the longest bar of a value leaves room for its number.
_LONGEST = 85.0
# Pixels: the height of a value's row, of its bar, and the base line of its name.
_ROW, _BAR, _NAME = 38, 12, 13
# Services that are drawn, and those that are in the table.
_DRAWN, _TOLD = 10, 50
# Pixels: the highest column of a quarter.
_TALLEST_QUARTER = 32
# Fewer quarters leave the other columns empty: one alone would fill the width.
_LEAST_COLUMNS = 4


def month_plot(records: Sequence[Postmortem], site: SiteContext) -> dict[str, Any] | None:
    """Outages of the last 24 months up to the newest, stacked by severity; None without any.

    ``most`` is the number of the highest column, in percent of which bars are; ``n`` are drawn, and
    ``earlier`` are before the first month.
    """
    dated = [(_number(record.day), record.severity or "") for record in records if record.day]
    if not dated:
        return None
    months = _shown_months({month for month, _ in dated})
    found = Counter(item for item in dated if item[0] in months)
    names = sorted({name for _, name in found}, key=lambda it: (site.severity_rank(it) or 99, it))
    counts = [(_first_day(month), [found[month, name] for name in names]) for month in months]
    most = max(sum(row) for _, row in counts)
    return {
        "bars": list(_stacked(counts, names, most, site)),
        "ticks": _month_ticks(months, site),
        "most": most,
        "rows": [(month, row) for month, row in counts if any(row)],
        "severities": [(name, site.severity_rank(name)) for name in names],
        "n": found.total(),
        "earlier": len(dated) - found.total(),
    }


def _stacked(
    counts: Sequence[tuple[date, Sequence[int]]],
    names: Sequence[str],
    most: int,
    site: SiteContext,
) -> Iterator[dict[str, Any]]:
    for position, (month, row) in enumerate(counts):
        bottom = 0.0
        for name, count in zip(names, row, strict=True):
            height = 100 * count / most
            if count:
                yield {
                    **column(position, len(counts)),
                    "bottom": bottom,
                    "height": height,
                    "rank": site.severity_rank(name),
                    "month": month,
                    "name": name,
                    "count": count,
                }
            bottom += height


def task_plot(flow: TaskFlow, site: SiteContext) -> dict[str, Any] | None:
    """Tasks opened (up) and closed (down) in the last 24 months; None if nothing has a day.

    ``most`` is the number of the highest column, ``earlier`` are (opened, closed) before.
    """
    opened = {_number(day): count for day, count in flow.promised.items()}
    closed = {_number(day): count for day, count in flow.settled.items()}
    known = opened.keys() | closed.keys()
    if not known:
        return None
    months = _shown_months(known)
    counts = [(month, opened.get(month, 0), closed.get(month, 0)) for month in months]
    most = max(max(up, down) for _, up, down in counts)
    columns = [
        {
            **column(position, len(months)),
            "month": _first_day(month),
            "promised": up,
            "settled": down,
            "up": round(_TALLEST * up / most, 2),
            "down": round(_TALLEST * down / most, 2),
        }
        for position, (month, up, down) in enumerate(counts)
    ]
    earlier = [
        sum(count for month, count in found.items() if month < months.start)
        for found in (opened, closed)
    ]
    ticks = _month_ticks(months, site)
    return {"columns": columns, "ticks": ticks, "most": most, "base": _BASE, "earlier": earlier}


def quarter_plot(
    found: Availability, messages: Messages, *, is_whole: bool
) -> dict[str, Any] | None:
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
            column_tick(at, columns, messages.quarter(quarter.start), is_minor=at % 2 == 1)
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
        "tallest": _TALLEST_QUARTER,
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
            height = max(1.5, _TALLEST_QUARTER * (item.downtime / most))
            place = column(quarters.index(item.quarter), max(len(quarters), _LEAST_COLUMNS))
            y, height = round(_TALLEST_QUARTER - height, 2), round(height, 2)
            blocks.append({**place, "y": y, "height": height, "sum": item})
    return blocks


def share_plot(
    counts: Mapping[str, int], names: Mapping[str, str], unknown: str
) -> dict[str, Any] | None:
    """How many outages have each value, the most frequent first; ``unknown`` is put last."""
    if not counts:
        return None
    most = max(counts.values())
    ordered = sorted(counts, key=lambda name: (name == unknown, -counts[name], name))
    shares = [
        {
            "name": names.get(name, name),
            "count": counts[name],
            "width": round(_LONGEST * counts[name] / most, 2),
            "y": row * _ROW + _NAME,
            "is_known": name != unknown,
        }
        for row, name in enumerate(ordered)
    ]
    return {"shares": shares, "bar": _BAR, "height": len(shares) * _ROW}


def column(position: int, count: int) -> dict[str, Any]:
    """Where the column at a position of ``count`` begins, and how wide it is."""
    width = (100 - 2 * EDGE) / count
    return {"at": round(EDGE + width * (position + 0.1), 2), "width": round(width * 0.8, 2)}


def column_tick(position: int, count: int, label: str, *, is_minor: bool) -> dict[str, Any]:
    """A label below the middle of a column."""
    place = column(position, count)
    return tick(place["at"] + place["width"] / 2, label, is_minor=is_minor)


def tick(at: float, label: str, *, is_minor: bool = False) -> dict[str, Any]:
    """A label of the scale; a minor one is left out where it is narrow."""
    return {"at": round(at, 2), "label": label, "is_minor": is_minor}


def _shown_months(known: Collection[int]) -> range:
    """The last 24 months up to the newest, six at least."""
    last = max(known)
    return range(max(min(*known, last - _LEAST_MONTHS + 1), last - _MONTHS + 1), last + 1)


def _month_ticks(months: Sequence[int], site: SiteContext) -> list[dict[str, Any]]:
    """About six labels below the middle of their columns."""
    step = max(1, len(months) // _LABELS)
    return [
        column_tick(
            position,
            len(months),
            site.messages.month(_first_day(months[position])),
            is_minor=(position // step) % 2 == 1,
        )
        for position in range(0, len(months), step)
    ]


def _number(day: date) -> int:
    """Months counted from year 0, so that they can be subtracted."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
