"""The likenesses of the build before, as long as nothing that they come from has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mkdocs_postmortem.catalog.detection import SimilarPair, find_similar
from mkdocs_postmortem.model.record import Postmortem


class SimilarPairs:
    """Most edits of a page are to other parts of it than those that outages are compared by."""

    def __init__(self) -> None:
        self._terms: object = None
        self._found: tuple[SimilarPair, ...] = ()

    def among(self, records: Sequence[Postmortem], within: int) -> tuple[SimilarPair, ...]:
        """Those of ``find_similar``."""
        terms = (within, [_compared(record) for record in records])
        if terms != self._terms:
            self._terms, self._found = terms, tuple(find_similar(records, within))
            return self._found
        now = {record.path: record for record in records}
        return tuple(
            replace(item, earlier=now[item.earlier.path], later=now[item.later.path])
            for item in self._found
        )


def _compared(record: Postmortem) -> tuple[object, ...]:
    """All that ``find_similar`` looks at."""
    texts = tuple(task.text for task in record.tasks)
    return (record.path, record.day, record.services, record.root_cause, texts)
