"""The days on which tasks were added, ticked and dropped, from the git history of their pages.

One pass of ``git log --patch`` over the history of all pages, without a shell. There is no result
where git is not installed, where the pages are in no repository or in a shallow or partial one, or
where there is too much history to read; a build never fails because of it.

A line is followed through edits: what a commit takes away and what it adds to a file are paired by
the task's text, then by its ticket, then by similarity. A box that was added ticked does not say
when the task was done.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.tasks import read_box

# How similar two texts must be to count as one task, and how many are compared per change.
_ALIKE = 0.7
_MOST_COMPARED = 40
# Precedes each commit's day; no line of a patch starts with it.
MARK = "\x00"
# A line that may hold a box; what it really is, is for the reader of tasks to say.
_BOXED = re.compile(r"[-+]\s*(?:[-*+•—–]\s*|\d{1,3}[.)]\s*)?(?:\[[ xX/~-]\]|[☐☑☒✅✓✔❌⬜⬛🔲])")
# No more than this is read. The limit in bytes gives the same result on every machine. The limit in
# seconds is for a git that hangs, and far longer than reading that many bytes takes.
_MOST_BYTES = 200_000_000
_MOST_SECONDS = 120.0
_PATTERNS = ("*.md", "*.markdown", "*.mdown", "*.mkdn", "*.mkd")
# No network for a partial clone, no questions, no other program, whatever the configuration says.
_ALWAYS = ("--no-pager", "-c", "protocol.allow=never", "-c", "core.quotepath=off")
_LOG = (
    "log", "--reverse", "--topo-order", "--no-merges", "--patch", "--unified=0", "--find-renames",
    "--relative", "--src-prefix=a/", "--dst-prefix=b/", "--no-ext-diff", "--no-textconv",
    "--no-color", "--no-show-signature", "--no-notes", "--encoding=UTF-8",
    "--format=tformat:%x00%as",
)  # fmt: skip
# What means something in a pattern of paths.
_GLOB = re.compile(r"[\\*?\[]")


@dataclass(frozen=True, slots=True)
class CheckboxHistory:
    """What the history says about one line of a page; None where it says nothing."""

    added: date | None = None
    done: date | None = None
    dropped: date | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    """A line's task, and its days so far."""

    task: Task
    days: CheckboxHistory


# The boxes of a page by their lines: two lines may be the same.
_Page = dict[str, list[_Box]]


def days_of(commits: Iterable[Commit]) -> dict[str, Mapping[str, CheckboxHistory]]:
    """The days by path and line (without spaces around it). Commits come oldest first."""
    follower = _Follower()
    for commit in commits:
        for change in commit.changes:
            if change.path:
                follower.follow(change, commit.day)
    return {
        path: {line: boxes[0].days for line, boxes in page.items() if len(boxes) == 1}
        for path, page in follower.pages.items()
    }


class _Follower:
    def __init__(self) -> None:
        self.pages: dict[str, _Page] = {}
        # Where a page went: a branch that began before still changes it under its old path.
        self._moved: dict[str, str] = {}

    def follow(self, change: Change, day: date) -> None:
        page = self._page(change)
        gone = [box for line in change.removed if (box := _take(page, line)) is not None]
        for line in change.added:
            task = read_box(line)
            if task is None:
                continue
            before = _partner(task, gone)
            if before is None:
                days = CheckboxHistory(added=day)
            else:
                gone.remove(before)
                days = _moved_on(before, task, day)
            page.setdefault(line, []).append(_Box(task, days))
        if change.is_gone:
            self.pages.pop(change.path, None)

    def _page(self, change: Change) -> _Page:
        path = change.path
        if change.before:
            self._moved[change.before] = path
            self.pages[path] = self.pages.pop(change.before, {})
        elif change.is_new:
            self._moved.pop(path, None)
            self.pages[path] = {}
        elif path not in self.pages and path in self._moved:
            path = self._moved[path]
        return self.pages.setdefault(path, {})


def _take(page: _Page, line: str) -> _Box | None:
    """The box of a removed line; without days if the line was never added."""
    boxes = page.get(line)
    if boxes:
        box = boxes.pop()
        if not boxes:
            del page[line]
        return box
    task = read_box(line)
    return _Box(task, CheckboxHistory()) if task is not None else None


