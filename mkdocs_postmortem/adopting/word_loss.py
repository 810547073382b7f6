"""The proof that a rewritten body has lost no word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# Shorter ones belong to times (`pm`) and to marks of lists, which may change.
_WORD = re.compile(r"[^\W\d_]{3,}")


def keeps_words(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether every word of the lines ``before`` is as often in the lines ``after``."""
    return not _words(before) - _words(after)


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(line))
