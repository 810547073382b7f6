"""What was made in one build, for the next build of the same server."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import is_
from typing import Any, TypeVar

from mkdocs_postmortem.model.record import Postmortem

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Remembered:
    """Values of the build before, of which each is the same for the same records and an equal key.

    ``make`` may depend on nothing but these. ``begin`` forgets what the build before did not ask
    for. Where there is no next build, ``keeps`` is False, and only what is asked for ``once`` is
    remembered, for the rest of this one.
    """

    def __init__(self) -> None:
        self.keeps = True
        self._kept: dict[tuple[Hashable, str], tuple[Sequence[Postmortem], Any, Any]] = {}
        self._before = self._kept
        self._equal: dict[str, dict[Any, Any]] = {}
        self._equal_before = self._equal

    def begin(self) -> None:
        self._before, self._kept = self._kept, {}
        self._equal_before, self._equal = self._equal, {}

    def of(
        self, name: Hashable, record: Postmortem, key: object, make: Callable[[Postmortem], T]
    ) -> T:
        """The value for a record that is the same object."""
        return self.once(name, record, key, make) if self.keeps else make(record)

    def once(
        self, name: Hashable, record: Postmortem, key: object, make: Callable[[Postmortem], T]
    ) -> T:
        """The same, for what several pages ask for."""
        position = (name, record.path)
        kept = self._kept.get(position)
        if kept is not None and kept[0][0] is record and kept[1] == key:
            value: T = kept[2]
            return value
        return self._of(position, (record,), key, lambda: make(record))

    def of_all(
        self, name: Hashable, records: Sequence[Postmortem], key: object, make: Callable[[], T]
    ) -> T:
        """The value for records of which each is the same object."""
        if not self.keeps:
            return make()
        return self._of((name, ""), records, key, make)

    def equal(self, name: str, keys: Iterable[K], make: Callable[[K], T]) -> list[T]:
        """The value of each key; nothing but the key counts."""
        if not self.keeps:
            return [make(key) for key in keys]
        before, known = self._equal_before.get(name, {}), self._equal.setdefault(name, {})
        found: list[T] = []
        for key in keys:
            value = known.get(key)
            if value is None:
                value = before.get(key)
                known[key] = value = make(key) if value is None else value
            found.append(value)
        return found

    def _of(
        self,
        position: tuple[Hashable, str],
        records: Sequence[Postmortem],
        key: object,
        make: Callable[[], T],
    ) -> T:
        found = self._before.get(position)
        if found is None or not _are_same(found[0], records) or found[1] != key:
            found = (records, key, make())
        self._kept[position] = found
        value: T = found[2]
        return value


def _are_same(some: Sequence[Postmortem], others: Sequence[Postmortem]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))
