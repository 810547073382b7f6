"""Characters that nobody sees and that change what is read: controls and bidirectional overrides.

See "Trojan Source" (Boucher and Anderson, 2021) for the overrides. The zero-width joiners and the
marks of right-to-left scripts have honest uses and are not among them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line end
    r"\u2028\u2029"  # line ends that files do not have
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
    # letters made invisible, but for those in the flag of a region
    r"\U000e0001]|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"
)


# Wider, and one set of characters: a search for it is much faster.
_SUSPECT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0001-\U000e007f]"
)


def find_hidden(text: str) -> Iterator[tuple[str, int]]:
    """The name of each hidden character (``U+202E RIGHT-TO-LEFT OVERRIDE``) and its position."""
    for match in _HIDDEN.finditer(text):
        name = unicodedata.name(match.group(), "control character")
        yield f"U+{ord(match.group()):04X} {name}", match.start()


def may_hide(text: str) -> bool:
    """False if there is none for certain."""
    # No such character is printable, and few pages need the search for what else is not.
    return not text.replace("\n", " ").isprintable() and bool(_SUSPECT.search(text))


def without_hidden(text: str) -> str:
    """The text with a sign for each hidden character, so that no terminal obeys it."""
    return _HIDDEN.sub("\ufffd", text) if may_hide(text) else text
