"""The words of ``words.yml``, by which sections, kinds of events and labels are recognised."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs_postmortem.reading.yaml_values import read_data_file

_DATA: dict[str, Any] = read_data_file(Path(__file__).with_name("words.yml"))


def word_list(group: str) -> tuple[str, ...]:
    return _split(_DATA[group])


def word_lists(group: str) -> dict[str, tuple[str, ...]]:
    return {key: _split(text) for key, text in _DATA[group].items()}


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))
