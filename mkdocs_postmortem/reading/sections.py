"""Headings → the known sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.reading.head_labels import Fact, Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.source import (
    BULLET_LEVEL,
    PSEUDO_LEVEL,
    Heading,
    Line,
    find_headings,
)
from mkdocs_postmortem.reading.time_expression import match_time
from mkdocs_postmortem.reading.words import word_list, word_lists

_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_PARENTHESIS = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_NUMBER = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivx]{1,4}|[a-z])[.)]\s+|^\s*\d{1,2}\s+", re.I
)
_JOINED = re.compile(r"\s*(?:/|&|\+|,|、|・|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*")
_BULLET = re.compile(r"^\s*(?:[-*+•—–]|\d{1,3}[.)])\s")
_LONGEST_NAME = 200  # a longer line names nothing
_NO_TEXT = re.compile(r"[^a-z0-9 /&+,.-]")  # what `_is_text` says of small ASCII
# A date or a zone after a dash: "Timeline - Nov 4", "Timeline – UTC".
_TAIL = re.compile(r"(?:\s+[-–—|]+\s|\s*[–—:：])(?=\D{0,12}\d{1,4}\b(?!:)|\s*[A-Z]{2,4}\W*$).*$")
_VARIATIONS = re.compile("[\ufe0e\ufe0f\u200d]")
_BOX = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX/-]\]\s")
_DIGIT = re.compile(r"\d")
_ARTICLE = re.compile(r"^(?:an?|the|our)\s+")

_NAMES: dict[str, tuple[SectionKey, ...]] = {
    name: tuple(map(SectionKey, keys.split(" + ")))
    for keys, names in word_lists("sections").items()
    for name in names
}
_ENDINGS, _WEAK = frozenset(word_list("section_endings")), frozenset(word_list("weak_sections"))
_STEMS = [
    (
        SectionKey(key),
        re.compile("|".join(stem[1:] if stem[0] == "*" else rf"\b(?:{stem})" for stem in stems)),
    )
    for key, stems in word_lists("section_stems").items()
]
# A name is short; a longer heading describes an event.
_MOST_WORDS = 8
_BULLET_KEYS = {SectionKey.IMPACT, SectionKey.TASKS, SectionKey.IMPROVEMENTS}


def read_sections(lines: Sequence[Line], synonyms: Synonyms) -> tuple[Section, ...]:
    """The known sections in order. ``lines`` are the body's, with their numbers in the file."""
    finder = _Finder(synonyms)
    headings = find_headings(lines, finder.is_name)
    known = [(heading, finder.keys(heading.text)) for heading in headings]
    known = _outside_timelines(_with_stems(_without_weak_doubles(_without_title(known))))
    ends = _ends(known, lines[-1].number if lines else 0)
    return tuple(
        _section(heading, keys, end, lines)
        for (heading, keys), end in zip(known, ends, strict=True)
        if keys
    )


def section_keys(heading: str) -> tuple[SectionKey, ...]:
    """What a heading's text says the section is about; empty for any other heading."""
    return _Finder(Synonyms()).keys(heading)


_TIMES = {Subject.START, Subject.END, Subject.WINDOW, Subject.DETECTED, Subject.DURATION}


class _Finder:
    def __init__(self, synonyms: Synonyms) -> None:
        self._own = {plain_name(name): (key,) for name, key in synonyms.sections.items()}
        self._found: dict[str, tuple[SectionKey, ...]] = {}

    def keys(self, heading: str) -> tuple[SectionKey, ...]:
        name = plain_name(heading)
        if name not in self._found:  # a heading is looked up when it is found and when it is read
            keys = self._keys(name) or self._joined(name)
            self._found[name] = keys or self._keys(plain_name(_TAIL.sub("", heading)))
        return self._found[name]

    def _keys(self, name: str) -> tuple[SectionKey, ...]:
        bare = _ARTICLE.sub("", name)
        return self._own.get(name) or _NAMES.get(name) or _NAMES.get(bare) or ()

    def is_name(self, text: str, form: str = "") -> bool:
        """Whether a line without a heading's marks is meant as one.

        It has a name that is not as common inside a section. Of labels of bullets, only a few are
        meant so; a bold line of its own also where it has the stem of a name, unless it is the
        label of a time.
        """
        name = plain_name(text)
        if form == "bullet":
            return name not in _WEAK and bool(set(self.keys(text)) & _BULLET_KEYS)
        if name not in _WEAK and (name in _ENDINGS or self.keys(text)):
            return True
        return form == "bold" and bool(_stem_keys(name)) and subject_of(text) not in _TIMES

    def _joined(self, name: str) -> tuple[SectionKey, ...]:
        """``impact and timeline`` fills both, if every part is a name."""
        parts = [part for part in _JOINED.split(name) if part]
        found = [self._own.get(part) or _NAMES.get(part) or () for part in parts]
        is_joined = 1 < len(parts) <= 3 and all(found)
        return tuple(dict.fromkeys(key for keys in found for key in keys)) if is_joined else ()


