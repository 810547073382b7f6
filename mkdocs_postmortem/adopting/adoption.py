"""A foreign page's facts → the fields of our front matter, and what a person has to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import yaml

from mkdocs_postmortem.adopting.facts import Fact, Facts, to_local
from mkdocs_postmortem.adopting.rewriting import find_losses, rewrite_body
from mkdocs_postmortem.model.settings import Settings, match_severity
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.head_values import Point, names_in
from mkdocs_postmortem.reading.markdown_text import first_heading
from mkdocs_postmortem.reading.source import line_end, split_text
from mkdocs_postmortem.reading.zones import AmbiguousZone, resolve_zone

Value = str | list[str]


@dataclass(frozen=True, slots=True)
class Todo:
    """A required field that no line states, why, and what may be meant."""

    name: str
    reason: str
    guess: str = ""


def draft_fields(
    facts: Facts, settings: Settings, fallback: Zone | None, services: Sequence[str]
) -> tuple[dict[str, Value], list[Todo]]:
    """The values that a labelled place states, and a todo for each required field without one.

    ``fallback`` is the zone of a text that names none, ``services`` are those of such a text.
    """
    found: dict[str, Value | Todo | None] = {
        "status": "draft",
        "severity": _severity(facts, settings),
        "services": _services(facts, services),
        "timezone": _zone(facts, settings, fallback),
        "started": _days(facts)[0] or _started(facts),
        "detected": _stated(facts.detected, facts),
        "resolved": _days(facts)[1] or _resolved(facts),
        "users_affected": facts.users.value if facts.users else None,
        "authors": _names(facts.authors),
    }
    values = {name: value for name, value in found.items() if value and not isinstance(value, Todo)}
    return values, [value for value in found.values() if isinstance(value, Todo)]


def _services(facts: Facts, fallback: Sequence[str]) -> list[str] | Todo:
    return _names(facts.services) or list(fallback) or Todo("services", "no line names them")


def _names(fact: Fact[str] | None) -> list[str] | None:
    return names_in(fact.value) if fact else None


def _severity(facts: Facts, settings: Settings) -> str | Todo:
    fact = facts.severity
    if fact is None:
        return Todo("severity", "no line names it")
    severity = match_severity(fact.value, settings.severities)
    choices = ", ".join(settings.severities)
    why = f"line {fact.line} says `{fact.value}`, which is none of {choices}"
    return severity or Todo("severity", why)


def _stated(fact: Fact[Point] | None, facts: Facts) -> str | None:
    """The local time, with its zone where that is not the page's."""
    local = to_local(fact.value) if fact else None
    if fact is None or local is None:
        return None
    own, pages = fact.value.zone or "", facts.zone.value if facts.zone else ""
    zone = f" {own}" if own and own.upper() != pages.upper() else ""
    return f"{local:%Y-%m-%d %H:%M}{zone}"


def _days(facts: Facts) -> tuple[str | None, str | None]:
    """The first and the last day of an incident whose page gives no times of day."""
    points = [fact.value for fact in (facts.started, facts.resolved) if fact]
    days = [str(point.day) for point in points if point.day and not point.clock]
    return (days[0], days[1]) if len(days) == 2 and days[0] < days[1] else (None, None)


def _started(facts: Facts) -> str | Todo:
    if facts.started:
        return _stated(facts.started, facts) or _partial("started", facts.started)
    if guess := _stated(facts.first, facts):
        line = facts.first.line if facts.first else 0
        why = f"a guess: line {line} is the first entry of the timeline; no line states the start"
        return Todo("started", why, guess)
    return Todo("started", "no line states it")


def _resolved(facts: Facts) -> str | Todo:
    ended = facts.resolved
    if ended and facts.started and str(ended.value) == str(facts.started.value):
        # One time that two words claim, mostly of a commit or a release.
        return Todo("resolved", f"line {ended.line} has only the time of the start")
    if ended:
        return _stated(ended, facts) or _partial("resolved", ended)
    if facts.is_ongoing:
        return "ongoing"
    start = to_local(facts.started.value) if facts.started else None
    if start and facts.minutes:
        return _end_by_length(start, facts.minutes, facts)
    if guess := _stated(facts.last, facts):
        line = facts.last.line if facts.last else 0
        why = f"a guess: line {line} is the last entry of the timeline; no line states the end"
        return Todo("resolved", why, guess)
    return Todo("resolved", "no line states it")


