"""A place in a file, what is wrong there, and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


# A tuple, since a page has fifty of them, and no immutable object is created faster.
class Position(NamedTuple):
    """A line and a column of a source file, both counted from 1."""

    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Level(str, Enum):
    """How much a problem weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for the heaviest level."""
        return _RANKS[self]

    def softened(self, limit: Level) -> Level:
        """The lighter of this level and ``limit``."""
        return max(self, limit, key=lambda level: level.rank)


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Suggestion(NamedTuple):
    """A safe change of the source: ``length`` characters at ``position`` become ``text``."""

    position: Position
    length: int
    text: str


# Tuples, which are fast to create, to compare and to send to another process.
class Finding(NamedTuple):
    """Something that a reader or a rule noticed, before anybody decided how much it weighs.

    ``message`` says what is wrong, ``fix`` what to write instead. ``subject`` names the value
    (``started``, ``tasks[2].owner``) so that two findings about one value count as one problem.
    ``suggestion`` is the change that `check --fix` makes.
    """

    code: str
    position: Position
    message: str
    fix: str = ""
    subject: str = ""
    suggestion: Suggestion | None = None


class Problem(NamedTuple):
    """A finding with its file and its level: what a person is shown."""

    path: str
    position: Position
    level: Level
    code: str
    message: str
    fix: str = ""
    subject: str = ""
    suggestion: Suggestion | None = None

    @property
    def sort_key(self) -> tuple[str, Position, int, str, str]:
        return (self.path, self.position, self.level.rank, self.code, self.message)

    def __str__(self) -> str:
        fix = f" {self.fix}" if self.fix else ""
        return f"{self.path}:{self.position}: {self.code} {self.message}{fix}"


# How much two words must be alike for one to be written for the other without asking:
# `monitoring` is `monitor`, but `reviewed` is not `in_review`.
SURELY = 0.8


def closest(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known name that a word is most like, whatever its case, or nothing."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(str(word).lower(), by_lower, 1, cutoff)
    return by_lower[close[0]] if close else ""


def did_you_mean(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """`` Did you mean `x`?`` with a leading space, or nothing."""
    name = closest(word, known, cutoff)
    return f" Did you mean `{name}`?" if name else ""
