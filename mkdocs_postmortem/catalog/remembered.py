"""What was made of records in one build, for the next build of the same server."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from mkdocs_postmortem.model.record import Postmortem

T = TypeVar("T")


class Remembered:
    """Values by a name, for a record that is the same object and a key that is equal.

    ``make`` may depend on nothing but the record and the key. ``begin`` forgets what the build
    before did not ask for.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[Postmortem, Hashable, object]] = {}
        self._before = self._kept

    def begin(self) -> None:
        self._before, self._kept = self._kept, {}

    def of(
        self, name: str, record: Postmortem, key: Hashable, make: Callable[[Postmortem], T]
    ) -> T:
        found = self._before.get((name, record.path))
        if found is None or found[0] is not record or found[1] != key:
            found = (record, key, make(record))
        self._kept[name, record.path] = found
        return found[2]  # type: ignore[return-value]
