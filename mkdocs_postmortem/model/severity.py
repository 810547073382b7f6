"""Severity and status: what the author declares about the outage and the document."""

from __future__ import annotations

import re
from enum import Enum

DEFAULT_SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4")


class Status(str, Enum):
    """How far the document is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    CLOSED = "closed"

    @property
    def is_draft(self) -> bool:
        return self is Status.DRAFT


def match_severity(written: str, severities: tuple[str, ...]) -> str | None:
    """The configured severity that ``2``, ``sev-2``, ``SEV 2``, ``S2`` or ``P2`` means, if any."""
    plain = _plain(written)
    by_name = {_plain(name): name for name in severities}
    if plain in by_name:
        return by_name[plain]
    number = re.fullmatch(r"(?:s|sev|severity|p|priority)?0*(\d+)", plain)
    if not number:
        return None
    by_number = {
        match.group(1): name for name in severities if (match := re.search(r"(\d+)$", _plain(name)))
    }
    return by_number.get(number.group(1))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
