"""Durations in English, for messages and the terminal; the same words as on an English page."""

from __future__ import annotations

from datetime import timedelta

_UNITS = (("day", 86400), ("hr", 3600), ("min", 60), ("sec", 1))


def length_text(length: timedelta) -> str:
    """The two largest units: ``2 hr 5 min``, ``47 min``, ``3 days``."""
    rest = round(length.total_seconds())
    parts: list[str] = []
    for name, size in _UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            plural = "s" if name == "day" and count != 1 else ""
            parts.append(f"{count} {name}{plural}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part) or "0 min"
