"""Plots: outages and tasks by month, downtime by quarter, lengths as dots.

Plots are SVG without a view box: shapes are placed in percent of the width, so that they follow the
page, while text keeps its size; heights are pixels. The functions say where the marks are, and the
templates in ``templates/plots`` draw them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from mkdocs_postmortem.catalog.figures import Availability, Quarter, ServiceSums, Spread
from mkdocs_postmortem.catalog.outage_tasks import TaskFlow
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.messages import Messages

# At most so many months, and so many even if fewer had anything (one alone would fill the width),
# with about so many labels.
_MONTHS, _LEAST_MONTHS, _LABELS = 24, 6, 6
# The margins left and right (percent), so that a mark or a label at the end is whole.
_EDGE = 6.0
# Pixels: the base line of tasks, and the highest column above and below it.
_BASE, _TALLEST = 96, 72
# Services that are drawn, and those that are in the table.
_DRAWN, _TOLD = 10, 50
# Pixels: the highest column of a quarter. Fewer quarters leave the other columns empty.
_TALLEST_QUARTER, _LEAST_COLUMNS = 32, 4
# Pixels from the top of the dots: the median's words, then the lanes, each with its name above.
_TOP, _LANE_NAME, _AXIS = 18, 18, 26
_MANY = 60
# Dots nearer than this (percent of the width) are moved up or down, at most so many rows.
_NEAR, _ROWS = 1.5, 5
# More than this are counted in columns, so many percent wide and at most so many pixels high.
_MOST_DOTS = 500
_COLUMN, _TALLEST_LANE = 2.0, 30
_TICKS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 3 * 24 * 60, 9 * 24 * 60, 30 * 24 * 60)
)


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
    names = site.by_severity({name for _, name in found})
    counts = [(_first_day(month), [found[month, name] for name in names]) for month in months]
    most = max(sum(row) for _, row in counts)
    bars = [
        {
            **_column(position, len(counts)),
            "bottom": 100 * below / most,
            "height": 100 * count / most,
            "rank": site.severity_rank(name),
            "month": month,
            "name": name,
            "count": count,
        }
        for position, (month, row) in enumerate(counts)
        for name, count, below in zip(names, row, accumulate(row, initial=0), strict=False)
        if count
    ]
    return {
        "bars": bars,
        "ticks": _month_ticks(months, site),
        "most": most,
        "rows": [(month, row) for month, row in counts if any(row)],
        "severities": [(name, site.severity_rank(name)) for name in names],
        "n": found.total(),
        "earlier": len(dated) - found.total(),
    }


def task_plot(flow: TaskFlow, site: SiteContext) -> dict[str, Any] | None:
    """Tasks opened (up) and closed (down) in the last 24 months; None if nothing has a day.

    ``most`` is the number of the highest column, ``earlier`` are (opened, closed) before.
    """
    flows = [
        Counter({_number(day): count for day, count in found.items()})
        for found in (flow.promised, flow.settled)
    ]
    if not any(flows):
        return None
    months = _shown_months({*flows[0], *flows[1]})
    counts = [(month, flows[0][month], flows[1][month]) for month in months]
    most = max(max(up, down) for _, up, down in counts)
    columns = [
        {
            **_column(position, len(months)),
            "month": _first_day(month),
            "promised": up,
            "settled": down,
            "up": round(_TALLEST * up / most, 2),
            "down": round(_TALLEST * down / most, 2),
        }
        for position, (month, up, down) in enumerate(counts)
    ]
    earlier = [sum(found[month] for month in found if month < months.start) for found in flows]
    ticks = _month_ticks(months, site)
    return {"columns": columns, "ticks": ticks, "most": most, "base": _BASE, "earlier": earlier}


def _shown_months(known: Collection[int]) -> range:
    """The last 24 months up to the newest, six at least."""
    last = max(known)
    return range(max(min(*known, last - _LEAST_MONTHS + 1), last - _MONTHS + 1), last + 1)


def _month_ticks(months: Sequence[int], site: SiteContext) -> list[dict[str, Any]]:
    """About six labels below the middle of their columns."""
    step = max(1, len(months) // _LABELS)
    return [
        _column_tick(at, len(months), site.messages.month(_first_day(months[at])), at // step)
        for at in range(0, len(months), step)
    ]


def _number(day: date) -> int:
    """Months counted from year 0, so that they can be subtracted."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def quarter_plot(
    found: Availability, messages: Messages, *, is_whole: bool
) -> dict[str, Any] | None:
    """Downtime by service and quarter; None if no outage can be counted. ``is_whole`` says that all
    outages of these services are there: only then can there be an availability, and only then do
    quarters without an outage say anything. ``n`` outages are drawn, and ``earlier`` ones were over
    before the first quarter. ``undrawn`` and ``untold`` are the numbers of services that are left
    out of the plot and of the table.
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
            _column_tick(at, columns, messages.quarter(quarter.start), at)
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
    sums = [item for service in found.services for item in service.quarters]
    touched = [item.quarter for item in sums if item.downtime]
    return tuple(
        item for item in found.quarters if touched and min(touched) <= item <= max(touched)
    )


def _blocks(
    service: ServiceSums, quarters: Sequence[Quarter], most: timedelta
) -> list[dict[str, Any]]:
    """The service's columns; ``y`` and ``height`` are pixels."""
    blocks = []
    for item in service.quarters:
        if item.downtime and item.quarter in quarters:
            height = max(1.5, _TALLEST_QUARTER * (item.downtime / most))
            place = _column(quarters.index(item.quarter), max(len(quarters), _LEAST_COLUMNS))
            y, height = round(_TALLEST_QUARTER - height, 2), round(height, 2)
            blocks.append({**place, "y": y, "height": height, "sum": item})
    return blocks


