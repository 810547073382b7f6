"""``similar``: incidents that read like a text or a page, with the evidence."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from mkdocs_postmortem.catalog.similarity import Match, find_matches
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.cli.site import (
    Archive,
    audience_option,
    config_option,
    format_option,
    open_archive,
)
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.page import read_page


@click.command(short_help="Find incidents similar to a text or a page.")
@click.argument("query", nargs=-1, required=True, metavar="FILE|TEXT")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Number of matches.",
)
@format_option("text", "json")
@audience_option
@config_option
def similar(
    query: tuple[str, ...],
    most: int,
    output_format: str,
    audience: str | None,
    config_file: Path | None,
) -> None:
    """Find incidents similar to a text, such as an alert, or to a postmortem.

    FILE is a page of the site or any page with the front matter of a postmortem. The similarity
    is between 0 and 1; it orders the matches and proves nothing.
    """
    archive = open_archive(config_file, None, audience)
    text = " ".join(query)
    asked = _asked(Path(text), archive)
    if asked is None and len(query) == 1 and _looks_like_file(text):
        raise Refusal(printable(f"There is no file `{text}`. If it is a text, add a word."))
    matches = find_matches(asked or text, archive.site.catalog.records, most)
    if output_format == "json":
        found = [_plain(match, archive) for match in matches]
        click.echo(json.dumps({"version": 1, "matches": found}, indent=1, ensure_ascii=False))
        return
    for match in matches:
        click.echo(_text(match))
    if not matches:
        click.echo("No postmortem has a word in common with this.")


def _looks_like_file(text: str) -> bool:
    is_path = any(mark in text for mark in (os.sep, "/")) and len(text.split()) == 1
    return text.endswith((".md", ".markdown")) or is_path


def _asked(file: Path, archive: Archive) -> Postmortem | None:
    """The page that a file is, if it is a file; a usage error if it is not a postmortem."""
    try:
        if not file.is_file():
            return None
    except OSError:  # a text that is too long for a name
        return None
    docs, path = archive.project.docs.resolve(), file.name
    if file.resolve().is_relative_to(docs):
        path = file.resolve().relative_to(docs).as_posix()
        if known := archive.site.catalog.at(path):
            return known
    page = read_page(path, file.read_bytes(), archive.project.settings)
    if page is None or page.record is None:
        raise Refusal(f"{file} is not a postmortem. Give the text itself, or a page.")
    return page.record


def _text(match: Match) -> str:
    record = match.record
    head = " · ".join(filter(None, (record.id, str(record.day or ""), record.severity or "")))
    lines = [
        f"{match.similarity:.2f}  {click.style(printable(record.title), bold=True)}",
        f"      {printable(head)}",
    ]
    for name in ("words", "services", "causes"):
        values: tuple[str, ...] = getattr(match, name)
        if values:
            lines.append(printable(f"      same {name}: {', '.join(values)}"))
    if record.root_cause:
        lines.append(printable(f"      root cause: {' '.join(record.root_cause.split())}"))
    return "\n".join([*lines, f"      {printable(record.path)}"])


def _plain(match: Match, archive: Archive) -> dict[str, Any]:
    record = match.record
    return {
        "id": record.id,
        "path": record.path,
        "url": archive.project.address(record.path),
        "title": record.title,
        "day": record.day.isoformat() if record.day else None,
        "severity": record.severity,
        "services": list(record.services),
        "root_cause": record.root_cause,
        "similarity": round(match.similarity, 3),
        "same": {
            "words": list(match.words),
            "services": list(match.services),
            "causes": list(match.causes),
        },
    }
