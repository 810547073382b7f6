"""How many users were hit: from a field's text or from prose."""

from __future__ import annotations

import re

from mkdocs_postmortem.model.users import UsersAffected

_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3}){1,4}|\d{1,12}"
_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,6})?)\s?(?:%|％|\bper\s?cent\b)", re.IGNORECASE
)
_SHARE = re.compile(rf"({_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?({_NUMBER})", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\d.,])({_NUMBER})(?![\d%])")
_FRACTION = re.compile(r"0?[.,]\d{1,6}")
_ALL = re.compile(r"\b(?:all|every|everyone|everybody)\b", re.IGNORECASE)
_NONE = re.compile(r"^\W*(?:none|no\b|nobody|no one|zero|0\b(?!\s*[.,]?\d))", re.IGNORECASE)
_ESTIMATE = re.compile(
    r"^\s*(?:~|≈|about|around|approximately|approx\.?|roughly|nearly|almost|up to"
    r"|an estimated|estimated|circa|ca\.?)\s*",
    re.IGNORECASE,
)
# Near one of these a percentage is a share of users; elsewhere it is disk, speed or confidence.
_WHO = (
    r"(?:users?|customers?|clients?|visitors?|shoppers?|subscribers?|accounts?|tenants?|members?"
    r"|people|players|traffic|requests?|sessions?|logins?|orders?|user\s?base)"
)
# "30% decrease in users" is no share of them.
_CHANGE = r"(?:de|in)creas|drop|rise|rose|growth|reduc|more\b|less\b|fewer|faster|slower|loss\b"
_JOINED = (
    r"\b(?:affected|impacted|hit|was|were|is|are|about|around|approximately|nearly|roughly|up|to|of"
    r"|total|an?|estimated|some)\b"
)
_PERCENT_OF_USERS = re.compile(
    rf"(\d{{1,3}}(?:[.,]\d{{1,6}})?)\s?(?:%|％|per\s?cent\b)\s*(?:of\s+)?(?:(?!{_CHANGE})[\w'’-]+\s+){{0,4}}?{_WHO}\b",
    re.IGNORECASE,
)
_USERS_PERCENT = re.compile(
    rf"\b{_WHO}\b(?:\W|{_JOINED}){{0,12}}?(\d{{1,3}}(?:[.,]\d{{1,6}})?)\s?(?:%|％|per\s?cent\b)(?!\s*(?:→|->|to\b))",
    re.IGNORECASE,
)


def read_users(written: str) -> UsersAffected | None:
    """What a ``users_affected`` value says, or None if it says nothing that can be counted.

    Read are a percentage, ``180 of 4,200`` (the percentage is computed), a count, ``all users``
    and ``none``; a word such as ``about`` or ``~`` marks an estimate.
    """
    text = written.strip()
    if _FRACTION.fullmatch(text):
        return None  # a share without its unit: 0.35 may be meant as 35 % or as 0.35 %
    estimated = bool(_ESTIMATE.match(text))
    if match := _PERCENT.search(text):
        percent = _decimal(match.group(1))
        return UsersAffected(text, percent, estimated=estimated) if percent <= 100 else None
    if match := _SHARE.search(text):
        return _share(text, _whole(match.group(1)), _whole(match.group(2)), estimated)
    if _NONE.match(text):
        return UsersAffected(text, 0.0, 0)
    if _ALL.search(text) and not _COUNT.search(text):
        return UsersAffected(text, 100.0, estimated=estimated)
    if match := _COUNT.search(text):
        return UsersAffected(text, count=_whole(match.group(1)), estimated=estimated)
    return None


def find_users(prose: str) -> UsersAffected | None:
    """The first share of users that a text states, or None."""
    match = _PERCENT_OF_USERS.search(prose) or _USERS_PERCENT.search(prose)
    if match:
        percent = _decimal(match.group(1))
        before = prose[max(0, match.start(1) - 16) : match.start(1)]
        word = before.rstrip().rsplit(" ", 1)[-1] + " "
        estimated = bool(_ESTIMATE.match(word)) or before.rstrip().endswith("~")
        return (
            UsersAffected(f"{match.group(1)}%", percent, estimated=estimated)
            if percent <= 100
            else None
        )
    return None


def _share(text: str, count: int, total: int, estimated: bool) -> UsersAffected | None:
    if not total or count > total:
        return None
    return UsersAffected(text, round(100 * count / total, 1), count, total, estimated)


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))
