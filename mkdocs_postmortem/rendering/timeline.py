"""The timeline of a page: the header of each entry, the toolbar, and all of it on another page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem.model.lifecycle import Milestone, Moment, clock_text
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.timeline import Entry, Kind
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.messages import Messages

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.context import PageContext

# A shorter pause is usual while people work.
_LONG_GAP = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class FormattedTime:
    """A clock and its day in the page's zone, the zone's name there, and the instant in UTC for
    machines (``2026-03-14T08:12:00Z``). What is not known is empty.
    """

    clock: str
    day: date | None
    zone: str
    machine: str
    estimated: bool


def format_time(moment: Moment, zone: Zone | None) -> FormattedTime:
    """A moment as it is shown on a page whose zone is ``zone``."""
    instant = moment.instant
    if instant is None or zone is None:
        clock = clock_text(moment.clock) if moment.clock else ""
        name = moment.zone.written if moment.zone and moment.clock else ""
        return FormattedTime(clock, moment.day, name, "", moment.estimated)
    local = instant.astimezone(zone.tz)
    utc = instant.astimezone(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    clock, name = clock_text(local.time()), zone.label(local)
    return FormattedTime(clock, local.date(), name, utc, moment.estimated)


@dataclass(frozen=True, slots=True)
class EntryView:
    """What is shown before an entry's text. ``anchor`` is the element's id.

    ``when`` is its clock, its day where it has none, or what the author typed for a clock that
    cannot be read. ``day`` is set where a new day begins, ``zone_note`` where the zone changes, and
    ``gap`` where nothing was recorded for hours. ``page`` leads to its page where it is shown on
    another one.
    """

    entry: Entry
    anchor: str
    time: FormattedTime
    until: FormattedTime | None
    when: str
    day: str
    zone_note: str
    offset: str
    gap: str
    cost: str
    page: str = ""

    @property
    def kind(self) -> Kind:
        return self.entry.kind

    @property
    def is_labelled(self) -> bool:
        """Whether the kind is shown: an action that nobody called one is just what happened."""
        return self.kind is not Kind.ACTION or bool(self.entry.label)


def entry_views(record: Postmortem, messages: Messages) -> tuple[EntryView, ...]:
    """One view per entry, in the author's order."""
    start = record.lifecycle.instant(Milestone.STARTED)
    zone = record.timeline.zone or record.zone
    costs = record.timeline.costs
    views: list[EntryView] = []
    anchors: Counter[str] = Counter()
    first_day: date | None = None
    day_before: date | None = None
    times = [format_time(entry.moment, zone) for entry in record.timeline.entries]
    changes = len({time.zone for time in times if time.zone}) > 1
    zone_before = ""
    instant_before: datetime | None = None
    for index, entry in enumerate(record.timeline.entries):
        moment, instant = entry.moment, entry.moment.instant
        time = times[index]
        first_day = first_day or time.day
        anchor = _anchor(time, first_day)
        anchors[anchor] += 1
        is_new_day = time.day != day_before and not entry.is_below_day
        since_start = instant - start if instant and start else None
        pause = instant - instant_before if instant and instant_before else timedelta()
        views.append(
            EntryView(
                entry=entry,
                anchor=anchor if anchors[anchor] == 1 else f"{anchor}-{anchors[anchor]}",
                time=time,
                until=format_time(moment.until, zone) if moment.until else None,
                when=time.clock
                or (moment.written if ":" in moment.written else messages.day(time.day)),
                day=messages.weekday(time.day) if time.day and is_new_day else "",
                # Said where it changes: in the night of a clock change 02:30 comes twice.
                zone_note=time.zone if changes and time.zone != zone_before else "",
                offset=messages.offset(since_start) if since_start else "",
                gap=messages.duration(pause) if pause >= _LONG_GAP else "",
                cost=messages.duration(costs.get(index) or None),
            )
        )
        zone_before = time.zone or zone_before
        instant_before = moment.until.instant if moment.until else instant
        day_before = time.day or day_before
    return tuple(views)


def _anchor(time: FormattedTime, first_day: date | None) -> str:
    """``t-0912``; on later days ``t-0315-0912``."""
    clock = time.clock.replace(":", "")[:6] or "day"
    return f"t-{time.day:%m%d}-{clock}" if time.day and time.day != first_day else f"t-{clock}"


def render_entry_headers(view: PageContext) -> list[str]:
    """The header of each entry."""
    return view.site.templates.render_each("entry.html", "view", view.entries)


def render_toolbar(view: PageContext) -> str:
    """The toolbar of a timeline: the cost of misleading paths, and the words for the script.

    Nothing for a timeline without these costs and without instants: the script has no work there.
    """
    record, messages = view.record, view.site.messages
    if record is None:
        return ""
    cost = record.timeline.misleading_cost()
    if not cost and not any(entry.moment.instant for entry in record.timeline.entries):
        return ""
    misled = len(record.timeline.of_kind(Kind.MISLEADING))
    return view.site.templates.render(
        "timeline_bar.html",
        misled=messages.count("misled", misled) if misled else "",
        cost=messages.duration(cost) if cost else "",
        words=messages.for_timeline,
    )


def render_embedded_timeline(view: PageContext, options: Mapping[str, Any]) -> str:
    """The timeline of the outage with this ``id`` on another page, each entry with a link to its
    place. Its Markdown is plain text there, since its links are right on their own page only.
    """
    site = view.site
    record = site.catalog.with_id(str(options["id"]))
    if record is None:  # or the audience must not know of it
        return ""
    link = view.link_to(record)
    views = [replace(view, page=link.href) for view in entry_views(record, site.messages)]
    entries = [(view, plain_text(view.entry.text)) for view in views]
    return site.templates.render("timeline.html", link=link, entries=entries)
