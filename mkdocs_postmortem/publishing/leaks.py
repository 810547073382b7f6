"""A search of a site's output for what its audience must not see.

Withheld text becomes *canaries*: runs of words that no public source has. The output is compared
with them word by word, whatever markup, escaping or case stands between the words.
"""

from __future__ import annotations

import gzip
import html
import posixpath
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.model.address import page_key

Words = tuple[bytes, ...]

# Words in a run. Shorter lines, values and names are canaries as a whole.
_RUN = 5
# ASCII but letters and digits; and the punctuation of Latin-1, of typography and of East Asia.
_BETWEEN = bytes(at if at > 127 or chr(at).isalnum() else 32 for at in range(256))
_PUNCTUATION = re.compile(
    rb"\xc2[\x80-\xbf]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]|\xef[\xbc\xbd][\x80-\xbf]"
)
_TAG = re.compile(r"<[^<>]{1,5000}>")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# Python reads no number of so many digits.
_HUGE_NUMBER = re.compile(r"(?<=&#)\d{4000,}")
_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MARKER = re.compile(r"(?:<|&lt;)!--\s{0,9}(?:/\s{0,9})?internal\s{0,9}--(?:>|&gt;)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_BINARY = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .ico .woff .woff2 .ttf .otf .eot .pdf .zip .mp4 .webm "
    ".mp3 .parquet .sqlite .map".split()
)


class Leak(NamedTuple):
    """Withheld text in the output: the file, the page that it is withheld with, and what of it."""

    output: str
    path: str
    what: str

    def __str__(self) -> str:
        if not self.path:
            return f"{self.output} has a marker of an internal block outside code."
        return f"{self.output} has {self.what} of {self.path}, which the public must not see."


@dataclass(frozen=True, slots=True)
class Canary:
    """A run of words that may stand in no output; ``what`` describes it without its words."""

    words: Words
    path: str
    what: str


