"""What is at the top of a page: where it is, its problems, and the box with the bar of phases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from mkdocs_postmortem.catalog.outage_tasks import due_dates
from mkdocs_postmortem.model.address import slug
from mkdocs_postmortem.model.lifecycle import TIME_TO_DETECT, TIME_TO_MITIGATE, Lifecycle, Milestone
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.model.record import Postmortem, UsersAffected
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.task_list import dues_text, overdue_on
from mkdocs_postmortem.rendering.timeline import FormattedTime, format_time

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# So many problems are read at a glance; of more, only the errors are unfolded.
_FEW_PROBLEMS = 5
# A longer text is read, not seen at a glance.
_LONGEST_FIGURE = 14
# A phase that lasted a thousandth of the outage still has to be seen.
_LEAST_WIDTH = 2.0
# What has no end has no length; it takes this share of the bar (percent), and fades out.
_OPEN_WIDTH = 30.0


def render_summary(view: PageContext, quoted: Link | None = None) -> str:
    """The box of a page's record; ``quoted`` leads to its page where it is shown on another."""
    record, site = view.record, view.site
    if record is None:
        return ""
    pages = [(service, site.page_of("service", service)) for service in record.services]
    dues, bar = due_dates(record.tasks), phases(record.lifecycle)
    page = quoted.href if quoted else ""
    return site.templates.render(
        "summary.html",
        quoted=quoted,
        record=record,
        key=slug(record.id),
        severity_rank=site.severity_rank(record.severity),
        services=[(name, view.url_for(page) if page else "") for name, page in pages],
        crumbs=crumbs(view),
        **_times(record, site.messages),
        time_to_detect=record.lifecycle.length(TIME_TO_DETECT),
        time_to_mitigate=record.lifecycle.length(TIME_TO_MITIGATE),
        measures=[(measure, record.lifecycle.length(measure)) for measure in record.measures],
        phases=[(phase, _entry_address(phase.milestone, view, page)) for phase in bar],
        users=_users(record.users_affected, site.messages),
        misleading=record.timeline.of_kind(Kind.MISLEADING),
        dues=dues_text(dues),
        overdue=overdue_on(dues, site.today),
        earlier=view.links_to(site.catalog.earlier_occurrences(record)),
        later=view.links_to(site.catalog.later_occurrences(record)),
        custom=[
            (field.label, plain_value(record.custom[field.name], site.messages))
            for field in site.fields
            if field.in_summary and field.name in record.custom
        ],
    )


def _entry_address(milestone: Milestone, view: PageContext, page: str) -> str:
    """Where the entry is that is labelled with a milestone, or else is at the same time."""
    instant = view.record.lifecycle.instant(milestone) if view.record else None
    own = [entry for entry in view.entries if entry.kind.milestone is milestone]
    own += [entry for entry in view.entries if instant and entry.entry.moment.instant == instant]
    return f"{page}#{own[0].anchor}" if own else ""


def render_embedded_summary(view: PageContext, options: Mapping[str, Any]) -> str:
    """The box of the outage with this ``id`` on another page. Its Markdown is plain text there,
    since its links are right on their own page only.
    """
    site = view.site
    record = site.catalog.with_id(str(options["id"]))
    if record is None:  # or the audience must not know of it
        return ""
    impact, cause = plain_text(record.impact), plain_text(record.root_cause)
    plain = replace(record, impact=impact, root_cause=cause)
    return render_summary(replace(view, record=plain), view.link_to(record))


def summary_fields(view: PageContext) -> list[str]:
    """The author's Markdown that the template shows."""
    record = view.record
    return [record.impact, record.root_cause] if record else []


def _times(record: Postmortem, messages: Messages) -> dict[str, Any]:
    """When it was; ``days`` are that of the start, and of the end if it is another one."""
    start, end = _time(record, Milestone.STARTED), _time(record, Milestone.RESOLVED)
    has_end = bool(end and end.clock)
    first = messages.day(start.day) if start else ""
    last = messages.day(end.day) if end and not (start and start.day == end.day) else ""
    zone = end if has_end else start
    return {
        "start": start,
        "end": end,
        "days": (first, last),
        "zone": zone.zone if zone else "",
        "has_two_zones": bool(start and end and has_end and start.zone != end.zone),
    }


def _time(record: Postmortem, milestone: Milestone) -> FormattedTime | None:
    moment = record.lifecycle.moment(milestone)
    return format_time(moment, record.zone) if moment else None


