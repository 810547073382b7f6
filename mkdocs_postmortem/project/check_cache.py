"""What earlier checks of a large archive found, in a folder next to its configuration.

The key of the whole result holds everything that it is made from: the content of the files, the
options, the schema, the day, and the installed program. That of a page has only its own content, so
that after an edit one page is read and checked anew, and the rules between pages run on all of
them. Whatever is wrong with a file of the cache, it is as if there were none. It is plain JSON, so
that nobody's repository can make it run anything: values are read back by the types of their
fields, and whatever does not fit is refused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from mkdocs_postmortem import data_folder
from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.check_pages import CheckedPage, File
from mkdocs_postmortem.catalog.similarity import SimilarPair
from mkdocs_postmortem.catalog.site import CheckPages
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.zone import Zone, fixed_zone, named_zone
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.publishing.hub import MOST_BYTES as HUB_BYTES
from mkdocs_postmortem.reading.directives import Directive
from mkdocs_postmortem.reading.page import Page
from mkdocs_postmortem.reading.source import read_bytes

T = TypeVar("T")

FOLDER = ".mkdocs-postmortem-cache"
# A smaller archive is checked in no time.
_SMALL = 200
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Every problem of a site by file and place, those in the data of other sites, which are by
    their paths from the configuration, and the paths of the postmortems.
    """

    problems: tuple[Problem, ...]
    of_hub: tuple[Problem, ...]
    postmortems: tuple[str, ...]


class _Kept(NamedTuple):
    """A page by the digest of its content: what other pages may ask of it, and its problems."""

    version: str
    concerns_us: bool = False
    record: Postmortem | None = None
    directives: tuple[Directive, ...] = ()
    problems: tuple[Problem, ...] = ()


class CheckCache:
    """Keeps what was found for these files of a project; ``today`` is the day of the check.

    ``unsaved`` holds what an editor has of a file, by its path: of that nothing is kept. ``cache``
    is what the check is to use: it knows the similar pairs.
    """

    def __init__(
        self,
        project: Project,
        files: Mapping[str, Path],
        today: date,
        unsaved: Mapping[str, bytes],
    ) -> None:
        self._roots = project.roots
        self._folder = (project.config or project.docs).parent / FOLDER
        self._key, self._page_key = "", ""
        self._unsaved = unsaved
        self._versions: dict[str, str] = {}
        self._rows: dict[str, object] = {}
        self.cache = Cache()
        if project.config is None or len(files) < _SMALL:
            return
        left_out = list(project.excluded_files())
        reasons = [(path, reason) for path, _, reason in left_out]
        others = {str(file): file for file in project.hub_files()}
        excluded = {path: file for path, file, _ in left_out}
        with suppress(OSError):
            schema = _versions({"": project.schema} if project.schema else {})
            around = [_versions(excluded), _versions(others)]
            self._versions = _versions(files, unsaved)
            self._page_key = digest(_program(), project.settings, today, schema)
            self._key = digest(self._page_key, reasons, around, self._versions)

    def find(self) -> CheckResult | None:
        """The kept result, if it is of the same state of everything."""
        try:
            return from_plain(CheckResult, self._read("check.json", self._key))
        except _FAULTS:
            return None

    def check_pages(
        self, files: Iterable[File], checker: Checker, check: CheckPages
    ) -> Iterator[CheckedPage]:
        """The pages that are as they were, and the others as ``check`` finds them. It is given only
        those, and leaves out the texts of pages.
        """
        files = list(files)
        try:
            kept = self._read("pages.json", self._page_key)
            found = kept["pages"].items()
            same = {path: row for path, row in found if row[0] == self._versions.get(path)}
            pages = {path: from_plain(_Kept, row) for path, row in same.items()}
            for name, pairs in kept["similar"].items():
                self.cache.recall(("similar", name), from_plain(tuple[SimilarPair, ...], pairs))
        except _FAULTS:
            same, pages = {}, {}
        changed = {path: file for path, file in files if path not in pages}
        checked = {one.page.path: one for one in check(changed.items(), checker)}
        for path in changed:
            pages[path] = _kept(self._versions.get(path, ""), checked.get(path))
        saved = {path: file for path, file in changed.items() if path not in self._unsaved}
        if self._page_key and not self._holds(saved):
            self._key = self._page_key = ""
        rows = {**pages, **same} if saved or not self._unsaved else {}
        self._rows = {path: row for path, row in rows.items() if path not in self._unsaved}
        for path, _ in files:
            page = pages[path]
            if page.concerns_us:
                light = Page(path, record=page.record, directives=page.directives)
                yield CheckedPage(light, page.problems)

    def keep(self, result: CheckResult) -> None:
        """Keep the result for ``find``, and what it is made from for ``check_pages``."""
        if not self._rows:
            return  # an editor has changed a page, and nothing else is new
        similar = {key[1]: pairs for key, pairs in self.cache.asked("similar").items()}
        self._keep("pages.json", self._page_key, {"pages": self._rows, "similar": similar})
        self._keep("check.json", "" if self._unsaved else self._key, result)

    def _holds(self, files: Mapping[str, Path]) -> bool:
        """Whether nobody has edited one of the files since its digest was made."""
        try:
            return _versions(files).items() <= self._versions.items()
        except OSError:
            return False

    def _read(self, name: str, key: str) -> Any:
        kept = json.loads((self._folder / name).read_bytes()) if key else {}
        if kept["key"] != key:
            raise ValueError("the result of another state")
        return kept["value"]

    def _keep(self, name: str, key: str, value: object) -> None:
        """A folder that cannot be written does not fail the check."""
        if not key:
            return
        ignored, data = self._folder / ".gitignore", {"key": key, "value": value}
        with suppress(OSError):
            if not ignored.exists():
                write_whole(ignored, b"*\n", roots=self._roots)
            text = json.dumps(data, default=to_plain, separators=(",", ":"))
            write_whole(self._folder / name, text.encode(), roots=self._roots, overwrite=True)


