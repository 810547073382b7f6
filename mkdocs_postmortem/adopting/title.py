"""The title of a foreign postmortem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.reading.head_labels import Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.headings import match_heading
from mkdocs_postmortem.reading.sections import section_keys
from mkdocs_postmortem.reading.source import Line

_HTML = re.compile(r"^\s*<h[1-3][^>]*>(?P<text>.*?)</h[1-3]>", re.IGNORECASE)
_BOLD_TITLE = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*(?:<br\s*/?>\s*)?$")
_TITLE_LINE = re.compile(
    r"^\s*(?!\S+://)(?P<text>[^#\n]{0,80}\bpost-?\s?mortem\b[^\n]{0,120}?)\s*(?:<br\s*/?>\s*)?$",
    re.I,
)
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{3,})\s*$")
_SETEXT = re.compile(r"[^\s#>|*+=-]")
# A page without headings: a few words, and neither an address, an item nor a sentence.
_FIRST_LINE = re.compile(
    r"(?!\S+://|[-#*+>|!\[<(]|\d+[.)]\s)(?:[^\s.:][^\s]*[ \t]+){1,13}[^\s]*[^\s.:,;]\s*$"
)
# The value of a label is a title, and not an identifier.
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_TAG = re.compile(r"<[^<>]+>|^\*\*|\*\*$")


def find_title(
    lines: Sequence[Line], front: Mapping[str, Any], sections: Sequence[Section]
) -> tuple[str, int] | None:
    """The front matter's title, the first heading that is neither a section nor a label, a value
    with the label "title", or a first line that is no sentence.
    """
    typed = front.get("title")
    if isinstance(typed, str) and typed.strip():
        return typed.strip(), 1
    last = sections[0].start if sections else 30
    head = [line for line in lines if line.is_prose and not line.is_blank and line.number <= last]
    head = head[:15]
    has_labels = False
    below = {line.number: line.text for line in lines}
    for line in head:
        is_setext = _UNDERLINE.match(below.get(line.number + 1, "")) and _SETEXT.match(line.text)
        text = _clean(line.text if is_setext else _heading_text(line.text))
        is_label = _is_label(text) or (has_labels and ":" in text)
        is_top = line.text.startswith("# ") and ": " in text and line.number < last
        if text and (is_top or not section_keys(text)) and not is_label:
            return text, line.number
        has_labels = has_labels or (":" in text and is_label)
    titled = (item for item in find_labelled(head) if item.subject is Subject.TITLE)
    named = (item for item in titled if _WORDS.search(item.value))
    if found := next(((item.value, item.line) for item in named), None):
        return found
    for pattern in (_BOLD_TITLE, _TITLE_LINE):
        for line in head[:6]:
            match = pattern.match(line.text)
            if match and line.number < last and not section_keys(match["text"]):
                return _clean(match["text"]), line.number
    for line in head[:1]:
        if line.number < last and _FIRST_LINE.match(line.text) and not _is_label(line.text):
            return _clean(line.text), line.number
    return None


def _heading_text(line: str) -> str:
    heading, html = match_heading(line), _HTML.match(line)
    return heading.text if heading else html["text"] if html else ""


def _is_label(text: str) -> bool:
    """``Owner: Dana`` and ``State``: the head of a page has values in headings, too."""
    label, colon, _ = text.partition(":")
    is_empty = bool(colon) and text.endswith(":")
    is_known = subject_of(label.strip(" *_")) is not None
    return is_empty or (is_known and bool(colon or " " not in text.strip()))


def _clean(text: str) -> str:
    return _TAG.sub("", text).strip().strip("*_").strip()
