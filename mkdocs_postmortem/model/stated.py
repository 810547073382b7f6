"""What an author states about a length that we also compute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mkdocs_postmortem.model.position import Position


@dataclass(frozen=True, slots=True)
class StatedDuration:
    """A duration in the prose: its words, its length, and whether the author rounds ("about")."""

    written: str
    length: timedelta
    position: Position
    is_rounded: bool = False

    def agrees_with(self, computed: timedelta) -> bool:
        """Equal within the precision of the words: a minute, or a tenth where they round."""
        slack = max(timedelta(minutes=1), computed / 10 if self.is_rounded else timedelta())
        return abs(self.length - computed) <= slack
