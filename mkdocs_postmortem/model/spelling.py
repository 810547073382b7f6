"""The known name that a mistyped word probably means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def closest(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known name that a word is most like, whatever its case, or nothing."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(str(word).lower(), by_lower, 1, cutoff)
    return by_lower[close[0]] if close else ""


def did_you_mean(word: object, known: Iterable[str], cutoff: float = 0.6) -> str:
    """`` Did you mean `x`?`` with a leading space, or nothing."""
    name = closest(word, known, cutoff)
    return f" Did you mean `{name}`?" if name else ""
