"""Everything that a site publishes for machines, by file name: data, feeds, a calendar, badges.

The feeds are Atom (RFC 4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/), the calendar is
iCalendar (RFC 5545); their libraries are loaded only where they are needed. A badge is a small
picture for a README or a wiki. It cannot count the days since an outage on the day that somebody
looks at it, so it names the day of the outage instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.address import Addresses, unique_slugs
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.publishing.dataset import as_dataset, record_text
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    csv_lines,
    record_columns,
    record_row,
    task_row,
)
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

# What a page calls the files that it links to.
DATA_NAMES = {
    "postmortems.json": "JSON",
    "postmortems.csv": "CSV",
    "feed.atom": "Atom",
    "feed.json": "JSON Feed",
    "tasks.ics": "iCalendar",
}
_HEIGHT = 20
_PADDING = 8
# The width of a letter in the 11 px type of the badge; wide scripts take twice as much.
_LETTER = 6.6
_GREY, _RED, _GREEN = "#555", "#b3261e", "#1d6f3c"
_MOST_IN_FEED = 50
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
# The words in an event: a site may change them while it is served.
_SAID = ("owner", "nobody", "labelled")


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published and under which address; ``site_url`` ends in ``/`` or is empty.

    ``folder`` is where the files will lie below it, with ``/`` at its end; ``cache`` knows
    the previous build.
    """

    records: Sequence[Postmortem]
    today: date
    addresses: Addresses
    messages: Messages
    site_name: str = ""
    site_url: str = ""
    folder: str = ""
    severities: Sequence[str] = ()
    audience: Audience = Audience.PUBLIC
    cache: Cache = field(default_factory=Cache)

    def each(
        self, kind: str, build: Callable[..., str], *made_from: object, values: Iterable[Any] = ()
    ) -> list[str]:
        """What is built from each record, or was by the previous build from the same: ``values``
        are what it takes besides, for each record.
        """
        more: list[tuple[Any, ...]] = [(value,) for value in values] or [()] * len(self.records)
        return [
            self.cache.get_or_build(
                (kind, record.path, record.version, *own, *made_from),
                partial(build, record, *own),
                once=True,
            )
            for record, own in zip(self.records, more, strict=True)
        ]


def bundle(publication: Publication, wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files of the wanted kinds (``json``, ``records``, ``csv``, ``feeds``, ``calendar``,
    ``badges``) as (name, text). Feeds need a ``site_url``.
    """
    records, today, messages = publication.records, publication.today, publication.messages
    addresses = publication.addresses
    texts: list[str] = []
    if {"json", "records"} & {*wanted}:
        urls = (addresses(record.path) for record in records)
        texts = publication.each("json", record_text, values=urls)
    if "json" in wanted:
        text = as_dataset(records, today, addresses, texts, publication.audience)
        yield "postmortems.json", text
    if "records" in wanted:
        # Two pages with one id are an error of its own; the first of them is published.
        by_id = {one.id: text for one, text in zip(records[::-1], texts[::-1], strict=True)}
        names = unique_slugs((record.id for record in records), "record")
        yield from ((f"records/{names[one]}.json", by_id[one]) for one in names)
    if "csv" in wanted:
        rows = publication.each("csv", lambda one: csv_lines([record_row(one)]))
        yield "postmortems.csv", csv_lines([record_columns(records)]) + "".join(rows)
        rows = publication.each(
            "tasks.csv", lambda one: csv_lines(task_row(one, it, today) for it in one.tasks), today
        )
        yield "tasks.csv", csv_lines([TASK_COLUMNS]) + "".join(rows)
    if "feeds" in wanted and publication.site_url:
        yield "feed.json", as_json_feed(publication)
        yield "feed.atom", as_atom(publication)
    if "calendar" in wanted:
        yield "tasks.ics", as_calendar(publication)
    if "badges" in wanted:
        drawn = badges(records, publication.severities, today, messages)
        names = unique_slugs(drawn, "badge")
        yield from ((f"badges/{names[name]}.svg", text) for name, text in drawn.items())


def as_atom(publication: Publication) -> str:
    """The newest outages; all addresses are absolute."""
    from feedgenerator import Atom1Feed

    feed = Atom1Feed(
        title=publication.site_name,
        link=publication.site_url,
        description="",
        feed_guid=publication.site_url,
        feed_url=f"{publication.site_url}{publication.folder}feed.atom",
    )
    for record in _newest(publication):
        link = publication.addresses(record.path)
        authors = _printable(", ".join(record.authors))
        feed.add_item(
            title=_printable(record.title),
            link=link,
            description=_printable(plain_text(record.impact)),
            author_name=authors or publication.messages.t["unknown"],
            pubdate=_over(record),
            updateddate=_over(record),
            unique_id=link,
            categories=[_printable(name) for name in record.services],
        )
    if not feed.items:
        # Else it would say when it was made, and no two builds would be the same.
        feed.latest_post_date = lambda: _NEVER
    return str(feed.writeString("utf-8"))


def _newest(publication: Publication) -> list[Postmortem]:
    """The first 50 of the records; drafts are for the team, not for readers."""
    return [record for record in publication.records if not record.is_draft][:_MOST_IN_FEED]


def _over(record: Postmortem) -> datetime:
    """When the outage was over; the feed is the same however often it is made."""
    known = (record.lifecycle.instant(milestone) for milestone in reversed(Milestone))
    day = datetime.combine(record.day, time(), timezone.utc) if record.day else _NEVER
    return next(filter(None, known), day)


def _printable(text: str) -> str:
    return "".join(ch if ch.isprintable() else " " for ch in text)


def as_json_feed(publication: Publication) -> str:
    """The same outages as the Atom feed has."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publication.site_name,
        "home_page_url": publication.site_url,
        "feed_url": f"{publication.site_url}{publication.folder}feed.json",
        "items": [_item(record, publication) for record in _newest(publication)],
    }
    return json.dumps(feed, indent=1, ensure_ascii=False)


