"""What is shown at the head of each entry: time, offset, kind and cost.

An archive shows ten heads a page, and to fill a template takes longer than all the rest of a head.
So ours is filled once for each form that a head can have, with its values left open, and a head is
its form's pieces with the values between them. A theme's own template may do anything with a value,
so it is filled for each head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from markupsafe import escape

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.rendering.entries import EntryView
from mkdocs_postmortem.rendering.environment import fill, printed

# Stands in the template; no author can write it, since their text is escaped.
_BETWEEN = "<!--pm-entry-->"
_OPEN = re.compile("pm0open([0-9]+)end")

# The values of a head, in the order of ``_values``.
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mould:
    """A head of one form: ``pieces`` of markup, and between them the numbers of the values."""

    pieces: tuple[str, ...]
    numbers: tuple[int, ...]

    def cast(self, values: Values) -> str:
        parts = [self.pieces[0]]
        for number, piece in zip(self.numbers, self.pieces[1:], strict=True):
            parts += (escape(values[number]), piece)
        return "".join(parts)


def render_heads(
    views: Sequence[EntryView], custom_dirs: tuple[Any, ...] = (), language: str = "en"
) -> list[str]:
    """The head of each entry, in their order."""
    if custom_dirs:
        # All in one go, since to begin a template takes longer than to fill so short a one.
        markup = fill("entries.html", custom_dirs, language, views=views)
        return markup.split(_BETWEEN)[:-1]
    return [_cast(view, language) for view in views]


def _cast(view: EntryView, language: str) -> str:
    values = _values(view)
    if not "".join(values).isprintable():
        values = tuple(map(printed, values))
    mould = _mould(
        language,
        view.kind,
        view.is_labelled,
        view.time.estimated,
        view.until is not None,
        tuple(map(bool, values)),
    )
    return mould.cast(values)


def _values(view: EntryView) -> Values:
    time, until = view.time, view.until
    return (
        view.page,
        view.anchor,
        view.day,
        view.day_iso,
        view.offset,
        view.cost,
        view.zone_note,
        time.machine,
        time.clock,
        time.day,
        until.machine if until else "",
        until.clock if until else "",
    )


@lru_cache(maxsize=2_000)
def _mould(
    language: str,
    kind: Kind,
    is_labelled: bool,
    is_estimated: bool,
    has_until: bool,
    filled: tuple[bool, ...],
) -> _Mould:
    """The template of a head, filled with marks in place of the values that are not empty."""
    marks = [f"pm0open{n}end" if is_filled else "" for n, is_filled in enumerate(filled)]
    page, anchor, day, day_iso, offset, cost, zone_note, machine, clock, of_day, *until = marks
    view = SimpleNamespace(
        kind=kind,
        is_labelled=is_labelled,
        page=page,
        anchor=anchor,
        day=day,
        day_iso=day_iso,
        offset=offset,
        cost=cost,
        zone_note=zone_note,
        time=SimpleNamespace(machine=machine, clock=clock, day=of_day, estimated=is_estimated),
        until=SimpleNamespace(machine=until[0], clock=until[1]) if has_until else None,
    )
    parts = _OPEN.split(fill("entry.html", (), language, view=view))
    return _Mould(tuple(parts[::2]), tuple(map(int, parts[1::2])))
