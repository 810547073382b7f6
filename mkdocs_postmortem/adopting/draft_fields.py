"""A foreign page's facts → the fields of our front matter, and what a person has to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mkdocs_postmortem.adopting.facts import Fact, Facts, to_local
from mkdocs_postmortem.adopting.told_times import Point
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.severity import match_severity
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.zones import AmbiguousZone, resolve_zone

Value = str | list[str]

_SEPARATOR = re.compile(r"\s*(?:[,;/、・，]|\band\b)\s*")
_MOST_WORDS = 4  # of a name; a longer text is a sentence


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

    ``fallback`` is the zone of a text that names none.
    """
    found: dict[str, Value | Todo | None] = {
        "status": "draft",
        "severity": _severity(facts, settings),
        "services": list(services) or _services(facts),
        "timezone": _zone(facts, settings, fallback),
        "started": _started(facts),
        "detected": _stated(facts.detected),
        "resolved": _resolved(facts),
        "users_affected": facts.users.value if facts.users else None,
        "authors": _names(facts.authors),
    }
    values = {name: value for name, value in found.items() if value and not isinstance(value, Todo)}
    return values, [value for value in found.values() if isinstance(value, Todo)]


def _services(facts: Facts) -> list[str] | Todo:
    return _names(facts.services) or Todo("services", "no line names them")


def _names(fact: Fact[str] | None) -> list[str] | None:
    """The names of a list in one line; None where it is a sentence."""
    names = [name.strip(" `@.") for name in _SEPARATOR.split(fact.value)] if fact else []
    names = [name for name in names if name]
    is_list = names and all(len(name.split()) <= _MOST_WORDS for name in names)
    return names if is_list else None


def _severity(facts: Facts, settings: Settings) -> str | Todo:
    fact = facts.severity
    if fact is None:
        return Todo("severity", "no line names it")
    severity = match_severity(fact.value, settings.severities)
    choices = ", ".join(settings.severities)
    why = f"line {fact.line} says `{fact.value}`, which is none of {choices}"
    return severity or Todo("severity", why)


def _stated(fact: Fact[Point] | None) -> str | None:
    local = to_local(fact.value) if fact else None
    return f"{local:%Y-%m-%d %H:%M}" if local else None


def _started(facts: Facts) -> str | Todo:
    if facts.started:
        return _stated(facts.started) or _partial("started", facts.started)
    if guess := _stated(facts.first):
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
        return _stated(ended) or _partial("resolved", ended)
    start = to_local(facts.started.value) if facts.started else None
    if start and facts.minutes:
        return _end_by_length(start, facts.minutes, facts)
    if guess := _stated(facts.last):
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
        return zone.name
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
