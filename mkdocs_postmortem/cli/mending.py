"""Writing a mended page, or showing what would change."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from mkdocs_postmortem.adopting import Mended
from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.publishing import write_whole
from mkdocs_postmortem.reading.source import line_end, split_text


def mend_file(file: Path, before: list[str], mended: Mended, *, only_show: bool) -> str:
    """Write the page with its own line ends and byte order mark; the report of what was done.

    ``before`` are the lines that the repairs were made of.

    A file that cannot be written ends the command; the old one is untouched then.
    """
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
        if split_text(text) != before:
            return f"{file}: left out, it changed while the command ran."
        if only_show:
            diff = difflib.unified_diff(
                before, mended.text.split("\n"), str(file), str(file), lineterm=""
            )
            return "\n".join(map(printable, diff))
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        data = mark + mended.text.replace("\n", line_end(text)).encode()
        if data != raw:
            write_whole(file, data, overwrite=True, before=raw)
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}.") from fault
    return "\n".join(f"{file}: {repair}." for repair in mended.repairs)
