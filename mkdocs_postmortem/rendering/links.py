"""Links from one page to another, and those in texts that several pages show.

Such a text is written once. Its links name their target by the path below the docs folder, under a
scheme of ours; the page that shows them makes them relative again.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

_SCHEME = "pm-page:"
# Code first, in which a link is an example; then the target of a link or an image.
_CODE_OR_TARGET = re.compile(
    r"(?P<ticks>`{1,9}).*?(?P=ticks)"
    r"|(?<!\\)(?P<open>\]\(\s*)(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]*\))+))",
    re.DOTALL,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\?", re.IGNORECASE)
_SUFFIX = re.compile(r"[?#]")


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


def located(markdown: str, path: str) -> str:
    """Inline Markdown of the page at a path, with its relative links named by their targets.

    >>> located("[see](../guide.md#pool)", "postmortems/a.md")
    '[see](pm-page:guide.md#pool)'
    """
    if "](" not in markdown:
        return markdown

    def locate(match: re.Match[str]) -> str:
        target = match["angle"] or match["bare"]
        if not target or _ELSEWHERE.match(target):
            return match[0]
        file, suffix = _split(target)
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file)))
        # Out of the docs folder nothing can be found, from whichever page.
        return (
            match[0]
            if found.startswith("../")
            else f"{match['open']}{_SCHEME}{quote(found if file else path)}{suffix}"
        )

    return _CODE_OR_TARGET.sub(locate, markdown)


def relocated(address: str, source: str) -> str:
    """An address as the page ``source`` has to write it; any but ours as it is."""
    if not address.startswith(_SCHEME):
        return address
    file, suffix = _split(address.removeprefix(_SCHEME))
    return f"{relative(unquote(file), source)}{suffix}"


def _split(target: str) -> tuple[str, str]:
    """The path, and the query and anchor with their signs."""
    match = _SUFFIX.search(target)
    return (target[: match.start()], target[match.start() :]) if match else (target, "")
