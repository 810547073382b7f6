"""A foreign page's body → the recommended forms: real headings, bullets, boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.model.lifecycle import clock_text
from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.reading.instants import find_column_zone
from mkdocs_postmortem.reading.source import PSEUDO_LEVEL, Line, match_heading, number_lines
from mkdocs_postmortem.reading.tables import is_delimiter
from mkdocs_postmortem.reading.zones import find_zone

# Digits only: a time with words in it stays as it was written, since no word may be lost.
_PLAIN_CLOCK = re.compile(r"[\d:.h ]+(?:[ap]\.?m\.?)?", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_PARTS = re.compile(r"\s+")
_PLAIN_COLUMN = re.compile(
    r"(?:date|time|when|event|description|details?|what|what happened|action|note)s?", re.IGNORECASE
)
# Tables and sub-headings are read as they are, and would lose their structure.
_PLAIN_FORMS = (Form.NUMBERED, Form.PARAGRAPH)
_ALL_FORMS = (*_PLAIN_FORMS, Form.TABLE, Form.HEADING)


def rewrite_body(facts: Facts) -> Iterator[str]:
    """The body's lines with real headings, bullets and boxes. Tables stay tables."""
    changed: dict[int, list[str]] = {}
    _change_headings(facts, changed)
    change_timeline(facts, changed, _PLAIN_FORMS)
    change_tasks(facts, changed)
    for line in facts.lines:
        yield from changed.get(line.number, [line.text])


def _change_headings(facts: Facts, changed: dict[int, list[str]]) -> None:
    """Bold lines, labels and bare lines become headings; bullets that act as one stay bullets."""
    if not facts.lines:
        return
    first = facts.lines[0].number
    for section, level in _levels(facts.sections):
        index = section.start - first
        rest, _, _ = section.text.partition("\n")
        # Text after the label, on the label's own line.
        rest = rest if facts.lines[index].text.rstrip().endswith(rest.rstrip()) else ""
        heading = f"{'#' * level} {section.heading.rstrip(': ')}"
        gap = [""] if index and not facts.lines[index - 1].is_blank else []
        changed[section.start] = [*gap, heading, "", *([rest] if rest else [])]


def _levels(sections: Sequence[Section]) -> Iterator[tuple[Section, int]]:
    """Each section without a real heading, and its level: below the real one around it."""
    around: list[Section] = []
    for section in sections:
        around = [outer for outer in around if outer.end >= section.start]
        if section.level == PSEUDO_LEVEL:
            yield section, min(6, 1 + max((outer.level for outer in around), default=1))
        elif section.level < PSEUDO_LEVEL:
            around.append(section)


def change_timeline(
    facts: Facts, changed: dict[int, list[str]], forms: Collection[Form] = _ALL_FORMS
) -> list[int]:
    """Put the lines that make bullets of entries in these forms into ``changed``, by number.

    Returned are the lines of a table's head, of which only a zone stays.
    """
    heads, kept = _change_tables(facts, changed) if Form.TABLE in forms else ([], set())
    entries = [
        entry
        for entry in facts.timeline.entries
        if entry.form in forms and entry.position.line not in kept
    ]
    if not entries:
        return []
    first = facts.lines[0].number
    starts = {entry.position.line for entry in facts.timeline.entries}
    counts = Counter(entry.position.line for entry in entries)
    for entry in entries:
        number = entry.position.line
        if counts[number] > 1:
            continue  # several events in one line: a person has to part them
        changed[number] = [_bullet(entry)]
        for below in range(number + 1, entry.end_line + 1):
            if below not in starts and below not in changed:
                text = facts.lines[below - first].text
                changed[below] = [f"    {text}" if text.strip() else ""]
    return heads


def _bullet(entry: Entry) -> str:
    label = f"**{entry.label}:** " if entry.label else ""
    if entry.form is Form.TABLE:
        first, _, _ = entry.text.partition("\n")
        return f"- {_time(entry)} {label}{first}".rstrip()
    rest = entry.raw[entry.prefix_start + len(entry.prefix) :]
    if entry.form is Form.HEADING:
        rest = rest.rstrip("# ")
    head = f"{_time(entry)} {label}{entry.carried_markup}" if entry.prefix else ""
    return f"- {head}{rest}".rstrip()


def _time(entry: Entry) -> str:
    """``09:12`` for a time of digits alone, else the author's words."""
    written = _PARTS.sub(" ", entry.moment.written).strip("*_`[]( ")
    if entry.moment.clock and not entry.moment.until and _PLAIN_CLOCK.fullmatch(written):
        return clock_text(entry.moment.clock)
    return written


