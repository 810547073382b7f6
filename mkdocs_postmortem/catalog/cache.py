"""What one build has worked out, for the rest of it and for the next build of the same server."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Values by keys. A key holds everything that its value is made from, beside the terms of the
    build (options, schemas, day); nothing else decides whether a value is current.

    ``begin`` forgets what the previous build did not ask for. Nothing is written to disk, so no
    crash and no upgrade leaves anything after.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps  # whether there will be another build
        self._terms: object = None
        self._values: dict[Hashable, Any] = {}
        self._previous = self._values

    def begin(self, terms: object) -> None:
        """Begin a build. Values of a build with other terms are forgotten."""
        self._previous = self._values if terms == self._terms else {}
        self._terms, self._values = terms, {}

    def get_or_build(self, key: Hashable, build: Callable[[], T], *, once: bool = False) -> T:
        """The value for a key. What a build asks for ``once`` is kept for the next one only."""
        if key in self._values:
            value: T = self._values[key]
        else:
            value = self._previous[key] if key in self._previous else build()
            if self.keeps or not once:
                self._values[key] = value
        return value
