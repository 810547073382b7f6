"""What is shown at the head of each entry: time, offset, kind and cost.

A page has ten of them, so their moulds are found in a shorter way than those of other templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.rendering.entries import EntryView
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.mould import Cast, Mould, Rendered, mark, mould_of

# Stands in the template; no author can write it, since their text is escaped.
_BETWEEN = "<!--pm-entry-->"

# The values of a head, in the order of ``_values``.
Values = tuple[str, ...]


def render_heads(
    views: Sequence[EntryView], custom_dirs: tuple[Any, ...] = (), language: str = "en"
) -> Sequence[Rendered]:
    """The head of each entry, in their order."""
    if custom_dirs:
        # All in one go, since to begin a template takes longer than to fill so short a one.
        markup = fill("entries.html", custom_dirs, language, views=views)
        return markup.split(_BETWEEN)[:-1]
    return [_cast(view, language) for view in views]


def _cast(view: EntryView, language: str) -> Cast:
    values = _values(view)
    mould = _mould(
        language,
        view.kind,
        view.is_labelled,
        view.time.estimated,
        view.until is not None,
        tuple(map(bool, values)),
    )
    return Cast(mould, values)


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
) -> Mould:
    """The template of a head, filled with marks in place of the values that are not empty."""
    marks = [mark(number) if is_filled else "" for number, is_filled in enumerate(filled)]
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
    return mould_of("entry.html", language, view=view)