@lru_cache(maxsize=4096)  # the same headings are on every page
def plain_name(heading: str) -> str:
    """A heading without case, number, emoji, markup, parentheses and colon."""
    if len(heading) > _LONGEST_NAME:
        return ""
    text = _SHORTCODE.sub(" ", _VARIATIONS.sub("", heading))
    text = _PARENTHESIS.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "").replace("'", "")
    if text.isascii():  # as most are, and this takes a tenth of the time
        text = _NO_TEXT.sub(" ", text)
    else:
        text = "".join(ch if _is_text(ch) else " " for ch in text)
    text = _NUMBER.sub("", " ".join(text.split()))
    return " ".join(re.split(r"[-/.\s]+", text)).strip()


def _is_text(character: str) -> bool:
    is_mark = unicodedata.category(character) in ("Mn", "Mc")
    return is_mark or character.isalnum() or character in " -/&+,.ー"


_Known = list[tuple[Heading, tuple[SectionKey, ...]]]


def _without_title(known: _Known) -> _Known:
    """The only heading of the first level, above all others, is a title where more than a name of
    a section stands in it: "Retrospective: Drop #1".
    """
    levels = [heading.level for heading, _ in known]
    if levels[:1] != [1] or levels.count(1) > 1 or not _TAIL.search(known[0][0].text):
        return known
    return [(known[0][0], ()), *known[1:]] if any(keys for _, keys in known[1:]) else known


def _without_weak_doubles(known: _Known) -> _Known:
    """A weak name counts only where nothing better names the same section."""
    weak = {heading.number for heading, _ in known if plain_name(heading.text) in _WEAK}
    strong = {key for heading, keys in known for key in keys if heading.number not in weak}
    return [
        (heading, () if heading.number in weak and set(keys) & strong else keys)
        for heading, keys in known
    ]


def _with_stems(known: _Known) -> _Known:
    """Real headings, and bold lines outside them, that no exact name fits, by their stems.

    The page's title is none of them, nor is a heading inside a section that is known, nor one for
    what a better name was found.
    """
    named = {key for _, keys in known for key in keys}
    found: _Known = []
    around = PSEUDO_LEVEL
    for index, (heading, exact) in enumerate(known):
        is_real = heading.level < PSEUDO_LEVEL
        around = PSEUDO_LEVEL if is_real and heading.level <= around else around
        is_title = heading.level == 1 and index == 0
        asks = heading.level < BULLET_LEVEL and not (exact or is_title or _is_time(heading.text))
        # With the text in parentheses after it: ``theory (root cause)``.
        texts = (heading.text, *(text[1:-1] for text in _PARENTHESIS.findall(heading.text)))
        asks = asks and around == PSEUDO_LEVEL
        stems = _stem_keys(" ".join(map(plain_name, texts))) if asks else ()
        keys = exact or (() if set(stems) & named else stems)
        around = heading.level if is_real and keys and around == PSEUDO_LEVEL else around
        found.append((heading, keys))
    return found


def _stem_keys(name: str) -> tuple[SectionKey, ...]:
    """What a plain name is about; at most one subject."""
    if len(name.split()) > _MOST_WORDS:
        return ()
    return next(((key,) for key, pattern in _STEMS if pattern.search(name)), ())


def _outside_timelines(known: _Known) -> _Known:
    """A bullet in the timeline is an event, whatever its label."""
    kept: _Known = []
    in_timeline = False
    for heading, keys in known:
        is_bullet = heading.level == BULLET_LEVEL
        in_timeline = in_timeline if is_bullet else SectionKey.TIMELINE in keys
        kept += [] if is_bullet and in_timeline else [(heading, keys)]
    return kept


def _ends(known: _Known, last: int) -> list[int]:
    """For each heading, the line before the next one of the same or a higher rank."""
    has_timeline = any(SectionKey.TIMELINE in keys for _, keys in known)
    # By rank, the number of the next heading, and of the next that is not an event of a timeline.
    nearest: dict[int, int] = {}
    nearest_other: dict[int, int] = {}
    ends: list[int] = []
    for heading, keys in reversed(known):
        table = nearest_other if SectionKey.TIMELINE in keys else nearest
        numbers = (number for level, number in table.items() if level <= heading.level)
        ends.append(min(numbers, default=last + 1) - 1)
        is_real = heading.level < PSEUDO_LEVEL
        if is_real or keys or plain_name(heading.text) in _ENDINGS:
            nearest[heading.level] = heading.number
            if has_timeline and not (is_real and _is_time(heading.text)):
                nearest_other[heading.level] = heading.number
    return ends[::-1]


