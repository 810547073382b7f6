"""The data set of all records: the JSON that ``index.schema.json`` describes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.record import Postmortem

# Raised when a reader of the data would have to change.
VERSION = 1


def dataset(records: Iterable[Postmortem], today: date) -> dict[str, Any]:
    """All records in their order, with the version of the format and the day of the figures."""
    return {
        "version": VERSION,
        "generated": today.isoformat(),
        "postmortems": [to_data(record) for record in records],
    }


def as_dataset(records: Iterable[Postmortem], today: date) -> str:
    return json.dumps(dataset(records, today), indent=1, ensure_ascii=False)
