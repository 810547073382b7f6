"""A search of a site's output for what its audience must not see.

The output is compared with canaries word by word, whatever markup, escaping or case is between
the words.
"""

from __future__ import annotations

import html
import os
import posixpath
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.canaries import Canary, find_canaries
from mkdocs_postmortem.rendering.messages import Messages

_TAG = re.compile(r"(<[/!?a-zA-Z][^<>]*>)")
_ESCAPED_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]{0,5000}>")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
# Python reads no number of so many digits.
_HUGE_NUMBER = re.compile(r"(?<=&#)\d{4000,}")
_CODE_TAG = re.compile(r"<(/?)(pre|code|script|style|textarea)\b", re.IGNORECASE)
_MARKER = re.compile(r"(?:<|&lt;)!--\s{0,9}(?:/\s{0,9})?internal\s{0,9}--(?:>|&gt;)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*\\{0,9}["']?([^"'\\\s<>]{1,2000})""", re.IGNORECASE)
_NAMES = re.compile("href|src", re.IGNORECASE)
# The target of a link in Markdown or in a wiki's brackets, and the value of any attribute.
_TARGET = re.compile(r"""(?:\]\(|\]:|\[\[|url\(|(?<=\w)=)[\s<"']{0,9}([^\s<>"'()\[\]|=]{1,2000})""")
# Tags that are remembered before all are forgotten, so that memory stays bounded.
_MOST_TAGS = 200_000
# Of a folder that leaks everywhere, the first files say enough.
MOST_NAMED = 20
# A word between texts that do not follow each other.
_APART = "\n\ue000\n"


class Leak(NamedTuple):
    """Withheld text in the output: the file, the page that it is withheld with, and what of it.

    ``row`` is the line of that page, ``position`` where in the output it is, as ``line:column``.
    """

    output: str
    path: str
    what: str
    row: int = 0
    position: str = ""

    def __str__(self) -> str:
        output = f"{self.output}:{self.position}" if self.position else self.output
        if not self.path:
            return f"{output} has a marker of an internal block outside code."
        path = f"{self.path}:{self.row}" if self.row else self.path
        return f"{output} has {self.what} of {path}, which the public must not see."


# Rules whose proposals may name another page's id or service: directives, tasks after a repeat, and
# all that compare pages.
_NAMING_OTHERS = ("PM107", "PM507", "PM6")


def remove_output(folder: Path, entries: Iterable[Path], leaks: Collection[Leak]) -> str:
    """Remove the ``entries`` of a folder and what leaks, and return what the build says."""
    outputs = {folder / leak.output for leak in leaks}
    paths = [*outputs, *entries]
    for path in paths:
        with suppress(OSError):  # what is left is reported
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
    count = len(outputs)
    found = f"Internal text is in {count} file{'s' if count > 1 else ''} of the site, named above. "
    left = sorted({str(path) for path in paths if os.path.lexists(path)})
    if left:
        named = ", ".join(left[:MOST_NAMED])
        return f"{found}Could not remove {named}. Remove {folder} yourself; do not publish it."
    return f"{found}The output is removed; nothing is published."


def public_words(site: Site, messages: Messages, settings: Settings) -> tuple[str, ...]:
    """Texts on pages that no page of the site has: labels, options, outages of other sites, and
    what the problem panel proposes. Proposals that name what other pages have prove nothing.
    """
    labels = [text for group in messages.groups.values() for text in group.values()]
    own = {id(record) for record in site.catalog.records}
    hub = (record for record in site.shown.records if id(record) not in own)
    others = (
        f"{one.id}\n{one.title}\n{one.impact}\n{one.root_cause}\n{one.services}" for one in hub
    )
    proposals = {one.fix for one in site.shown_problems if not one.code.startswith(_NAMING_OTHERS)}
    return (*labels, str(settings), *others, *proposals)


class LeakSearch:
    """Searches texts for what is withheld; ``public`` are the texts that the audience may read.

    A run of words that a public text has is not searched for. Time and memory are linear in the
    length of all texts.
    """

    def __init__(self, withheld: Iterable[Withheld], public: Iterable[str]) -> None:
        withheld = tuple(withheld)
        self._pages = {page_key(item.path): item.path for item in withheld if item.is_hidden}
        self._ends = {key.rpartition("/")[2] for key in self._pages} | {"", ".", ".."}
        self._canaries = find_canaries(withheld, map(self._without_targets, public))
        self._tags: set[str] = set()  # without canaries; most of a page's tags are on others too
        self._near: dict[str, set[str]] = {}  # addresses in tags of pages named as a hidden one
        self._located = 0

    def _without_targets(self, text: str) -> str:
        """A public text without the targets of links to hidden pages, which nobody reads."""
        if not self._pages:
            return text

        def shown(match: re.Match[str]) -> str:
            name = page_key(unquote(match[1])).rpartition("/")[2]
            return " " if name in self._ends else match[0]

        return _TARGET.sub(shown, text)

    def search(self, output: str, data: bytes) -> list[Leak]:
        """The leaks in one file of the output, one for each page that is withheld.

        ``output`` is its path in the site, ``data`` its text.
        """
        text = _decode(data)
        canaries, linked, is_marked = self._found(output, data, text)
        leaks = {"": Leak(output, "", "")} if is_marked else {}
        for canary in canaries:
            if canary.path not in leaks:
                leaks[canary.path] = Leak(output, *canary, self._position(canary, text))
        for path in linked:
            leaks.setdefault(path, Leak(output, path, "the address"))
        return list(leaks.values())

    def is_clean(self, output: str, data: bytes) -> bool:
        """Whether there is no leak in one file of the output."""
        return not any(self._found(output, data, _decode(data)))

    def _found(self, output: str, data: bytes, text: str) -> tuple[list[Canary], list[str], bool]:
        """The canaries in a file, the hidden pages it links to, and whether it has a marker."""
        between, tags = _parts(text)
        is_page = output.endswith((".html", ".htm"))
        is_marked = is_page and b"internal" in data.lower() and has_marker(text)
        found = {*self._canaries.find(output), *self._find_between(between), *self._learn(tags)}
        return sorted(found), list(self._linked(output, tags)), is_marked

    def _find_between(self, text: str) -> list[Canary]:
        """The canaries between tags: with and without the tags that are escaped."""
        bare = _ESCAPED_TAG.sub(" ", text)
        return [*self._canaries.find(text), *(self._canaries.find(bare) if bare != text else ())]

    def _find_in(self, tags: Iterable[str]) -> list[Canary]:
        return self._canaries.find(_plain(_APART.join(tags).replace('"', _APART)))

    def _learn(self, tags: set[str]) -> list[Canary]:
        """The canaries in tags; those without any are remembered, and the addresses in all."""
        new = tags - self._tags
        if self._pages:
            self._near.update((tag, near) for tag in new if (near := self._near_of(tag)))
        found = self._find_in(new)
        if not found:
            if len(self._tags) > _MOST_TAGS:
                self._tags.clear()
            self._tags |= new
        return found

    def _near_of(self, tag: str) -> set[str]:
        """The addresses in a tag that may lead to a hidden page, wherever the tag is."""
        return {
            address
            for address in (_ADDRESS.findall(tag) if _NAMES.search(tag) else ())
            if ":" not in address
            and not address.startswith(("#", "//"))
            and page_key(_plain(address)).rpartition("/")[2] in self._ends
        }

    def _linked(self, output: str, tags: set[str]) -> Iterator[str]:
        """The hidden pages that a file links to."""
        folder = posixpath.dirname(output)
        for tag in self._near.keys() & tags:
            for address in self._near[tag]:
                target = page_key(posixpath.join(folder, _plain(address)))
                if target in self._pages:
                    yield self._pages[target]

    def _position(self, canary: Canary, text: str) -> str:
        """Where in a file a canary begins, to within its length; empty if enough are located."""
        self._located += 1
        if self._located > MOST_NAMED:
            return ""

        def has_canary(part: str) -> bool:
            between, tags = _parts(part)
            return canary in self._find_between(between) or canary in self._find_in(tags)

        start, end = 0, len(text)
        while end - start > 1:
            middle = (start + end) // 2
            if has_canary(text[start:middle]):
                end = middle
            elif has_canary(text[middle:end]):
                start = middle
            else:  # it crosses the middle
                start = middle
                break
        return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _parts(text: str) -> tuple[str, set[str]]:
    """What is between the tags of a text, and its tags, those that are escaped among them."""
    parts = _TAG.split(text)
    between = _plain(" ".join(parts[::2]))
    return between, {*parts[1::2], *_ESCAPED_TAG.findall(between)}


def _plain(text: str) -> str:
    """A text without the escapes of JSON, URLs and HTML."""
    if "\\" in text:
        text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for escape in (r"\n", r"\r", r"\t", "\\"):
            text = text.replace(escape, " " if len(escape) > 1 else "")
    for _ in range(2 if "%25" in text else 1 if "%" in text else 0):
        text = _PERCENT.sub(lambda match: unquote(match[0]), text)
    for _ in range(2):
        if "&" in text:
            text = text.replace("&#34;", '"')  # quotes Jinja in attributes, 70 times a page
            text = html.unescape(_HUGE_NUMBER.sub("0", text))
    return text


def has_marker(text: str) -> bool:
    """Whether HTML has a marker of an internal block outside code: as a comment or as text."""
    return "internal" in text.lower() and bool(_MARKER.search(_without_code(text)))


def _without_code(text: str) -> str:
    """HTML without the elements that hold code. One that is never closed holds none."""
    tags = [(match.start(), match[1], match[2].lower()) for match in _CODE_TAG.finditer(text)]
    last = {name: start for start, slash, name in tags if slash}
    kept, end, inside = [], 0, ""
    for start, slash, name in tags:
        if inside and slash and name == inside:
            end, inside = start, ""
        elif not inside and not slash and start < last.get(name, 0):
            kept.append(text[end:start])
            inside = name
    return " ".join([*kept, text[end:]])
