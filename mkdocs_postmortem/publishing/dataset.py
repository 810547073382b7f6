"""The data set of all records: the JSON that ``index.schema.json`` describes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.addresses import Addresses

# Raised when a reader of the data would have to change.
VERSION = 1


def dataset(records: Iterable[Postmortem], today: date, addresses: Addresses) -> dict[str, Any]:
    """All records in their order, with the version of the format and the day of the figures."""
    return {
        "version": VERSION,
        "generated": today.isoformat(),
        "postmortems": [published_record(record, addresses) for record in records],
    }


def published_record(record: Postmortem, addresses: Addresses) -> dict[str, Any]:
    """A record with the address of its page."""
    return {**to_data(record), "url": addresses(record.path)}


def as_dataset(records: Iterable[Postmortem], today: date, addresses: Addresses) -> str:
    return json.dumps(dataset(records, today, addresses), indent=1, ensure_ascii=False)
