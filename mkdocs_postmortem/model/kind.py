"""The kind of a timeline entry."""

from __future__ import annotations

from enum import Enum

from mkdocs_postmortem.model.lifecycle import Milestone


class Kind(str, Enum):
    """The kind of a timeline entry; ``action`` where the author says nothing."""

    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ACTION = "action"
    ASSUMPTION = "assumption"
    MISLEADING = "misleading"
    ESCALATED = "escalated"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    NOTE = "note"

    @property
    def milestone(self) -> Milestone | None:
        """The milestone that an entry of this kind gives the time of."""
        return _MILESTONES.get(self)


_MILESTONES = {kind: item for kind in Kind for item in Milestone if kind.value == item.value}
