"""A page that carries our front matter and is not in the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.page import is_about_folder
from mkdocs_postmortem.reading.source import split_text


def left_out_finding(path: str, file: Path, reason: str) -> Finding | None:
    """PM007 if the file carries our front matter and is not a template; ``reason`` is a clause."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None  # what is not in the site need not be readable
    if b"postmortem" not in raw or is_about_folder(path):
        return None
    front = read_front_matter(split_text(raw.decode("utf-8-sig", "replace")))
    if not front.names_postmortem:
        return None
    return Finding(
        "PM007",
        front.keys.get("postmortem", Position()),
        f"The site leaves this postmortem out: {reason}.",
        "Remove the exclusion, or turn the rule `left-out` off if it is meant.",
    )
