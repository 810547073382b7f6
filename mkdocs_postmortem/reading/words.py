"""The words of ``words.yml``, by which sections, events, labels and sentences are recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mkdocs_postmortem.reading.yaml_values import read_data_file

# Languages without spaces between words.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DATA: dict[str, Any] = read_data_file(Path(__file__).with_name("words.yml"))


def word_list(group: str) -> tuple[str, ...]:
    return _split(_DATA[group])


def word_lists(group: str) -> dict[str, tuple[str, ...]]:
    return {key: _split(text) for key, text in _DATA[group].items()}


def says_nothing(text: str) -> bool:
    """Whether a value only says that there is none: ``N/A``, ``None.``, ``-``."""
    return _WORD.findall(text.casefold()) in _NOTHINGS


def sign(name: str) -> re.Pattern[str]:
    """The pattern of a list in ``signs``: any of its stems at the beginning of a word."""
    words = word_lists("signs")[name]
    stems = [stem.replace("_", r"[\s-]+").replace("$", r"\b") for stem in words]
    spaced, dense = parted(stems)
    return re.compile(rf"(?<![^\W_])(?:{spaced}){'|' if dense else ''}{dense}", re.IGNORECASE)


def parted(stems: Sequence[str]) -> tuple[str, str]:
    """Two patterns: for those of languages that put spaces between words, and for the others."""
    dense = [stem for stem in stems if _DENSE.search(stem)]
    return "|".join(stem for stem in stems if stem not in dense), "|".join(dense)


def any_of(name: str) -> str:
    """A pattern for any of a list in ``parts``."""
    return f"(?:{'|'.join(_split(_DATA['parts'][name]))})"


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


_WORD = re.compile(r"\w+")
_NOTHINGS = [[], *(_WORD.findall(name.casefold()) for name in word_list("nothings"))]


AFFAIR, FAULT, ONSET = sign("affair"), sign("fault"), sign("onset")
NOTICED, OVER, NOT_OVER = sign("noticed"), sign("over"), sign("not_over")
TELLING, PLANNED, STILL = sign("telling"), sign("planned"), sign("still")
DOWN = sign("down")

CLAUSE = re.compile(
    r"[.;,:!?]\s|[。、，；]|\s(?:and|but|when|while|before|und|et|y|e)\s", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_BUT = re.compile(r"\b(?:but|however|aber|mais|pero|mas)\b", re.IGNORECASE)
_IF = re.compile(rf"\b{any_of('repeated')}\b", re.IGNORECASE)
# Between what an incident is called and its verb: "the outage of our shop began".
_SUBJECT_LENGTH = 25
_FEW_WORDS = 5


def is_of_affair(text: str) -> bool:
    """Whether a line speaks of an incident or of something that does not work."""
    return bool(FAULT.search(text) or AFFAIR.search(text) or ONSET.search(text))


def breaks(words: str) -> bool:
    """Whether the first clause that speaks of the incident says that something broke, and not who
    noticed it or what ended it.
    """
    for clause in CLAUSE.split(words):
        if NOTICED.search(clause) or OVER.search(clause) or STILL.search(clause):
            return False
        if FAULT.search(clause):
            return True
    return False


def is_onset(words: str) -> bool:
    """Whether words say that the incident itself begins: "the outage started", "it began"."""
    for clause in CLAUSE.split(words):
        if NOTICED.search(clause) or OVER.search(clause) or _IF.search(clause):
            return False
        if match := ONSET.search(clause):
            subject = clause[: match.start()]
            return bool(AFFAIR.search(subject[-_SUBJECT_LENGTH:])) or "down" in match[0].lower()
    return False


def goes_down(words: str) -> bool:
    """Whether the first clause is the plain news: "Site is down", "First 503 responses"."""
    return bool(DOWN.search(CLAUSE.split(words)[0]))


def speaks_of_incident(words: str) -> bool:
    """Whether words say that something is broken, noticed or repaired."""
    return any(sign.search(words) for sign in (FAULT, NOTICED, OVER, AFFAIR))


def is_declared_over(words: str) -> bool:
    """Whether words begin with the end of the incident itself: "Incident resolved"."""
    first = CLAUSE.split(words)[0]
    affair = AFFAIR.match(first.lstrip("*_ "))
    return bool(affair and len(first.split()) <= _FEW_WORDS and ends(first))


def ends(words: str) -> bool:
    """Whether words say that the incident is over, and not that somebody tells so."""
    for sentence in _SENTENCE.split(words.split("\n\n")[0]):
        over = None if NOT_OVER.search(sentence) else OVER.search(sentence)
        if over and not TELLING.search(CLAUSE.split(sentence)[0][: over.start()]):
            but = _BUT.search(words, words.index(sentence) + over.end())
            return not (but and FAULT.search(words, but.end()))
    return False
