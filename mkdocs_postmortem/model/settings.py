"""What a team configures, as plain checked values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.model.hub_options import HubSite
from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.model.lifecycle import Measure
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.model.section import SectionKey
from mkdocs_postmortem.model.severity import DEFAULT_SEVERITIES
from mkdocs_postmortem.model.zone import Zone


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words of the team's own: headings, timeline labels, zone abbreviations (all lower case)."""

    sections: dict[str, SectionKey] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option, with its default. ``today`` None means the day of the run."""

    folder: str = "postmortems"
    audience: Audience = Audience.PUBLIC
    exclude: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    timezone: Zone | None = None
    language: str | None = None
    schema: str | None = None
    severities: tuple[str, ...] = DEFAULT_SEVERITIES
    services: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    words: tuple[int, int] = (400, 600)
    measures: tuple[Measure, ...] = ()
    repeat_days: int = 730
    rules: dict[str, Level] = field(default_factory=dict)
    synonyms: Synonyms = field(default_factory=Synonyms)
    pages: tuple[str, ...] = ("service", "year", "cause", "tasks", "repeats")
    publish: tuple[str, ...] = ("json", "records", "csv", "feeds", "calendar", "badges")
    templates: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    hub: tuple[HubSite, ...] = ()
    history: bool = True
    sidebar: bool = False
    index: bool = True
    panel: str = "serve"
    editor: str = ""
    on_error: str = "fail"
    today: date | None = None
