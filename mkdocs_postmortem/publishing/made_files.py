"""Made files → a folder: new ones written, changed ones replaced, those no longer made removed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs_postmortem.publishing.atomic import is_linked, write_whole
from mkdocs_postmortem.publishing.manifest import Manifest, digest


@dataclass
class Outcome:
    """What became of each path; ``foreign`` are files that somebody else wrote or changed."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def compare(docs: Path, texts: Mapping[str, bytes], old: Iterable[Manifest]) -> Outcome:
    """What ``write_made`` would do, with nothing done."""
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


def write_made(
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
