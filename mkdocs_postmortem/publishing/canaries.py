"""Withheld text as *canaries*: runs of words that no public text has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import PurePosixPath
from typing import NamedTuple

from mkdocs_postmortem.catalog.audience import Withheld

Words = tuple[bytes, ...]

# Words in a run. Shorter lines, values and names are canaries as a whole.
RUN = 5
# ASCII but letters, digits and the ends of lines; and the punctuation of Latin-1, of typography and
# of East Asia.
_BETWEEN = bytes(at if at > 127 or chr(at).isalnum() or at == 10 else 32 for at in range(256))
_PUNCTUATION = re.compile(
    rb"\xc2[\x80-\xbf]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]|\xef[\xbc\xbd][\x80-\xbf]"
)


class Canary(NamedTuple):
    """What a run of words that may stand in no output is: its page, line, and kind."""

    path: str
    what: str
    row: int = 0


class Canaries:
    """Canaries by their words. The short ones are found by their rarest word, so that a text
    without any of these costs one look a word; ``seen`` counts the public texts that have a word.
    """

    def __init__(self, canaries: Mapping[Words, Canary], seen: Counter[bytes]) -> None:
        self._canaries = canaries
        self._long = {words for words in canaries if len(words) == RUN}
        # Where in a short one its rarest word is, and how long it is.
        self._places: dict[bytes, set[tuple[int, int]]] = {}
        for words in canaries.keys() - self._long:
            rarest = min(words, key=lambda word: (seen[word], word.isdigit(), -len(word)))
            self._places.setdefault(rarest, set()).add((words.index(rarest), len(words)))

    def find(self, words: list[bytes]) -> list[Canary]:
        """The canaries in a text, page by page."""
        return sorted({self._canaries[run] for run in self.runs_in(words)})

    def runs_in(self, words: list[bytes]) -> set[Words]:
        """The words of the canaries in a text."""
        found = self._long.intersection(zip(*(words[at:] for at in range(RUN)), strict=False))
        rare = self._places.keys() & words
        for position in [n for n, word in enumerate(words) if word in rare] if rare else ():
            for at, length in self._places[words[position]]:
                start = position - at
                run = tuple(words[start : start + length])  # empty before the first word
                if run in self._canaries:
                    found.add(run)
        return found


def _canaries(item: Withheld) -> Iterator[tuple[Words, Canary]]:
    if item.is_hidden:
        address = split_words(str(PurePosixPath(item.path).with_suffix("")))
        yield from _runs(address[-RUN:], Canary(item.path, "the address"))
        for name in item.names:
            yield from _runs(split_words(name), Canary(item.path, "the title or id"))
    for row, text in item.texts:
        what = "text" if row else "text of the front matter"
        yield from _runs(split_words(text), Canary(item.path, what, row))


def _runs(words: list[bytes], canary: Canary) -> Iterator[tuple[Words, Canary]]:
    """All runs of words in a text; all of it if it is shorter."""
    if len(words) < RUN:
        return iter([(tuple(words), canary)] if words else [])
    return zip(zip(*(words[at:] for at in range(RUN)), strict=False), repeat(canary), strict=False)


def find_canaries(withheld: Iterable[Withheld], public: Iterable[str]) -> Canaries:
    """What of withheld texts no public text has and no output has by chance."""
    canaries: dict[Words, Canary] = {}
    for item in withheld:
        for words, canary in _canaries(item):
            canaries.setdefault(words, canary)
    vocabulary = {word for words in canaries for word in words}
    every = Canaries(canaries, Counter())
    seen, texts, found = Counter[bytes](), 0, set[Words]()
    for texts, text in enumerate(public, 1):  # noqa: B007 - the number of all
        of_text = split_words(text)
        seen.update(vocabulary.intersection(of_text))
        found |= every.runs_in(of_text)
    few = max(3, texts // 50)
    kept = {
        words: one
        for words, one in canaries.items()
        if words not in found and _is_distinctive(words, one, seen, few)
    }
    return Canaries(kept, seen)


def _is_distinctive(words: Words, canary: Canary, seen: Counter[bytes], few: int) -> bool:
    """Whether a run of words is hardly in an output by chance.

    Outputs hold words of no source: those of themes, of scripts and of other plugins. So a single
    word has to look like a name of something, few words need one that is not public, and a whole
    run one that at most ``few`` public texts have.
    """
    if len(words) == 1:
        return _is_like_a_name(words[0].decode()) and not seen[words[0]]
    letters = [word for word in words if len(word) > 1 and not word.isdigit()]
    if not canary.what.startswith("text"):
        return bool(letters) and (len(words) > 2 or any(not seen[word] for word in words))
    if len(words) < RUN:
        return any(not seen[word] for word in letters)
    return len(letters) > RUN // 2 and any(seen[word] <= few for word in letters)


def _is_like_a_name(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    if word.isascii():
        return letters > 15 or (len(word) > 6 and 3 <= letters < len(word))
    return len(word) > 7


def split_words(text: str) -> list[bytes]:
    return normal_words(text).split()


def normal_words(text: str) -> bytes:
    """A text in lower case with spaces for punctuation; its lines stay."""
    words = text.lower().encode("utf-8", "replace")
    if not words.isascii():
        words = _PUNCTUATION.sub(b" ", words)
    return words.translate(_BETWEEN)
