"""The file with all rows of a long list, which the script reads.

Ten thousand rows as HTML are a page of fifteen megabytes. The file holds the same cells, column
by column, each distinct one once. It is a script that calls a function of ours with plain data,
because browsers read a script from a folder as well, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mkdocs_postmortem.catalog import Remembered
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.mould import MARK, Cast, Mould, marked, mould_from

# Raised when the script would have to read the file in another way.
_VERSION = 1
_CHUNK = 500
# Elements that HTML writes without an end.
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_TAG_OR_TEXT = re.compile("(<[^<>]*>)|([^<>]+)")
# Facets are in the file by themselves.
_FACETS = "data-facets"
_SPECIAL = re.compile('[&<>"]')
# A link of which there is no need to ask what it is: most are the paths of pages.
_PLAIN = re.compile(r"(?!//)[a-zA-Z0-9_./%-]+")

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: its attributes by name, and its cells, each with what it is sorted by (or None)."""

    attributes: Mapping[str, str]
    cells: Sequence[tuple[str, str | None]]


def row_data(rows: Iterable[Cells], facets: Iterable[Values], base: str) -> str:
    """The script with all rows, and what each has of each facet; ``base`` leads to the root."""
    facets = list(facets)
    attributes: dict[str, _Coded] = {}
    cells: list[tuple[_Coded, _Coded]] = []
    for number, row in enumerate(rows):
        for name in row.attributes:
            # In the order of the template, or two builds would not be the same.
            if name not in attributes:
                attributes[name] = _Coded(number)
        for name, coded in attributes.items():
            coded.add(row.attributes.get(name))
        for column, (html, key) in enumerate(row.cells):
            if column == len(cells):
                cells.append((_Coded(number), _Coded(number)))
            cells[column][0].add(html)
            cells[column][1].add(key)
    data = {
        "version": _VERSION,
        "base": base,
        "count": len(facets),
        "attributes": {name: coded.plain() for name, coded in attributes.items()},
        "cells": [[html.plain(), key.plain()] for html, key in cells],
        "facets": _facets(facets),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"mkdocsPostmortemRows({text});\n"


def cells_of(row: Cast) -> Cells:
    """The cells of a row of our own, without a look at its markup wherever that may be."""
    plan, texts = _plan(row.mould), row.texts
    if plan is None or not "".join(texts).isprintable():
        return _parsed(str(row))[0]
    if not all(_is_kept(texts[number]) for number in plan.addresses):
        return _parsed(str(row))[0]  # such a link becomes its text
    if plan.fields:
        texts = list(texts)
        for number in plan.fields:
            texts[number] = plain_text(texts[number])
    plain = texts
    if _SPECIAL.search("".join(texts)):
        texts = [
            _quoted(text) if number in plan.quoted else escape(text)
            for number, text in enumerate(texts)
        ]
    return Cells(
        {name: _joined(mould, plain) for name, mould in plan.attributes},
        [
            (_joined(html, texts), None if key is None else _joined(key, plain))
            for html, key in plan.cells
        ],
    )


def own_row_data(
    rows: Sequence[Cast], facets: Iterable[Values], base: str, made: Remembered
) -> str:
    """``row_data`` of rows of our own, as far as they are not those of the build before.

    What a row has of each facet stands in its texts, too.
    """

    def whole(key: tuple[str, tuple[Cast, ...]]) -> str:
        return row_data(made.equal("cells", key[1], cells_of), facets, base)

    return made.equal("row file", [(base, tuple(rows))], whole)[0]


def theme_cells(
    template: str,
    rows: Sequence[Any],
    custom_dirs: tuple[Any, ...],
    language: str,
    **values: Any,
) -> Iterator[Cells]:
    """The cells of rows whose template may be a theme's."""
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        yield from _parsed(fill(template, custom_dirs, language, rows=part, **values))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where in the cells of a mould its texts stand.

    ``addresses`` are the numbers of those that are links, ``fields`` of those that are Markdown,
    ``quoted`` of those in attributes.
    """

    attributes: tuple[tuple[str, Mould], ...]
    cells: tuple[tuple[Mould, Mould | None], ...]
    addresses: tuple[int, ...]
    fields: tuple[int, ...]
    quoted: frozenset[int]


@lru_cache(maxsize=1_000)
def _plan(mould: Mould) -> _Plan | None:
    """The plan; None for a mould of which one cannot tell."""
    (row,) = _rows(marked(mould))
    inner = [element for cell in row for element in cell.iter()]
    fields = [element.text or "" for element in inner if "data-markdown" in element.attrib]
    links = [element.get("href", "") for element in inner if element.tag == "a"]
    if not all(re.fullmatch(MARK, text) for text in (*fields, *links)):
        return None
    cells = [(_inner(cell), cell.get("data-key")) for cell in row]
    quoted, spoken = _positions([html for html, _ in cells])
    if quoted & spoken:
        return None
    return _Plan(
        tuple((name, mould_from(text)) for name, text in row.attrib.items() if name != _FACETS),
        tuple((mould_from(html), None if key is None else mould_from(key)) for html, key in cells),
        tuple(number for text in links for number in _numbers(text)),
        tuple(number for text in fields for number in _numbers(text)),
        frozenset(quoted),
    )


def _positions(cells: Iterable[str]) -> tuple[set[int], set[int]]:
    """The numbers of the texts that stand in attributes, and of those that stand between them."""
    quoted: set[int] = set()
    spoken: set[int] = set()
    for html in cells:
        for tag, text in _TAG_OR_TEXT.findall(html):
            quoted.update(_numbers(tag))
            spoken.update(_numbers(text))
    return quoted, spoken


def _is_kept(address: str) -> bool:
    return bool(_PLAIN.fullmatch(address)) or (bool(address) and is_safe(address))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(MARK, text)]


def _joined(mould: Mould, texts: Sequence[str]) -> str:
    parts = [mould.pieces[0]]
    for number, piece in zip(mould.numbers, mould.pieces[1:], strict=True):
        parts += (texts[number], piece)
    return "".join(parts)


def _parsed(markup: str) -> list[Cells]:
    return [
        Cells(
            {name: text for name, text in row.attrib.items() if name != _FACETS},
            [(_inner(cell), cell.get("data-key")) for cell in row],
        )
        for row in _rows(markup)
    ]


def _rows(markup: str) -> ElementTree.Element:
    # A template's, autoescaped: there is no document type and no entity to expand.
    return ElementTree.fromstring(f"<div>{markup}</div>")  # noqa: S314


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
