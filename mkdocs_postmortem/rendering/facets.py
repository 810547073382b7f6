"""What a list can be filtered by: read by the script that makes the filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from mkdocs_postmortem.catalog import FACETS, facet_values
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering import labels
from mkdocs_postmortem.rendering.view import SiteView

Values = Mapping[str, tuple[str, ...]]

_LABELS = {
    "service": "services",
    "severity": "severity",
    "cause": "causes",
    "trigger": "trigger",
    "year": "year",
    "status": "status",
    "detected_by": "detected_by",
}
_MANY = 20
_OWN_WORDS = {"status": labels.STATUS, "detected_by": labels.DETECTED_BY}


def outage_facets(record: Postmortem, site: SiteView) -> dict[str, tuple[str, ...]]:
    """The values of an outage by facet, the company's own facets among them."""
    found = {name: facet_values(record, name) for name in FACETS}
    for field in site.fields:
        if field.is_facet:
            value = record.custom.get(field.name)
            items = value if isinstance(value, list) else [value]
            found[field.name] = tuple(str(item) for item in items if item not in (None, ""))
    return {name: values for name, values in found.items() if values}


def as_attribute(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def describe(rows: Iterable[Values], site: SiteView, extra: Mapping[str, str] | None = None) -> str:
    """The facets of a list with their labels and values, as JSON for the script.

    A facet on which all rows agree would not filter anything, and one that is different on each of
    many rows (triggers in prose) would be as long as the list: both are left out. ``extra`` gives
    labels for facets that are not an outage's.
    """
    counts: dict[str, Counter[str]] = {}
    total = 0
    for row in rows:
        total += 1
        for name, values in row.items():
            counts.setdefault(name, Counter()).update(values)
    own = {field.name: field.label for field in site.fields}
    known = {**(extra or {}), **{key: labels.ENGLISH[word] for key, word in _LABELS.items()}, **own}
    return json.dumps(
        [
            {
                "key": name,
                "label": known[name],
                "values": [[value, _word(name, value)] for value in _ordered(name, found, site)],
            }
            for name in known
            if (found := counts.get(name)) and _parts(found, total)
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _parts(found: Counter[str], total: int) -> bool:
    varies = len(found) > 1 or found.total() < total
    return varies and not (len(found) > _MANY and len(found) == found.total())


def _ordered(name: str, found: Counter[str], site: SiteView) -> list[str]:
    """Years newest first, severities worst first, all others the most frequent first."""
    if name == "year":
        return sorted(found, reverse=True)
    if name == "severity":
        return sorted(found, key=lambda value: (site.severity_rank(value) or 99, value))
    return sorted(found, key=lambda value: (-found[value], value.lower()))


def _word(name: str, value: str) -> str:
    return _OWN_WORDS.get(name, {}).get(value, value)


def words(noun: str, order: str) -> str:
    """The words of the filter, as JSON for the script: what is listed, and how without sorting."""
    own = {"noun": labels.ENGLISH[noun], "order": labels.ENGLISH[order]}
    return json.dumps({**labels.FILTER, **own}, ensure_ascii=False)
