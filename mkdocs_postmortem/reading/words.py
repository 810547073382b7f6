"""The words of ``words.yml``, by which sections, events, labels and sentences are recognised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs_postmortem.reading.yaml_values import read_data_file

# Languages without spaces between words.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DATA: dict[str, Any] = read_data_file(Path(__file__).with_name("words.yml"))


def word_list(group: str) -> tuple[str, ...]:
    return _split(_DATA[group])


def word_lists(group: str) -> dict[str, tuple[str, ...]]:
    return {key: _split(text) for key, text in _DATA[group].items()}


def says_nothing(text: str) -> bool:
    """Whether a value only says that there is none: ``N/A``, ``None.``, ``-``."""
    return _WORD.findall(text.casefold()) in _NOTHINGS


def sign(name: str) -> re.Pattern[str]:
    """The pattern of a list in ``signs``: any of its stems at the beginning of a word."""
    words = word_lists("signs")[name]
    stems = [stem.replace("_", r"[\s-]+").replace("$", r"\b") for stem in words]
    spaced = "|".join(stem for stem in stems if not _DENSE.search(stem))
    dense = "".join(f"|{stem}" for stem in stems if _DENSE.search(stem))
    return re.compile(rf"(?<![^\W_])(?:{spaced}){dense}", re.IGNORECASE)


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


_WORD = re.compile(r"\w+")
_NOTHINGS = [[], *(_WORD.findall(name.casefold()) for name in word_list("nothings"))]
