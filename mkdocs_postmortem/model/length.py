"""Lengths of time in plain English, for messages."""

from __future__ import annotations

from datetime import timedelta

_UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def length_text(length: timedelta) -> str:
    """The two largest units: ``2 h 5 min``, ``47 min``, ``3 d``."""
    rest = int(length.total_seconds())
    parts: list[str] = []
    for name, size in _UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {name}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part) or "0 s"
