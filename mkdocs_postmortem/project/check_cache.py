"""The result of the latest ``check`` of a large archive, in a folder next to its configuration.

The key holds everything that a result is made from: the content of the files, the options, the
schema, the day, and the installed program. Whatever is wrong with the file, it is as if there were
none. It is plain JSON, so that nobody's repository can make it run anything.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortem.catalog import digest
from mkdocs_postmortem.model.package_data import data_folder
from mkdocs_postmortem.model.problem import Level, Position, Problem, Suggestion
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing import write_whole

FOLDER = ".mkdocs-postmortem-cache"
# A smaller archive is checked in no time.
_SMALL = 200


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Every problem of a site by file and place, those in the data of other sites, which are by
    their paths from the configuration, and the paths of the postmortems.
    """

    problems: tuple[Problem, ...]
    of_hub: tuple[Problem, ...]
    postmortems: tuple[str, ...]


class CheckCache:
    """Keeps the result for these files of a project; ``today`` is the day of the check."""

    def __init__(self, project: Project, files: Mapping[str, Path], today: date) -> None:
        self._roots = project.roots
        self._file = (project.config or project.docs).parent / FOLDER / "check.json"
        is_worth_it = project.config is not None and len(files) >= _SMALL
        self._key = _key(project, files, today) if is_worth_it else ""

    def find(self) -> CheckResult | None:
        """The kept result, if it is of the same state of everything."""
        if not self._key:
            return None
        try:
            kept = json.loads(self._file.read_bytes())
            if kept["key"] != self._key:
                return None
            problems, of_hub = (tuple(map(_problem, kept[name])) for name in ("problems", "hub"))
            return CheckResult(problems, of_hub, tuple(map(str, kept["postmortems"])))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def keep(self, result: CheckResult) -> None:
        """Keep a result. A folder that cannot be written is no reason to fail."""
        if not self._key:
            return
        data = {
            "key": self._key,
            "problems": result.problems,
            "hub": result.of_hub,
            "postmortems": result.postmortems,
        }
        ignored = self._file.with_name(".gitignore")
        with suppress(OSError):
            if not ignored.exists():
                write_whole(ignored, b"*\n", roots=self._roots)
            write_whole(self._file, json.dumps(data).encode(), roots=self._roots, overwrite=True)


def _problem(parts: Any) -> Problem:
    path, position, level, code, message, fix, subject, change = parts
    suggestion = Suggestion(Position(*change[0]), *change[1:]) if change else None
    if not all(isinstance(text, str) for text in (path, code, message, fix, subject)):
        raise TypeError("a text is expected")
    place = Position(*map(int, position))
    return Problem(path, place, Level(level), code, message, fix, subject, suggestion)


def _key(project: Project, files: Mapping[str, Path], today: date) -> str:
    """Empty where a file cannot be read."""
    left_out = list(project.excluded_files())
    reasons = [(path, reason) for path, _, reason in left_out]
    others = {str(file): file for file in (project.schema, *project.hub_files()) if file}
    excluded = {path: file for path, file, _ in left_out}
    try:
        contents = [*map(_contents, (files, excluded, others))]
    except OSError:
        return ""
    return digest(_program(), project.settings, today, reasons, contents)


def _contents(files: Mapping[str, Path]) -> str:
    found = blake2b(digest_size=20)
    for path, file in files.items():
        # Pathlib takes as long as the system to open a file.
        with open(file, "rb", buffering=0) as raw:  # noqa: PTH123
            data = raw.readall()
        found.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogatepass") + data)
    return found.hexdigest()


def _program() -> list[object]:
    """What is installed: our files, and the folder that other packages are installed into."""
    folders = (Path(__file__).parents[1], data_folder("schemas"))
    states = [
        (file.name, file.stat().st_mtime_ns, file.stat().st_size)
        for folder in folders
        for file in sorted(folder.rglob("*.*"))
        if file.suffix != ".pyc"
    ]
    return [sys.version, Path(yaml.__file__).parents[1].stat().st_mtime_ns, states]
