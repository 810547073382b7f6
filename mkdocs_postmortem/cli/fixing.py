"""Writing a fixed page, or showing what would change."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.publishing import write_whole
from mkdocs_postmortem.reading.source import line_end, split_text

if TYPE_CHECKING:
    from mkdocs_postmortem.adopting import Fixed


def fix_file(
    file: Path, before: list[str], fixed: Fixed, *, roots: Collection[Path], only_show: bool
) -> str:
    """Write the page with its own line ends and byte order mark, and report what was done.

    ``before`` are the lines that the fixes were made from. A file that cannot be written ends the
    command and keeps its old text.
    """
    name = shown_path(file)
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
        if split_text(text) != before:
            return f"{name}: skipped, it changed while the command ran."
        if only_show:
            diff = difflib.unified_diff(before, fixed.text.split("\n"), name, name, lineterm="")
            return "\n".join(map(printable, diff))
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        data = mark + fixed.text.replace("\n", line_end(text)).encode()
        write_whole(file, data, roots=roots, overwrite=True, before=raw)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}.") from error
    return "\n".join(f"{name}: {repair}." for repair in fixed.repairs)


def shown_path(file: Path) -> str:
    """A file as it is called in the folder that the command runs in."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)
