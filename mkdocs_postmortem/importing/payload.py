"""Exported files → JSON documents, within bounds."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

MOST_BYTES = 200_000_000
MOST_MEMBERS = 10_000
MOST_LEVELS = 100
# A fault in more files than these is counted.
_MOST_FILES = 20
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON value; ``name`` is its file, with the member of an archive after ``!``.

    ``path`` is where the value is: ``$``, or ``line 3: $`` of a file with a value on each line.
    """

    name: str
    path: str
    value: Any


class PayloadError(ValueError):
    """A file or a part of it that cannot be read, and why.

    ``place`` is the file, then the place in it and the value that is wrong: ``a.json: $.id: 3``.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place.removesuffix(': $')}: {reason}")  # `$` is the whole file
        self.file = place.partition(": ")[0]
        self.reason = reason


def summarize(errors: Iterable[PayloadError]) -> Iterator[str]:
    """A sentence for each file and reason; of many files with one reason only the first."""
    reasons: dict[str, dict[str, list[PayloadError]]] = {}
    for error in errors:
        reasons.setdefault(error.reason, {}).setdefault(error.file, []).append(error)
    for reason, files in reasons.items():
        for first, *more in islice(files.values(), _MOST_FILES):
            again = f" The same in {len(more):,} more place{'s' * (len(more) > 1)}."
            yield f"{first}{again if more else ''}"
        if len(files) > _MOST_FILES:
            yield f"{len(files) - _MOST_FILES:,} more files: {reason}"


def read_documents(file: Path) -> Iterator[Document | PayloadError]:
    """The documents of a JSON file, a JSON Lines file, or an archive of them.

    An error is yielded in its place, so that it does not hide the other documents.
    """
    name = str(file)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PayloadError(name, f"more than {MOST_BYTES:,} bytes. Split the export.")
        data = file.read_bytes()
        is_archive = data.startswith(b"PK\x03\x04")
        yield from _members(name, data) if is_archive else _documents(name, data)
    except PayloadError as fault:
        yield fault
    except OSError as error:
        yield PayloadError(name, f"{error.strerror}.")


def _members(name: str, data: bytes) -> Iterator[Document | PayloadError]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            size = sum(item.file_size for item in members)
            if len(members) > MOST_MEMBERS or size > MOST_BYTES:
                raise PayloadError(
                    name,
                    f"the archive holds {len(members):,} files of {size:,} bytes; at most "
                    f"{MOST_MEMBERS:,} files and {MOST_BYTES:,} bytes are read. Split it.",
                )
            for item in members:
                if item.filename.endswith((".json", ".jsonl", ".ndjson")):
                    yield from _member(archive, item, f"{name}!{item.filename}")
    except _UNREADABLE as error:
        raise PayloadError(name, f"not a readable zip archive ({error}).") from error


def _member(
    archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str
) -> Iterator[Document | PayloadError]:
    try:
        yield from _documents(name, archive.read(item))
    except PayloadError as fault:
        yield fault
    except _UNREADABLE as error:
        yield PayloadError(name, f"not readable in its archive ({error}).")


def _documents(name: str, data: bytes) -> Iterator[Document | PayloadError]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        reason = "not UTF-8 text. Export it again, or convert it to UTF-8."
        raise PayloadError(name, reason) from None
    if not text.strip():
        raise PayloadError(name, "the file is empty.")
    if text.lstrip().startswith("<"):
        reason = "HTML or XML instead of JSON, perhaps a login page. Export it again."
        raise PayloadError(name, reason)
    lines = {number: line for number, line in enumerate(text.splitlines(), 1) if line.strip()}
    whole, first = _parsed(name, "$", text), next(iter(lines.values()))
    is_lines = len(lines) > 1 and isinstance(_parsed("", "", first), Document)
    if isinstance(whole, Document) or not is_lines:
        yield whole
    else:
        for number, line in lines.items():
            yield _parsed(name, f"line {number}: $", line)


def _parsed(name: str, path: str, text: str) -> Document | PayloadError:
    try:
        value = json.loads(text)
        if "\\ud" in text.lower():
            # JSON may escape half a pair of surrogates, which no file takes.
            whole = json.dumps(value, ensure_ascii=False).encode(errors="replace")
            value = json.loads(whole)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if path == "$" else path[:-3]
        return PayloadError(f"{name}: {at}", f"not valid JSON ({error.msg}). Export it again.")
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return PayloadError(f"{name}: {path}", f"not usable JSON: {reason}.")
    if _is_too_deep(value):
        return PayloadError(f"{name}: {path}", f"nested more than {MOST_LEVELS} levels deep.")
    return Document(name, path, value)


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MOST_LEVELS):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True
