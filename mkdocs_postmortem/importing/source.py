"""A source: which JSON objects are a tool's, and which of their fields say what.

A mapping is data: a file in the folder ``sources``. Its expressions are JMESPath
(https://jmespath.org), evaluated on one object; `` || `` separates alternatives.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs_postmortem.reading.yaml_values import read_data_file

# The expression that finds nothing.
NOTHING = "`null`"
# In the order in which their shapes are tried.
_FILES = (
    "opsgenie", "pagerduty", "incident_io", "datadog", "firehydrant", "rootly", "grafana",
    "statuspage", "github", "gitlab", "slack",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Events:
    """Entries of a timeline: ``each`` lists them, the other expressions look at one entry.

    ``kinds`` maps the value of ``type`` to a kind; ``noise`` names the values that a machine
    writes. ``template`` gets the text (``Status: {}``), which has a ``format`` of ``markup``.
    ``person`` is a name or several of one person.
    """

    each: str
    at: str
    text: str
    type: str = NOTHING
    kinds: Mapping[str, str] = field(default_factory=dict)
    noise: Collection[str] = ()
    person: str = NOTHING
    reactions: str = NOTHING
    format: str = "plain"
    template: str = "{}"
    is_candidate: bool = False


@dataclass(frozen=True, slots=True)
class Actions:
    """Action items; ``done`` and ``dropped`` are the states that mean so."""

    each: str
    text: str
    owner: str = NOTHING
    due: str = NOTHING
    url: str = NOTHING
    state: str = NOTHING
    done: Collection[object] = ()
    dropped: Collection[object] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the export: its section, its field, and its format."""

    section: str
    at: str
    format: str = "markdown"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of JSON object of a tool.

    An object is of this shape if it has all ``keys`` and ``where`` (if given) is true. ``id`` is
    the incident's id; empty for an object that does not name its incident. ``times`` are stated
    milestones, ``guesses`` times that only suggest one; ``created`` is when the record was made.
    ``facts`` are ``detected_by`` and ``users_affected``. ``labels`` may name a service
    (``service::checkout``). ``others`` find lists of a name and its values, for a comment.
    The objects of a channel belong to the incident that their folder is named after.
    """

    keys: frozenset[str]
    where: str = ""
    id: str = NOTHING
    name: str = NOTHING
    title: str = NOTHING
    url: str = NOTHING
    severity: str = NOTHING
    services: str = NOTHING
    labels: str = NOTHING
    private: str = NOTHING
    test: str = NOTHING
    created: str = NOTHING
    is_channel: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    guesses: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Events, ...] = ()
    actions: tuple[Actions, ...] = ()
    texts: tuple[Prose, ...] = ()
    others: Sequence[str] = ()

    @property
    def is_incident(self) -> bool:
        """Whether it is the incident, not something that belongs to one."""
        return self.title != NOTHING


@dataclass(frozen=True, slots=True)
class Source:
    """A tool: its name in ``--format`` and ``source:``, its name for people, its shapes."""

    name: str
    label: str
    shapes: tuple[Shape, ...]


def _shape(keys: list[str], **parts: Any) -> Shape:
    for name, kind in (("events", Events), ("actions", Actions), ("texts", Prose)):
        parts[name] = tuple(kind(**item) for item in parts.get(name, ()))
    return Shape(frozenset(keys), **parts)


def _source(file: str) -> Source:
    data = read_data_file(Path(__file__).with_name("sources") / f"{file}.yml")
    return Source(data["name"], data["label"], tuple(_shape(**item) for item in data["shapes"]))


SOURCES = {source.name: source for source in map(_source, _FILES)}
"""The tools whose exports are read."""
