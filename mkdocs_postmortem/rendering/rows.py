"""The rows of lists: each is made once for all lists it stands in, and a long list has its first.

An outage stands in the lists of its year, its services and its causes, and in the file with all
rows. All that differs there are the links, and of a service's own page that it does not link there.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import SimpleNamespace
from typing import Any

from mkdocs_postmortem.catalog import groups
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.mould import ROWS, Cast, Joined, PagePath, Rendered, cast
from mkdocs_postmortem.rendering.view import RowFile, SiteView

# A longer list holds only its first rows in the page.
LARGEST = 300
FIRST = 100

# A page's path below the docs folder → what stands in a link to it.
To = Callable[[str], str]
# The rows of a list: casts of our own template, or what a theme's template shows.
Rows = Sequence[Any]


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


def is_long(count: int, site: SiteView) -> bool:
    """Whether a list is cut, which takes pages of the years that have all of it."""
    return count > LARGEST and any(facet == "year" for facet, _ in site.pages)


def overflow_of(
    file: RowFile | None,
    keys: Sequence[object],
    records: Iterable[Postmortem],
    options: Mapping[str, Any],
    site: SiteView,
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
        (group.value, relative(page, source))
        for group in groups(records, "year")
        if (page := site.page_of("year", group.value))
    ]
    return Overflow(
        FIRST,
        len(keys),
        counted,
        tuple(years),
        relative(file.path, source),
        "" if is_whole else ",".join(map(str, positions)),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row as all lists have it: the texts with ``positions`` are paths of pages."""

    cast: Cast
    positions: tuple[int, ...]

    def linked(self, to: To) -> Cast:
        """The row with links to its pages, which have addresses by ``to``."""
        texts = list(self.cast.texts)
        for position in self.positions:
            texts[position] = to(texts[position])
        return Cast(self.cast.mould, tuple(texts))


def shared_row(
    template: str,
    name: Hashable,
    record: Postmortem,
    site: SiteView,
    make: Callable[[], Any],
    **values: Any,
) -> Row:
    """The row of our own template: the one that another list had by this name, or a new one.

    ``make`` gives the values in which a ``PagePath`` stands for each link to a page. They depend on
    nothing but the record, the terms of the site, and which services have pages.
    """

    def made(_: Postmortem) -> Row:
        found = cast(template, (), site.language, {"rows": (make(),), **values})
        if not isinstance(found, Cast):
            raise TypeError(template)
        positions = [n for n, text in enumerate(found.texts) if type(text) is PagePath]
        return Row(found, tuple(positions))

    pages = tuple(site.page_of("service", service) for service in record.services)
    return site.made.once((template, name), record, (site.terms, pages), made)


def remembered_list(
    template: str,
    records: Sequence[Postmortem],
    site: SiteView,
    source: str,
    options: Mapping[str, Any],
    custom_dirs: tuple[Any, ...],
    make: Callable[[], Rendered],
) -> Rendered:
    """The list of these outages as it was on this page in the build before, or as ``make`` has it.

    A theme's template may have changed, so its lists are not remembered.
    """
    if custom_dirs:
        return make()
    name = (template, source, repr(options))
    return site.made.of_all(name, records, site.list_terms, make)


def fill_list(
    template: str,
    rows: Rows,
    custom_dirs: tuple[Any, ...],
    language: str,
    **values: Any,
) -> Rendered:
    """The template of a list with its rows: casts for ours, views for a theme's."""
    if custom_dirs or not rows:
        return fill(template, custom_dirs, language, rows=rows, **values)
    head, _, tail = fill(template, (), language, rows=rows, body=ROWS, **values).partition(ROWS)
    return Joined((head, *rows, tail))


def as_view(row: Any, **more: Any) -> SimpleNamespace:
    """A row for a theme's template, which may show anything of ``more``, the record say."""
    return SimpleNamespace(
        **{**{item.name: getattr(row, item.name) for item in fields(row)}, **more}
    )
