"""Pages that may have been meant to be internal, though no front matter of ours says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.front_matter import FrontMatter
from mkdocs_postmortem.reading.internal_markers import find_markers, is_like

# Without a front matter that can be read, its words are looked for in so many lines.
_MOST_LINES = 60
_KEY = re.compile(r"(?:^\W*internal?|visib\w*)\W{0,5}[:=]", re.IGNORECASE)
_VALUE = re.compile(r"[:=]\W{0,5}internal?\b", re.IGNORECASE)
_VISIBILITY = re.compile(r"\bvisib\w*\W{0,5}[:=]", re.IGNORECASE)
_PLAIN_WORDS = ("intern", "visib")


def find_doubt(
    front: FrontMatter, lines: Sequence[str], *, is_expected: bool, is_matched: bool
) -> Finding | None:
    """Why a page is hidden from the public in doubt; None if there is no doubt.

    ``lines`` are all of the file. ``is_expected`` holds for a page among the postmortems,
    ``is_matched`` for one of an archive, which needs no front matter.
    """
    top = lines[: max(front.end, _MOST_LINES)]
    if not _mentions("\n".join(top)):
        return None
    for marker in find_markers(lines[: front.end])[:1]:
        row = "\n".join(lines[: front.end])[: marker.start].count("\n")
        return _finding(
            row,
            "A marker of an internal block is in the front matter, so the page is hidden.",
            "Put the field below `internal:` instead: `internal: {impact: …}`.",
        )
    for key, value in front.data.items():
        if key != "postmortem" and is_like(key, "postmortem") and _mentions(value):
            return _finding(front.keys.get(key, Position()).line - 1, *_unclear(f"`{key}:`"))
    if not (is_expected or front.names_postmortem) or _is_clean(front, lines):
        return None
    signs = (_VISIBILITY,) if is_matched else (_KEY, _VALUE)
    rows = [row for row, line in enumerate(top) if any(sign.search(line) for sign in signs)]
    return _finding(rows[0], *_unclear("This line")) if rows else None


def _mentions(value: Any) -> bool:
    return any(word in str(value).lower() for word in _PLAIN_WORDS)


def _is_clean(front: FrontMatter, lines: Sequence[str]) -> bool:
    """Whether the front matter has one mapping of ours, every reader reads it in one way."""
    return (
        isinstance(front.data.get("postmortem"), dict)
        and not front.is_broken
        and all(finding.code != "PM003" for finding in front.findings)
        and not any(line.lstrip().startswith("<<") for line in lines[: front.end])
    )


def _unclear(what: str) -> tuple[str, str]:
    return (
        f"{what} may say that the page is internal, but no front matter of a postmortem says so "
        "clearly. The page is hidden from the public.",
        "Write `visibility: internal` or `visibility: public` below `postmortem:`.",
    )


def _finding(row: int, message: str, fix: str) -> Finding:
    return Finding("PM704", Position(max(row, 0) + 1), message, fix)
