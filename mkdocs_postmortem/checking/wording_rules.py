"""Rules on the wording: length, placeholders, blame, secrets, hidden characters, users."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from mkdocs_postmortem.checking.rules import Context, Fault
from mkdocs_postmortem.checking.unsafe_text import (
    find_hidden,
    find_secrets,
    may_hide,
    may_hold_secrets,
)
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.yaml_values import read_data_file

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|lorem ipsum)\b"
    # Words in angle brackets that are not a tag, an autolink or an address.
    r"|<(?!/|!|https?:|mailto:)[A-Za-z][^<>\n@=]{0,60}[ _-][^<>\n@=]{0,60}>"
)
_PLACEHOLDER_SIGNS = ("TODO", "TBD", "TBC", "FIXME", "XXX", "lorem ipsum", "<")
# The state of a row of tasks: a word that ends a cell, or is marked at its beginning.
_TODO_STATE = re.compile(r"(?:^|\|)\s*[*_]+TODO[*_]+|(?<![^\W_])TODO[*_`]*\s*(?=\||$)")
_CODE_SPAN = re.compile(r"`[^`\n]+`")

_BLAME: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = tuple(
    (tuple(item["signs"].split()), re.compile(item["pattern"], re.IGNORECASE), item["advice"])
    for item in read_data_file(Path(__file__).with_name("blame.yml"))
)


# Characters around the word that a match contains; no match is longer.
_REACH = 100


def _length(record: Postmortem, context: Context) -> Iterator[Fault]:
    least, most = context.settings.words
    if record.words < least:
        advice = "Explain what happened and why, so that a reader from another team can follow."
    elif record.words > most:
        advice = "Cut what a reader does not need, or move raw data to a linked page."
    else:
        return
    yield Fault(
        record.position("body"),
        f"Expected {least}–{most} words; found {record.words} (code and tables are not counted).",
        advice,
        "words",
    )


def _percentage(record: Postmortem, _: Context) -> Iterator[Fault]:
    users = record.users_affected
    if users is None or (users.percent is None and users.count is None):
        yield Fault(
            record.position("users_affected", "impact"),
            f"`{users.written}` does not say what share of users was affected."
            if users
            else "The page does not say what share of users was affected.",
            "Set `users_affected:` to a percentage, `180 of 4,200`, `all users` or `none`.",
            "users_affected",
        )


def _placeholders(record: Postmortem, context: Context) -> Iterator[Fault]:
    if not any(sign in context.text for sign in _PLACEHOLDER_SIGNS):
        return
    body = record.position("body").line
    rows = {task.position.line for task in record.tasks if task.is_row}
    for position, line in _texts(context):
        text = _TODO_STATE.sub(_blank, line) if position.line in rows else line
        # A missing value has its own rule; a comment on it is the author's reminder.
        if position.line < body and text.lstrip().startswith("#"):
            continue
        for match in _PLACEHOLDER.finditer(_CODE_SPAN.sub(_blank, text)):
            yield Fault(
                Position(position.line, position.column + match.start()),
                f"The placeholder `{match.group()}` is still there.",
                "Write what belongs there, or delete it.",
            )


def _blame(_: Postmortem, context: Context) -> Iterator[Fault]:
    whole = context.text.lower()
    possible = [
        (pattern, advice)
        for signs, pattern, advice in _BLAME
        if any(_may_match(pattern, word, whole) for word in signs if word in whole)
    ]
    for position, text in _texts(context) if possible else ():
        for pattern, advice in possible:
            for match in pattern.finditer(text):
                yield Fault(
                    Position(position.line, position.column + match.start()),
                    f'"{match.group()}" blames a person.',
                    advice,
                )


def _may_match(pattern: re.Pattern[str], word: str, whole: str) -> bool:
    """Whether a text in lower case matches around one of the places of a word."""
    position = whole.find(word)
    while position >= 0:
        if pattern.search(whole, max(0, position - _REACH), position + _REACH):
            return True
        position = whole.find(word, position + 1)
    return False


def _secrets(_: Postmortem, context: Context) -> Iterator[Fault]:
    if not may_hold_secrets(context.text):
        return
    for position, text in _texts(context, code=True):
        for name, start in find_secrets(text):
            yield Fault(
                Position(position.line, position.column + start),
                f"This looks like {name}.",
                "Revoke it, then write `[removed]` instead: whoever can read the repository "
                "has it.",
            )


def _hidden(_: Postmortem, context: Context) -> Iterator[Fault]:
    if not may_hide(context.text):
        return
    for position, text in _texts(context, code=True):
        for name, start in islice(find_hidden(text), 1):
            yield Fault(
                Position(position.line, position.column + start),
                f"The character {name} is invisible.",
                "Delete it, or write its code point if you mean to name it: `U+202E`.",
            )


def _texts(context: Context, *, code: bool = False) -> Iterable[tuple[Position, str]]:
    """Every line of the page with its place, front matter included."""
    return ((Position(line.number), line.text) for line in context.lines if code or line.is_prose)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


CHECKS = {
    "PM401": _length,
    "PM402": _percentage,
    "PM403": _placeholders,
    "PM404": _blame,
    "PM405": _secrets,
    "PM406": _hidden,
}
