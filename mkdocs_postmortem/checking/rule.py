"""What the function of a rule gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.source import Line


@dataclass(frozen=True, slots=True)
class SiteNames:
    """``similar_services`` maps a service to one that more pages use and that differs by a letter,
    by case or by its separators. ``by_title`` has the paths of the pages under each title.
    """

    similar_services: Mapping[str, str] = field(default_factory=dict)
    by_title: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule can read besides the record.

    ``lines`` are the page's own, front matter included, and ``text`` is the same as one string: a
    rule on the wording searches it before it goes through the lines. ``records`` are all records
    of the site by id, and ``names`` the names that they share. A rule gets the page or the site,
    never both.
    """

    settings: Settings
    today: date
    lines: tuple[Line, ...] = ()
    text: str = ""
    records: Mapping[str, tuple[Postmortem, ...]] = field(default_factory=dict)
    names: SiteNames = field(default_factory=SiteNames)


Check = Callable[[Postmortem, Context], Iterator[Finding]]
