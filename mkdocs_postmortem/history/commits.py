"""What ``git log --patch`` prints → commits with the boxes that they took away and added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

# Precedes each commit's day; no line of a patch starts with it.
MARK = "\x00"
# A line that may hold a box; what it really is, is for the reader of tasks to say.
_BOXED = re.compile(r"[-+]\s*(?:[-*+•—–]\s*|\d{1,3}[.)]\s*)?(?:\[[ xX/~-]\]|[☐☑☒✅✓✔❌⬜⬛🔲])")


@dataclass(slots=True)
class Change:
    """What one commit did to one file: lines with boxes, without spaces around them.

    ``before`` is the file's path until then, if it had another; ``is_new`` and ``is_gone`` say
    that it had none, or has none since.
    """

    path: str
    before: str = ""
    is_new: bool = False
    is_gone: bool = False
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Commit:
    """The author's day, in his or her own zone, and the changed files."""

    day: date
    changes: list[Change] = field(default_factory=list)


def read_commits(lines: Iterable[str]) -> Iterator[Commit]:
    """The commits in the order in which they are printed; a day that is none leaves one out."""
    commit: Commit | None = None
    change = Change("")
    # Within a hunk, so many lines are still to come: a line `--- a` there is text.
    rest = 0
    for line in lines:
        if rest and line[:1] in "+-":
            rest -= 1
            _take_line(line, change)
        elif line.startswith(MARK):
            if commit is not None:
                yield commit
            commit = _commit(line[1:])
        elif line.startswith("diff --git "):
            change = Change("")
            if commit is not None:
                commit.changes.append(change)
        elif line.startswith("@@ "):
            rest = _length(line)
        else:
            _take_header(line, change)
    if commit is not None:
        yield commit


def _take_line(line: str, change: Change) -> None:
    if _BOXED.match(line):
        (change.added if line[0] == "+" else change.removed).append(line[1:].strip())


def _commit(text: str) -> Commit | None:
    try:
        return Commit(date.fromisoformat(text.strip()))
    except ValueError:
        return None


def _length(line: str) -> int:
    """``@@ -3,2 +3 @@``: two lines less and one more."""
    match = re.match(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@", line)
    if match is None:
        return 0
    return sum(1 if count is None else int(count) for count in match.groups())


def _take_header(line: str, change: Change) -> None:
    # A path that git puts in quotes holds a control character or a quote: nobody has such pages.
    if line.startswith("rename from "):
        change.before = line[12:]
    elif line.startswith("rename to "):
        change.path = line[10:]
    elif line.startswith("new file mode "):
        change.is_new = True
    elif line.startswith("deleted file mode "):
        change.is_gone = True
    elif line.startswith(("--- a/", "+++ b/")):
        change.path = line[6:].rstrip("\t")
