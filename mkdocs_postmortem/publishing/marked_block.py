"""A block between two comments of a Markdown file; the rest of the file is its author's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.reading.source import number_lines, split_text

_BEGIN = re.compile(r"<!-- mkdocs-postmortem (\w+):.*-->\s*\Z")


class BlockError(Exception):
    """The comments in a file do not enclose one block; the text says which line is wrong."""


def with_block(text: str, block: str, title: str) -> str:
    """A file's text with the block in the place of the former one, or at its end.

    The block's first line names it: ``<!-- mkdocs-postmortem NAME: … -->``; its last is
    ``<!-- mkdocs-postmortem NAME end -->``. ``title`` is the heading of a file that has no text
    yet. The result has line feeds. Raises BlockError.
    """
    begin = _BEGIN.match(block.partition("\n")[0])
    assert begin is not None  # noqa: S101 - our own blocks begin so
    lines = split_text(text)
    place = _find_block(lines, begin[1])
    if place is not None:
        return "\n".join([*lines[: place.start], block, *lines[place.stop :]])
    before = text.strip() and "\n".join(lines).rstrip("\n")
    return f"{before or f'# {title}'}\n\n{block}\n"


def read_block(text: str, name: str) -> str | None:
    """The block of a file, or None if it has none. Raises BlockError."""
    lines = split_text(text)
    place = _find_block(lines, name)
    return None if place is None else "\n".join(lines[place.start : place.stop])


def _find_block(lines: Sequence[str], name: str) -> range | None:
    """The rows of the block; text in code is an example."""
    shown = {line.number - 1: line.text.strip() for line in number_lines(lines) if not line.is_code}
    matches = {row: _BEGIN.match(text) for row, text in shown.items()}
    begins = [row for row, match in matches.items() if match and match[1] == name]
    ends = [row for row, text in shown.items() if text == f"<!-- mkdocs-postmortem {name} end -->"]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or begins > ends:
        row = (begins or ends)[-1]
        raise BlockError(
            f"line {row + 1}: the comments of the block `{name}` do not enclose one block. "
            "Delete them; the next run adds the block anew."
        )
    return range(begins[0], ends[0] + 1)