def _change_tables(facts: Facts, changed: dict[int, list[str]]) -> tuple[list[int], set[int]]:
    """Drop the heads of tables that become bullets: the lines of these heads, and rows that stay.

    A table stays as it is if a row is not an entry, or if a column has a meaning that a bullet
    would not keep. A zone in the head becomes a sentence.
    """
    rows = {e.position.line for e in facts.timeline.entries if e.form is Form.TABLE}
    heads: list[int] = []
    kept: set[int] = set()
    for has_cells, group in groupby(facts.lines, lambda line: "|" in line.text):
        table = list(group)
        own = [line.number for line in table if line.number in rows]
        if not has_cells or not own:
            continue
        head = [line for line in table if line.number < own[0]]
        sentence = _head_sentence(head)
        if sentence is None or len(head) + len(own) < len(table):
            kept.update(own)
            continue
        heads += [line.number for line in head]
        changed.update((line.number, []) for line in head)
        if sentence:
            changed[head[0].number] = [sentence, ""]
    return heads, kept


def _head_sentence(head: Sequence[Line]) -> str | None:
    """The sentence on a zone that a head leaves, if any; None if a column says something else."""
    cells = [cell.strip() for line in head for cell in line.text.split("|") if cell.strip(" :-")]
    odd = [cell for cell in cells if not _PLAIN_COLUMN.fullmatch(cell.strip("*_ "))]
    sentence = _zone_sentence(odd[0]) if len(odd) == 1 else ""
    return sentence if sentence or not odd else None


def _zone_sentence(column: str) -> str:
    """``Time (PST)`` as a sentence that names the zone; other columns as they are."""
    zone = find_column_zone(column)
    name = column.replace(zone, "").strip("*_ ()[],/:-–—") if zone else column
    sentence = f"All times are in {zone}."
    is_plain = zone and find_zone(sentence) == zone and _PLAIN_COLUMN.fullmatch(name or "time")
    return sentence if is_plain else ""


def change_tasks(facts: Facts, changed: dict[int, list[str]]) -> None:
    """Put a box before each task that has none into ``changed``; tables stay tables."""
    if not facts.lines:
        return
    first = facts.lines[0].number
    for task in facts.tasks:
        number = task.position.line
        text = facts.lines[number - first].text
        if task.has_box or "|" in text or number in changed:
            continue
        mark = "x" if task.state.value == "done" else " "
        marker = _MARKER.match(text)
        indent = " " * (len(text) - len(text.lstrip()))
        rest = text[marker.end() :] if marker else text.lstrip()
        changed[number] = [f"{indent if marker else ''}- [{mark}] {rest}"]


# Shorter ones belong to times (`pm`) and to marks of lists, which may change.
_WORD = re.compile(r"[^\W\d_]{3,}")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*|<img\b[^>]*", re.IGNORECASE)
_LINK = re.compile(r"(?<=\]\()[^()\s]+|(?<=\]\[)[^\[\]]+|https?://[^\s<>()\[\]]+")
_TEXT = ("word", "words", "link", "links", "image", "images")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{2,})\s*$")


def keeps_words(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether every word, link and image is there; tables and headings may become a list."""
    return not any(loss.endswith(_TEXT) for loss in find_losses(before, after))


def find_losses(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """What the lines ``after`` lack of the lines ``before``: ``2 links``, ``1 table``.

    Counted are words, links, images, headings, tables and code blocks.
    """
    old, new = _contents(before), _contents(after)
    counts = {name: (old[name] - new[name]).total() for name in old}
    return tuple(
        f"{count} {name if count > 1 else name[:-1]}" for name, count in counts.items() if count
    )


def _contents(texts: Sequence[str]) -> dict[str, Counter[str]]:
    lines = number_lines(texts)
    prose = [line.text for line in lines if line.is_prose]
    headings = [text for text in prose if match_heading(text) or _SETEXT.match(text)]
    unlinked = [_IMAGE.sub("", text) for text in texts]
    words = ((_WORD, "words", texts), (_LINK, "links", unlinked), (_IMAGE, "images", texts))
    found = {
        name: Counter(word for text in own for word in pattern.findall(text))
        for pattern, name, own in words
    }
    found["headings"] = Counter({"": len(headings)})
    found["tables"] = Counter({"": sum(map(is_delimiter, lines))})
    found["code blocks"] = Counter({"": sum(line.is_code for line in lines)})
    return found
