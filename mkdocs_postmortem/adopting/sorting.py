"""A timeline whose entries are out of order → the same entries by time, nothing else moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from mkdocs_postmortem.adopting.fixing import Fixed
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.reading import may_have_markers, read_page

# A bullet and the lines below it.
_Block = tuple[Entry, list[str]]


def sort_timeline(path: str, text: str, settings: Settings) -> Fixed:
    """Sort the bullets between two other lines of the section; each takes its own lines along.

    An entry without a time stays after the one above it. If any entry would then be read as
    another moment (because it had its day from the one above), nothing is changed, and that is
    said.
    """
    entries = _entries(path, text, settings)
    lines = text.split("\n")
    for run in _runs(entries, lines):
        moved = [line for _, block in _by_time(run) for line in block]
        first = run[0][0].position.line - 1
        lines[first : first + len(moved)] = moved
    new = "\n".join(lines)
    if new == text:
        return Fixed(text, ())
    if may_have_markers(text):
        hint = "the timeline is not sorted: an entry could leave its internal block"
        return Fixed(text, (f"line {entries[0].position.line}: {hint}",))
    if _moments(entries) != _moments(_entries(path, new, settings)):
        hint = "the timeline is not sorted: write the day before each time first"
        return Fixed(text, (f"line {entries[0].position.line}: {hint}",))
    return Fixed(new, ("the timeline is sorted by time",))


def _entries(path: str, text: str, settings: Settings) -> tuple[Entry, ...]:
    page = read_page(path, text.encode(), settings)
    record = page.record if page else None
    return record.timeline.entries if record else ()


def _moments(entries: Iterable[Entry]) -> Counter[tuple[datetime | None, str]]:
    return Counter((entry.moment.instant, entry.raw) for entry in entries)


def _runs(entries: Iterable[Entry], lines: list[str]) -> Iterator[list[_Block]]:
    """Neighbouring bullets with nothing but their own lines between them."""
    run: list[_Block] = []
    for entry in entries:
        if entry.form is not Form.BULLET:
            continue
        start = entry.position.line - 1
        follows = run and run[-1][0].position.line - 1 + len(run[-1][1]) == start
        if run and not follows:
            yield run
            run = []
        end = entry.end_line
        while end < len(lines) and not lines[end].strip():
            end += 1
        run.append((entry, lines[start:end]))
    if run:
        yield run


def _by_time(run: list[_Block]) -> list[_Block]:
    keyed: list[tuple[datetime, _Block]] = []
    last = next((entry.moment.instant for entry, _ in run if entry.moment.instant), None)
    for block in run:
        last = block[0].moment.instant or last
        if last is None:
            return run
        keyed.append((last, block))
    ordered = [block for _, block in sorted(keyed, key=lambda item: item[0])]
    return _with_own_gap(run, ordered)


def _with_own_gap(run: list[_Block], ordered: list[_Block]) -> list[_Block]:
    """Empty lines belong to the place in the list, not to the entry that stood there."""
    gaps = [block[_filled(block) :] for _, block in run]
    return [
        (entry, block[: _filled(block)] + gap)
        for (entry, block), gap in zip(ordered, gaps, strict=True)
    ]


def _filled(block: list[str]) -> int:
    """The number of a block's lines without the empty ones at its end."""
    return max(number for number, line in enumerate(block, 1) if line.strip())
