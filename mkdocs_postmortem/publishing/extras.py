"""Libraries that only some exports need."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any


class MissingExtraError(Exception):
    """A library of an extra is not installed; the text says how to install it."""


def has(name: str) -> bool:
    """Whether the module is installed."""
    return importlib.util.find_spec(name) is not None


def need(name: str, extra: str = "feeds") -> Any:
    """The module, or MissingExtraError with the extra that brings it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(
            f"This export needs `{name}`: pip install 'mkdocs-postmortem[{extra}]'"
        ) from None
