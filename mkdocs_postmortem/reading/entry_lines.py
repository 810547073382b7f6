"""The lines of a timeline: where an entry begins, what its prefix says, what is not one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from mkdocs_postmortem.model.problem import Finding, Position, closest
from mkdocs_postmortem.model.timeline import Entry, Form, Kind
from mkdocs_postmortem.reading.source import Line, match_heading
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time
from mkdocs_postmortem.reading.words import word_lists

_OPENING = re.compile(r"(?:\s*(\*\*\*|\*\*|__|\*|_|`|\[|\())?\s*")
_CLOSE = {"[": "]", "(": ")"}
_SEPARATOR = re.compile(r"\s*(?::{1,6}|-{1,3}>?|–|—|→|=>|>|\||,|\.(?=\s|$)|;)?")
# "First detected: 2023-01-11 14:22" names the event before its time.
_LABEL_FIRST = re.compile(
    r"(?P<mark>\*\*|__)?(?P<label>[^\W\d_][^\n*_:\d]{2,50}?)\s?(?::\s?(?P<close>\*\*|__)?|(?P=mark)\s?:|\bat\b|(?<=\w)(?=\s\d{4}-))\s*"
)
# Prose comes to "at 9:45" as well; before it only a known label is one.
_AT = re.compile(r"\bat\s*$")


class EntryPrefix(NamedTuple):
    """The time and the label at the start of an entry's source text.

    ``source[:length]`` is time and label; ``carried_markup`` is markup that the prefix opens and
    the rest closes.
    """

    time: TimeExpression
    length: int
    kind: Kind = Kind.ACTION
    label: str = ""
    carried_markup: str = ""
    label_first: bool = False


def read_prefix(
    source: str, own: dict[str, Kind] | None = None, *, military: bool = False
) -> EntryPrefix | None:
    """The head of a text that begins with a time (or with a label and a time)."""
    opening = None if source[:1].isdigit() else _OPENING.match(source)
    mark = (opening.group(1) or "") if opening else ""
    expression = match_time(source, opening.end() if opening else 0, military=military)
    if expression is None:
        return _label_first(source, own)
    length, carried_markup = _after_time(source, expression.end, expression.opened or mark)
    if carried_markup is None:
        return None
    label = None if carried_markup else read_label(source[length:], own)
    if label is None:
        return EntryPrefix(expression, length, carried_markup=carried_markup)
    return EntryPrefix(expression, length + label.length, label.kind, label.text, carried_markup)


def _after_time(source: str, end: int, mark: str) -> tuple[int, str | None]:
    """Where the text begins after the time, and the markup to open again there.

    None instead of markup if the time is glued to a word, so that it was no time.
    """
    close = _CLOSE.get(mark, mark)
    position, closed, separated = end, not mark, False
    while True:
        if not closed:
            space = len(source[position:]) - len(source[position:].lstrip())
            if source.startswith(close, position + space):
                position, closed = position + space + len(close), True
                continue
        match = _SEPARATOR.match(source, position)
        if match is None or match.end() == position or separated:
            break
        # Spaces alone separate too, but a dash may still follow them.
        separated = bool(match.group().strip())
        position = match.end()
    while source[position : position + 1] in (" ", "\t", "\u00a0"):
        position += 1
    glued = position == end and source[position : position + 1].isalnum()
    if glued:
        return position, None
    return position, ("" if closed or mark in _CLOSE else mark)


def _label_first(source: str, own: dict[str, Kind] | None) -> EntryPrefix | None:
    match = _LABEL_FIRST.match(source)
    if match is None:
        return None
    expression = match_time(source, match.end())
    if expression is None or expression.value is None:
        return None
    length, carried_markup = _after_time(source, expression.end, "")
    kind = kind_of(match["label"], own)
    if carried_markup is None or (kind is None and _AT.search(match.group())):
        return None
    rest = source[length:].strip()
    # The label stays in the text unless it says no more than the kind does.
    keeps_label = kind is None or not rest
    length, label = 0 if keeps_label else length, match["label"] if kind else ""
    return EntryPrefix(expression, length, kind or Kind.ACTION, label, label_first=True)


_LOST_BULLET = re.compile(r"(?<=[.!?])\s+[-*]\s+(?=\d)")
# A part of it that is looked for much faster, and that most texts do not have.
_MARKED = re.compile(r"[-*]\s+\d")
_SENTENCE_START = re.compile(r"\s(?=\d{1,2}[:.h\d])")
# A head is shorter; reading all of the rest at each number would take quadratic time.
_HEAD_LENGTH = 300

Piece = tuple[int, EntryPrefix, str]


def split_events(
    text: str, start: int, kinds: Mapping[str, Kind], *, in_bullet: bool = False
) -> list[Piece]:
    """The events that begin after ``start``: where, with which head, and their own text.

    Only a time with a colon after it begins an event, since prose is full of times. In a bullet it
    must have a bullet's mark before it too.
    """
    if in_bullet and not _MARKED.search(text, start):
        return []
    border = _LOST_BULLET if in_bullet else _SENTENCE_START
    heads: list[tuple[int, EntryPrefix]] = []
    for match in border.finditer(text, start):
        rest = text[match.end() : match.end() + _HEAD_LENGTH]
        prefix = read_prefix(rest, dict(kinds))
        if prefix and prefix.time.clock and rest[prefix.time.end : prefix.time.end + 1] == ":":
            heads.append((match.end(), prefix))
    if not heads:
        return []
    ends = [begin for begin, _ in heads[1:]] + [len(text)]
    return [
        (begin, prefix, text[begin:end] if end == len(text) else text[begin:end].rstrip(" -*"))
        for (begin, prefix), end in zip(heads, ends, strict=True)
    ]


_ITEM = re.compile(
    r"^(?P<marker>\s*(?:(?P<bullet>[-*+•])|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?"
    r"|\s*\d{1,2}\.(?=\d{1,2}:\d\d))"
    r"(?P<text>.*)$"
)
_HTML_ITEM = re.compile(
    r"^(?P<marker>\s*(?P<bullet>(?:</?(?:ul|ol|li|p|br|b|strong)\s*/?>\s*){1,4}))(?P<text>.*)$",
    re.I,
)
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
QUOTE = re.compile(r"^\s{0,3}>\s?")


def match_item(text: str) -> re.Match[str] | None:
    """A list item: its ``marker``, its ``bullet`` (None where it is numbered) and its ``text``."""
    return _ITEM.match(text) or _HTML_ITEM.match(text)


def is_rule(text: str) -> bool:
    return not text.strip("-*_= ")[:1].isalnum() and bool(_RULE.match(text))


def is_item_event(lines: Sequence[Line], index: int, prefix: EntryPrefix, text: str) -> bool:
    """Whether a list item is an event: it has a clock, or a date with text after or below it."""
    if prefix.time.clock or is_dated_event(prefix, text):
        return True
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is None or prefix.time.day is None or below.is_blank or not below.is_prose:
        return False
    return below.indent > lines[index].indent and not _ITEM.match(below.text)


def is_day_event(
    lines: Sequence[Line], index: int, prefix: EntryPrefix, kinds: dict[str, Kind]
) -> bool:
    """A heading that is only a date is an event if prose follows, and no event of that day."""
    if prefix.time.day is None or prefix.time.error:
        return False
    below = (line for line in islice(lines, index + 1, None) if line.is_prose)
    own = takewhile(lambda line: not match_heading(line.text), below)
    texts = [line.text for line in own if not line.is_blank]
    is_prose = bool(texts) and not _ITEM.match(texts[0])
    return is_prose and not any(_is_timed(text, kinds) for text in texts)


def is_dated_event(prefix: EntryPrefix, text: str) -> bool:
    """Whether text follows a date without a clock, and not only a remark in parentheses."""
    rest = text[prefix.length :].strip(" *_`:|-–—")
    is_remark = rest.startswith("(") and rest.endswith(")") and rest.count(")") == 1
    return prefix.time.day is not None and bool(rest) and not is_remark


def _is_timed(text: str, kinds: dict[str, Kind]) -> bool:
    item = _ITEM.match(text)
    prefix = read_prefix(item["text"] if item else text.strip(" |"), kinds, military=True)
    return prefix is not None and prefix.time.clock is not None


def no_entry(position: Position) -> Finding:
    """A line of the timeline that is not an entry."""
    message = "This line is not a timeline entry: it does not start with a time."
    fix = (
        "Start it with the time (`- 09:12 …`, or `- 2026-03-14 09:12 …` on another day), or indent "
        "it below the entry that it belongs to."
    )
    return Finding("PM301", position, message, fix, "timeline")


def nested(position: Position, entry: Entry) -> Finding:
    """A timed bullet that its indentation makes a part of the entry above."""
    message = (
        "This line starts with a time, but its indentation makes it part of the entry on line "
        f"{entry.position.line}."
    )
    fix = "Remove the spaces or the tab before its `-` to make it an entry."
    return Finding("PM301", position, message, fix, "timeline")


def no_bullet(entry: Entry) -> Finding:
    """An entry in another form than the recommended one."""
    form = "numbered line" if entry.form is Form.NUMBERED else entry.form.value
    fix = "Write the timeline as bullets: `- 09:12 What happened.`"
    return Finding("PM303", entry.position, f"This entry is a {form}.", fix, "timeline")


_KIND_WORDS = {Kind(name): words for name, words in word_lists("kinds").items()}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words}

# Bold with the colon inside or outside, or a plain phrase before a colon.
_BOLD_LABEL = re.compile(
    r"(?P<mark>\*\*|__)(?P<label>[^*_\n]{1,50}?)\s?(?P<colon>[:.]?)\s?(?P=mark)(?P<after>\s*[:–—]\s*|\s+-\s+|\s*)"
)
_PLAIN_LABEL = re.compile(r"(?P<label>[^\W\d_][^\W_]*(?:[ -][^\W\d_][^\W_]*){0,3})\s?:(?:\s+|$)")
# Capitals set a label off as a colon does: "OUTAGE BEGINS, traffic is lost".
_CAPITAL_LABEL = re.compile(
    r"(?P<label>[A-Z]{2,}(?: [A-Z]{2,}){0,3})(?:\s?[,.–—]\s+|\s[–—-]\s|\s*$)"
)
_BRACKET_LABEL = re.compile(r"[\[(](?P<label>[^\W\d_][\w -]{1,40})[\])]\s*[:–—-]?\s*")


class Label(NamedTuple):
    """A label that was recognised: its kind, its words, and how many characters it takes.

    ``length`` is 0 for a bold word that is part of the sentence and so stays in the text.
    """

    kind: Kind
    text: str
    length: int


def kind_of(word: str, own: dict[str, Kind] | None = None) -> Kind | None:
    """The kind that a word or phrase names; ``own`` are the team's, in lower case."""
    plain = " ".join(re.sub(r"[^\w\s-]", "", word).lower().split())
    return (own or {}).get(plain) or _KINDS.get(plain)


def is_nearly(word: str, kinds: Sequence[Kind], *, is_label: bool) -> bool:
    """Whether a word names one of the kinds; one before a colon may be mistyped."""
    plain = word.lower()
    known = [name for kind in kinds for name in _KIND_WORDS.get(kind, ())]
    return plain in known or (is_label and bool(closest(plain, known, 0.8)))


def read_label(text: str, own: dict[str, Kind] | None = None) -> Label | None:
    """The label at the head of an entry's text (white space before it not allowed)."""
    if text.startswith(("**", "__")) and (match := _BOLD_LABEL.match(text)):
        kind = kind_of(match["label"], own)
        is_label = bool(match["colon"] or match["after"].strip() or match.end() == len(text))
        return Label(kind, match["label"], match.end() if is_label else 0) if kind else None
    pattern = _BRACKET_LABEL if text.startswith(("[", "(")) else _PLAIN_LABEL
    # No plain label is without its colon, and most texts have none.
    match = pattern.match(text) if pattern is _BRACKET_LABEL or ":" in text else None
    if not match and text[:2].isupper():
        match = _CAPITAL_LABEL.match(text)
    kind = kind_of(match["label"], own) if match else None
    return Label(kind, match["label"], match.end()) if match and kind else None
