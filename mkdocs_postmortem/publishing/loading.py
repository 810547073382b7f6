"""The data set of a site → its records: the way back from ``dataset``."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from mkdocs_postmortem.checking import dataset_errors
from mkdocs_postmortem.model.address import is_absolute
from mkdocs_postmortem.model.loading import DataError, from_data, own_measures
from mkdocs_postmortem.model.origin import Origin
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.dataset import VERSION

_MOST_TOLD = 3


def load_dataset(text: str, site: str = "") -> tuple[Postmortem, ...]:
    """The records of a ``postmortems.json``, in its order.

    With the name of a ``site`` each record knows where it comes from. DataError says what is wrong:
    no JSON, no data set of ours, a version that this one cannot read, or a value and its place.
    """
    data = _parsed(text)
    measures = own_measures(data.get("measures", []))
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
    """Hold a data set against its schema as well. DataError names the first few faults."""
    load_dataset(text)
    errors = dataset_errors(json.loads(text), _MOST_TOLD)
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
    return dict(data)


def _refuse_half_characters(text: str, data: object) -> None:
    """JSON may escape half a pair of surrogates, which no file and no database takes."""
    if "\\ud" in text.lower():
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise DataError("It holds half a character (such as `\\ud83d` alone).") from None