def _column(position: int, count: int) -> dict[str, Any]:
    """Where the column at a position of ``count`` begins, and how wide it is."""
    width = (100 - 2 * _EDGE) / count
    return {"at": round(_EDGE + width * (position + 0.1), 2), "width": round(width * 0.8, 2)}


def _column_tick(position: int, count: int, label: str, number: int) -> dict[str, Any]:
    """A label below the middle of a column; where it is narrow, every second one is left out."""
    place = _column(position, count)
    at = round(place["at"] + place["width"] / 2, 2)
    return {"at": at, "label": label, "is_minor": number % 2 == 1}


@dataclass(frozen=True, slots=True)
class LengthScale:
    """Lengths from ``low`` to ``high`` on a logarithmic scale, in percent of the width.

    A logarithm has no place for zero: what is shorter than ``low`` is at its tick, which says
    so (``has_shorter``).
    """

    low: timedelta
    high: timedelta
    has_shorter: bool = False

    @classmethod
    def around(cls, lengths: Collection[timedelta]) -> LengthScale:
        """From the tick below the least of the lengths to the one above the most, two at least."""
        least, most = min(lengths), max(*lengths, _TICKS[0])
        first = max((at for at, mark in enumerate(_TICKS) if mark <= least), default=0)
        last = min((at for at, mark in enumerate(_TICKS) if mark >= most), default=len(_TICKS))
        if first == last:
            first, last = max(first - 1, 0), last + 1
        high = _TICKS[last] if last < len(_TICKS) else most
        return cls(_TICKS[first], high, least < _TICKS[0])

    def at(self, length: timedelta) -> float:
        position = math.log(max(length, self.low) / self.low) / math.log(self.high / self.low)
        return round(_EDGE + (100 - 2 * _EDGE) * position, 2)

    def length(self, at: float) -> timedelta:
        """The duration at a place."""
        factor: float = (self.high / self.low) ** ((at - _EDGE) / (100 - 2 * _EDGE))
        return self.low * factor

    def ticks(self, messages: Messages) -> Iterator[dict[str, Any]]:
        inside = [length for length in _TICKS if self.low <= length <= self.high]
        for index, length in enumerate(inside):
            label = messages.duration(length)
            yield {
                "at": self.at(length),
                "label": f"≤ {label}" if self.has_shorter and index == 0 else label,
                "is_minor": index % 2 == 1 and length != inside[-1],
            }


