"""The file with all rows of a long list, which the script reads.

Ten thousand rows as HTML are a page of fifteen megabytes. The file holds the same cells, column
by column, each distinct one once. It is a script that calls a function of ours with plain data,
because browsers read a script from a folder as well, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.lists import BASE, Item, Values, cached_list, shared_rows

# Raised when the script would have to read the file in another way.
_VERSION = 1
# Facets are in the file by themselves.
_FACETS = "data-facets"
# A link that needs no further check: most are the paths of pages.
_PLAIN = re.compile(r"(?!//)[a-zA-Z0-9_./%-]+")


# A row: its attributes by name, and its cells, each with what it is sorted by (or None).
Row = tuple[Mapping[str, str], Sequence[tuple[str, str | None]]]


def list_data(template: str, items: Sequence[Item], site: SiteContext, base: str) -> str:
    """The script with all items of a list, by the template of their rows; ``base`` leads to the
    site's root.
    """

    def render(*_: object) -> str:
        rows = (row.replace(BASE, "") for row in shared_rows(template, items, site))
        return row_data(rows, (item.facets() for item in items), base, site.cache)

    name, view = f"{template} as data", PageContext("", site)
    return cached_list(name, render, site.catalog.records, view, {"base": base})


def row_data(rows: Iterable[str], facets: Iterable[Values], base: str, cache: Cache) -> str:
    """The script with all rows, and what each has of each facet; ``base`` leads to the root."""
    attributes: dict[str, _Coded] = {}
    cells: list[tuple[_Coded, _Coded]] = []
    number = -1
    for number, markup in enumerate(rows):
        own, row = cache.get_or_build(("cells", markup), partial(_cells, markup), once=True)
        for name in own:
            # In the order of the template, or two builds would not be the same.
            if name not in attributes:
                attributes[name] = _Coded(number)
        for name, coded in attributes.items():
            coded.add(own.get(name))
        for column, (html, key) in enumerate(row):
            if column == len(cells):
                cells.append((_Coded(number), _Coded(number)))
            cells[column][0].add(html)
            cells[column][1].add(key)
    data = {
        "version": _VERSION,
        "base": base,
        "count": number + 1,
        "attributes": {name: coded.plain() for name, coded in attributes.items()},
        "cells": [[html.plain(), key.plain()] for html, key in cells],
        "facets": _facets(facets),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"mkdocsPostmortemRows({text});\n"


def _is_kept(address: str) -> bool:
    return bool(_PLAIN.fullmatch(address)) or (bool(address) and is_safe(address))


def _cells(row: str) -> Row:
    # A template's, autoescaped: there is no document type and no entity to expand.
    element = ElementTree.fromstring(row)  # noqa: S314
    own = {name: text for name, text in element.attrib.items() if name != _FACETS}
    return own, [(_inner(cell), cell.get("data-key")) for cell in element]


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
        if element.tag == "a" and not _is_kept(address):
            element.tag = "span"
            element.attrib.clear()
    markup = ElementTree.tostring(cell, "unicode", method="html")
    return markup[markup.index(">") + 1 : markup.rindex("</")]