def _item(record: Postmortem, publication: Publication) -> dict[str, object]:
    address = publication.addresses(record.path)
    authors = record.authors or (publication.messages.t["unknown"],)
    return {
        "id": address,
        "url": address,
        "title": record.title,
        # An item has to have some text.
        "content_text": plain_text(record.impact) or record.title,
        "date_published": _over(record).isoformat(),
        "authors": [{"name": name} for name in authors],
        "tags": [*record.services, *([record.severity] if record.severity else [])],
    }


def as_calendar(publication: Publication) -> str:
    """An all-day event per open task with a due date, reminding two days before."""
    from icalendar import Calendar

    messages = publication.messages
    said = (messages.language, *(messages.t[key] for key in _SAID))
    events = publication.each("calendar", partial(_events, messages), said)
    calendar = Calendar()
    calendar.add("prodid", f"-//mkdocs-postmortem//{__version__}//EN")
    calendar.add("version", "2.0")
    head, end, _ = calendar.to_ical().decode().partition("END:VCALENDAR\r\n")
    return f"{head}{''.join(events)}{end}"


def _events(messages: Messages, record: Postmortem) -> str:
    return "".join(
        _event(record, task, number, task.due, messages)
        for number, task in enumerate(record.tasks)
        if task.state.is_open and task.due is not None
    )


def _event(record: Postmortem, task: Task, number: int, due: date, messages: Messages) -> str:
    """An event with its alarm."""
    from icalendar import Alarm, Event

    text = without_hidden(plain_text(task.text))
    owners = messages.listed_text(task.owners, "unit") or messages.t["nobody"]
    owner = messages.text("labelled", label=messages.t["owner"], value=owners)
    event, alarm = Event(), Alarm()
    event.add("summary", text)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=due < date.max))
    # The stamp is that of the task, not of the run, so that the file can be made again.
    event.add("dtstamp", datetime.combine(due, time(), timezone.utc))
    event.add("uid", without_hidden(f"{record.id}-{number}@mkdocs-postmortem"))
    event.add("description", without_hidden(f"{record.id}: {record.title}\n{owner}"))
    if task.ticket and task.ticket.url.startswith(("http://", "https://")):
        event.add("url", task.ticket.url)
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta(days=-2))
    event.add_component(alarm)
    return str(event.to_ical(), "utf-8")


def badges(
    records: Iterable[Postmortem], severities: Sequence[str], today: date, messages: Messages
) -> dict[str, str]:
    """By name: ``last-SEV1`` for each severity, and ``overdue-tasks``."""
    records = tuple(records)
    made = {}
    for severity in severities:
        days = [record.day for record in records if record.severity == severity and record.day]
        text = max(days).isoformat() if days else messages.t["none_yet"]
        label = messages.text("last_of", severity=severity)
        made[f"last-{severity}"] = draw(label, text, _GREY if days else _GREEN)
    overdue = sum(task.is_overdue(today) for record in records for task in record.tasks)
    text = messages.count("overdue_on", overdue, day=today.isoformat())
    made["overdue-tasks"] = draw(messages.t["badge_tasks"], text, _RED if overdue else _GREEN)
    return made


def draw(label: str, text: str, colour: str) -> str:
    """An SVG with a label on grey and a text on ``colour``."""
    label = without_hidden(label)
    left, right = _width(label), _width(text)
    name = escape(f"{label}: {text}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" '
        f'role="img" aria-label="{name}"><title>{escape(label)}: {escape(text)}</title>'
        f'<rect width="{left}" height="{_HEIGHT}" fill="#333"/>'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        'text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(text)}</text></g></svg>\n'
    )


def _width(text: str) -> int:
    letters = sum(1 if character.isascii() else 2 for character in text)
    return round(letters * _LETTER) + 2 * _PADDING
