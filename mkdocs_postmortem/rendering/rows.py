"""Long lists: the first rows stand in the page, all of them in a file that the script reads.

Ten thousand rows as HTML are a page of fifteen megabytes. The file holds the same cells, column
by column, each distinct one once. It is a script that calls a function of ours with plain data,
because browsers read a script from a folder as well, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mkdocs_postmortem.catalog import groups
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.view import RowFile, SiteView

# A longer list holds only its first rows in the page.
LARGEST = 300
FIRST = 100
# Raised when the script would have to read the file in another way.
_VERSION = 1
_CHUNK = 500
# Elements that HTML writes without an end.
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

# A page's path below the docs folder → what stands in a link to it.
To = Callable[[str], str]
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rest:
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


def rest_of(
    file: RowFile | None,
    keys: Sequence[object],
    records: Iterable[Postmortem],
    options: Mapping[str, Any],
    site: SiteView,
    source: str,
    counted: str,
) -> Rest | None:
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
    return Rest(
        FIRST,
        len(keys),
        counted,
        tuple(years),
        relative(file.path, source),
        "" if is_whole else ",".join(map(str, positions)),
    )


def row_data(
    template: str,
    rows: Sequence[Any],
    base: str,
    custom_dirs: tuple[Any, ...] = (),
    language: str = "en",
    **values: Any,
) -> str:
    """The script with all rows, as the template makes them; ``base`` leads to the site's root."""
    attributes: dict[str, _Coded] = {}
    cells: list[tuple[_Coded, _Coded]] = []
    for start in range(0, len(rows), _CHUNK):
        markup = fill(template, custom_dirs, language, rows=rows[start : start + _CHUNK], **values)
        # Our own template, autoescaped: there is no document type and no entity to expand.
        for number, row in enumerate(ElementTree.fromstring(f"<div>{markup}</div>"), start):  # noqa: S314
            # In the order of the template, or two builds would not be the same.
            for name in row.attrib:
                if name not in attributes and name != "data-facets":
                    attributes[name] = _Coded(number)
            for name, coded in attributes.items():
                coded.add(row.get(name))
            for column, cell in enumerate(row):
                if column == len(cells):
                    cells.append((_Coded(number), _Coded(number)))
                cells[column][0].add(_inner(cell))
                cells[column][1].add(cell.get("data-key"))
    data = {
        "version": _VERSION,
        "base": base,
        "count": len(rows),
        "attributes": {name: coded.plain() for name, coded in attributes.items()},
        "cells": [[html.plain(), key.plain()] for html, key in cells],
        "facets": _facets([row.facets for row in rows]),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"mkdocsPostmortemRows({text});\n"


class _Coded:
    """A column of texts: each distinct one once, and for each row which."""

    def __init__(self, missing: int) -> None:
        self._known: dict[str | None, int] = {None: 0} if missing else {}
        self._rows = [0] * missing

    def add(self, value: str | None) -> None:
        self._rows.append(self._known.setdefault(value, len(self._known)))

    def plain(self) -> list[Any]:
        """``[values]`` where nearly all differ, else ``[distinct values, which of them]``."""
        values = list(self._known)
        if len(values) * 2 > len(self._rows):
            return [[values[number] for number in self._rows]]
        return [values, self._rows]


def _facets(rows: Iterable[Values]) -> dict[str, list[Any]]:
    """By facet ``[values, which of them each row has]``: a number, a list of them, or -1."""
    rows = list(rows)
    found: dict[str, list[Any]] = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        known: dict[str, int] = {}
        which: list[Any] = []
        for row in rows:
            own = [known.setdefault(value, len(known)) for value in row.get(name, ())]
            which.append(own if len(own) > 1 else own[0] if own else -1)
        found[name] = [list(known), which]
    return found


def _inner(cell: ElementTree.Element) -> str:
    """A cell's content as HTML: inline Markdown as its text, links of safe schemes only."""
    if not len(cell) and "data-markdown" not in cell.attrib:
        return escape(cell.text or "")
    for element in cell.iter():
        if element.attrib.pop("data-markdown", None) is not None:
            element.text = plain_text(element.text or "")
        address = element.get("href", "")
        if element.tag == "a" and not (address and is_safe(address)):
            element.tag = "span"
            element.attrib.clear()
    return escape(cell.text or "") + "".join(map(_html, cell))


def _html(element: ElementTree.Element) -> str:
    """An element as HTML; ElementTree's own way begins with more than one element is worth."""
    tag = element.tag
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attrib.items())
    if tag in _VOID:
        return f"<{tag}{attributes}>{escape(element.tail or '')}"
    inner = escape(element.text or "") + "".join(map(_html, element))
    return f"<{tag}{attributes}>{inner}</{tag}>{escape(element.tail or '')}"


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;"})
