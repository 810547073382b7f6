"""What a list can be filtered by: read by the script that makes the filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from mkdocs_postmortem.catalog import FACETS, facet_values
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.vocabulary import Vocabulary

Values = Mapping[str, tuple[str, ...]]

_LABELS = {
    "site": "site",
    "service": "services",
    "severity": "severity",
    "cause": "causes",
    "trigger": "trigger",
    "year": "year",
    "status": "status",
    "detected_by": "detected_by",
}
_MANY = 20
# Facets whose values are ours to name, and the groups of labels that do.
_OWN_WORDS = {"status": "status", "detected_by": "found_by"}


def outage_facets(record: Postmortem, site: SiteContext) -> dict[str, tuple[str, ...]]:
    """The values of an outage by facet, the company's own facets among them."""
    # Asked for again by each list and each task of the outage.
    if record.path not in site.known_facets:
        site.known_facets[record.path] = _outage_facets(record, site)
    return site.known_facets[record.path]


def _outage_facets(record: Postmortem, site: SiteContext) -> dict[str, tuple[str, ...]]:
    found = {name: facet_values(record, name) for name in FACETS}
    found["site"] = tuple(filter(None, [site.site_of(record)]))
    for field in site.fields:
        if field.is_facet:
            value = record.custom.get(field.name)
            items = value if isinstance(value, list) else [value]
            found[field.name] = tuple(str(item) for item in items if item not in (None, ""))
    return {name: values for name, values in found.items() if values}


def as_attribute(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def describe(
    rows: Iterable[Values],
    site: SiteContext,
    words: Vocabulary,
    extra: Mapping[str, str] | None = None,
) -> str:
    """The facets of a list with their labels and values, as JSON for the script.

    A facet on which all rows agree would not filter anything, and one that is different on each of
    many rows (triggers in prose) would be as long as the list: both are left out. ``extra`` names
    the labels of facets that are not an outage's.
    """
    counts: dict[str, Counter[str]] = {}
    total = 0
    for row in rows:
        total += 1
        for name, values in row.items():
            counts.setdefault(name, Counter()).update(values)
    own = {field.name: field.label for field in site.fields}
    known = {**{key: words.t[word] for key, word in {**(extra or {}), **_LABELS}.items()}, **own}
    return json.dumps(
        [
            {
                "key": name,
                "label": known[name],
                "values": [
                    [value, _word(name, value, words)] for value in _ordered(name, found, site)
                ],
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


def _ordered(name: str, found: Counter[str], site: SiteContext) -> list[str]:
    """Years newest first, severities worst first, all others the most frequent first."""
    if name == "year":
        return sorted(found, reverse=True)
    if name == "severity":
        return sorted(found, key=lambda value: (site.severity_rank(value) or 99, value))
    return sorted(found, key=lambda value: (-found[value], value.lower()))


def _word(name: str, value: str, words: Vocabulary) -> str:
    return words.groups[_OWN_WORDS[name]].get(value, value) if name in _OWN_WORDS else value


def filter_words(
    words: Vocabulary,
    counted: str,
    total: int,
    order: str,
    task_groups: Mapping[str, str] | None = None,
) -> str:
    """The words of the filter of a list with ``total`` rows, as JSON for the script.

    ``counted`` is the message that says how many of them are shown, ``order`` the word for how they
    stand without sorting. ``task_groups`` are the headings of a list of tasks.
    """
    own = {
        "shown": words.count(counted, total, shown="{shown}"),
        "none": words.groups["filter"][counted.replace("shown", "no")],
        "order": words.t[order],
        **({"groups": dict(task_groups), "due": words.t["due"]} if task_groups else {}),
    }
    return json.dumps({**words.groups["filter"], **own}, ensure_ascii=False)
