"""Outages that look like an earlier one of the same service: by what their authors wrote.

Texts are compared by the cosine between the weights of their words. A word weighs by how often it
occurs in a text and by how few of the texts contain it (TF-IDF; Salton and Buckley, *Term-weighting
approaches in automatic text retrieval*, 1988). Root cause and tasks are compared, the impact is
not: the same symptom with another cause is what fools a comparison most. ``benchmarks/repeats.py``
measures that and every number here.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text

Vector = dict[str, float]

LEAST_SIMILARITY = 0.30
# Teams give many outages the same few tasks, so all tasks together count half.
TASK_SHARE = 0.5
# "Unknown." is not a common cause, even if two pages say nothing else.
_LEAST_SHARED = 3
_FORM_PAGES = 5
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|(?<=[。！？])")
# These bound the work, so that it grows with the number of outages and not with its square: an
# outage is looked up by its heaviest words among the latest that have them, the nearest of these
# are compared in full, and the most similar of those are kept.
_LOOKED_UP = 16
_LATEST = 50
_COMPARED = 20
_KEPT = 5
_MOST_WORDS = 6

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\bhttps?://\S+")
# Chinese, Japanese and Korean are written without spaces: each two characters count as a word.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ENDINGS = ("ing", "ed", "es", "s")
_LEAST_STEM = 4
# Doubled before an ending: stopped, flagged, committed.
_DOUBLED = frozenset("bdfgmnprtz")
# Words are as rare as if there were so many more texts without them, so that the figures of a
# small archive mean what those of a large one mean.
_ASSUMED_TEXTS = 100
_COMMON = frozenset(
    "about after again all also an and any are as at be because been before being behind both but "
    "by can could did do does done during each every for from had has have how if in into is it "
    "its just more most no nor not of off on once one only or other our out over own same she "
    "should since so some such than that the their them then there these they this those through "
    "to too two under until up very was we were what when where which while who why will with "
    "would you your".split()
)


# The latest outages that have a word, with its weight there, by service and word.
_Recent = defaultdict[tuple[str, str], deque[tuple[int, float]]]


class SimilarPair(NamedTuple):
    """Two outages, by their paths, that read as if they were the same issue.

    ``similarity`` is a cosine from 0 to 1; ``words`` are the shared words that tell most, as the
    later page writes them.
    """

    earlier: str
    later: str
    similarity: float
    words: tuple[str, ...]


def compared(record: Postmortem) -> tuple[object, ...]:
    """All that ``find_similar`` looks at."""
    texts = tuple(task.text for task in record.tasks)
    return (record.path, record.day, record.services, record.root_cause, texts)


def find_similar(records: Sequence[Postmortem], within: int) -> Iterator[SimilarPair]:
    """The similar pairs among records given oldest first, at most ``within`` days apart."""
    dated = [item for item in records if item.day and item.services and item.root_cause]
    vectors = vectors_of(dated)
    recent: _Recent = defaultdict(lambda: deque(maxlen=_LATEST))
    for index, record in enumerate(dated):
        services = {service.casefold() for service in record.services}
        keys = [
            (service, word)
            for word in heaviest(vectors[index], _LOOKED_UP)
            for service in sorted(services)
        ]
        near = [
            other
            for other in _nearest(vectors[index], keys, recent)
            if record.day and (record.day - (dated[other].day or record.day)).days <= within
        ]
        best = sorted((_compared(vectors, other, index) for other in near), reverse=True)
        for similarity, other in best[:_KEPT]:
            if similarity >= LEAST_SIMILARITY:
                shared = _as_written(shared_words(vectors[index], vectors[other]), _texts(record))
                yield SimilarPair(dated[other].path, record.path, similarity, shared)
        for key in keys:
            recent[key].append((index, vectors[index][key[1]]))


def vectors_of(records: Sequence[Postmortem]) -> list[Vector]:
    """The records' root causes with a share of their tasks."""
    forms = _forms(records)
    causes = weigh([_counted([item.root_cause], forms) for item in records])
    tasks = weigh([_counted([task.text for task in item.tasks], forms) for item in records])
    return [blend(*pair, TASK_SHARE) if pair[0] else {} for pair in zip(causes, tasks, strict=True)]


def _counted(texts: Iterable[str], forms: Set[str]) -> Counter[str]:
    return Counter(
        [
            stem
            for text in texts
            for sentence in _sentences(text)
            if sentence not in forms
            for stem, _ in words(sentence)
        ]
    )


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SENTENCE_END.split(plain_text(text)))


def _forms(records: Sequence[Postmortem]) -> set[str]:
    """Sentences that come from a template: on many pages word for word, whatever the service."""
    pages: defaultdict[str, list[Postmortem]] = defaultdict(list)
    for item in records:
        for sentence in {part for text in _texts(item) for part in _sentences(text)}:
            pages[sentence].append(item)
    return {
        sentence
        for sentence, found in pages.items()
        if len(found) >= _FORM_PAGES
        and (
            len(found) * 2 >= len(records)
            or not set.intersection(*(set(item.services) for item in found))
        )
    }


