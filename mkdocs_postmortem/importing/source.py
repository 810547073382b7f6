"""A source: which JSON objects are a tool's, and which of their fields say what.

A mapping is data. Its expressions are JMESPath (https://jmespath.org), evaluated on one object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.model.timeline import Kind

# The expression that finds nothing.
NOTHING = "`null`"
ToMarkdown = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Events:
    """Entries of a timeline: ``each`` lists them, the other expressions look at one entry.

    ``kinds`` maps the value of ``type`` to a kind; ``noise`` names the values that a machine
    writes. ``template`` gets the text (``Status: {}``). ``person`` is a name or several of one
    person.
    """

    each: str
    at: str
    text: str
    type: str = NOTHING
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    noise: frozenset[str] = frozenset()
    person: str = NOTHING
    reactions: str = NOTHING
    to_markdown: ToMarkdown = markup.plain
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
    done: tuple[object, ...] = ()
    dropped: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the export: its section, its field, and how it becomes Markdown."""

    section: str
    at: str
    to_markdown: ToMarkdown = markup.markdown


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
    others: tuple[str, ...] = ()

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
