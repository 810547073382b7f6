"""The zone that a timeline names once for all of its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.section import Section
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.entry_prefix import read_prefix
from mkdocs_postmortem.reading.instants import TimeContext, read_zone_text
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.zones import find_zone

# Such a sentence stands above the entries; further down a zone is that of an event.
_HEAD_LINES = 12
_WORLD_TIME = re.compile(r"\b(?:UTC|GMT)\b")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def section_zone(section: Section, lines: Sequence[Line], context: TimeContext) -> Zone | None:
    """The zone of the heading, else of a sentence above the entries, else the default."""
    heading = section.heading
    texts = [line.text for line in lines[:_HEAD_LINES] if line.is_prose]
    for text in (heading, *texts):
        written = find_zone(text)
        if written and (text is heading or not _is_entry(text)):
            found, _ = read_zone_text(written, section.position, context.synonyms)
            if found:
                return found
    return context.default_zone


def _is_entry(text: str) -> bool:
    return read_prefix(_QUOTE.sub("", text).strip(" -*+")) is not None


def header_zone(header: str, section: Section, context: TimeContext) -> Zone | None:
    """The zone that a table's header names: ``Time (UTC)``."""
    match = _WORLD_TIME.search(header)
    written = find_zone(header) or (match.group() if match else None)
    if written is None:
        return None
    return read_zone_text(written, section.position, context.synonyms)[0]


def is_zone_line(text: str) -> bool:
    """``Timezone: PST`` as a bullet is no event."""
    return len(text) < 60 and find_zone(text) is not None
