"""The rows of lists: each is rendered once for all of them, and a long list has its first.

An outage stands in the lists of its year, its services and its causes, and in the file with all
rows. All that differs there are the links, and of a service's own page that it does not link there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from markupsafe import Markup

from mkdocs_postmortem.catalog import groups
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import RowFile, SiteContext

# A longer list holds only its first rows in the page.
LARGEST = 300
FIRST = 100

# Stands for the way to the site's root in the links of rows. No author can know it.
BASE = f"pm-{token_hex(12)}/"
# Stands where a list's rows will; no author can write it, since text is escaped.
_ROWS = Markup("<!--pm-rows-->")


@dataclass(frozen=True, slots=True)
class Overflow:
    """What a page says where it holds only the first rows; ``counted`` is the message for it.

    ``years`` are the pages that hold all of them, for readers without JavaScript. ``href`` leads to
    the file, and ``positions`` are the list's rows in it (nothing: all of them in their order).
    """

    shown: int
    total: int
    counted: str
    years: tuple[tuple[str, str], ...]
    href: str
    positions: str


def is_long(count: int, site: SiteContext) -> bool:
    """Whether a list is cut, which takes pages of the years that have all of it."""
    return count > LARGEST and any(facet == "year" for facet, _ in site.pages)


def overflow_of(
    file: RowFile | None,
    keys: Sequence[object],
    records: Iterable[Postmortem],
    options: Mapping[str, Any],
    site: SiteContext,
    source: str,
    counted: str,
) -> Overflow | None:
    """The rest of a list with these keys; None where the page holds every row itself.

    The page of a year always does: it is where readers without JavaScript find everything.
    """
    if file is None or "year" in options or not is_long(len(keys), site):
        return None
    positions = [file.positions[key] for key in keys]
    is_whole = positions == list(range(len(file.positions)))
    years = [
        (group.value, site.url_for(page, source))
        for group in groups(records, "year")
        if (page := site.page_of("year", group.value))
    ]
    return Overflow(
        FIRST,
        len(keys),
        counted,
        tuple(years),
        site.url_for(file.path, source),
        "" if is_whole else ",".join(map(str, positions)),
    )


def root_url(path: str | None, site: SiteContext) -> str:
    """The address of a page as rows have it; nothing for no page."""
    return BASE + site.url_for(path, "") if path else ""


def outage_url(record: Postmortem, site: SiteContext) -> str:
    """The address of an outage as rows have it."""
    return record.origin.url if record.origin else root_url(record.path, site)


def shared_row(
    template: str, name: Hashable, record: Postmortem, site: SiteContext, make: Callable[[], Any]
) -> str:
    """The HTML of a row, rendered once for all lists that ask for it by this name.

    ``make`` gives the row's values. They depend on nothing but the record, the terms of the site,
    and the addresses of the record's page and of its services' pages.
    """
    pages = [record.path, *filter(None, (site.page_of("service", s) for s in record.services))]
    addresses = tuple(site.url_for(page, "") for page in pages)
    key = (template, name, record.path, record.version, site.row_key, addresses)

    def build() -> str:
        return site.templates.render(template, rows=[make()], has_sites=site.has_sites)

    return site.cache.get_or_build(key, build)


def cached_list(
    template: str,
    records: Sequence[Postmortem],
    site: SiteContext,
    source: str,
    options: Mapping[str, Any],
    make: Callable[[], str],
) -> str:
    """The list of these outages on this page, as the previous build had it or as ``make`` has."""
    versions = tuple((record.path, record.version) for record in records)
    key = (template, source, repr(options), versions, site.list_key)
    return site.cache.get_or_build(key, make, once=True)


def fill_list(
    template: str, rows: Sequence[str], site: SiteContext, source: str, **values: Any
) -> str:
    """The template of a list around its rows, with the links of rows as seen from the page."""
    outer = site.templates.render(template, rows=rows, body=_ROWS, **values)
    head, _, tail = outer.partition(_ROWS)
    return f"{head}{''.join(rows).replace(BASE, site.url_for('', source))}{tail}"
