"""A search of a site's output in a process of its own, beside the build that writes it.

A build uses one processor. Where there is another one, nearly all of the output has been searched
when the build ends. The processes speak in lines of JSON: the task; each file that is written;
``null``, which is answered with what was found.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from typing import IO, Any

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.publishing.leaks import Leak
from mkdocs_postmortem.publishing.output_search import Found, OutputSearch, SearchTask

# Isolated, so that no file next to the docs is taken for a module.
_COMMAND = (
    "-I",
    "-c",
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    f"from {__name__} import answer; answer(sys.stdin.buffer, sys.stdout.buffer)",
)


class SearchProcess:
    """One search. Whatever fails, ``finish`` returns None, and the caller has to search itself."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._task: SearchTask | None = None

    @property
    def is_started(self) -> bool:
        """Whether there is a process to speak to."""
        return self._process is not None

    def start(self) -> None:
        """Start the process: it takes a moment, in which the build goes on."""
        self.stop()
        if not sys.executable or getattr(sys, "frozen", False):
            return  # no Python of its own
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - no shell, and this same Python
                [sys.executable, *_COMMAND, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def begin(self, task: SearchTask) -> None:
        """Say what to search for."""
        if self._process is not None:
            self._task = task
            folder, withheld, public, *paths = task
            pages = [(it.path, it.texts, it.names, it.is_hidden) for it in withheld]
            self._say([folder, pages, public, *map(list, paths)])

    def add(self, output: str) -> None:
        """Name a file that has been written; an empty name stands for all that there is."""
        if self._task is not None:
            self._say(output)

    def finish(self, task: SearchTask) -> Found | None:
        """What was found; None if nobody has searched for all that ``task`` names by now."""
        if self._process is None or task != self._task:
            self.stop()
            return None
        self._say(None)
        try:
            process = self._process
            line = process.stdout.readline() if process and process.stdout else b""
            leaks, unread = json.loads(line)
            return Found([Leak(*leak) for leak in leaks], unread)
        except ValueError:  # it has died
            return None
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process, self._task = self._process, None, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()

    def _say(self, value: object) -> None:
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps(value).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.stop()


def answer(lines: IO[bytes], answers: IO[bytes]) -> None:
    """What the process does. It ends without a word if the other one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build reports Ctrl-C
    folder, withheld, public, skipped, copied = _read(lines)
    pages = tuple(Withheld(*item) for item in withheld)
    task = SearchTask(folder, pages, tuple(public), frozenset(skipped), frozenset(copied))
    search = OutputSearch(task)
    while (output := _read(lines)) is not None:
        search.search_early(output)
    answers.write(json.dumps(search.finish()).encode() + b"\n")
    answers.flush()


def _read(lines: IO[bytes]) -> Any:
    line = lines.readline()
    if not line:
        raise SystemExit
    return json.loads(line)
