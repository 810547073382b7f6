"""Which record of another tool a page was imported from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ImportedFrom:
    """The tool's key (``pagerduty``), the record's id there, its address, the day of the import."""

    tool: str
    id: str = ""
    url: str = ""
    imported: date | None = None

    @property
    def label(self) -> str:
        """``pagerduty Q1ABC``; of an id that is an address only its end."""
        return f"{self.tool} {self.id.rpartition('/')[2]}".strip()
