"""What one build has worked out, for the rest of it and for the next build of the same server."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class Cache:
    """Values by keys. A key holds everything that its value is made from, beside what ``begin``
    gets (options, schemas, day); nothing else decides whether a value is current.

    ``begin`` forgets what the previous build did not ask for. Nothing is written to disk, so no
    crash and no upgrade leaves anything after.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps  # whether there will be another build
        self._cache_key: object = None
        self._values: dict[Hashable, Any] = {}
        self._previous = self._values

    def begin(self, cache_key: object) -> None:
        """Begin a build. Values of a build with another key are forgotten."""
        self._previous = self._values if cache_key == self._cache_key else {}
        self._cache_key, self._values = cache_key, {}

    def get_or_build(self, key: Hashable, build: Callable[[], T], *, once: bool = False) -> T:
        """The value for a key. What a build asks for ``once`` is kept for the next one only."""
        if key in self._values:
            value: T = self._values[key]
        else:
            value = self._previous[key] if key in self._previous else build()
            if self.keeps or not once:
                self._values[key] = value
        return value

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values or key in self._previous


def digest(*values: object) -> str:
    """A short form of values for a key; all that tells them apart has to be in their ``repr``."""
    found = blake2b(digest_size=16)
    for value in values:
        text = value if isinstance(value, str) else _ADDRESS.sub("", repr(value))
        found.update(b"%d:" % len(text) + text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
