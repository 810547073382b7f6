"""The incidents of an archive that read like a text: what an on-call engineer asks first."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mkdocs_postmortem.catalog.similarity import cosine, telling, weigh, words
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text

_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Match:
    """An incident and the evidence: ``similarity`` is a cosine from 0 to 1, ``words`` are the
    shared words that weigh most, as the incident's page writes them. ``services`` and ``causes``
    are those that the page asked about has as well.
    """

    record: Postmortem
    similarity: float
    words: tuple[str, ...]
    services: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


def find_matches(
    query: str | Postmortem, records: Sequence[Postmortem], most: int
) -> tuple[Match, ...]:
    """The incidents most similar to a text or a page, the most similar first.

    Compares titles, impact, causes, timelines and tasks. An incident without a word in common is
    left out.
    """
    asked = query if isinstance(query, Postmortem) else None
    others = [item for item in records if asked is None or item.path != asked.path]
    text = " ".join(_texts(asked)) if asked else str(query)
    counts = [Counter(stem for stem, _ in words(plain_text(text)))]
    counts += [
        Counter(stem for part in _texts(item) for stem, _ in words(plain_text(part)))
        for item in others
    ]
    first, *vectors = weigh(counts)
    ranked = heapq.nlargest(
        most, ((cosine(first, vector), -index) for index, vector in enumerate(vectors))
    )
    return tuple(
        _match(asked, others[-index], similarity, telling(first, vectors[-index]))
        for similarity, index in ranked
        if similarity > 0
    )


def _match(
    asked: Postmortem | None, record: Postmortem, similarity: float, stems: Sequence[str]
) -> Match:
    written: dict[str, str] = {}
    for part in _texts(record):
        for stem, word in words(plain_text(part)):
            written.setdefault(stem, word)
    shown = tuple(written[stem] for stem in stems[:_MOST_WORDS])
    if asked is None:
        return Match(record, similarity, shown)
    known = {*asked.causes, asked.trigger}
    causes = dict.fromkeys(item for item in (record.trigger, *record.causes) if item in known)
    services = tuple(name for name in record.services if name in asked.services)
    return Match(record, similarity, shown, services, tuple(filter(None, causes)))


def _texts(record: Postmortem) -> Iterator[str]:
    yield from (record.title, record.impact, record.root_cause, record.trigger)
    yield from (*record.services, *record.causes)
    yield from (entry.text for entry in record.timeline.entries)
    yield from (task.text for task in record.tasks)
