"""What a team configures, as plain checked values."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from enum import Enum

from mkdocs_postmortem.model.lifecycle import Metric
from mkdocs_postmortem.model.option_values import HubSite
from mkdocs_postmortem.model.problem import Level
from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.model.zone import Zone


class Audience(str, Enum):
    """``public`` sees no page, block or field that is internal; ``internal`` sees everything."""

    PUBLIC = "public"
    INTERNAL = "internal"


DEFAULT_SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4")
# Seconds. A later time is a mistake, such as milliseconds.
_YEAR_3000 = 32_503_680_000


def read_today(configured: date | None) -> date:
    """The configured day, else that of ``SOURCE_DATE_EPOCH``, else the clock's (UTC).

    ``epoch_error`` reports a variable that cannot be used.
    """
    if configured is not None:
        return configured
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch_error():
        return datetime.fromtimestamp(int(epoch), timezone.utc).date()
    return datetime.now(timezone.utc).date()


def epoch_error() -> str:
    """What is wrong with ``SOURCE_DATE_EPOCH``, or nothing."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch or (epoch.isdecimal() and int(epoch[:20]) < _YEAR_3000):
        return ""
    return (
        f"SOURCE_DATE_EPOCH: `{epoch[:40]}` is not a number of seconds since 1970 before the year "
        "3000. Correct the environment variable or unset it."
    )


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
    measures: tuple[Metric, ...] = ()
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

    @property
    def generated_folder(self) -> str:
        """Where generated pages and data are, also if the postmortems are in the docs folder."""
        return self.folder or "postmortems"


def match_severity(written: str, severities: tuple[str, ...]) -> str | None:
    """The configured severity that ``2``, ``sev-2``, ``SEV 2``, ``S2`` or ``P2`` means, if any."""
    plain = _plain(written)
    by_name = {_plain(name): name for name in severities}
    if plain in by_name:
        return by_name[plain]
    number = re.fullmatch(r"(?:s|sev|severity|p|priority)?0*(\d+)", plain)
    if not number:
        return None
    by_number = {
        match.group(1): name for name in severities if (match := re.search(r"(\d+)$", _plain(name)))
    }
    return by_number.get(number.group(1))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
