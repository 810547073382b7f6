"""The title of a foreign postmortem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mkdocs_postmortem.model.section import Section
from mkdocs_postmortem.reading.hash_heading import match_heading
from mkdocs_postmortem.reading.sections import section_keys
from mkdocs_postmortem.reading.source import Line

_HTML = re.compile(r"^\s*<h[1-3][^>]*>(?P<text>.*?)</h[1-3]>", re.IGNORECASE)
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*(?:<br\s*/?>\s*)?$")
_NAMED = re.compile(
    r"^\s*(?P<text>[^#\n]{0,80}\bpost-?\s?mortem\b[^\n]{0,120}?)\s*(?:<br\s*/?>\s*)?$", re.I
)
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{3,})\s*$")
_TAG = re.compile(r"<[^<>]+>|^\*\*|\*\*$")


def find_title(
    lines: Sequence[Line], front: Mapping[str, Any], sections: Sequence[Section]
) -> tuple[str, int] | None:
    """The front matter's title, the first heading that is no section, or a line that is one."""
    typed = front.get("title")
    if isinstance(typed, str) and typed.strip():
        return typed.strip(), 1
    last = sections[0].start if sections else 30
    head = [line for line in lines if line.is_prose and not line.is_blank and line.number <= last][
        :15
    ]
    for line in head:
        text = _heading_text(line.text)
        if text and not section_keys(text):
            return _clean(text), line.number
    for line in head:
        after = next((item for item in lines if item.number == line.number + 1), None)
        if after and _UNDERLINE.match(after.text) and not _UNDERLINE.match(line.text):
            return _clean(line.text), line.number
    for pattern in (_BOLD, _NAMED):
        for line in head[:6]:
            match = pattern.match(line.text)
            if match and line.number < last and not section_keys(match["text"]):
                return _clean(match["text"]), line.number
    return None


def _heading_text(line: str) -> str:
    heading, html = match_heading(line), _HTML.match(line)
    return heading.text if heading else html["text"] if html else ""


def _clean(text: str) -> str:
    return _TAG.sub("", text).strip().strip("*_").strip()
