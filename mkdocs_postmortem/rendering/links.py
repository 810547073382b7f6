"""Links from one page to another, by their source paths: the host turns them into addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from urllib.parse import quote

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.wording import day_words


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, what it says, and the day of the outage there."""

    href: str
    text: str
    day: str = ""


def relative(target: str, source: str) -> str:
    """The path of one page seen from another, both below the docs folder."""
    return _relative(target, posixpath.dirname(source))


def elsewhere(target: str | None, source: str) -> str:
    """The path of a page, or nothing where there is none or it is the page itself."""
    return relative(target, source) if target and target != source else ""


@lru_cache(maxsize=20_000)
def _relative(target: str, folder: str) -> str:
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return quote("/".join([".."] * (len(here) - shared) + there[shared:]))


def page_of(record: Postmortem, to: Callable[[str], str]) -> str:
    """Where an outage is told: a page of this site by ``to``, or the address at another site.

    Nothing for an outage of a site that does not say its address; such a link becomes its text.
    """
    return record.origin.url if record.origin else to(record.path)


def link_to(record: Postmortem, source: str, language: str = "en") -> Link:
    day = day_words(record.day, language) if record.day else ""
    return Link(page_of(record, partial(relative, source=source)), record.title, day)


def links_to(records: Iterable[Postmortem], source: str, language: str = "en") -> tuple[Link, ...]:
    return tuple(link_to(record, source, language) for record in records)