def dot_plot(
    records: Sequence[Postmortem], spread: Spread, site: SiteContext
) -> dict[str, Any] | None:
    """Each outage as a dot at the length of a measure, with a lane for each severity, the worst on
    top; None if no length is known. Where there are too many to tell dots apart, columns say how
    many are at each place.

    ``bottom`` is where the lanes end, in pixels; ``median`` and ``quartiles`` are places on the
    scale, if they are known.
    """
    found = [(record, record.lifecycle.length(spread.metric)) for record in records]
    known = [(record, length) for record, length in found if length is not None]
    if not known:
        return None
    scale = LengthScale.around([length for _, length in known])
    groups: dict[str, list[dict[str, Any]]] = {}
    dots: list[dict[str, Any]] = [
        {"at": scale.at(at), "record": record, "length": at} for record, at in known
    ]
    for dot in sorted(dots, key=lambda dot: (dot["at"], dot["record"].path)):
        groups.setdefault(dot["record"].severity or "", []).append(dot)
    counts = {name: Counter(dot["at"] // _COLUMN for dot in own) for name, own in groups.items()}
    most = max(count for own in counts.values() for count in own.values())
    radius = 6.0 if len(known) <= _MANY else 4.0
    lanes: list[dict[str, Any]] = []
    top = float(_TOP)
    for name in site.by_severity(groups):
        rank = site.severity_rank(name)
        lane = {"name": name, "rank": rank, "y": top + 13, "dots": [], "columns": []}
        if len(known) > _MOST_DOTS:
            top += _LANE_NAME + _TALLEST_LANE
            lane["columns"] = list(_columns(counts[name], top, scale, most, site.messages))
            top += 4
        else:
            top = _place(groups[name], top, radius)
            lane["dots"] = groups[name]
        lanes.append(lane)
    ends = (spread.lower, spread.median, spread.upper)
    lower, median, upper = (None if end is None else scale.at(end) for end in ends)
    return {
        "lanes": lanes,
        "ticks": list(scale.ticks(site.messages)),
        "radius": radius,
        "top": _TOP,
        "bottom": top,
        "height": top + _AXIS,
        "median": median,
        "quartiles": None if lower is None or upper is None else (lower, upper),
    }


def _place(dots: Sequence[dict[str, Any]], top: float, radius: float) -> float:
    """Give each dot of a lane that begins at ``top`` its ``y`` in pixels, so that near ones are
    apart while there is room; gives where the lane ends.
    """
    last = [float("-inf")] * _ROWS
    rows: list[int] = []
    for dot in dots:
        free = (row for row in range(_ROWS) if dot["at"] - last[row] >= _NEAR)
        row = next(free, min(range(_ROWS), key=lambda row: last[row]))
        last[row] = dot["at"]
        rows.append(row)
    step = radius * 1.4
    middle = top + _LANE_NAME + radius + step * (max(rows) // 2)
    for dot, row in zip(dots, rows, strict=True):
        # Rows are around the middle of the lane: 0, 1, −1, 2, −2.
        dot["y"] = round(middle + step * ((row + 1) // 2 * (1 if row % 2 else -1)), 1)
    return round(middle + radius + step * ((max(rows) + 1) // 2) + 4, 1)


def _columns(
    counts: Counter[float], base: float, scale: LengthScale, most: int, messages: Messages
) -> Iterator[dict[str, Any]]:
    """A lane as columns above ``base``; the highest of all lanes stands for ``most`` outages."""
    for position, count in sorted(counts.items()):
        at = position * _COLUMN
        height = max(1.0, _TALLEST_LANE * count / most)
        ends = (messages.duration(scale.length(end)) for end in (at, at + _COLUMN))
        yield {
            "at": at,
            "width": _COLUMN,
            "y": round(base - height, 1),
            "height": round(height, 1),
            "lengths": " – ".join(ends),
            "count": count,
        }
