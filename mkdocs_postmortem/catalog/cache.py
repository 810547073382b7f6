"""Values that one build has computed, for the rest of it and for the server's next build."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")
V = TypeVar("V")

# An archive of 10,000 outages has half of it.
_MOST_SHARED = 100_000
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class Cache:
    """Values by keys. A key holds everything that its value is made from, except what ``begin``
    gets (options, schemas, day); nothing else decides whether a value is current.

    ``begin`` forgets what the previous build asked for ``once`` or not at all, and everything else
    when there is too much of it. Nothing is written to disk, so no crash and no upgrade leaves
    anything after; what ``recall`` gets, its caller has kept.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps  # whether there will be another build
        self._cache_key: object = None
        self._values: dict[Hashable, Any] = {}
        self._previous = self._values
        self._shared: dict[Hashable, Any] = {}

    def begin(self, cache_key: object) -> None:
        """Begin a build. Values of a build with another key are forgotten."""
        is_same = cache_key == self._cache_key
        self._previous = self._values if is_same else {}
        if not is_same or len(self._shared) > _MOST_SHARED:
            self._shared = {}
        self._cache_key, self._values = cache_key, {}

    def get_or_build(self, key: Hashable, build: Callable[[], T], *, once: bool = False) -> T:
        """The value for a key. What a build asks for ``once`` is kept for the next one only; other
        values also where a build takes a list as it was, and does not ask for its rows.
        """
        values, previous = (self._values, self._previous) if once else (self._shared, self._shared)
        if key in values:
            value: T = values[key]
        else:
            value = previous[key] if key in previous else build()
            if self.keeps or not once:
                values[key] = value
        return value

    def get_or_build_each(
        self, items: Sequence[tuple[Hashable, V]], build: Callable[[list[V]], list[T]]
    ) -> list[T]:
        """The values for keys that come with what they are made from; ``build`` gets those that are
        missing, all at once.
        """
        missing = {key: item for key, item in items if key not in self._shared}
        self._shared.update(zip(missing, build(list(missing.values())), strict=True))
        return [self._shared[key] for key, _ in items]

    def recall(self, key: Hashable, value: object) -> None:
        """Have a value for the rest of a build that has not asked for it yet."""
        self._previous[key] = value

    def asked(self, kind: str) -> dict[tuple[str, str], Any]:
        """The values that the build has asked for ``once``, of the keys that begin with this."""
        pairs = self._values.items()
        return {key: value for key, value in pairs if isinstance(key, tuple) and key[0] == kind}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values or key in self._previous


def digest(*values: object) -> str:
    """A short form of values for a key; their ``repr`` must have everything that differs."""
    found = blake2b(digest_size=16)
    for value in values:
        text = value if isinstance(value, str) else _ADDRESS.sub("", repr(value))
        found.update(b"%d:" % len(text) + text.encode("utf-8", "surrogatepass"))
    return found.hexdigest()
