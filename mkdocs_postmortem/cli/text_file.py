"""A text file that a command edits."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import click

from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.publishing.atomic import write_whole
from mkdocs_postmortem.reading.source import line_end

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it was read: its bytes (None if there is none) and its text."""

    file: Path
    raw: bytes | None
    text: str

    @classmethod
    def read(cls, file: Path) -> TextFile:
        """Refuses a file that is not UTF-8."""
        try:
            raw = file.read_bytes()
            return cls(file, raw, raw.decode("utf-8-sig"))
        except FileNotFoundError:
            return cls(file, None, "")
        except UnicodeDecodeError as error:
            raise Refusal(f"{file} is not UTF-8 text; nothing was written.") from error

    def encode(self, text: str) -> bytes:
        """A new text with the line ends and the byte order mark of the old one."""
        mark = _MARK if self.raw and self.raw.startswith(_MARK) else b""
        return mark + text.replace("\n", line_end(self.text)).encode()

    def write(self, text: str, roots: Collection[Path]) -> None:
        write_whole(self.file, self.encode(text), roots=roots, before=self.raw)


def write_new(
    file: Path,
    data: bytes,
    roots: Collection[Path],
    *,
    force: bool = False,
    before: bytes | None = None,
) -> None:
    """Write a file and say so. Refuses one that exists, without ``force`` or its content."""
    if file.is_dir():
        raise Refusal(f"{file} is a folder; name a file in it.")
    try:
        write_whole(file, data, roots=roots, overwrite=force, before=before)
    except FileExistsError:
        raise Refusal(f"{file} exists already; --force overwrites it.") from None
    click.echo(f"{file} written.", err=True)


def show_diff(before: str, after: str, name: str, new_name: str = "") -> str:
    """The changed lines as a unified diff; nothing in it that a terminal would obey."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, new_name or name, lineterm=""
    )
    return "\n".join(map(printable, lines))
