"""A foreign page's facts → the text of a page of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from mkdocs_postmortem.adopting.facts import Fact, Facts, to_local
from mkdocs_postmortem.adopting.told_times import Point
from mkdocs_postmortem.adopting.word_loss import keeps_words
from mkdocs_postmortem.model.section import Section, SectionKey
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.severity import match_severity
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.headings import PSEUDO_LEVEL
from mkdocs_postmortem.reading.source import split_text
from mkdocs_postmortem.reading.zones import AmbiguousZone, resolve_zone

# What usually stands below which heading; None is "Root cause and resolution".
_PARTS_OF: dict[SectionKey | None, set[SectionKey]] = {
    SectionKey.ISSUE_SUMMARY: {SectionKey.IMPACT, SectionKey.DETECTION},
    SectionKey.CORRECTIVE: {SectionKey.IMPROVEMENTS, SectionKey.TASKS},
    None: {SectionKey.ROOT_CAUSE, SectionKey.RESOLUTION},
}
# Digits only: a time with words in it stays as it was written, since no word may be lost.
_PLAIN_CLOCK = re.compile(r"[\d:.h ]+(?:[ap]\.?m\.?)?", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_NO_WRAP = 2**31
_PARTS = re.compile(r"\s+")

_PLAIN_COLUMN = re.compile(
    r"(?:date|time|when|event|description|details?|what|what happened|action|note)s?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Todo:
    """A value that the text does not give, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """The new text, and what a person still has to write."""

    text: str
    todos: tuple[Todo, ...]


def rewrite(
    facts: Facts,
    settings: Settings,
    fallback: Zone | None = None,
    services: Sequence[str] = (),
) -> Adopted:
    """The page with our front matter, real headings, bullets and task boxes.

    ``fallback`` is the zone of a text that names none.
    """
    values, todos = _values(facts, settings, fallback, services)
    changed = _changes(facts)
    before = [line.text for line in facts.lines]
    body = [text for line in facts.lines for text in changed.get(line.number, [line.text])]
    # Better a timeline that is no list than a lost word, but for a header of plain column names.
    kept = [line.text for line in facts.lines if changed.get(line.number) != []]
    body = body if keeps_words(kept, body) else before
    head = _front_matter(facts, values, todos)
    return Adopted("\n".join([*head, *body]), tuple(todos))


def _values(
    facts: Facts, settings: Settings, fallback: Zone | None, services: Sequence[str]
) -> tuple[dict[str, str | list[str]], list[Todo]]:
    values: dict[str, str | list[str]] = {"status": "draft"}
    todos: list[Todo] = []
    _severity(facts, settings, values, todos)
    if services:
        values["services"] = list(services)
    else:
        todos.append(Todo("services", "the text does not say it in a form that can be counted"))
    found = {
        "timezone": _zone(facts, settings, fallback),
        "started": _point("started", facts.started),
        "resolved": _point("resolved", facts.resolved),
    }
    if isinstance(found["resolved"], str) and found["resolved"] == found["started"]:
        # One time that two words claim, mostly of a commit or a release.
        found["resolved"] = Todo("resolved", "the only time of it is that of the start")
    values |= {name: value for name, value in found.items() if isinstance(value, str)}
    todos += [value for value in found.values() if isinstance(value, Todo)]
    if facts.users:
        values["users_affected"] = facts.users.value
    else:
        todos.append(Todo("users_affected", "no share of users was found near a word for them"))
    for key, name in ((SectionKey.IMPACT, "impact"), (SectionKey.ROOT_CAUSE, "root_cause")):
        if not any(key in section.keys for section in facts.sections):
            todos.append(Todo(name, "no section on it was found"))
    if not facts.timeline.entries:
        todos.append(Todo("timeline", "no line that begins with a time was found"))
    if not facts.tasks:
        todos.append(Todo("tasks", "no list of tasks was found"))
    return values, todos


