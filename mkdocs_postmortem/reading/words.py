"""The words of ``words.yml``, by which sections, kinds of events and labels are recognised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# A dictionary of lists, or a list; each list is one text with commas.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FILE = Path(__file__).with_name("words.yml")
_DATA: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), _LOADER)  # noqa: S506


def word_list(group: str) -> tuple[str, ...]:
    return _split(_DATA[group])


def word_lists(group: str) -> dict[str, tuple[str, ...]]:
    return {key: _split(text) for key, text in _DATA[group].items()}


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))
