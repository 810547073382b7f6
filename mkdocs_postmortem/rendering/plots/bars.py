"""Bars: outages per month, tasks opened and closed per month, and how many have which value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mkdocs_postmortem.catalog import TaskFlow
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext

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
            site.words.month(_first_day(months[position])),
            is_minor=(position // step) % 2 == 1,
        )
        for position in range(0, len(months), step)
    ]


def _number(day: date) -> int:
    """Months counted from year 0, so that they can be subtracted."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
