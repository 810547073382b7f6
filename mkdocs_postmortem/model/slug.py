"""Names for files and addresses, made of words of any script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256


def slug(text: str, fallback: str = "outage") -> str:
    """Letters and digits of any script in lower case, hyphens between: ``search-blank``."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:60].strip("-_") or fallback


def unique_slugs(names: Iterable[str], fallback: str) -> dict[str, str]:
    """A slug for each name. Where two names would share one, each gets an ending of its own.

    The ending depends on the name alone, so that an address stays when other names come and go;
    only the first clash changes it.
    """
    names = tuple(dict.fromkeys(names))
    plain = {name: slug(name, fallback) for name in names}
    count = Counter(plain.values())
    return {
        name: f"{item}-{sha256(name.encode()).hexdigest()[:6]}" if count[item] > 1 else item
        for name, item in plain.items()
    }
