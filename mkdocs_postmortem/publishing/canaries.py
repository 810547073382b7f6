"""Withheld text as *canaries*: runs of words that no public text has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import PurePosixPath
from typing import NamedTuple

from ahocorasick import Automaton

from mkdocs_postmortem.catalog.audience import Withheld

Words = tuple[bytes, ...]
Letters = Callable[[str], str]

# Words in a run. Shorter lines, values and names are canaries as a whole.
RUN = 5
# Letters of a run that no other words have by chance, wherever they begin and end.
_ENOUGH, _ENOUGH_UNSPACED = 12, 8
# Letters of a piece: more of them make a larger automaton, fewer make more hits.
_PIECE = 12
# ASCII but letters and digits.
_BETWEEN = bytes(at for at in range(128) if not chr(at).isalnum())
_SPACES = bytes(32 if at in _BETWEEN else at for at in range(256))
# The punctuation of Latin-1, of typography and of East Asia.
_PUNCTUATION = re.compile(
    rb"\xc2[\x80-\xbf]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]|\xef[\xbc\xbd][\x80-\xbf]"
)
_NO_LETTERS = re.compile(r"[\W_]+")
_MARKUP = ("](", "][", "<")
# What no reader sees of it: the targets of links, lists of attributes, and tags.
_UNSEEN = re.compile(
    r"(?<=\])(?:\([^()\n]*\)|\[[^\[\]\n]*\])|\{:?[ \t]*[.#][^{}\n]*\}|<[/!?a-zA-Z][^<>\n]*>"
)
# A sentence of a script without spaces (of East and South East Asia) is taken as words of so many
# letters, so that a part of it is found too.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{3})")


class Canary(NamedTuple):
    """A run of words that no output may contain: its page, line, and kind."""

    path: str
    what: str
    row: int = 0


class _Place(NamedTuple):
    """Letters of a canary from a start before the end of its piece that an automaton looks for."""

    before: int
    letters: str
    words: Words


class Canaries:
    """Canaries by their words, found in one pass over the letters and digits of a text.

    The letters are those of ASCII, so that neither an accent nor its encoding matters; canaries
    with few of these are looked for among all letters. The automaton knows a piece of each, which
    neighbouring runs share: the word that the fewest public texts have, and what follows it.
    ``seen`` counts these texts.
    """

    def __init__(self, canaries: Mapping[Words, Canary], seen: Mapping[bytes, int]) -> None:
        self._canaries = canaries
        vocabulary = {word for words in canaries for word in words}
        ascii_letters = {word: _ascii_letters(word.decode()) for word in vocabulary}
        all_letters = {word: _all_letters(word.decode()) for word in vocabulary}
        ranks = {word: (seen[word], -len(word)) for word in vocabulary}
        pieces: dict[Letters, dict[str, list[_Place]]] = {_ascii_letters: {}, _all_letters: {}}
        for words in canaries:
            parts, letters_of = [ascii_letters[word] for word in words], _ascii_letters
            if len("".join(parts)) < _ENOUGH and not b"".join(words).isascii():
                parts, letters_of = [all_letters[word] for word in words], _all_letters
            letters = "".join(parts)
            at = words.index(min(words, key=ranks.__getitem__))
            start = max(0, min(len("".join(parts[:at])), len(letters) - _PIECE))
            piece = letters[start : start + _PIECE]
            place = _Place(start + len(piece), letters, words)
            pieces[letters_of].setdefault(piece, []).append(place)
        self._pieces = pieces
        self.keep(canaries)

    def keep(self, canaries: Container[Words]) -> None:
        """Look for no other canaries from now on."""
        self._automata: list[tuple[Letters, Automaton]] = []
        for letters_of, pieces in self._pieces.items():
            automaton = Automaton()
            for piece, places in pieces.items():
                kept = [place for place in places if place.words in canaries]
                if kept:
                    automaton.add_word(piece, kept)
            if automaton:
                automaton.make_automaton()
                self._automata.append((letters_of, automaton))

    def find(self, text: str) -> list[Canary]:
        """The canaries in a text, page by page."""
        return sorted({self._canaries[words] for words in self.words_in(text)})

    def words_in(self, text: str) -> set[Words]:
        """The words of the canaries in a text."""
        text = unicodedata.normalize("NFC", text)
        found, unsure = set[Words](), set[Words]()
        for letters_of, automaton in self._automata:
            letters = letters_of(text)
            for end, places in automaton.iter(letters):
                for before, of_canary, words in places:
                    if letters.startswith(of_canary, end + 1 - before):
                        (found if _is_enough(of_canary, words) else unsure).add(words)
        if unsure:
            text_words = b" %s " % b" ".join(split_words(text))
            found |= {words for words in unsure if b" %s " % b" ".join(words) in text_words}
        return found


def _is_enough(letters: str, words: Words) -> bool:
    """Whether letters are of a canary, wherever words begin: in a script without spaces they begin
    anywhere, and fewer letters say as much.
    """
    if _UNSPACED.search(letters) and len(letters) >= _ENOUGH_UNSPACED:
        return True
    is_whole = len(words) == RUN or (len(words) == 1 and not words[0].isascii())
    return is_whole and len(letters) >= _ENOUGH


def _ascii_letters(text: str) -> str:
    return text.encode("ascii", "ignore").lower().translate(None, _BETWEEN).decode("ascii")


def _all_letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())


def _canaries(item: Withheld) -> Iterator[tuple[Words, Canary]]:
    if item.is_hidden:
        address = split_words(str(PurePosixPath(item.path).with_suffix("")))
        yield from _runs(address[-RUN:], Canary(item.path, "the address"))
        for name in item.names:
            yield from _runs(split_words(name), Canary(item.path, "the title or id"))
    for row, text in item.texts:
        what = "text" if row else "text of the front matter"
        for view in _views(text):
            yield from _runs(split_words(view), Canary(item.path, what, row))


def _views(text: str) -> Iterator[str]:
    """A text as it is written, and its lines with markup as a reader sees them."""
    yield text
    lines = (line for line in text.split("\n") if any(map(line.__contains__, _MARKUP)))
    seen = "\n".join(_UNSEEN.sub("", line) for line in lines)
    if seen:
        yield seen


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
    public = list(public)
    vocabulary = {word for words in canaries for word in words}
    seen = Counter(word for text in public for word in vocabulary.intersection(split_words(text)))
    chance = _Chance(vocabulary, seen, max(3, len(public) // 50))
    kept = {words: one for words, one in canaries.items() if chance.is_low(words, one)}
    found = Canaries(kept, seen)
    found.keep(
        kept.keys()
        - {words for text in public for view in _views(text) for words in found.words_in(view)}
    )
    return found


class _Chance:
    """Knows which runs of words are in an output by chance.

    Outputs hold words of no source: those of themes, of scripts and of other plugins. So a single
    word has to look like a name of something, few words need one that is not public, and a whole
    run one that at most ``few`` public texts have.
    """

    def __init__(self, vocabulary: set[bytes], seen: Counter[bytes], few: int) -> None:
        self._new = vocabulary - seen.keys()
        self._spoken = {word for word in vocabulary if len(word) > 1 and not word.isdigit()}
        self._rare = {word for word in self._spoken if seen[word] <= few}

    def is_low(self, words: Words, canary: Canary) -> bool:
        if len(words) == 1:
            return words[0] in self._new and _is_like_a_name(words[0].decode())
        spoken = [word for word in words if word in self._spoken]
        if not canary.what.startswith("text"):
            return bool(spoken) and (len(words) > 2 or not self._new.isdisjoint(words))
        if len(words) < RUN:
            return not self._new.isdisjoint(spoken)
        return len(spoken) > RUN // 2 and not self._rare.isdisjoint(words)


def _is_like_a_name(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    if word.isascii():
        return letters > 15 or (len(word) > 6 and 3 <= letters < len(word))
    return len(word) > 7


def split_words(text: str) -> list[bytes]:
    """The words of a text in lower case, without punctuation."""
    text = unicodedata.normalize("NFC", text)
    words = text.lower().encode("utf-8", "replace")
    if not words.isascii():
        words = _UNSPACED.sub(r"\1 ", text.lower()).encode("utf-8", "replace")
        words = _PUNCTUATION.sub(b" ", words)
    return words.translate(_SPACES).split()
