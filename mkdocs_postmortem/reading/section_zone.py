"""The zone that a timeline names once for all of its entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.section import Section
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.entry_prefix import read_prefix
from mkdocs_postmortem.reading.instants import TimeContext, read_named_zone
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.zones import find_heading_zone, find_zone

# Such a sentence is above the entries; further down, a zone belongs to an event.
_HEAD_LINES = 12
_WORLD_TIME = re.compile(r"\b(?:UTC|GMT)\b")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def section_zone(
    section: Section, lines: Sequence[Line], context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that the heading or a sentence above the entries names.

    A name with several meanings is a finding, and gives no zone.
    """
    if written := find_heading_zone(section.heading):
        return read_named_zone(written, section.position, context)
    for line in lines[:_HEAD_LINES]:
        written = find_zone(line.text) if line.is_prose else None
        if written and not _is_entry(line.text):
            position = Position(line.number, line.text.index(written) + 1)
            return read_named_zone(written, position, context)
    return None, None


def _is_entry(text: str) -> bool:
    return read_prefix(_QUOTE.sub("", text).strip(" -*+")) is not None


def header_zone(
    header: str, position: Position, context: TimeContext
) -> tuple[Zone | None, Finding | None]:
    """The zone that a table's header names: ``Time (UTC)``."""
    match = _WORLD_TIME.search(header)
    written = find_heading_zone(header) or (match.group() if match else None)
    if written is None:
        return None, None
    return read_named_zone(written, position, context)


def is_zone_line(text: str) -> bool:
    """``Timezone: PST`` as a bullet is no event."""
    return len(text) < 60 and find_zone(text) is not None
