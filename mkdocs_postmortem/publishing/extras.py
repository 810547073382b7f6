"""Libraries that only some commands need."""

from __future__ import annotations

import importlib
from typing import Any


class MissingExtraError(Exception):
    """A library of an extra is not installed; the text says how to install it."""


def need(name: str, extra: str) -> Any:
    """The module, or MissingExtraError with the extra that brings it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise MissingExtraError(
            f"This command needs `{package}`: pip install 'mkdocs-postmortem[{extra}]'"
        ) from None