class LeakSearch:
    """Searches texts for what is withheld; ``public`` are the texts that the audience may read.

    A run of words that a public text has is not searched for. Time and memory are linear in the
    length of all texts.
    """

    def __init__(self, withheld: Iterable[Withheld], public: Iterable[str]) -> None:
        withheld = tuple(withheld)
        self._pages = {page_key(item.path): item.path for item in withheld if item.is_hidden}
        canaries = {item.words: item for each in withheld for item in _canaries(each)}
        vocabulary = {word for words in canaries for word in words}
        others = _Index((one for one in canaries.values() if len(one.words) != _RUN), Counter())
        seen, texts, found = Counter[bytes](), 0, set[Words]()
        for texts, text in enumerate(public, 1):  # noqa: B007 - the number of all
            words = _split(text)
            seen.update(vocabulary.intersection(words))
            found |= canaries.keys() & zip(*(words[at:] for at in range(_RUN)), strict=False)
            found.update(canary.words for canary in others.find(words))
        few = max(3, texts // 50)
        kept = [
            one
            for one in canaries.values()
            if one.words not in found and _is_distinctive(one, seen, few)
        ]
        self._index = _Index(kept, seen)
        self._lines: set[int] = set()
        self._tags: set[int] = set()

    def search(self, output: str, data: bytes) -> list[Leak]:
        """The leaks in one file of the output, one for each page that is withheld.

        ``output`` is its path in the site. A line or tag that an earlier file had is not looked at
        again: most of a page is the theme's.
        """
        text = _decode(output, data)
        leaks: dict[str, Leak] = {}
        if output.endswith((".html", ".htm")) and has_marker(text):
            leaks[""] = Leak(output, "", "")
        fresh = "\n".join(_unseen(text.split("\n"), self._lines))
        tags = "\n".join(_unseen(_TAG.findall(fresh), self._tags)) if "<" in fresh else ""
        for part in (output, _plain(tags), *_between_tags(fresh)):
            for canary in self._index.find(_split(part)):
                leaks.setdefault(canary.path, Leak(output, canary.path, canary.what))
        for path in self._linked(output, tags):
            leaks.setdefault(path, Leak(output, path, "the address"))
        return list(leaks.values())

    def _linked(self, output: str, tags: str) -> Iterator[str]:
        """The hidden pages that a file links to."""
        folder = posixpath.dirname(output)
        for address in set(_ADDRESS.findall(tags)) if self._pages else ():
            if ":" not in address and not address.startswith(("#", "//")):
                target = page_key(posixpath.join(folder, _plain(address)))
                if target in self._pages:
                    yield self._pages[target]


class _Index:
    """Canaries by their rarest word, so that a text without any of these costs one look a word.

    ``seen`` counts the public texts that have a word.
    """

    def __init__(self, canaries: Iterable[Canary], seen: Counter[bytes]) -> None:
        self._runs: dict[Words, Canary] = {}
        # Where in a run its rarest word is, and how long the run is.
        self._places: dict[bytes, set[tuple[int, int]]] = {}
        for canary in canaries:
            words = canary.words
            anchor = min(words, key=lambda word: (word.isdigit(), seen[word], -len(word)))
            self._places.setdefault(anchor, set()).add((words.index(anchor), len(words)))
            self._runs[words] = canary

    def find(self, words: list[bytes]) -> Iterator[Canary]:
        found = self._places.keys() & words
        for position in [n for n, word in enumerate(words) if word in found] if found else ():
            for at, length in self._places[words[position]]:
                start = position - at
                canary = (
                    self._runs.get(tuple(words[start : start + length])) if start >= 0 else None
                )
                if canary is not None:
                    yield canary


def _canaries(item: Withheld) -> Iterator[Canary]:
    if item.is_hidden:
        for text, what in (
            (str(PurePosixPath(item.path).with_suffix("")), "the address"),
            *((name, "the title or id") for name in item.names),
        ):
            if words := tuple(_split(text)):
                yield Canary(words, item.path, what)
    for text in item.texts:
        words = tuple(_split(text))
        if words:
            for start in range(max(1, len(words) - _RUN + 1)):
                yield Canary(words[start : start + _RUN], item.path, "text")


def _is_distinctive(canary: Canary, seen: Counter[bytes], few: int) -> bool:
    """Whether a run of words is hardly in an output by chance.

    Outputs hold words of no source: those of themes, of scripts and of other plugins. So a single
    word has to look like a name of something, few words need one that is not public, and a whole
    run one that at most ``few`` public texts have.
    """
    words = canary.words
    if len(words) == 1:
        return _is_like_a_name(words[0].decode()) and not seen[words[0]]
    letters = [word for word in words if len(word) > 1 and not word.isdigit()]
    if canary.what != "text":
        return bool(letters) and (len(words) > 2 or any(not seen[word] for word in words))
    if len(words) < _RUN:
        return any(not seen[word] for word in letters)
    return len(letters) > _RUN // 2 and any(seen[word] <= few for word in letters)


def _is_like_a_name(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    if word.isascii():
        return letters > 15 or (len(word) > 6 and 3 <= letters < len(word))
    return len(word) > 7


def _unseen(texts: Iterable[str], seen: set[int]) -> Iterator[str]:
    for text in texts:
        mark = hash(text)
        if mark not in seen:
            seen.add(mark)
            yield text


def _split(text: str) -> list[bytes]:
    words = text.lower().encode("utf-8", "replace")
    if not words.isascii():
        words = _PUNCTUATION.sub(b" ", words)
    return words.translate(_BETWEEN).split()


def _decode(output: str, data: bytes) -> str:
    """A file's text; empty for what is none."""
    if output.endswith(".gz"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, ValueError, zlib.error):
            return ""
    if PurePosixPath(output).suffix.lower() in _BINARY:
        return ""
    text = data.decode("utf-8", "replace")
    return text.replace("\r\n ", "").replace("\r", "") if output.endswith(".ics") else text


def _between_tags(text: str) -> Iterator[str]:
    """What a text says between its tags, and between tags that were escaped."""
    text = _plain(_TAG.sub(" ", text))
    yield text
    if "<" in text:
        yield _TAG.sub(" ", text)


def _plain(text: str) -> str:
    """A text without the escapes of JSON, URLs and HTML."""
    if "\\" in text:
        text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for escape in (r"\n", r"\r", r"\t", "\\"):
            text = text.replace(escape, " " if len(escape) > 1 else "")
    if "%" in text:
        text = unquote(text)
    for _ in range(2):
        if "&" in text:
            text = html.unescape(_HUGE_NUMBER.sub("0", text))
    return text


def has_marker(text: str) -> bool:
    """Whether HTML has a marker of an internal block outside code: as a comment or as text."""
    return "internal" in text.lower() and bool(_MARKER.search(_CODE.sub("", text)))
