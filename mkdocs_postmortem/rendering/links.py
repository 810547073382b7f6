"""Links from one page to another."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Link:
    """Where to, what it says, and the day of the outage there."""

    href: str
    text: str
    day: str = ""


def relative(target: str, source: str) -> str:
    """The path of one page seen from another, both below the docs folder.

    >>> relative("postmortems/a.md", "tasks/index.md")
    '../postmortems/a.md'
    """
    here = source.split("/")[:-1]
    there = target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return quote("/".join([".."] * (len(here) - shared) + there[shared:]))
