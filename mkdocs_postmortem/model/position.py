"""A position in a source file."""

from __future__ import annotations

from typing import NamedTuple


# A page has fifty of them, and of all frozen kinds a tuple is made the fastest.
class Position(NamedTuple):
    """A line and a column of a source file, both counted from 1."""

    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"
