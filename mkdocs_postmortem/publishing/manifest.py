"""Files generated for a host without plugins, and the list of them next to them.

The list decides what may be overwritten and removed: only what stands in it, as it was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

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
        named = list(_named(manifest))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ManifestError(
            f"{file} is not readable as the list of generated files ({error}). "
            "Delete it and the generated files next to it, then run the command again."
        ) from error
    for path in named:
        if not is_below(path):
            raise ManifestError(f"{file} names {path!r}, which is not below the docs folder.")
    return manifest


def _named(manifest: Manifest) -> Iterator[Any]:
    yield from manifest.files
    yield from manifest.lists.values()
    yield from manifest.data.values()
    if manifest.index is not None:
        yield manifest.index


def is_below(path: Any) -> bool:
    """Whether it is a plain path that cannot lead out of the docs folder, on Windows neither."""
    if not isinstance(path, str) or "\\" in path or ":" in path:
        return False
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts
