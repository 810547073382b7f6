"""The data set of all records: the JSON that ``index.schema.json`` describes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.lifecycle import MEASURES
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.publishing.addresses import Addresses

# Raised when a reader of the data would have to change.
VERSION = 1


def dataset(records: Sequence[Postmortem], today: date, addresses: Addresses) -> dict[str, Any]:
    """All records in their order, with the version of the format and the day of the figures."""
    return {
        "version": VERSION,
        "generated": today.isoformat(),
        "measures": _measures(records),
        "postmortems": [published_record(record, addresses) for record in records],
    }


def _measures(records: Sequence[Postmortem]) -> list[dict[str, str]]:
    """What each length counts: the built-in ones, then the site's own."""
    own = records[0].measures if records else ()
    return [
        {"name": measure.name, "from": measure.start.value, "to": measure.end.value}
        for measure in (*MEASURES, *own)
    ]


def published_record(record: Postmortem, addresses: Addresses) -> dict[str, Any]:
    """A record with the address of its page."""
    return {**to_data(record), "url": addresses(record.path)}


def record_text(data: dict[str, Any]) -> str:
    """What ``published_record`` gives, on one line."""
    # With an indent, json would not encode in C.
    return json.dumps(data, ensure_ascii=False)


def as_dataset(
    records: Sequence[Postmortem],
    today: date,
    addresses: Addresses,
    texts: Iterable[str] = (),
    audience: Audience = Audience.PUBLIC,
) -> str:
    """The data set with a record on each line; ``texts`` are these lines if they are known.

    What is not for the public says so, so that no other site publishes it.
    """
    whole = dataset((), today, addresses)
    if audience is Audience.INTERNAL:
        whole = {"audience": audience.value, **whole}
    head = json.dumps({**whole, "measures": _measures(records)})
    lines = texts or (record_text(published_record(record, addresses)) for record in records)
    return head.removesuffix("]}") + "\n" + ",\n".join(lines) + "\n]}\n"
