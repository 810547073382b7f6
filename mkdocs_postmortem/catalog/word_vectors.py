"""How similar texts are: the cosine between the weights of their words.

A word weighs by how often it stands in a text and by how few of the texts have it (TF-IDF; Salton
and Buckley, *Term-weighting approaches in automatic text retrieval*, 1988).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

Vector = dict[str, float]

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


def words(text: str) -> list[tuple[str, str]]:
    """The telling words of a text as (stem, word as written); numbers and common words are not."""
    found = _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text else text)
    return [pair for word in found for pair in _tokens(word)]


@lru_cache(maxsize=50_000)  # an archive has few words, each of them on many pages
def _tokens(word: str) -> tuple[tuple[str, str], ...]:
    lower = word.lower()
    if not lower.isascii() and _DENSE.search(lower):
        return tuple((lower[i : i + 2],) * 2 for i in range(max(1, len(lower) - 1)))
    if len(lower) > 1 and not lower.isdigit() and lower not in _COMMON:
        return ((_stem(lower), word),)
    return ()


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
