"""The source of an incident of another site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The site by its name, and the address of the page there (empty if it cannot be linked to)."""

    site: str
    url: str = ""
