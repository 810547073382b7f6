"""A timeline → the head of each entry, its toolbar, and the whole of it on another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.moment import Moment
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.timeline import Entry, Kind
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.messages import Messages
from mkdocs_postmortem.rendering.times import FormattedTime, format_time

# A shorter pause is usual while people work.
_LONG_GAP = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry's head. ``day`` is set where a new day begins, ``anchor`` is the element's id.

    ``page`` leads to its page where it is shown on another one. ``gap`` is how long nothing was
    recorded before it, where that is hours. ``when`` is its clock, its day where it has none, or
    what the author typed for a clock that cannot be read.
    """

    entry: Entry
    anchor: str
    time: FormattedTime
    until: FormattedTime | None
    day: str
    day_iso: str
    offset: str
    cost: str
    zone_note: str = ""
    page: str = ""
    gap: str = ""
    when: str = ""

    @property
    def kind(self) -> Kind:
        return self.entry.kind

    @property
    def is_labelled(self) -> bool:
        """Whether the kind is shown: an action that nobody called one is just what happened."""
        return self.kind is not Kind.ACTION or bool(self.entry.label)


def entry_views(record: Postmortem, words: Messages) -> tuple[EntryView, ...]:
    """One view per entry, in the author's order."""
    start = record.lifecycle.instant(Milestone.STARTED)
    zone = record.timeline.zone or record.zone
    views: list[EntryView] = []
    anchors: dict[str, int] = {}
    day_before: str | None = None
    zone_before: str | None = None
    instant_before: datetime | None = None
    first_day: str | None = None
    costs = record.timeline.costs()
    for index, entry in enumerate(record.timeline.entries):
        time = format_time(entry.moment, zone)
        first_day = first_day or time.day
        instant = entry.moment.instant
        day = date.fromisoformat(time.day) if time.day else None
        is_new_day = time.day != day_before and not entry.is_below_day
        # Said where it changes only: in the night of a clock change 02:30 comes twice.
        zone_note = time.zone if zone_before and time.zone != zone_before else ""
        views.append(
            EntryView(
                entry=entry,
                anchor=_anchor(time, first_day, anchors),
                time=time,
                until=format_time(entry.moment.until, zone) if entry.moment.until else None,
                day=words.weekday(day) if day and is_new_day else "",
                day_iso=time.day,
                offset=_offset(instant, start, words),
                cost=words.duration(costs[index]) if costs.get(index) else "",
                zone_note=zone_note,
                gap=_gap(instant_before, instant, words),
                when=time.clock or _without_clock(entry.moment, day, words),
            )
        )
        zone_before = time.zone or zone_before
        instant_before = entry.moment.until.instant if entry.moment.until else instant
        day_before = time.day or day_before
    return tuple(views)


def _without_clock(moment: Moment, day: date | None, words: Messages) -> str:
    """The day, or what the author typed for a clock that cannot be read, such as ``09:95``."""
    return moment.written if ":" in moment.written else words.day(day)


def milestone_anchors(record: Postmortem, words: Messages) -> dict[Milestone, str]:
    """The anchor of the entry that is labelled with a milestone, or else is at the same time."""
    views = entry_views(record, words)
    found: dict[Milestone, str] = {}
    for milestone in Milestone:
        instant = record.lifecycle.instant(milestone)
        own = [view for view in views if view.kind.milestone is milestone]
        own += [view for view in views if instant and view.entry.moment.instant == instant]
        if own:
            found[milestone] = own[0].anchor
    return found


def render_entry_headers(view: PageContext) -> str:
    """The heads of all entries; ``split_parts`` gives each."""
    record, site = view.record, view.site
    if record is None:
        return ""
    views = entry_views(record, site.words)
    return site.templates.render("each.html", part="entry.html", views=views)


def render_toolbar(view: PageContext) -> str:
    """The toolbar of a timeline: the cost of misleading paths, and the words for the script.

    Nothing for a timeline without these costs and without instants: the script has no work there.
    """
    record, words = view.record, view.site.words
    if record is None:
        return ""
    cost = record.timeline.misleading_cost()
    if not cost and not any(entry.moment.instant for entry in record.timeline.entries):
        return ""
    misled = len(record.timeline.of_kind(Kind.MISLEADING))
    return view.site.templates.render(
        "timeline_bar.html",
        misled=words.count("misled", misled) if misled else "",
        cost=words.duration(cost) if cost else "",
        words=words.for_timeline,
    )


def render_embedded_timeline(site: SiteContext, source: str, options: Mapping[str, Any]) -> str:
    """The timeline of the outage with this ``id`` on another page, each entry with a link to its
    place. Its Markdown is plain text there, since its links are right on their own page only.
    """
    record = site.catalog.with_id(str(options["id"]))
    if record is None:  # or the audience must not know of it
        return ""
    link = site.link_to(record, source)
    views = [replace(view, page=link.href) for view in entry_views(record, site.words)]
    entries = [(view, plain_text(view.entry.text)) for view in views]
    return site.templates.render("timeline.html", link=link, entries=entries)


def _offset(instant: datetime | None, start: datetime | None, words: Messages) -> str:
    """Nothing at the start itself."""
    if instant is None or start is None or instant == start:
        return ""
    return words.offset(instant - start)


def _gap(before: datetime | None, instant: datetime | None, words: Messages) -> str:
    """How long nothing was recorded; empty for a short pause."""
    if before is None or instant is None or instant - before < _LONG_GAP:
        return ""
    return words.duration(instant - before)


def _anchor(time: FormattedTime, first_day: str | None, taken: dict[str, int]) -> str:
    """``t-0912``; on later days ``t-0315-0912``; the second of equal ones ends in ``-2``."""
    clock = time.clock.replace(":", "")[:6] or "day"
    day = "" if time.day == first_day or not time.day else time.day[5:].replace("-", "") + "-"
    name = f"t-{day}{clock}"
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
