"""What an export says about one incident, in the same form for all tools."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from mkdocs_postmortem.importing.payload import PayloadError
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.timeline import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value and the field of the export that states it."""

    value: T
    field: str


class Weight(Enum):
    """How much an event matters to a reader of the timeline."""

    ENTRY = "entry"
    # Reassigned, notified, acknowledged by a machine: left out without ``--all-events``.
    NOISE = "noise"
    # Chat: written as a comment, for a person to choose from.
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; ``text`` is Markdown on one line, ``kind`` only if stated.

    ``person`` has all names that the export gives the person: an address, a name, a login.
    """

    at: datetime
    text: str
    kind: Kind | None = None
    weight: Weight = Weight.ENTRY
    person: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An action item; ``due`` is a day (``2026-04-01``) or empty."""

    text: str
    owner: tuple[str, ...] = ()
    due: str = ""
    is_done: bool = False
    is_dropped: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of prose as Markdown, and the section that it belongs to.

    ``section`` is one of ``summary``, ``impact``, ``root_cause``, ``resolution``,
    ``improvements`` and ``document`` (a whole postmortem that was written in the tool).
    """

    section: str
    markdown: str
    field: str


@dataclass(slots=True)
class Incident:
    """All that is known of an incident; empty where the export says nothing.

    ``times`` are stated milestones by name (``started``, ``resolved``); ``guesses`` are times that
    only suggest one, such as the creation of a ticket. ``facts`` are other fields of the
    page. ``others`` are names and values that have no field here: roles, custom fields, related
    incidents. ``path`` is where the record is, its file first.
    """

    tool: str
    path: str
    id: str = ""
    name: str = ""
    title: str = ""
    url: str = ""
    severity: Fact[str] | None = None
    services: tuple[str, ...] = ()
    is_private: bool = False
    is_test: bool = False
    times: dict[str, Fact[datetime]] = field(default_factory=dict)
    guesses: dict[str, Fact[datetime]] = field(default_factory=dict)
    facts: dict[str, Fact[str]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    problems: list[PayloadError] = field(default_factory=list)

    def absorb(self, other: Incident) -> None:
        """Take over what another record of the same incident adds; what is here already wins.

        Of one field in several records, such as the entries of a log, the earliest time counts,
        and the latest of an end.
        """
        for name, fact in other.times.items():
            known = self.times.get(name, fact)
            if known.field == fact.field:
                choose = max if name == Milestone.RESOLVED.value else min
                self.times[name] = choose(known, fact, key=lambda item: item.value)
        for item in fields(self):
            own, theirs = getattr(self, item.name), getattr(other, item.name)
            if isinstance(own, list):
                own.extend(theirs if theirs is not own else ())
            elif isinstance(own, dict):
                setattr(self, item.name, {**theirs, **own})
            elif not own and theirs:
                setattr(self, item.name, theirs)

    def drop_repeats(self) -> None:
        """Keep one of each event, action and text, where two answers hold the same record."""
        for name in ("events", "actions", "texts", "others"):
            setattr(self, name, list(dict.fromkeys(getattr(self, name))))

    @property
    def first(self) -> datetime | None:
        """The earliest time that the export gives."""
        facts = (*self.times.values(), *self.guesses.values())
        known = [fact.value for fact in facts] + [event.at for event in self.events]
        return min(known, default=None)
