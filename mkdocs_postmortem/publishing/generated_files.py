"""Files that were written for a host without plugins, with a list of them.

The list decides what may be overwritten and removed: only what is in it, as it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs_postmortem.publishing.atomic import is_linked, write_whole

# Hidden, so that hosts leave it out of the site.
MANIFEST_NAME = ".mkdocs-postmortem.json"
_ABOUT = "Written by `mkdocs-postmortem generate`; it lists the files that it generated."


class ManifestError(Exception):
    """The list of made files cannot be used; the text says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The made files of a docs folder; all paths are below it, with ``/``.

    ``files`` holds the SHA-256 of what was written, two while a run is on its way. ``index``,
    ``lists`` (by facet and value) and ``data`` (by name) tell pages where to link to.
    """

    folder: str
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    index: str | None = None
    lists: Mapping[tuple[str, str], str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.folder}/{MANIFEST_NAME}"

    def owns(self, path: str, content: bytes) -> bool:
        """Whether a file with this content is as a run has written it."""
        return digest(content) in self.files.get(path, ())

    def text(self) -> str:
        data = {
            "about": _ABOUT,
            "index": self.index,
            "lists": [[*key, path] for key, path in self.lists.items()],
            "data": dict(self.data),
            "files": {path: list(sums) for path, sums in sorted(self.files.items())},
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digest(content: bytes) -> str:
    """The SHA-256, whatever a checkout has made of the line ends."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def read_manifest(file: Path, docs: Path) -> Manifest:
    """ManifestError if somebody else wrote or broke it, or if it names files elsewhere."""
    folder = file.parent.relative_to(docs).as_posix()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        manifest = Manifest(
            folder,
            {path: tuple(sums) for path, sums in data["files"].items()},
            data["index"],
            {(facet, value): path for facet, value, path in data["lists"]},
            data["data"],
        )
        named = [*manifest.files, *manifest.lists.values(), *manifest.data.values()]
        named += [] if manifest.index is None else [manifest.index]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ManifestError(
            f"{file} is not readable as the list of generated files ({error}). "
            "Delete it and the generated files next to it, then run the command again."
        ) from error
    for path in named:
        if not is_below(path):
            raise ManifestError(f"{file} names {path!r}, which is not below the docs folder.")
    return manifest


def is_below(path: Any) -> bool:
    """Whether it is a plain path that cannot lead out of the docs folder, on Windows neither."""
    if not isinstance(path, str) or "\\" in path or ":" in path:
        return False
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


@dataclass
class Outcome:
    """What became of each path; ``foreign`` are files that somebody else wrote or changed."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def compare(docs: Path, texts: Mapping[str, bytes], old: Iterable[Manifest]) -> Outcome:
    """What ``write_generated`` would do, with nothing done."""
    known = list(old)
    outcome = Outcome()
    for path, content in texts.items():
        present = _present(docs, path)
        if present is None:
            outcome.written.append(path)
        elif isinstance(present, bytes) and digest(present) == digest(content):
            outcome.unchanged.append(path)
        elif isinstance(present, bytes) and any(one.owns(path, present) for one in known):
            outcome.written.append(path)
        else:
            outcome.foreign.append(path)
    for manifest in known:
        for path in manifest.files.keys() - texts.keys():
            present = _present(docs, path)
            if isinstance(present, bytes):
                owned = manifest.owns(path, present)
                (outcome.removed if owned else outcome.foreign).append(path)
    outcome.removed.sort()
    outcome.foreign.sort()
    return outcome


def write_generated(
    docs: Path, texts: Mapping[str, bytes], manifest: Manifest, old: Iterable[Manifest]
) -> Outcome:
    """Bring the docs folder up to date. OSError where the disk refuses; run again to go on.

    ``manifest`` names the places; its ``files`` are filled here.
    """
    known = list(old)
    outcome = compare(docs, texts, known)
    ours = {*outcome.written, *outcome.unchanged}
    sums = {path: (digest(texts[path]),) for path in sorted(ours)}
    # First, so that a run that is killed half-way has no file that the next takes for foreign.
    _note(docs, replace(manifest, files=_both(sums, known)))
    for path in outcome.written:
        write_whole(docs / path, texts[path], roots=(docs,), overwrite=(docs / path).exists())
    for path in outcome.removed:
        (docs / path).unlink()
        _prune(docs, docs / path)
    _note(docs, replace(manifest, files=sums))
    for former in known:
        if former.folder != manifest.folder:
            (docs / former.path).unlink(missing_ok=True)
            _prune(docs, docs / former.path)
    return outcome


def _note(docs: Path, manifest: Manifest) -> None:
    file = docs / manifest.path
    content = manifest.text().encode()
    if not file.is_file() or file.read_bytes() != content:
        write_whole(file, content, roots=(docs,), overwrite=True)


def _both(
    sums: Mapping[str, tuple[str, ...]], known: Iterable[Manifest]
) -> dict[str, tuple[str, ...]]:
    merged = dict(sums)
    for manifest in known:
        for path, former in manifest.files.items():
            merged[path] = tuple(dict.fromkeys((*merged.get(path, ()), *former)))
    return merged


def _present(docs: Path, path: str) -> bytes | bool | None:
    """The file's content; None if nothing is there, True for what is not to be touched."""
    file = docs / path
    if is_linked(file, docs):
        return True
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return True


def _prune(docs: Path, file: Path) -> None:
    """Remove the folders that are empty now."""
    for folder in file.parents:
        if folder == docs:
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