def _users(users: UsersAffected | None, messages: Messages) -> dict[str, str]:
    """A ``figure`` that is seen at a glance, and ``words``: the percentage where there is one,
    next to the author's words if they say more.
    """
    if users is None:
        return {"figure": "", "words": ""}
    is_short = len(users.written) <= _LONGEST_FIGURE
    if users.percent is None or (is_short and "%" in users.written):
        figure, text = (users.written, "") if is_short else ("", users.written)
        return {"figure": figure, "words": text}
    about = "~" if users.estimated else ""
    return {"figure": f"{about}{messages.percent(users.percent)}", "words": users.written}


def crumbs(view: PageContext) -> list[tuple[str, str]]:
    """The pages above a page, with their links."""
    site, record = view.site, view.record
    pages = [(site.messages.t["page_title"], site.index)]
    if record is not None and record.day is not None:
        year = str(record.day.year)
        pages.append((year, site.page_of("year", year)))
    found = ((text, view.link_elsewhere(page)) for text, page in pages)
    return [(text, href) for text, href in found if href]


def render_breadcrumb(view: PageContext) -> str:
    """The breadcrumb of a page that was made for a list; nothing for any other."""
    site = view.site
    own = next((key for key, page in site.pages.items() if page == view.path), None)
    above = crumbs(view)
    if own is None or not above or view.record is not None:
        return ""
    facet, value = own
    here = site.messages.t[facet] if facet == value and facet in ("tasks", "repeats") else value
    return site.templates.render("breadcrumb.html", crumbs=above, here=here)


def render_panel(view: PageContext) -> str:
    """The page's problems by level, the heaviest first; nothing without any."""
    if not view.problems:
        return ""
    problems = sorted(view.problems, key=lambda problem: problem.position)
    groups = [
        {
            "level": level.value,
            # Each with the link to its line, if there is an editor.
            "problems": [
                (one, view.line_link(one.position)) for one in problems if one.level is level
            ],
            "is_open": level is Level.ERROR or len(problems) <= _FEW_PROBLEMS,
        }
        for level in (Level.ERROR, Level.WARNING, Level.INFO)
    ]
    return view.site.templates.render(
        "panel.html",
        trusted=view.editor.partition("{line}")[0],
        groups=[group for group in groups if group["problems"]],
    )


def plain_value(value: Any, messages: Messages) -> str:
    """A custom field's value on one line."""
    if isinstance(value, list):
        return messages.listed_text((plain_value(item, messages) for item in value), "unit")
    if isinstance(value, dict):
        pairs = ((str(key), plain_value(item, messages)) for key, item in value.items())
        return messages.listed_text(
            (messages.text("labelled", label=key, value=item) for key, item in pairs), "unit"
        )
    if isinstance(value, bool):
        return messages.t["yes" if value else "no"]
    return "" if value is None else _as_day(str(value), messages)


def _as_day(text: str, messages: Messages) -> str:
    """``Mar 14, 2026`` for ``2026-03-14``; any other text as it is."""
    try:
        return messages.day(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
    except ValueError:
        return text


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the outage from a milestone on; ``width`` is percent of the bar.

    ``name`` is ``undetected``, ``detected``, ``mitigated``, ``undivided`` (nobody stated when it
    was noticed), ``ongoing`` or ``end_not_stated``; the last two have no ``length``.
    """

    name: str
    milestone: Milestone
    length: timedelta | None
    width: float


def phases(cycle: Lifecycle) -> tuple[Phase, ...]:
    """What is between the milestones that are known; nothing if they are out of order."""
    start = cycle.instant(Milestone.STARTED)
    if start is None:
        return ()
    detected, mitigated = cycle.instant(Milestone.DETECTED), cycle.instant(Milestone.MITIGATED)
    end = cycle.instant(Milestone.RESOLVED) or mitigated
    marks: list[tuple[str, Milestone, datetime | None]] = [
        ("undetected" if detected else "undivided", Milestone.STARTED, start),
        ("detected", Milestone.DETECTED, detected),
        ("mitigated", Milestone.MITIGATED, mitigated),
        ("end", Milestone.RESOLVED, end),
    ]
    known = [(name, at, instant) for name, at, instant in marks if instant is not None]
    if any(before[2] > after[2] for before, after in pairwise(known)):
        return ()
    stretches = [
        (name, at, after - before)
        for (name, at, before), (_, _, after) in pairwise(known)
        if after > before
    ]
    total = sum((length for *_, length in stretches), timedelta())
    found = [
        Phase(name, at, length, max(_LEAST_WIDTH, 100 * (length / total)))
        for name, at, length in stretches
    ]
    if end is None:
        name = "ongoing" if cycle.is_ongoing else "end_not_stated"
        found.append(Phase(name, known[-1][1], None, _OPEN_WIDTH))
    whole = sum(phase.width for phase in found)
    return tuple(replace(phase, width=round(100 * phase.width / whole, 2)) for phase in found)
