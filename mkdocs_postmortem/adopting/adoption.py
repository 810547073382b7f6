"""Facts of a foreign page → a postmortem page, and what a person has to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import yaml

from mkdocs_postmortem.adopting.draft import NO_WRAP, yaml_value
from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.adopting.rewriting import find_losses, rewrite_body
from mkdocs_postmortem.model.settings import Settings, match_severity
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.head_values import Time, names_in
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
    named = names_in(facts.services.value) if facts.services else None
    found: dict[str, Value | Todo | None] = {
        "status": "draft",
        "severity": _severity(facts, settings),
        "services": named or list(services) or Todo("services", "no line names them"),
        "timezone": _zone(facts, settings, fallback),
        "started": _days(facts)[0] or _started(facts),
        "detected": _stated(facts.detected, facts),
        "resolved": _days(facts)[1] or _resolved(facts),
        "users_affected": facts.users.value if facts.users else None,
        "authors": names_in(facts.authors.value) if facts.authors else None,
    }
    values = {name: value for name, value in found.items() if value and not isinstance(value, Todo)}
    return values, [value for value in found.values() if isinstance(value, Todo)]


def _severity(facts: Facts, settings: Settings) -> str | Todo:
    fact = facts.severity
    if fact is None:
        return Todo("severity", "no line names it")
    severity = match_severity(fact.value, settings.severities)
    choices = ", ".join(settings.severities)
    why = f"line {fact.line} says `{fact.value}`, which is none of {choices}"
    return severity or Todo("severity", why)


def _stated(fact: Time | None, facts: Facts) -> str | None:
    """The local time, with its zone where that is not the page's."""
    local = fact.value.local if fact else None
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
        return _known("started", facts.started, facts)
    return _guess("started", facts.first, "first", "start", facts)


def _resolved(facts: Facts) -> str | Todo:
    ended = facts.resolved
    if ended and facts.started and str(ended.value) == str(facts.started.value):
        # One time that two words claim, mostly of a commit or a release.
        return Todo("resolved", f"line {ended.line} has only the time of the start")
    if ended:
        return _known("resolved", ended, facts)
    if facts.is_ongoing:
        return "ongoing"
    start = facts.started.value.local if facts.started else None
    if start and (length := facts.minutes):
        end = f"{start + timedelta(minutes=length.value):%Y-%m-%d %H:%M}"
        if length.line <= facts.front.end:  # stated on purpose
            return f"~{end}"
        why = f"a guess: the start and the {length.value} minutes of line {length.line}"
        return Todo("resolved", why, end)
    return _guess("resolved", facts.last, "last", "end", facts)


def _known(name: str, fact: Time, facts: Facts) -> str | Todo:
    part = str(fact.value).removeprefix("T")
    lacks = "the day" if fact.value.day is None else "the time of day"
    why = f"line {fact.line} has only `{part}`; {lacks} is missing"
    return _stated(fact, facts) or Todo(name, why)


def _guess(name: str, entry: Time | None, which: str, what: str, facts: Facts) -> Todo:
    guess = _stated(entry, facts)
    if entry is None or guess is None:
        return Todo(name, "no line states it")
    place = f"line {entry.line} is the {which} entry of the timeline"
    why = f"a guess: {place}; no line states the {what}"
    return Todo(name, why, guess)


def _zone(facts: Facts, settings: Settings, fallback: Zone | None) -> str | Todo | None:
    """None where the site's own zone will do, or where the text has no time of day."""
    fact, default = facts.zone, fallback or settings.timezone
    zone = resolve_zone(fact.value, settings.synonyms.zones) if fact else None
    if isinstance(zone, Zone):
        point = facts.started or facts.first or facts.resolved
        local = point.value.local if point else None
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
    own = [f"title: {yaml_value(facts.title.value)}"] if facts.title and not is_titled else []
    own.append("postmortem:")
    own += [f"  {name}: {yaml_value(value)}" for name, value in values.items()]
    for todo in todos:  # a field to fill in: the sign goes, the value stays
        guess = f" {todo.guess}" if todo.guess else ""
        text = f"  # {todo.name}:{guess}  # TODO {todo.reason}"
        # A comment ends at any line break, and YAML allows no control characters.
        own.append("".join(sign if sign.isprintable() else " " for sign in text))
    if facts.front.is_broken or not facts.front.data:
        return ["---", *own, "---"]
    typed = split_text(facts.text.removeprefix("\ufeff"))[1 : facts.front.end - 1]
    lines = ["---", *typed, *own, "---"]
    if set(read_front_matter(lines).data) > set(facts.front.data):
        return lines
    # `{title: Down}` and indented mappings take no further line, so they are typed anew.
    dumped = yaml.safe_dump(facts.front.data, allow_unicode=True, sort_keys=False, width=NO_WRAP)
    return ["---", *dumped.removesuffix("\n").split("\n"), *own, "---"]
