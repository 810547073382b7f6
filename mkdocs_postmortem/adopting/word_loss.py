"""The proof that a rewritten body has lost nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from mkdocs_postmortem.reading.hash_heading import match_heading
from mkdocs_postmortem.reading.source import Line, number_lines
from mkdocs_postmortem.reading.tables import is_delimiter

# Shorter ones belong to times (`pm`) and to marks of lists, which may change.
_WORD = re.compile(r"[^\W\d_]{3,}")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*|<img\b[^>]*", re.IGNORECASE)
_LINK = re.compile(r"(?<=\]\()[^()\s]+|(?<=\]\[)[^\[\]]+|https?://[^\s<>()\[\]]+")
_TEXT = ("word", "words", "link", "links", "image", "images")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{2,})\s*$")


def keeps_words(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether every word, link and image is there; tables and headings may become a list."""
    return not any(loss.endswith(_TEXT) for loss in find_losses(before, after))


def find_losses(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """What the lines ``after`` lack of the lines ``before``: ``2 links``, ``1 table``.

    Counted are words, links, images, headings, tables and code blocks.
    """
    old, new = _contents(before), _contents(after)
    counts = {name: (old[name] - new[name]).total() for name in old}
    return tuple(
        f"{count} {name if count > 1 else name[:-1]}" for name, count in counts.items() if count
    )


def _contents(texts: Sequence[str]) -> dict[str, Counter[str]]:
    lines = number_lines(texts)
    return {
        "words": _all(_WORD, texts),
        "links": _all(_LINK, [_IMAGE.sub("", text) for text in texts]),
        "images": _all(_IMAGE, texts),
        "headings": Counter({"": sum(_is_heading(line) for line in lines)}),
        "tables": Counter({"": sum(map(is_delimiter, lines))}),
        "code blocks": Counter({"": sum(line.is_code for line in lines)}),
    }


def _all(pattern: re.Pattern[str], texts: Iterable[str]) -> Counter[str]:
    return Counter(found for text in texts for found in pattern.findall(text))


def _is_heading(line: Line) -> bool:
    return line.is_prose and bool(match_heading(line.text) or _SETEXT.match(line.text))
