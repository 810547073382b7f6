"""What other programs subscribe to: the newest outages as feeds, due tasks as a calendar.

The feeds are Atom (RFC 4287) and JSON Feed (https://www.jsonfeed.org/version/1.1/), the calendar is
iCalendar (RFC 5545). The libraries are loaded by those who need them only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.address import Addresses
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

_MOST = 50
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
# The words in an event: a site may change them while it is served.
_SAID = ("owner", "nobody", "labelled")


def as_atom(
    records: Iterable[Postmortem],
    addresses: Addresses,
    site_url: str,
    feed_url: str,
    title: str,
    messages: Messages,
) -> str:
    """The newest outages; all addresses are absolute."""
    from feedgenerator import Atom1Feed

    feed = Atom1Feed(
        title=title,
        link=site_url,
        description="",
        feed_guid=site_url,
        feed_url=feed_url,
    )
    for record in newest(records):
        link = addresses(record.path)
        feed.add_item(
            title=_printable(record.title),
            link=link,
            description=_printable(plain_text(record.impact)),
            author_name=_printable(", ".join(record.authors)) or messages.t["unknown"],
            pubdate=published(record),
            updateddate=published(record),
            unique_id=link,
            categories=[_printable(name) for name in record.services],
        )
    if not feed.items:
        # Else it would say when it was made, and no two builds would be the same.
        feed.latest_post_date = lambda: _NEVER
    return str(feed.writeString("utf-8"))


def newest(records: Iterable[Postmortem]) -> list[Postmortem]:
    """The first 50 of records given newest first; drafts are for the team, not for readers."""
    return [record for record in records if not record.is_draft][:_MOST]


def published(record: Postmortem) -> datetime:
    """When the outage was over; the feed is the same however often it is made."""
    for milestone in reversed(Milestone):
        instant = record.lifecycle.instant(milestone)
        if instant is not None:
            return instant
    day = record.day
    return datetime.combine(day, time(), timezone.utc) if day else _NEVER


def _printable(text: str) -> str:
    return "".join(ch if ch.isprintable() else " " for ch in text)


def as_json_feed(
    records: Iterable[Postmortem],
    addresses: Addresses,
    site_url: str,
    feed_url: str,
    title: str,
    messages: Messages,
) -> str:
    """The same outages as the Atom feed has."""
    unknown = messages.t["unknown"]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site_url,
        "feed_url": feed_url,
        "items": [_item(record, addresses(record.path), unknown) for record in newest(records)],
    }
    return json.dumps(feed, indent=1, ensure_ascii=False)


def _item(record: Postmortem, address: str, unknown: str) -> dict[str, object]:
    return {
        "id": address,
        "url": address,
        "title": record.title,
        # An item has to have some text.
        "content_text": plain_text(record.impact) or record.title,
        "date_published": published(record).isoformat(),
        "authors": [{"name": name} for name in record.authors] or [{"name": unknown}],
        "tags": [*record.services, *([record.severity] if record.severity else [])],
    }


def as_calendar(
    records: Iterable[Postmortem], messages: Messages, cache: Cache | None = None
) -> str:
    """An all-day event per open task with a due date, reminding two days before.

    ``cache`` knows the previous build.
    """
    from icalendar import Calendar

    cache = cache or Cache()
    said = (messages.language, *(messages.t[key] for key in _SAID))
    events = (
        cache.get_or_build(
            ("calendar", item.path, item.version, said), partial(_events, messages, item), once=True
        )
        for item in records
    )
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