def _severity(
    facts: Facts, settings: Settings, values: dict[str, str | list[str]], todos: list[Todo]
) -> None:
    fact = facts.severity
    severity = match_severity(fact.value, settings.severities) if fact else None
    if severity:
        values["severity"] = severity
    elif fact:
        why = f"line {fact.line} says `{fact.value}`, which is none of the configured ones"
        todos.append(Todo("severity", why))
    else:
        todos.append(Todo("severity", "the text names none"))


def _point(name: str, fact: Fact[Point] | None) -> str | Todo:
    if fact is None:
        return Todo(name, "no time of it was found in the text")
    local = to_local(fact.value)
    if local:
        return f"{local:%Y-%m-%d %H:%M}"
    known = str(fact.value).removeprefix("T")
    lacks = "the day" if fact.value.day is None else "the time of day"
    return Todo(name, f"line {fact.line} has only `{known}`, {lacks} is missing")


def _zone(facts: Facts, settings: Settings, fallback: Zone | None) -> str | Todo | None:
    """None where the site's own zone will do."""
    fact = facts.zone
    zone = resolve_zone(fact.value, settings.synonyms.zones) if fact else None
    if isinstance(zone, Zone):
        return zone.name
    if isinstance(zone, AmbiguousZone) and fact:
        choices = " or ".join(zone.candidates)
        return Todo("timezone", f"`{fact.value}` in line {fact.line} is {choices}")
    if fact:
        return Todo("timezone", f"`{fact.value}` in line {fact.line} is not known")
    if fallback:
        return fallback.name
    return None if settings.timezone else Todo("timezone", "the text names none")


def _front_matter(facts: Facts, values: dict[str, str | list[str]], todos: list[Todo]) -> list[str]:
    """Our mapping behind the keys that were there already, which stay as they were typed."""
    title = facts.title if "title" not in facts.front.data else None
    own = [f"title: {_quoted(title.value)}"] if title else []
    own.append("postmortem:")
    own += [f"  {name}: {_quoted(value)}" for name, value in values.items()]
    own += [f"  # TODO {todo.name}: {_printable(todo.reason)}" for todo in todos]
    if facts.front.is_broken or not facts.front.data:
        return ["---", *own, "---"]
    typed = split_text(facts.text.removeprefix("\ufeff"))[1 : facts.front.end - 1]
    lines = ["---", *typed, *own, "---"]
    if set(read_front_matter(lines).data) > set(facts.front.data):
        return lines
    # `{title: Down}` and indented mappings take no further line, so they are typed anew.
    dumped = yaml.safe_dump(facts.front.data, allow_unicode=True, sort_keys=False, width=_NO_WRAP)
    return ["---", *dumped.removesuffix("\n").split("\n"), *own, "---"]


def _quoted(value: str | list[str]) -> str:
    """A YAML value on one line, in quotes only where it needs them."""
    # YAML takes U+0085 and its like for line breaks: these have to be escaped.
    style = None if "".join(value).isprintable() else '"'
    dumped = yaml.safe_dump(
        value,
        allow_unicode=style is None,
        width=_NO_WRAP,
        default_style=style,
        default_flow_style=True,
    )
    return dumped.removesuffix("\n").removesuffix("\n...").strip()


def _printable(text: str) -> str:
    """A comment ends at any line break, and control characters are no YAML."""
    return "".join(character if character.isprintable() else " " for character in text)


def _changes(facts: Facts) -> dict[int, list[str]]:
    """The lines that replace a line of the body, by its number."""
    changed: dict[int, list[str]] = {}
    _change_headings(facts, changed)
    change_timeline(facts, changed)
    change_tasks(facts, changed)
    return changed


def _change_headings(facts: Facts, changed: dict[int, list[str]]) -> None:
    """Bold lines, labels and bare lines become headings; bullets that act as one stay bullets."""
    if not facts.lines:
        return
    first = facts.lines[0].number
    for section, level in _levels(facts.sections):
        index = section.start - first
        rest = section.text.split("\n", 1)[0] if _has_rest(facts.lines[index].text, section) else ""
        heading = f"{'#' * level} {section.heading.rstrip(': ')}"
        gap = [""] if index and not facts.lines[index - 1].is_blank else []
        changed[section.start] = [*gap, heading, "", *([rest] if rest else [])]


