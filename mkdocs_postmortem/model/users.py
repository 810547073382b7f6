"""How many users an outage hit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsersAffected:
    """The author's words and what they amount to.

    ``percent`` is 0 to 100 (stated or computed from ``count`` of ``total``), None where only a
    count is known.
    """

    written: str
    percent: float | None = None
    count: int | None = None
    total: int | None = None
    estimated: bool = False
