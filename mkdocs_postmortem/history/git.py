"""The program ``git``: one pass over the history of all pages, without a shell.

There is no result where git is not installed, where the pages are in no repository or in a shallow
or partial one, or where there is too much history to read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs_postmortem.history.checkboxes import CheckboxHistory, days_of, read_commits

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
