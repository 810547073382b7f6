"""The newest outages as an Atom feed (RFC 4287) and as a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, time, timezone
from typing import TYPE_CHECKING

from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.addresses import Addresses
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

_MOST = 50
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


def as_atom(
    records: Iterable[Postmortem],
    addresses: Addresses,
    site_url: str,
    feed_url: str,
    title: str,
    words: Messages,
) -> str:
    """The newest outages; all addresses are absolute."""
    from feedgenerator import Atom1Feed  # loaded by those who write a feed only

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
            author_name=_printable(", ".join(record.authors)) or words.t["unknown"],
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
    words: Messages,
) -> str:
    """The same outages as the Atom feed has."""
    unknown = words.t["unknown"]
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