def _texts(record: Postmortem) -> Iterator[str]:
    yield record.root_cause
    yield from (task.text for task in record.tasks)


def _nearest(vector: Vector, keys: Sequence[tuple[str, str]], recent: _Recent) -> list[int]:
    """Those among the recent ones that share most of the heaviest words."""
    shared: defaultdict[int, float] = defaultdict(float)
    for key in keys:
        weight = vector[key[1]]
        for other, its_weight in recent.get(key, ()):
            shared[other] += weight * its_weight
    best = sorted(zip(shared.values(), shared, strict=True), reverse=True)
    return [other for _, other in best[:_COMPARED]]


def _compared(vectors: Sequence[Vector], other: int, index: int) -> tuple[float, int]:
    one, two = vectors[other], vectors[index]
    is_enough = len(one.keys() & two.keys()) >= _LEAST_SHARED
    return (cosine(one, two) if is_enough else 0.0), other


def _as_written(stems: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The stems that weigh most, as texts have them."""
    written: dict[str, str] = {}
    for text in texts:
        for stem, word in words(plain_text(text)):
            written.setdefault(stem, word)
    return tuple(written[stem] for stem in stems[:_MOST_WORDS])


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
    text = " ".join(_all_texts(asked)) if asked else str(query)
    counts = [Counter(stem for stem, _ in words(plain_text(text)))]
    counts += [
        Counter(stem for part in _all_texts(item) for stem, _ in words(plain_text(part)))
        for item in others
    ]
    first, *vectors = weigh(counts)
    ranked = heapq.nlargest(
        most, ((cosine(first, vector), -index) for index, vector in enumerate(vectors))
    )
    return tuple(
        _match(asked, others[-index], similarity, shared_words(first, vectors[-index]))
        for similarity, index in ranked
        if similarity > 0
    )


def _match(
    asked: Postmortem | None, record: Postmortem, similarity: float, stems: Sequence[str]
) -> Match:
    shown = _as_written(stems, _all_texts(record))
    if asked is None:
        return Match(record, similarity, shown)
    known = {*asked.causes, asked.trigger}
    causes = dict.fromkeys(item for item in (record.trigger, *record.causes) if item in known)
    services = tuple(name for name in record.services if name in asked.services)
    return Match(record, similarity, shown, services, tuple(filter(None, causes)))


def _all_texts(record: Postmortem) -> Iterator[str]:
    yield from (record.title, record.impact, record.root_cause, record.trigger)
    yield from (*record.services, *record.causes)
    yield from (entry.text for entry in record.timeline.entries)
    yield from (task.text for task in record.tasks)


def words(text: str) -> list[tuple[str, str]]:
    """The telling words of a text as (stem, word as written); numbers and common words are not."""
    found: list[tuple[str, str]] = []
    for word in _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text else text):
        lower = word.lower()
        if not lower.isascii() and _DENSE.search(lower):
            found += ((lower[i : i + 2],) * 2 for i in range(max(1, len(lower) - 1)))
        elif len(lower) > 1 and not lower.isdigit() and lower not in _COMMON:
            found.append((_stem(lower), word))
    return found


def weigh(counts: Sequence[Mapping[str, float]]) -> list[Vector]:
    """The words' weights in each text, as vectors of length 1 (or empty)."""
    spread = Counter(word for count in counts for word in count)
    texts = len(counts) + _ASSUMED_TEXTS
    rarity = {word: math.log((texts + 1) / (found + 0.5)) for word, found in spread.items()}
    return [
        _unit({word: _damped(times) * rarity[word] for word, times in count.items()})
        for count in counts
    ]


def blend(one: Vector, other: Vector, share: float) -> Vector:
    """A vector that is mostly ``one``, with ``share`` of ``other`` added."""
    added = {word: share * weight for word, weight in other.items()}
    return _unit({word: one.get(word, 0) + added.get(word, 0) for word in {**one, **added}})


def cosine(one: Vector, other: Vector) -> float:
    """0 for no word in common, 1 for the same words in the same proportions."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def shared_words(one: Vector, other: Vector) -> list[str]:
    """The stems that both have, by how much they add to the cosine."""
    return sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))


def heaviest(vector: Vector, most: int) -> Iterable[str]:
    """The words that weigh most."""
    return sorted(vector, key=lambda word: (-vector[word], word))[:most]


def _stem(word: str) -> str:
    """A word without the commonest English endings: enough to meet ``stop`` and ``stopped``.

    A stemmer that knows more of the language finds no more recurrences worth a tenth of a second
    at each start of a command.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word.removesuffix(ending)
            break
    if len(word) < _LEAST_STEM:
        return word
    if word[-1] == word[-2] and word[-1] in _DOUBLED:
        return word[:-1]  # stopp(ed)
    if word[-1] == "y":
        return word[:-1] + "i"  # retri(es)
    return word.removesuffix("e")  # cach(ed)


def _damped(times: float) -> float:
    """The tenth mention of a word says less than the first."""
    return 1 + math.log(times) if times >= 1 else times


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
