"""What no log, terminal or page may show: pasted secrets and invisible characters.

Invisible are controls and bidirectional overrides; see "Trojan Source" (Boucher and Anderson,
2021). Zero-width joiners and the marks of right-to-left scripts have honest uses and are not among
them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from mkdocs_postmortem.reading.yaml_values import read_data_file

_SECRETS: list[dict[str, str]] = read_data_file(Path(__file__).with_name("secrets.yml"))
# A password in an address; nothing else is as short.
_SHORTEST = 11
_SIGNS = tuple(dict.fromkeys(sign for item in _SECRETS for sign in item.get("signs", "").split()))
_LOGIN = re.compile(r"://[^\s:/@]{1,60}:[^\s/@]{1,60}@")
_PATTERNS = tuple((item["name"], re.compile(item["pattern"])) for item in _SECRETS)
_ANY = re.compile("|".join(f"(?:{item['pattern']})" for item in _SECRETS))


def find_secrets(text: str) -> Iterator[tuple[str, int]]:
    """What each secret in a text is ("a GitHub token"), and where it begins."""
    if may_hold_secrets(text) and _ANY.search(text):
        for name, pattern in _PATTERNS:
            yield from ((name, match.start()) for match in pattern.finditer(text))


def may_hold_secrets(text: str) -> bool:
    """False if there is none for certain."""
    if "PRIVATE KEY" in text:
        return True
    # All others are one long word, and of these most texts have few.
    words = " ".join([word for word in text.split() if len(word) >= _SHORTEST])
    for sign in _SIGNS if words else ():
        if sign in words:
            return True
    return "://" in words and bool(_LOGIN.search(words))


def without_secrets(text: str) -> str:
    """The text with each secret's letters hidden but for its first four; the length stays."""
    if not may_hold_secrets(text):
        return text
    return _ANY.sub(lambda match: match.group()[:4] + "•" * (len(match.group()) - 4), text)


_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line end
    r"\u2028\u2029"  # line ends that files do not have
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
    # letters made invisible, but for those in the flag of a region
    r"\U000e0001]|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"
)


def find_hidden(text: str) -> Iterator[tuple[str, int]]:
    """The name of each hidden character (``U+202E RIGHT-TO-LEFT OVERRIDE``) and its position."""
    for match in _HIDDEN.finditer(text):
        name = unicodedata.name(match.group(), "control character")
        yield f"U+{ord(match.group()):04X} {name}", match.start()


def may_hide(text: str) -> bool:
    """False if there is none for certain."""
    # No such character is printable, and few pages need the search for what else is not.
    return not text.replace("\n", " ").isprintable() and bool(_HIDDEN.search(text))


def without_hidden(text: str) -> str:
    """The text with a replacement for each hidden character, so that no terminal interprets it."""
    return _HIDDEN.sub("\ufffd", text) if may_hide(text) else text


def printable(text: str) -> str:
    """A text from a page, safe for logs and terminals: without secrets and control characters."""
    return without_hidden(without_secrets(text.encode("utf-8", "replace").decode()))
