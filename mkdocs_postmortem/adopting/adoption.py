"""A postmortem page with the known facts, and what a person has to fill in.

Made from the facts of a foreign page, or as the draft of a new incident from a template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.adopting.rewriting import find_losses, rewrite_body
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.model.address import slug
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
    dumped = yaml.safe_dump(facts.front.data, allow_unicode=True, sort_keys=False, width=_NO_WRAP)
    return ["---", *dumped.removesuffix("\n").split("\n"), *own, "---"]


_NUMBERED = re.compile(r"(?P<stem>(?:.*\D)?)(?P<number>\d+)\Z")
_SECTION = re.compile(r"^(?P<heading>##+ [^\n]+)\n\n(?P<prompt><!--[^<>]*-->)?", re.M)
_STARTED = re.compile(r"^- \{\{ started \}\}.*", re.M)
_PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>\w+)\s*\}\}")

_TEMPLATE = Path(__file__).with_name("draft.md").read_text(encoding="utf-8")
_BODY_START = _TEMPLATE.index("\n# ") + 1
HEAD, BODY = _TEMPLATE[:_BODY_START], _TEMPLATE[_BODY_START:]


class DraftError(Exception):
    """A custom template that cannot be filled; the text says why and where."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What ``new`` knows. ``started`` is ``2026-03-14 09:12``, ``severity`` may be empty.

    With ``is_guess`` nobody gave the start: the built-in template has it in a comment.
    """

    title: str
    id: str
    severity: str
    services: tuple[str, ...]
    timezone: str
    started: str
    is_guess: bool = False

    @property
    def file_name(self) -> str:
        return f"{self.started[:10]}-{slug(self.title)}.md"


def draft_page(draft: Draft, template: str = BODY) -> str:
    """The template with its placeholders filled; front matter is put before it if it has none.

    In a template's front matter the values are written as YAML, so that ``title: {{ title }}`` is
    right for every title. DraftError for a placeholder that is not known.
    """
    lines = template.replace("\r\n", "\n").split("\n")
    end = read_front_matter(lines).end
    own = "\n".join([*lines[:end], ""]) if end else _own_head(draft)
    body = "\n".join(lines[end:])
    if draft.is_guess and template is BODY:
        body = _STARTED.sub(r"<!-- \g<0> -->", body)
    data = _values(draft)
    in_yaml = {name: yaml_value(value) if value else "" for name, value in data.items()}
    in_text = {name: _words(value) for name, value in data.items()}
    return _fill(own, in_yaml, 1) + _fill(body, in_text, end + 1)


def section_prompts() -> list[tuple[str, str]]:
    """The headings below the title, each with the comment that says what belongs there."""
    return [(match["heading"], match["prompt"] or "") for match in _SECTION.finditer(BODY)]


def next_id(catalog: Catalog, year: str) -> str:
    """One above the highest number among the year's ids: ``PM-2026-015``."""
    best, width, stem = 0, 3, f"PM-{year}-"
    for record in catalog.records:
        match = _NUMBERED.fullmatch(record.id)
        if match and year in match["stem"] and int(match["number"]) > best:
            best, width, stem = int(match["number"]), len(match["number"]), match["stem"]
    return f"{stem}{best + 1:0{width}}"


def _values(draft: Draft) -> dict[str, str | list[str]]:
    return {name: value for name, value in asdict(draft).items() if name != "is_guess"}


def _own_head(draft: Draft) -> str:
    """Our front matter; a key whose value is not known yet waits in a comment."""
    head = HEAD
    for name, value in _values(draft).items():
        if not value:
            head = head.replace(f"  {name}: {{{{ {name} }}}}", f"  # {name}:")
    return head


def _fill(text: str, values: dict[str, str], first_line: int) -> str:
    def value(match: re.Match[str]) -> str:
        if match["name"] not in values:
            line = first_line + text.count("\n", 0, match.start())
            known = ", ".join(f"`{name}`" for name in values)
            raise DraftError(f"line {line}: `{match[0]}` is not a placeholder. Use {known}.")
        return values[match["name"]]

    return _PLACEHOLDER.sub(value, text)


def yaml_value(value: object) -> str:
    """The value on one line of YAML, in quotes only where it needs them."""
    texts = value if isinstance(value, (list, tuple)) else [value]
    # YAML takes U+0085 and its like for line breaks: these have to be escaped.
    style = None if all(str(text).isprintable() for text in texts) else '"'
    dumped = yaml.safe_dump(
        value,
        allow_unicode=style is None,
        width=_NO_WRAP,
        default_style=style,
        default_flow_style=True,
    )
    return dumped.removesuffix("\n").removesuffix("\n...").strip()


def _words(value: str | Sequence[str]) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    return " ".join(text.split())
