"""A record → the summary box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.model.lifecycle import (
    TIME_TO_DETECT,
    TIME_TO_MITIGATE,
    TIME_TO_RESOLVE,
    Milestone,
)
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.users import UsersAffected
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import Link, links_to
from mkdocs_postmortem.rendering.times import ShownTime, shown
from mkdocs_postmortem.rendering.view import PageView
from mkdocs_postmortem.rendering.vocabulary import Vocabulary, vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words

# A phase that lasted a thousandth of the outage still has to be seen.
_LEAST_WIDTH = 1.5


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the outage; ``start`` and ``width`` are percent of the bar."""

    name: str
    length: str
    start: float
    width: float


def render_summary(view: PageView, custom_dirs: tuple[Any, ...] = ()) -> str:
    """The box of a page's record."""
    record = view.record
    if record is None:
        return ""
    language = view.site.language
    words = vocabulary(language, custom_dirs)
    catalog = view.site.catalog
    return fill(
        "summary.html",
        custom_dirs,
        language,
        record=record,
        severity_rank=view.site.severity_rank(record.severity),
        start=_shown(record, Milestone.STARTED),
        end=_shown(record, Milestone.RESOLVED),
        days=_days(record, language),
        duration=_words(record.duration, language),
        is_ongoing=record.lifecycle.is_ongoing,
        users=_users(record.users_affected, words),
        time_to_detect=_measure(record, TIME_TO_DETECT, language),
        time_to_mitigate=_measure(record, TIME_TO_MITIGATE, language),
        time_to_resolve=_measure(record, TIME_TO_RESOLVE, language),
        phases=(phases := _phases(record, language)),
        phases_text=words.listed_text(
            (f"{words.t[phase.name]} {phase.length}" for phase in phases), "unit"
        ),
        misleading=_misleading(record, words),
        overdue=sum(task.is_overdue(view.site.today) for task in record.tasks),
        earlier=links_to(catalog.earlier_occurrences(record), view.path, language),
        later=links_to(catalog.later_occurrences(record), view.path, language),
        custom=_custom(view, record, words),
    )


def _shown(record: Postmortem, milestone: Milestone) -> ShownTime | None:
    moment = record.lifecycle.moment(milestone)
    return shown(moment, record.zone) if moment else None


def _days(record: Postmortem, language: str) -> tuple[str, str]:
    """The day of the start, and that of the end if it is another one."""
    start, end = _shown(record, Milestone.STARTED), _shown(record, Milestone.RESOLVED)
    first = _day(start.day, language) if start else ""
    last = _day(end.day, language) if end and not (start and start.day == end.day) else ""
    return first, last


def _day(iso: str, language: str) -> str:
    return day_words(date.fromisoformat(iso), language) if iso else ""


def _words(length: timedelta | None, language: str) -> str:
    return "" if length is None else length_words(length, language)


def _measure(record: Postmortem, measure: Any, language: str) -> str:
    return _words(record.lifecycle.length(measure), language)


def _users(users: UsersAffected | None, words: Vocabulary) -> str:
    """The author's words, with the percentage where the words don't have it."""
    if users is None:
        return ""
    if users.percent is None or "%" in users.written or users.count is None or not users.total:
        return users.written
    return words.text("noted", text=users.written, note=words.percent(users.percent))


def _misleading(record: Postmortem, words: Vocabulary) -> str:
    entries = record.timeline.of_kind(Kind.MISLEADING)
    if not entries:
        return ""
    cost = record.timeline.misleading_cost()
    number = words.number(len(entries))
    note = length_words(cost, words.language) if cost else ""
    return words.text("noted", text=number, note=note) if cost else number


def _phases(record: Postmortem, language: str) -> tuple[Phase, ...]:
    """Undetected, detected, mitigated: what is between the milestones that are known."""
    cycle = record.lifecycle
    marks = [
        ("undetected", cycle.moment(Milestone.STARTED)),
        ("detected", cycle.moment(Milestone.DETECTED)),
        ("mitigated", cycle.moment(Milestone.MITIGATED)),
        ("end", cycle.moment(Milestone.RESOLVED) or cycle.moment(Milestone.MITIGATED)),
    ]
    known = [(name, instant) for name, moment in marks if moment and (instant := moment.instant)]
    steps = list(pairwise(known))
    ordered = all(before <= after for (_, before), (_, after) in steps)
    if not steps or known[0][0] != "undetected" or known[-1][0] != "end" or not ordered:
        return ()
    lengths = [(name, after - before) for (name, before), (_, after) in steps if after > before]
    return _bars(lengths, language)


def _bars(lengths: list[tuple[str, timedelta]], language: str) -> tuple[Phase, ...]:
    total = sum((length for _, length in lengths), timedelta())
    if not total:
        return ()
    shares = [max(_LEAST_WIDTH, 100 * (length / total)) for _, length in lengths]
    scale = 100 / sum(shares)
    bars: list[Phase] = []
    start = 0.0
    for (name, length), share in zip(lengths, shares, strict=True):
        width = share * scale
        bars.append(Phase(name, length_words(length, language), round(start, 2), round(width, 2)))
        start += width
    return tuple(bars)


def _custom(view: PageView, record: Postmortem, words: Vocabulary) -> list[tuple[str, str]]:
    return [
        (field.label, plain_value(record.custom[field.name], words))
        for field in view.site.fields
        if field.in_summary and field.name in record.custom
    ]


def plain_value(value: Any, words: Vocabulary) -> str:
    """A custom field's value on one line."""
    if isinstance(value, list):
        return words.listed_text((plain_value(item, words) for item in value), "unit")
    if isinstance(value, dict):
        pairs = ((str(key), plain_value(item, words)) for key, item in value.items())
        return words.listed_text(
            (words.text("labelled", label=key, value=item) for key, item in pairs), "unit"
        )
    if isinstance(value, bool):
        return words.t["yes" if value else "no"]
    return "" if value is None else str(value)


__all__ = ["Link", "plain_value", "render_summary"]