def _partner(task: Task, gone: list[_Box]) -> _Box | None:
    """The box of those taken away that this task was."""
    text = _key(task)
    for box in gone:
        if _key(box.task) == text:
            return box
    for box in gone:
        if task.ticket is not None and box.task.ticket == task.ticket:
            return box
    texts = [_key(box.task) for box in gone[:_MOST_COMPARED]]
    close = difflib.get_close_matches(text, texts, 1, _ALIKE)
    return gone[texts.index(close[0])] if close else None


def _key(task: Task) -> str:
    return " ".join(task.text.split()).casefold()


def _moved_on(before: _Box, task: Task, day: date) -> CheckboxHistory:
    def since(state: TaskState, known: date | None) -> date | None:
        if task.state is not state:
            return None
        return known if before.task.state is state else day

    days = before.days
    done, dropped = since(TaskState.DONE, days.done), since(TaskState.WONT_DO, days.dropped)
    return CheckboxHistory(days.added, done, dropped)


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
            commit = None
            with suppress(ValueError):
                commit = Commit(date.fromisoformat(line[1:].strip()))
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


class GitHistory:
    """The history of a docs folder. It is read again only when there is a new commit."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self._known: tuple[str, str, Mapping[str, Mapping[str, CheckboxHistory]]] = ("", "", {})
        self.silence = ""
        """Why there is no result; empty if there is one."""

    def __call__(self, paths: Sequence[str]) -> Mapping[str, Mapping[str, CheckboxHistory]]:
        """The days of pages given by their paths below the docs folder; see ``days_of``.

        The history of the folder right below the docs folder that holds them all is read, so that a
        page may move within it; one that came from outside is new there.
        """
        if not paths:
            return {}
        head = self._head()
        folder = _top_folder(paths)
        if self._known[:2] != (head, folder):
            days = self._read(folder) if head else {}
            self._known = (head, folder, days)
        return self._known[2]

    def _head(self) -> str:
        """The newest commit; nothing if the history is incomplete."""
        text = self._run(("rev-parse", "--is-shallow-repository", "HEAD"))
        if text is None:
            self.silence = "the pages lie in no git repository with commits"
            return ""
        shallow, _, head = text.strip().partition("\n")
        if shallow != "false":
            self.silence = "the clone is shallow"
            return ""
        return head

    def _read(self, folder: str) -> Mapping[str, Mapping[str, CheckboxHistory]]:
        plain = _GLOB.sub(lambda sign: f"\\{sign.group()}", folder)
        positions = [f":(glob){plain}/**/{name}" if folder else name for name in _PATTERNS]
        text = self._run((*_LOG, "--", *positions))
        if text is None:
            self.silence = "the history could not be read whole"
            return {}
        self.silence = ""
        # Not splitlines(): a page may hold other characters that it takes for the end of a line.
        return days_of(read_commits(text.split("\n")))

    def _run(self, arguments: Sequence[str]) -> str | None:
        """What git prints; None if it fails, or prints or takes too much."""
        program = shutil.which("git")
        if program is None:
            return None
        command = [program, *_ALWAYS, "-C", str(self.docs), *arguments]
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and the program's full path
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError:
            return None
        timer = threading.Timer(_MOST_SECONDS, process.kill)
        timer.start()
        with process:
            try:
                output = process.stdout.read(_MOST_BYTES + 1) if process.stdout else b""
                if len(output) > _MOST_BYTES:
                    process.kill()
            finally:
                timer.cancel()
        if process.returncode or len(output) > _MOST_BYTES:
            return None
        return output.decode("utf-8", "replace")


def _top_folder(paths: Sequence[str]) -> str:
    """The first part that all paths share; nothing if they differ from the start."""
    first = {path.partition("/")[0] if "/" in path else "" for path in paths}
    return first.pop() if len(first) == 1 else ""


def _environment() -> dict[str, str]:
    """Ours without what points git elsewhere: a hook sets that for its own repository."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")
    }
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