def _end_by_length(start: datetime, minutes: Fact[int], facts: Facts) -> str | Todo:
    """The estimated end after a length that the front matter states; a guess after any other."""
    end = f"{start + timedelta(minutes=minutes.value):%Y-%m-%d %H:%M}"
    if minutes.line <= facts.front.end:
        return f"~{end}"
    why = f"a guess: the start and the {minutes.value} minutes of line {minutes.line}"
    return Todo("resolved", why, end)


def _partial(name: str, fact: Fact[Point]) -> Todo:
    known = str(fact.value).removeprefix("T")
    lacks = "the day" if fact.value.day is None else "the time of day"
    return Todo(name, f"line {fact.line} has only `{known}`; {lacks} is missing")


def _zone(facts: Facts, settings: Settings, fallback: Zone | None) -> str | Todo | None:
    """None where the site's own zone will do, or where the text has no time of day."""
    fact, default = facts.zone, fallback or settings.timezone
    zone = resolve_zone(fact.value, settings.synonyms.zones) if fact else None
    if isinstance(zone, Zone):
        point = facts.started or facts.first or facts.resolved
        local = to_local(point.value) if point else None
        # "PDT" in a site of Los Angeles names its own zone.
        is_own = default and local and default.tz.tzname(local) == zone.written.upper()
        return default.name if default and is_own else zone.name
    if isinstance(zone, AmbiguousZone) and fact:
        if default and default.name in zone.candidates:
            return default.name
        choices = " or ".join(zone.candidates)
        return Todo("timezone", f"`{fact.value}` in line {fact.line} is {choices}")
    if fact:
        return Todo("timezone", f"`{fact.value}` in line {fact.line} is not known")
    if fallback:
        return fallback.name
    has_times = bool(facts.timeline.entries or facts.started or facts.resolved)
    return None if settings.timezone or not has_times else Todo("timezone", "no line names it")


_NO_WRAP = 2**31
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Adopted:
    """The new text with its line ends, and what a person still has to write.

    ``losses`` is what a rewritten body would have lost, so that it was left as it is.
    """

    text: str
    todos: tuple[Todo, ...]
    losses: tuple[str, ...] = ()


def adopt_page(
    facts: Facts,
    settings: Settings,
    fallback: Zone | None = None,
    services: Sequence[str] = (),
    *,
    rewrites: bool = False,
) -> Adopted:
    """The page with our front matter above its body, which stays as it is, byte for byte.

    With ``rewrites`` the body gets real headings, bullets and boxes, unless anything would be lost.
    ``fallback`` is the zone of a text that names none, ``services`` are those of such a text.
    """
    values, todos = draft_fields(facts, settings, fallback, services)
    end = line_end(facts.text)
    head = "".join(f"{line}{end}" for line in _front_matter(facts, values, todos))
    losses: tuple[str, ...] = ()
    if rewrites:
        before, after = [line.text for line in facts.lines], list(rewrite_body(facts))
        losses = find_losses(before, after)
        if not losses:
            return Adopted(head + end.join(after), tuple(todos))
    return Adopted(head + _body(facts), tuple(todos), losses)


def _body(facts: Facts) -> str:
    """The text below the front matter; all of it if that is broken."""
    text = facts.text.removeprefix("\ufeff")
    start = 0
    for _ in range(0 if facts.front.is_broken else facts.front.end):
        match = _LINE_END.search(text, start)
        start = match.end() if match else len(text)
    return text[start:]


def _front_matter(facts: Facts, values: dict[str, Value], todos: Sequence[Todo]) -> list[str]:
    """Our mapping after the keys that were there already, which stay as they were typed."""
    is_titled = "title" in facts.front.data or first_heading(facts.lines) is not None
    own = [f"title: {_quoted(facts.title.value)}"] if facts.title and not is_titled else []
    own.append("postmortem:")
    own += [f"  {name}: {_quoted(value)}" for name, value in values.items()]
    own += [_comment(todo) for todo in todos]
    if facts.front.is_broken or not facts.front.data:
        return ["---", *own, "---"]
    typed = split_text(facts.text.removeprefix("\ufeff"))[1 : facts.front.end - 1]
    lines = ["---", *typed, *own, "---"]
    if set(read_front_matter(lines).data) > set(facts.front.data):
        return lines
    # `{title: Down}` and indented mappings take no further line, so they are typed anew.
    dumped = yaml.safe_dump(facts.front.data, allow_unicode=True, sort_keys=False, width=_NO_WRAP)
    return ["---", *dumped.removesuffix("\n").split("\n"), *own, "---"]


def _comment(todo: Todo) -> str:
    """A field to fill in: the sign goes, the value stays."""
    guess = f" {todo.guess}" if todo.guess else ""
    return _printable(f"  # {todo.name}:{guess}  # TODO {todo.reason}")


def _quoted(value: Value) -> str:
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