def _kept(version: str, found: CheckedPage | None) -> _Kept:
    if found is None:
        return _Kept(version)
    return _Kept(version, True, found.page.record, found.page.directives, found.problems)


def _versions(
    files: Mapping[str, Path], unsaved: Mapping[str, bytes] | None = None
) -> dict[str, str]:
    """Digests of the contents by path. OSError if one cannot be read."""
    contents = dict(unsaved or {})
    found: dict[str, str] = {}
    for path, file in files.items():
        data = contents.get(path)
        if data is None:
            data = read_bytes(file, HUB_BYTES)
        found[path] = blake2b(data, digest_size=20).hexdigest()
    return found


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


def to_plain(value: Any) -> Any:
    """What ``json.dumps`` is to write for a value that it does not know; its ``default``."""
    if isinstance(value, Zone):
        return [value.name, value.written]
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return [getattr(value, field.name) for field in fields(value)]


def from_plain(kind: type[T], data: object) -> T:
    """The value of this kind. TypeError, ValueError, KeyError or AttributeError for other data."""
    hint: Any = kind
    value: T = _reader(hint)(data)
    return value


@cache  # the same few types are in each of thousands of pages
def _reader(kind: Any) -> Any:
    """What reads data as a type: a dataclass, a named tuple, an enumeration or what they hold."""
    args = [_reader(item) for item in get_args(kind) if item not in (type(None), ...)]
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return lambda data: None if data is None else args[0](data)
    if origin is tuple:
        return lambda data: tuple(map(args[0], _exact(list, data)))
    if origin is dict:
        return lambda data: {args[0](key): args[1](value) for key, value in data.items()}
    if kind is Any:
        return lambda data: data
    if kind in (date, time):
        return kind.fromisoformat
    if kind is timedelta:
        return lambda data: timedelta(seconds=data)
    if kind is Zone:
        return _zone
    if issubclass(kind, Enum):
        return kind
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return partial(_read_fields, kind, [])
    return lambda data: _exact(kind, data)


def _read_fields(kind: Any, readers: list[Callable[[Any], Any]], data: Any) -> Any:
    """``readers`` are filled by the first value, since some kinds hold themselves."""
    readers[:] = readers or map(_reader, get_type_hints(kind).values())
    return kind(*[read(item) for read, item in zip(readers, data, strict=True)])


def _exact(kind: type[T], data: Any) -> T:
    if type(data) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(data).__name__}")
    return data


def _zone(data: Any) -> Zone:
    name, written = map(str, data)
    if name.startswith("UTC"):
        offset = datetime.strptime(name[3:] or "+00:00", "%z").utcoffset()
        return fixed_zone(offset or timedelta(), written)
    zone = named_zone(name, written)
    if zone is None:
        raise ValueError(f"no zone {name}")
    return zone
