"""Writing a mended page, or showing what would change."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from mkdocs_postmortem.adopting import Mended
from mkdocs_postmortem.publishing import write_whole


def mend_file(file: Path, mended: Mended, *, only_show: bool) -> str:
    """Write the page with its own line ends and byte order mark; the report of what was done.

    A file that cannot be written ends the command; the old one is untouched then.
    """
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
        newline = "\r\n" if "\r\n" in text else "\n"
        if only_show:
            before = text.replace("\r\n", "\n").split("\n")
            diff = difflib.unified_diff(
                before, mended.text.split("\n"), str(file), str(file), lineterm=""
            )
            return "\n".join(diff)
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        data = mark + mended.text.replace("\n", newline).encode()
        if data != raw:
            write_whole(file, data, overwrite=True)
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}.") from fault
    return "\n".join(f"{file}: {repair}." for repair in mended.repairs)