def _bullet_end(heading: Heading, end: int, lines: Sequence[Line]) -> int:
    """The last line of the list item around the label.

    A label alone, with nothing indented below it, speaks of the items or the lines that follow.
    """
    first = lines[0].number
    block = lines[heading.number - first + 1 : end - first + 1]
    indent = lines[heading.number - first].indent
    below = next((line for line in block if not line.is_blank), None)
    is_group = not heading.rest and below is not None and below.indent <= indent
    after_blank = False
    for line in block:
        is_item = bool(_BULLET.match(line.text))
        is_own = line.is_blank or line.indent > indent or (is_group and (is_item or line is below))
        # A line without indent goes on with the item above it, as in Markdown, up to a blank line.
        if not is_own and (is_item or after_blank):
            return line.number - 1
        after_blank = line.is_blank
    return end


def _is_time(heading: str) -> bool:
    """A day or an event of the timeline, though its heading ranks as high as the timeline's."""
    time = match_time(heading.strip("*_` ")) if _DIGIT.search(heading) else None
    return time is not None and (time.clock is not None or time.end + 12 > len(heading))


def _section(
    heading: Heading, keys: tuple[SectionKey, ...], end: int, lines: Sequence[Line]
) -> Section:
    if heading.level == BULLET_LEVEL:
        end = _bullet_end(heading, end, lines)
    first = lines[0].number
    below = [line.text for line in lines[heading.number - first + 1 : end - first + 1]]
    text = "\n".join([heading.rest, *below] if heading.rest else below)
    if SectionKey.IMPROVEMENTS in keys and any(map(_BOX.match, below)):
        keys = tuple(SectionKey.TASKS if key is SectionKey.IMPROVEMENTS else key for key in keys)
    return Section(
        keys=keys,
        heading=heading.text,
        level=heading.level,
        position=Position(heading.number, heading.column),
        start=heading.number,
        end=end,
        text=text,
    )


_BOLD_TITLE = re.compile(r"^\s*(?:\*\*|__)(?P<text>[^*_]+)(?:\*\*|__)\s*(?:<br\s*/?>\s*)?$")
_TITLE_LINE = re.compile(
    r"^\s*(?!\S+://)(?P<text>[^#\n]{0,80}\bpost-?\s?mortem\b[^\n]{0,120}?)\s*(?:<br\s*/?>\s*)?$",
    re.I,
)
# A page without headings: a few words, and neither an address, an item nor a sentence.
_FIRST_LINE = re.compile(
    r"(?P<text>(?!\S+://|[-#*+>|!\[<(]|\d+[.)]\s)(?:[^\s.:][^\s]*[ \t]+){1,13}[^\s]*[^\s.:,;]\s*)$"
)
# The value of a label is a title, and not an identifier.
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_TAG = re.compile(r"<[^<>]+>|^\*\*|\*\*$")


def find_title(
    lines: Sequence[Line], front: Mapping[str, Any], sections: Sequence[Section]
) -> Fact[str] | None:
    """The front matter's title, the first heading that is neither a section nor a label, a value
    with the label "title", or a first line that is not a sentence.
    """
    typed = front.get("title")
    if isinstance(typed, str) and typed.strip():
        return Fact(typed.strip(), 1)
    last = sections[0].start if sections else 30
    head = [line for line in lines if line.is_prose and not line.is_blank and line.number <= last]
    head = head[:15]
    shown, has_labels = {line.number for line in head}, False
    above = [line for line in lines if line.number <= last]
    for heading in find_headings(above, lambda *_: False):
        text = _clean(heading.text) if heading.number in shown else ""
        is_label = _is_label(text) or (has_labels and ":" in text)
        is_top = heading.level == 1 and ": " in text and heading.number < last
        if text and (is_top or not section_keys(text)) and not is_label:
            return Fact(text, heading.number)
        has_labels = has_labels or (":" in text and is_label)
    for item in find_labelled(head):
        if item.subject is Subject.TITLE and _WORDS.search(item.value):
            return Fact(item.value, item.line)
    above = [line for line in head[:6] if line.number < last]
    for pattern in (_BOLD_TITLE, _TITLE_LINE, _FIRST_LINE):
        is_first = pattern is _FIRST_LINE
        for line in above if not is_first else above[:1]:
            text = _clean(match["text"]) if (match := pattern.match(line.text)) else ""
            if text and not _is_label(text) and (is_first or not section_keys(text)):
                return Fact(text, line.number)
    return None


def _is_label(text: str) -> bool:
    """``Owner: Dana`` and ``State``: the head of a page has values in headings, too."""
    label, colon, value = text.partition(":")
    is_known = subject_of(label.strip(" *_")) is not None
    return bool(colon and not value) or (is_known and bool(colon or " " not in text.strip()))


def _clean(text: str) -> str:
    return _TAG.sub("", text).strip().strip("*_").strip()
