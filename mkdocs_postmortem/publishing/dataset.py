"""The data set of all records, which ``index.schema.json`` describes: to JSON and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mkdocs_postmortem.checking.schemas import dataset_errors
from mkdocs_postmortem.model.address import Addresses, is_absolute
from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.lifecycle import METRICS
from mkdocs_postmortem.model.loading import DataError, from_data, own_metrics
from mkdocs_postmortem.model.record import Origin, Postmortem
from mkdocs_postmortem.model.settings import Audience

# Raised when a reader of the data would have to change.
VERSION = 1
_MOST_REPORTED = 3
# What nobody writes, and what would cost more than its use: of all values, whatever their name.
_MOST_RECORDS, _MOST_ITEMS, _MOST_CHARACTERS, _MOST_DEPTH = 100_000, 10_000, 100_000, 20
_LARGEST = 10**15


def record_text(record: Postmortem, address: str) -> str:
    """A record with the address of its page, on one line."""
    # With an indent, json would not encode in C.
    return json.dumps({**to_data(record), "url": address}, ensure_ascii=False)


def as_dataset(
    records: Sequence[Postmortem],
    today: date,
    addresses: Addresses,
    texts: Iterable[str] = (),
    audience: Audience = Audience.PUBLIC,
) -> str:
    """All records in their order, each on a line, with the version of the format, the day of the
    figures and what each length counts; ``texts`` are these lines if they are known.

    What is not for the public says so, so that no other site publishes it.
    """
    own = records[0].measures if records else ()
    head = {
        **({"audience": audience.value} if audience is Audience.INTERNAL else {}),
        "version": VERSION,
        "generated": today.isoformat(),
        "measures": [
            {"name": metric.name, "from": metric.start.value, "to": metric.end.value}
            for metric in (*METRICS, *own)
        ],
        "postmortems": [],
    }
    lines = texts or (record_text(record, addresses(record.path)) for record in records)
    return json.dumps(head).removesuffix("]}") + "\n" + ",\n".join(lines) + "\n]}\n"


def load_dataset(text: str, site: str = "") -> tuple[Postmortem, ...]:
    """The records of a ``postmortems.json``, in its order.

    With the name of a ``site`` each record knows where it comes from. DataError says what is wrong:
    not JSON, not such a data set, a version that this one cannot read, or a value and its place.
    """
    data = _parsed(text)
    measures = own_metrics(data.get("measures", []))
    records = []
    for index, item in enumerate(data["postmortems"]):
        record = from_data(item, f"postmortems[{index}]", measures)
        if site:
            url = item.get("url", "")
            if not isinstance(url, str) or not is_absolute(url):
                url = ""
            # Two sites can have the same paths, and a path identifies one page in a catalog.
            record = replace(record, path=f"{site}: {record.path}", origin=Origin(site, url))
        records.append(record)
    return tuple(records)


def check_dataset(text: str) -> None:
    """Validate a data set against its schema as well. DataError names the first few faults."""
    load_dataset(text)
    errors = dataset_errors(json.loads(text), _MOST_REPORTED)
    if errors:
        raise DataError(" ".join(errors))


def _parsed(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise DataError(f"It is not valid JSON: {error}.") from None
    except RecursionError:
        raise DataError("It is nested too deeply.") from None
    _refuse_half_characters(text, data)
    version = data.get("version") if isinstance(data, dict) else None
    if type(version) is not int or not isinstance(data.get("postmortems"), list):
        raise DataError(
            "It is not a data set of postmortems: `version` and `postmortems` are missing."
        )
    if version > VERSION:
        raise DataError(
            f"It has version {version} of the format, and this mkdocs-postmortem reads versions up "
            f"to {VERSION}. Update mkdocs-postmortem."
        )
    if len(data["postmortems"]) > _MOST_RECORDS:
        raise DataError(f"It has more than {_MOST_RECORDS:,} postmortems.")
    for name, value in data.items():
        items = value if name == "postmortems" else [value]
        for index, item in enumerate(items):
            _check_bounds(item, f"{name}[{index}]" if items is value else name)
    return dict(data)


def _check_bounds(data: object, name: str) -> None:
    """DataError for a value that is too large to be shown, with the place that holds it."""
    pending = [(data, 1)]
    while pending:
        value, depth = pending.pop()
        if isinstance(value, (dict, list)):
            if len(value) > _MOST_ITEMS:
                raise DataError(f"{name} has a list of {len(value):,} values.")
            if depth > _MOST_DEPTH:
                raise DataError(f"{name} is nested too deeply.")
            inner = value.values() if isinstance(value, dict) else value
            pending += [(item, depth + 1) for item in inner]
        elif isinstance(value, str):
            if len(value) > _MOST_CHARACTERS:
                raise DataError(f"{name} has a text of {len(value):,} characters.")
        elif isinstance(value, (int, float)) and not abs(value) <= _LARGEST:
            raise DataError(f"{name} has a number beyond {_LARGEST:,}.")


def _refuse_half_characters(text: str, data: object) -> None:
    """JSON may escape half a pair of surrogates, which no file and no database takes."""
    if "\\ud" in text.lower():
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise DataError("It holds half a character (such as `\\ud83d` alone).") from None