def _levels(sections: tuple[Section, ...]) -> Iterator[tuple[Section, int]]:
    """Each section that is no real heading, and the level that it gets as one.

    One below the real heading around it, else 3 for a part of the section before, else 2.
    """
    around: list[Section] = []
    seen: set[tuple[SectionKey, ...]] = set()
    top: Section | None = None
    for section in sections:
        while around and around[-1].end < section.start:
            around.pop()
        if section.level == PSEUDO_LEVEL:
            is_part = top is not None and _is_part(section, {top.keys})
            outer = max((item.level for item in around), default=2 if is_part else 1)
            yield section, min(6, outer + 1)
        elif section.level < PSEUDO_LEVEL:
            around.append(section)
        top = top if _is_part(section, seen) else section
        seen.add(section.keys)


def _is_part(section: Section, before: set[tuple[SectionKey, ...]]) -> bool:
    """Whether a section is a usual part of one of those before it, each given by its keys."""
    return any(
        set(section.keys) <= _PARTS_OF.get(key, set()) and section.keys != keys
        for keys in before
        for key in (keys if len(keys) == 1 else (*keys, None))
    )


def _has_rest(source: str, section: Section) -> bool:
    """Text behind the label, on the label's own line."""
    first = section.text.split("\n", 1)[0]
    return bool(first) and source.rstrip().endswith(first.rstrip())


def change_timeline(facts: Facts, changed: dict[int, list[str]]) -> None:
    """Put the lines that make bullets of the timeline's entries into ``changed``, by number."""
    entries = [entry for entry in facts.timeline.entries if entry.form is not Form.BULLET]
    if not entries:
        return
    first = facts.lines[0].number
    starts = {entry.position.line for entry in facts.timeline.entries}
    counts = Counter(entry.position.line for entry in entries)
    tables = [entry.position.line for entry in entries if entry.form is Form.TABLE]
    if tables:
        _drop_table_head(facts, min(tables), changed)
    for entry in entries:
        number = entry.position.line
        if counts[number] > 1:
            continue  # several events in one line: a person has to part them
        changed[number] = [_bullet(entry)]
        for below in range(number + 1, entry.end_line + 1):
            if below not in starts and below not in changed:
                text = facts.lines[below - first].text
                changed[below] = [f"    {text}" if text.strip() else ""]


def _bullet(entry: Entry) -> str:
    if entry.form is Form.TABLE:
        text = entry.text.split("\n")[0]
        label = f"**{entry.label}:** " if entry.label else ""
        return f"- {_time(entry)} {label}{text}".rstrip()
    source = entry.raw[entry.prefix_start :]
    if not entry.prefix:
        return f"- {source}".rstrip()
    label = f"**{entry.label}:** " if entry.label else ""
    rest = source[len(entry.prefix) :]
    if entry.form is Form.HEADING:
        rest = rest.rstrip("# ")
    return f"- {_time(entry)} {label}{entry.carried_markup}{rest}".rstrip()


def _time(entry: Entry) -> str:
    """``09:12`` for a time of digits alone, else the author's words."""
    written = _PARTS.sub(" ", entry.moment.written).strip("*_`[]( ")
    if entry.moment.clock and not entry.moment.until and _PLAIN_CLOCK.fullmatch(written):
        return entry.moment.clock.strftime("%H:%M:%S" if entry.moment.clock.second else "%H:%M")
    return written


def _drop_table_head(facts: Facts, row: int, changed: dict[int, list[str]]) -> None:
    """The rule of a table goes, and so does a header of plain column names.

    Any other header stays as a line of text: it may name the zone.
    """
    first = facts.lines[0].number
    for number in range(row - 1, max(first, row - 3) - 1, -1):
        text = facts.lines[number - first].text
        if not text.strip() or "|" not in text:
            break
        cells = [cell.strip() for cell in text.split("|") if cell.strip(" :-")]
        if all(_PLAIN_COLUMN.fullmatch(cell.strip("*_ ")) for cell in cells):
            cells = []
        words = " ".join(cells).split()
        changed[number] = [f"{' '.join(words)}:", ""] if words else []


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
