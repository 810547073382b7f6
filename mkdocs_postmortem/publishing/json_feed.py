"""The newest outages as a JSON Feed (version 1.1, https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.addresses import Addresses
from mkdocs_postmortem.publishing.feed import newest, published
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:  # it would load babel at the start of every command
    from mkdocs_postmortem.rendering.messages import Messages


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
