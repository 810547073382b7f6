"""A record → the summary box."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mkdocs_postmortem.catalog import due_dates
from mkdocs_postmortem.model.address import slug
from mkdocs_postmortem.model.lifecycle import (
    TIME_TO_DETECT,
    TIME_TO_MITIGATE,
    Milestone,
)
from mkdocs_postmortem.model.record import Postmortem, UsersAffected
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.rendering.breadcrumb import crumbs
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.entries import milestone_anchors
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.phases import phases
from mkdocs_postmortem.rendering.task_groups import dues_text, overdue_on
from mkdocs_postmortem.rendering.times import ShownTime, shown
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# A longer text is read, not seen at a glance.
_LONGEST_FIGURE = 14


@dataclass(frozen=True, slots=True)
class Users:
    """Who was hit: a ``figure`` that is seen at a glance, and ``words`` where it takes some."""

    figure: str = ""
    words: str = ""


def render_summary(view: PageContext, quoted: Link | None = None) -> str:
    """The box of a page's record; ``quoted`` leads to its page where it is shown on another."""
    record = view.record
    if record is None:
        return ""
    values = _values(view, record, view.site.words, quoted.href if quoted else "")
    return view.site.templates.render("summary.html", quoted=quoted, record=record, **values)


def summary_fields(view: PageContext) -> list[str]:
    """The author's Markdown that the template shows."""
    record = view.record
    return [record.impact, record.root_cause] if record else []


def _values(view: PageContext, record: Postmortem, words: Vocabulary, page: str) -> dict[str, Any]:
    """What the template gets beside the record."""
    return {
        "key": slug(record.id),
        "id": record.id,
        "severity": record.severity or "",
        "severity_rank": view.site.severity_rank(record.severity),
        "status": record.status.value if record.status else None,
        "services": _services(view, record),
        "crumbs": crumbs(view),
        "impact": record.impact,
        "root_cause": record.root_cause,
        **_length(record, words.language),
        **_measures(record, words, page),
        **_facts(view, record, words),
    }


def _length(record: Postmortem, language: str) -> dict[str, Any]:
    """When it was and how long it took; ``days`` are that of the start, and of the end if it is
    another one.
    """
    start, end = _shown(record, Milestone.STARTED), _shown(record, Milestone.RESOLVED)
    has_end = bool(end and end.clock)
    first = _day(start.day, language) if start else ""
    last = _day(end.day, language) if end and not (start and start.day == end.day) else ""
    zone = end if has_end else start
    return {
        "start": start,
        "end": end,
        "days": (first, last),
        "zone": zone.zone if zone else "",
        "has_two_zones": bool(start and end and has_end and start.zone != end.zone),
        "duration": _words(record.duration, language),
        "is_ongoing": record.lifecycle.is_ongoing,
    }


def _measures(record: Postmortem, words: Vocabulary, page: str) -> dict[str, Any]:
    """The measures of the lifecycle, and the bar of its phases with links to the entries of
    ``page`` at which they begin.
    """
    language = words.language
    bar = phases(record.lifecycle, language)
    anchors = milestone_anchors(record) if bar else {}
    return {
        "time_to_detect": _measure(record, TIME_TO_DETECT, language),
        "time_to_mitigate": _measure(record, TIME_TO_MITIGATE, language),
        "measures": tuple(
            (item.name, length, words.path(item.start.value, item.end.value))
            for item in record.measures
            if (length := _measure(record, item, language))
        ),
        "phases": tuple(
            (
                phase.name,
                phase.length,
                f"{phase.width}%",
                f"{page}#{anchors[phase.milestone]}" if phase.milestone in anchors else "",
            )
            for phase in bar
        ),
    }


def _facts(view: PageContext, record: Postmortem, words: Vocabulary) -> dict[str, Any]:
    """Who was hit and who noticed, what is open, what it repeats."""
    catalog = view.site.catalog
    dues = due_dates(record.tasks)
    return {
        "users": _users(record.users_affected, words),
        "detected_by": words.groups["found_by"][record.detected_by] if record.detected_by else "",
        "trigger": record.trigger or "",
        "causes": words.listed_text(record.causes),
        "misleading": _misleading(record, words),
        "tasks": _tasks(record, words),
        "dues": dues_text(dues),
        "overdue": overdue_on(dues, view.site.today),
        "authors": words.listed_text(record.authors),
        "earlier": view.site.links_to(catalog.earlier_occurrences(record), view.path),
        "later": view.site.links_to(catalog.later_occurrences(record), view.path),
        "source": Link(record.source.url, record.source.label) if record.source else None,
        "custom": _custom(view, record, words),
    }


def _shown(record: Postmortem, milestone: Milestone) -> ShownTime | None:
    moment = record.lifecycle.moment(milestone)
    return shown(moment, record.zone) if moment else None


def _day(iso: str, language: str) -> str:
    return day_words(date.fromisoformat(iso), language) if iso else ""


def _words(length: timedelta | None, language: str) -> str:
    return "" if length is None else length_words(length, language)


def _measure(record: Postmortem, measure: Any, language: str) -> str:
    return _words(record.lifecycle.length(measure), language)


def _users(users: UsersAffected | None, words: Vocabulary) -> Users:
    """The percentage where there is one, beside the author's words if they say more."""
    if users is None:
        return Users()
    is_short = len(users.written) <= _LONGEST_FIGURE
    if users.percent is None or (is_short and "%" in users.written):
        return Users(figure=users.written) if is_short else Users(words=users.written)
    about = "~" if users.estimated else ""
    return Users(f"{about}{words.percent(users.percent)}", users.written)


def _services(view: PageContext, record: Postmortem) -> tuple[tuple[str, str], ...]:
    """Each service with the link to its page, if it has one."""
    pages = [(service, view.site.page_of("service", service)) for service in record.services]
    return tuple(
        (service, view.site.url_for(page, view.path) if page else "") for service, page in pages
    )


def _tasks(record: Postmortem, words: Vocabulary) -> str:
    if not record.tasks:
        return ""
    numbers = (words.number(len(tasks)) for tasks in (record.open_tasks, record.tasks))
    return words.text("open_of", **dict(zip(("open", "total"), numbers, strict=True)))


def _misleading(record: Postmortem, words: Vocabulary) -> str:
    entries = record.timeline.of_kind(Kind.MISLEADING)
    if not entries:
        return ""
    cost = record.timeline.misleading_cost()
    number = words.number(len(entries))
    note = length_words(cost, words.language) if cost else ""
    return words.text("noted", text=number, note=note) if cost else number


def _custom(
    view: PageContext, record: Postmortem, words: Vocabulary
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field.label, plain_value(record.custom[field.name], words))
        for field in view.site.fields
        if field.in_summary and field.name in record.custom
    )


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
    return "" if value is None else _as_day(str(value), words.language)


def _as_day(text: str, language: str) -> str:
    """``Mar 14, 2026`` for ``2026-03-14``; any other text as it is."""
    try:
        return day_words(date.fromisoformat(text), language) if _DAY.fullmatch(text) else text
    except ValueError:
        return text
