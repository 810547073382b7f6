"""What all lists of outages and tasks share: rows, filters, and what a page says of a long list.

A row is rendered once for all lists that have it. An outage is in the lists of its year, its
services and its causes, and in the file with all rows. All that differs there are the links.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from secrets import token_hex
from typing import Any, TypeVar

from markupsafe import Markup

from mkdocs_postmortem.catalog.cache import digest
from mkdocs_postmortem.catalog.catalog import FACETS, facet_values, groups
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.messages import Messages

# A longer list holds only its first rows in the page.
LARGEST = 300
FIRST = 100

# Stands for the relative path to the site's root in the links of rows. No author can know it.
BASE = f"pm-{token_hex(12)}/"
# Stands where a list's rows will; no author can write it, since text is escaped.
_ROWS = Markup("<!--pm-rows-->")

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

T = TypeVar("T")
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """What a list has a row for: an outage, or the task of one with a ``number``.

    ``row`` makes what the template of the row gets. It depends on nothing but the record, the terms
    of the site, and the addresses of the record's page and of its services' pages.
    """

    record: Postmortem
    row: Callable[[], Mapping[str, Any]]
    facets: Callable[[], Values] = dict
    number: int = -1

    @property
    def place(self) -> Hashable:
        """What tells the item from all others of a list."""
        return (self.record.path, self.number)


def cached_list(
    name: str,
    render: Callable[..., T],
    records: Sequence[Postmortem],
    view: PageContext,
    options: Mapping[str, Any],
) -> T:
    """What ``render`` makes of these outages for this page, or the previous build has made."""
    site = view.site
    versions = tuple(_facts(record, site) for record in records)
    key = (name, view.path, repr(options), versions, site.list_key)
    make = partial(render, records, view, options)
    return site.cache.get_or_build(key, make, once=True)


def _facts(record: Postmortem, site: SiteContext) -> object:
    """What differs where the outage does: our lists show neither prose nor timeline of a page. A
    theme's own templates may.
    """
    key = (record.path, record.version)
    if not site.cache.keeps or site.templates.version:
        return key

    def build() -> str:
        plain = replace(record, sections=(), stated_durations=(), positions={}, words=0)
        return digest(_without_positions(replace(plain, timeline=Timeline(), version="")))

    return site.cache.get_or_build(("facts", *key), build)


def _without_positions(value: object) -> object:
    if isinstance(value, Position):
        return None
    if is_dataclass(value):
        return [_without_positions(getattr(value, item.name)) for item in fields(value)]
    if isinstance(value, dict):
        return [(key, _without_positions(item)) for key, item in value.items()]
    return [*map(_without_positions, value)] if isinstance(value, (tuple, list)) else value


def fill_list(template: str, rows: Sequence[str], view: PageContext, **values: Any) -> str:
    """The template of a list around its rows, with the links of rows as seen from the page."""
    outer = view.site.templates.render(template, rows=rows, body=_ROWS, **values)
    head, _, tail = outer.partition(_ROWS)
    return f"{head}{''.join(rows).replace(BASE, view.url_for(''))}{tail}"


def shared_rows(template: str, items: Iterable[Item], site: SiteContext) -> list[str]:
    """The HTML of rows, each rendered once for all lists."""
    keyed = []
    for item in items:
        record = item.record
        pages = [record.path, *filter(None, (site.page_of("service", s) for s in record.services))]
        addresses = tuple(site.url_for(page, "") for page in pages)
        key = (template, item.number, record.path, record.version, site.row_key, addresses)
        keyed.append((key, item.row))

    def build(missing: list[Callable[[], Mapping[str, Any]]]) -> list[str]:
        rows = (make() for make in missing)
        return site.templates.render_each(template, "row", rows, has_sites=site.has_sites)

    return site.cache.get_or_build_each(keyed, build)


def outage_url(record: Postmortem, site: SiteContext) -> str:
    """The address of an outage as rows have it."""
    return record.origin.url if record.origin else BASE + site.url_for(record.path, "")


def service_urls(record: Postmortem, site: SiteContext) -> list[tuple[str, str]]:
    """The services of an outage with their addresses as rows have them, if any."""
    pages = [(name, site.page_of("service", name)) for name in record.services]
    return [(name, BASE + site.url_for(own, "") if own else "") for name, own in pages]


def is_long(count: int, site: SiteContext) -> bool:
    """Whether a list is cut, which takes pages of the years that have all of it."""
    return count > LARGEST and any(facet == "year" for facet, _ in site.pages)


def first_items(
    name: str, items: Sequence[Item], options: Mapping[str, Any], view: PageContext
) -> tuple[Sequence[Item], dict[str, Any] | None]:
    """The items whose rows are in the page, and what it says of the others; None where all are.

    ``years`` are the pages that hold all of them, for readers without JavaScript; the page of a
    year itself always does. ``href`` leads to the file with all rows, and ``positions`` are the
    list's rows in it (nothing: all of them in their order).
    """
    file = view.site.rows.get(name)
    if file is None or "year" in options or not is_long(len(items), view.site):
        return items, None
    positions = [file.positions[item.place] for item in items]
    is_whole = positions == list(range(len(file.positions)))
    rest = {
        "shown": FIRST,
        "total": len(items),
        "years": [
            (group.value, view.url_for(page))
            for group in groups((item.record for item in items), "year")
            if (page := view.site.page_of("year", group.value))
        ],
        "href": view.url_for(file.path),
        "positions": "" if is_whole else ",".join(map(str, positions)),
    }
    # Without a day they are on no page of a year.
    return [item for n, item in enumerate(items) if n < FIRST or item.record.day is None], rest


def outage_facets(record: Postmortem, site: SiteContext) -> Values:
    """The values of an outage by facet, the company's own facets among them."""
    # Asked for again by each list and each task of the outage.
    key = ("facets", record.path, record.version, site.row_key)
    return site.cache.get_or_build(key, partial(_outage_facets, record, site))


def _outage_facets(record: Postmortem, site: SiteContext) -> Values:
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


def describe_facets(
    rows: Iterable[Values], site: SiteContext, extra: Mapping[str, str] | None = None
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
    ours = {key: site.messages.t[word] for key, word in {**(extra or {}), **_LABELS}.items()}
    facets = []
    for name, label in {**ours, **own}.items():
        found = counts.get(name, Counter())
        is_long = len(found) > _MANY and len(found) == found.total()
        if not is_long and (len(found) > 1 or 0 < found.total() < total):
            words = site.messages.groups[_OWN_WORDS[name]] if name in _OWN_WORDS else {}
            named = [[value, words.get(value, value)] for value in _ordered(name, found, site)]
            facets.append({"key": name, "label": label, "values": named})
    return json.dumps(facets, ensure_ascii=False, separators=(",", ":"))


def _ordered(name: str, found: Counter[str], site: SiteContext) -> list[str]:
    """Years newest first, severities worst first, all others the most frequent first."""
    if name == "year":
        return sorted(found, reverse=True)
    if name == "severity":
        return site.by_severity(found)
    return sorted(found, key=lambda value: (-found[value], value.lower()))


def filter_words(
    messages: Messages,
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
        "shown": messages.count(counted, total, shown="{shown}"),
        "none": messages.groups["filter"][counted.replace("shown", "no")],
        "order": messages.t[order],
        **({"groups": dict(task_groups), "due": messages.t["due"]} if task_groups else {}),
    }
    return json.dumps({**messages.groups["filter"], **own}, ensure_ascii=False)
