"""Directives: comments such as ``<!-- postmortem:index {limit: 5} -->`` that place a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from mkdocs_postmortem.model.problem import Finding, Position, did_you_mean
from mkdocs_postmortem.reading.yaml_values import Limits, compose_values

_DIRECTIVE = re.compile(
    r"^ {0,3}<!--\s*postmortem:(?P<name>[\w-]*)(?P<options>(?:[^\w-].*)?)-->\s*$"
)

# What each directive takes. A text option takes a list of text values as well: any of them fits.
_TEXTS = ("service", "severity", "cause", "trigger", "status", "detected_by")
_OUTAGES = {**dict.fromkeys(_TEXTS, "text"), "year": "number", "limit": "number"}
OPTIONS: dict[str, dict[str, str]] = {
    "index": _OUTAGES,
    "tasks": {**_OUTAGES, "owner": "text", "state": "state", "by": "grouping"},
    "groups": {"by": "facet"},
    "repeats": {},
    "stats": _OUTAGES,
    "summary": {"id": "id"},
    "timeline": {"id": "id"},
}
# Other words of the field for the same lists; both are equally good, so neither is deprecated.
ALIASES = {"incidents": "index", "action-items": "tasks", "recurrences": "repeats"}
_CHOICES = {
    "state": ("open", "overdue", "done", "wont_do", "all"),
    "grouping": ("owner", "service"),
    "facet": ("service", "year", "cause"),
}


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive at a place; ``options`` are checked, ``error`` says why it cannot be used."""

    name: str
    position: Position
    options: dict[str, Any]
    error: Finding | None = None


def find_directives(lines: Iterable[Any]) -> Iterator[Directive]:
    """Every directive on a line of its own outside code. ``lines`` are ``Line`` values."""
    for line in lines:
        if not line.is_code and "postmortem:" in line.text:
            found = read_directive(line.text, line.number)
            yield from [found] if found else []


def read_directive(text: str, number: int = 1) -> Directive | None:
    """The directive that a line is, or None for any other line."""
    match = _DIRECTIVE.match(text)
    if match is None:
        return None
    name = ALIASES.get(match["name"], match["name"])
    position = Position(number, match.start("name") + 1)
    if name in OPTIONS:
        options, fault = _read_options(name, match["options"].strip(), number)
    else:
        options, fault = {}, _unknown(name, OPTIONS, "directive")
    if fault is None:
        return Directive(name, position, options)
    return Directive(name, position, {}, Finding("PM107", position, *fault))


def _read_options(name: str, text: str, line: int) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """The options, and what is wrong with them and what to write instead, if anything is."""
    takes_id = "id" in OPTIONS[name]
    example = f"<!-- postmortem:{name} {{{'id: PM-2026-001' if takes_id else 'limit: 5'}}} -->"
    try:
        options = compose_values(text, line, Limits(100, 5)).data if text else {}
    except yaml.YAMLError:
        options = None
    if not isinstance(options, dict):
        return {}, ("The options cannot be read.", f"Write `{example}`.")
    for key, value in options.items():
        wanted = OPTIONS[name].get(key)
        if wanted is None:
            return {}, _unknown(key, OPTIONS[name], "option")
        if not _fits(value, wanted):
            choices = " or ".join(f"`{item}`" for item in _CHOICES.get(wanted, ()))
            fix = f"Write {choices or f'a {wanted}'}."
            return {}, (f"`{key}: {value}` is not a {wanted}.", fix)
    if takes_id and "id" not in options:
        return {}, ("The id of a postmortem is missing.", f"Write `{example}`.")
    return options, None


def _fits(value: Any, wanted: str) -> bool:
    if wanted == "number":
        return type(value) is int and value > 0
    if wanted in _CHOICES:
        return value in _CHOICES[wanted]
    if wanted == "id":
        return isinstance(value, (str, int))
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(item, (str, int)) for item in items)


def _unknown(name: str, known: dict[str, Any], noun: str) -> tuple[str, str]:
    choices = ", ".join(f"`{item}`" for item in known)
    fix = f"{did_you_mean(name, known)} There are {choices}.".strip()
    return f"There is no {noun} `{name}`.", fix
