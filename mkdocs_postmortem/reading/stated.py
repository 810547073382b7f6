"""Durations stated in the prose, to compare with the computed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import StatedDuration, UsersAffected
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.words import any_of, parted, word_list, word_lists

_NUMBER_WORDS = {
    word: number for number, words in enumerate(word_list("numbers"), 1) for word in words.split()
}
_UNITS = {int(seconds): parted(words) for seconds, words in word_lists("units").items()}
_UNIT = "|".join(
    rf"(?P<u{seconds}>(?:{spaced})(?![^\W\d_])|(?:{dense}))"
    for seconds, (spaced, dense) in _UNITS.items()
)
_AMOUNT = (
    r"(?:(?<![0-9A-Za-z_À-ɏ$€£.,:])|(?<=[hdm]))(?:(?P<n>\d{1,5}(?:[.,]\d{1,3})?)"
    r"(?P<and> and (?:a )?half)?[\s\u00a0-]?"
    rf"|\b(?P<word>{'|'.join(_NUMBER_WORDS)})[\s\u00a0-]|(?P<half>half an? ))(?:{_UNIT})"
    r"(?P<more>半| and (?:a )?half\b)?"
)
# A length is said in fewer characters; a sum of thousands of them fits no timedelta.
_LONGEST = 200
_PART = re.compile(_AMOUNT, re.IGNORECASE)
_LABEL = re.compile(
    r"^[\s>*+_|-]{0,12}(?:total\s+|outage\s+|incident\s+)?duration\b[\s*_:()|]{0,40}(?P<rest>.{0,200})",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:outage|incident|disruption|degradation|it)\s+lasted\s+(?P<rest>.{0,120})", re.IGNORECASE
)
_OUTAGE = r"(?:outage|incident|downtime|disruption|degradation|interruption)"
_COUNTS = "|".join(word for word in _NUMBER_WORDS if len(word) > 2)  # no article
_IN_TITLE = re.compile(
    rf"\b(?:for|pendant|durante|während|für)\s+(?P<rest>.{{1,80}})"
    rf"|(?<!\S)(?P<attribute>(?:\d{{1,4}}|{_COUNTS})[- ]\w{{1,10}}(?:\s+[\w'’-]+){{0,3}}?"
    rf"\s+{_OUTAGE}\b)",
    re.IGNORECASE,
)
# What may follow a length that the title gives to all before it: not "for 30 days of data".
_AFTER_LENGTH = re.compile(
    r"\s*(?:$|[^\w\s])|\s+(?:after|as|because|due|during|in|on|when|while)\b"
)
_COST = re.compile(rf"\b{any_of('cost')}\b(?P<rest>[^.;]{{0,60}})", re.IGNORECASE)
_HEDGE = re.compile(rf"\b{any_of('hedge')}\b|~", re.IGNORECASE)


def find_stated_durations(lines: Iterable[Line]) -> Iterator[StatedDuration]:
    """Each length after a ``Duration`` label or after "the outage lasted"."""
    for line in lines:
        lowered = line.text.lower()
        match = _LABEL.match(line.text) if "duration" in lowered else None
        if not match and "lasted" in lowered:
            match = _LASTED.search(line.text)
        found = read_length(match["rest"]) if match and line.is_prose else None
        if match and found:
            length, start, end = found
            rest = match["rest"]
            position = Position(line.number, match.start("rest") + start + 1)
            is_rounded = bool(_HEDGE.search(rest[:start]))
            yield StatedDuration(rest[start:end].strip(), length, position, is_rounded)


def find_title_duration(title: str, position: Position) -> list[StatedDuration]:
    """The only length in a title: "Search was down for 77 minutes", "A 77-minute outage".

    Hours and full five minutes count as rounded.
    """
    found: list[StatedDuration] = []
    for match in _IN_TITLE.finditer(title):
        text = match["rest"] or match["attribute"]
        length, start, end = read_length(text) or (timedelta(), -1, 0)
        follows = match["attribute"] or _AFTER_LENGTH.match(text, end)
        if start >= 0 and follows and _ONLY_ABOUT.fullmatch(text[:start]):
            is_rounded = bool(_HEDGE.search(text[:start])) or not length % timedelta(minutes=5)
            found.append(StatedDuration(text[start:end].strip(), length, position, is_rounded))
    return found if len(found) == 1 else []


def find_cost(text: str) -> timedelta | None:
    """The time that a text says was lost: "which cost us ten minutes"."""
    match = _COST.search(text)
    return (read_length(match["rest"]) or (None,))[0] if match else None


def read_length(text: str) -> tuple[timedelta, int, int] | None:
    """The first length in a text (``2 hours and 37 minutes``) with its start and end."""
    seconds, start, end = 0.0, -1, 0
    for match in _PART.finditer(text, 0, _LONGEST):
        between = text[end : match.start()].strip(" ,\u00a0").lower()
        if start >= 0 and between not in ("", "and", "&"):
            break
        start = match.start() if start < 0 else start
        end = match.end()
        unit = next(seconds for seconds in _UNITS if match[f"u{seconds}"])
        word = match["word"] and _NUMBER_WORDS[match["word"].lower()]
        number = float(word or (match["n"] or "0").replace(",", "."))
        has_half = match["half"] or match["more"] or match["and"]
        seconds += (number + (0.5 if has_half else 0)) * unit
    return (timedelta(seconds=seconds), start, end) if start >= 0 else None


def read_labelled_length(value: str) -> timedelta | None:
    """The length that the value of a label is: ``1h 20m``, ``about 2 hours``."""
    found = read_length(value)
    if not found or not _ONLY_ABOUT.fullmatch(value[: found[1]]):
        return None
    return found[0] if _EXPLAINED.match(value, found[2]) else None


_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3}){1,4}|\d{1,12}"
_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,6})?)\s?(?:%|％|\bper\s?cent\b)", re.IGNORECASE
)
# Neither "1" of 1.200, 1,5 and 1.2k, nor "3" of 3 million.
_WHOLE = rf"(?<![\d.,])({_NUMBER})(?![\d%]|[.,]\d|\s?(?:k|m|thousand|mi?ll?ion\w*|mio|billion)\b)"
_SHARE = re.compile(
    rf"{_WHOLE}\s+(?:(?:out\s+)?of|von|sur|de)\s+(?:the\s+|our\s+)?{_WHOLE}", re.IGNORECASE
)
_COUNT = re.compile(rf"\A\D*{_WHOLE}", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]|\s?(?:%|％|per\s?cent\b))")
_ALL = re.compile(r"\b(?:all|every|everyone|everybody)\b", re.IGNORECASE)
_NONE = re.compile(r"^\W*(?:none|no\b|nobody|no one|zero|0\b(?!\s*[.,]?\d))", re.IGNORECASE)
_ABOUT = rf"{any_of('about')}\s*"
_ESTIMATE = re.compile(rf"^\s*{_ABOUT}", re.IGNORECASE)
# What comes after a value explains it.
_EXPLAINED = re.compile(r"\s*(?:$|[(（;、。–—]|-\s|[,.](?!\d))")
_ONLY_ABOUT = re.compile(rf"\W*(?:{_ABOUT})?", re.IGNORECASE)
_ESTIMATED = re.compile(rf"{_ABOUT}$", re.IGNORECASE)
_WHO, _CHANGE = any_of("who"), any_of("change")
_PERCENT_OF_USERS = re.compile(
    rf"(\d{{1,3}}(?:[.,]\d{{1,6}})?)\s?(?:%|％|per\s?cent\b)\s*(?:of\s+)?(?:(?!{_CHANGE})[\w'’-]+\s+){{0,4}}?{_WHO}\b",
    re.IGNORECASE,
)
_USERS_PERCENT = re.compile(
    rf"\b{_WHO}\b(?:\W|\b{any_of('joined')}\b){{0,12}}?(\d{{1,3}}(?:[.,]\d{{1,6}})?)\s?(?:%|％|per\s?cent\b)(?!\s*(?:→|->|to\b))",
    re.IGNORECASE,
)
# Neither a year nor a status code in front: "in 2023 users …", "error 500 users …".
_COUNTED = (
    r"(?<![\d.,:/$€£#-])(?<!\bin )(?<!\berror )(?<!\bcode )(?<!\bstatus )(?<!\bhttp )"
    rf"(?:(?:{_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?)?(?:{_NUMBER})\+?\s+"
    rf"(?:(?!{_CHANGE})[\w'’-]+\s+){{0,3}}?{any_of('people')}\b"
)
_COUNT_OF_USERS = re.compile(
    rf"(?P<first>{_COUNTED})[^.;:\n]{{0,40}}?\b{any_of('hit')}\b"
    rf"|\b(?:affect|impact)(?:ed|ing|s)?\s(?:\w+\s){{0,2}}?[~≈]?\s?(?P<later>{_COUNTED})",
    re.IGNORECASE,
)
# What a label says in full, up to a sign that begins an explanation.
_LABELLED_USERS = re.compile(
    rf"(?:{_ABOUT})?(?:{_SHARE.pattern}|{_PERCENT.pattern}|(?:{_NUMBER})\+?|all|no|none|nobody|zero)"
    rf"(?:\s?(?:人|名)|\s*(?:of\s+|der\s+|des\s+|de\s+)?(?:the\s+|our\s+|los\s+|las\s+)?{_WHO})?"
    rf"(?={_EXPLAINED.pattern})",
    re.IGNORECASE,
)


def read_labelled_users(value: str) -> UsersAffected | None:
    """The share or count that a value after a label of users states, or None.

    The value begins with it (``4,200 of 60,000 (EU only)``), or says it in a sentence.
    """
    match = _LABELLED_USERS.match(value)
    return read_users(match.group()) if match else find_users(value)


def read_users(written: str) -> UsersAffected | None:
    """What a ``users_affected`` value says, or None if it says nothing that can be counted.

    Read are a percentage, ``180 of 4,200`` (the percentage is computed), a count, ``all users``
    and ``none``; a word such as ``about`` or ``~`` marks an estimate. A decimal without a unit is
    neither: 0.35 may be meant as 35 % or as 0.35 %.
    """
    text = written.strip()
    estimated = bool(_ESTIMATE.match(text))
    if match := _PERCENT.search(text):
        percent = _decimal(match.group(1))
        return UsersAffected(text, percent, estimated=estimated) if percent <= 100 else None
    if match := _SHARE.search(text):
        count, total = _whole(match[1]), _whole(match[2])
        if not total or count > total:
            return None
        return UsersAffected(text, round(100 * count / total, 1), count, total, estimated)
    if _NONE.match(text):
        return UsersAffected(text, 0.0, 0)
    if _ALL.search(text) and not _COUNT.search(text):
        return UsersAffected(text, 100.0, estimated=estimated)
    if match := _COUNT.search(text):
        return UsersAffected(text, count=_whole(match.group(1)), estimated=estimated)
    return None


def find_dotted_count(written: str) -> str:
    """The first number of a text that is 1,200 in some countries and 1.2 in others, or ""."""
    match = _DOTTED.search(written)
    return match.group() if match else ""


def find_users(prose: str) -> UsersAffected | None:
    """The first share or count of users that a text states to be affected, or None."""
    if match := _PERCENT_OF_USERS.search(prose) or _USERS_PERCENT.search(prose):
        percent = _decimal(match[1])
        words = prose[max(0, match.start(1) - 16) : match.start(1)].rstrip()
        last = words.rsplit(" ", 1)[-1]
        estimated = words.endswith("~") or bool(_ESTIMATE.match(f"{last} "))
        users = UsersAffected(f"{match[1]}%", percent, estimated=estimated)
        return users if percent <= 100 else None
    if counted := _COUNT_OF_USERS.search(prose):
        name = "first" if counted["first"] else "later"
        about = _ESTIMATED.search(prose, max(0, counted.start(name) - 16), counted.start(name))
        return read_users(f"{about.group() if about else ''}{counted[name]}")
    return None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))
