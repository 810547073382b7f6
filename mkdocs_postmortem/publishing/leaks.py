"""A search of a site's output for what its audience must not see.

The output is compared with canaries word by word, whatever markup, escaping or case stands between
the words.
"""

from __future__ import annotations

import codecs
import gzip
import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.canaries import (
    RUN,
    Canary,
    Words,
    find_canaries,
    normal_words,
    split_words,
)
from mkdocs_postmortem.rendering.messages import Messages

_TAG = re.compile(r"<[^<>]{1,5000}>")
_TAG_OF_LINE = re.compile(r"(<[^<>\n]{1,5000}>)")
_ESCAPED_TAG = re.compile(r"</?[a-zA-Z!][^<>\n]{0,5000}>")
# Where a tag may go on in the next line.
_OPEN = re.compile(r"<[^<>\n]*$", re.MULTILINE)
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# Python reads no number of so many digits.
_HUGE_NUMBER = re.compile(r"(?<=&#)\d{4000,}")
_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MARKER = re.compile(r"(?:<|&lt;)!--\s{0,9}(?:/\s{0,9})?internal\s{0,9}--(?:>|&gt;)", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:href|src)\s*=\s*\\{0,9}["']?([^"'\\\s<>]{1,2000})""", re.IGNORECASE)
# The target of a link in Markdown, in HTML or in a wiki's brackets.
_TARGET = re.compile(r"""(?:\]\(|\]:|\[\[|(?:href|src)=)[\s<"']{0,9}([^\s<>"'()\[\]|]{1,2000})""")
_BINARY = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .ico .woff .woff2 .ttf .otf .eot .mp4 .webm .mp3".split()
)
# Lines that are remembered before all are forgotten, so that memory stays bounded.
_MOST_LINES = 50_000
# Of a folder that leaks everywhere, the first files say enough.
MOST_NAMED = 20
# A word between texts that do not follow each other.
_GAP = "\ue000"
_APART = f"\n{_GAP}\n"


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


def search_folder(
    folder: Path,
    withheld: Iterable[Withheld],
    public: Iterable[str],
    skipped: Collection[str] = (),
) -> Iterator[Leak]:
    """The leaks in all files below a folder but the ``skipped`` ones; see ``LeakSearch``."""
    search = LeakSearch(withheld, public)
    for file in sorted(folder.rglob("*")):
        output = file.relative_to(folder).as_posix()
        if output not in skipped and file.is_file():
            yield from search.search(output, file.read_bytes())


def removal(leaks: Collection[Leak]) -> str:
    """What a build says when it has removed its output."""
    count = len({leak.output for leak in leaks})
    return (
        f"Internal text is in {count} file{'s' if count > 1 else ''} of the site, named above. "
        "The output is removed; nothing is published."
    )


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

    Most of a page is the theme's, so only windows of lines that no file had before are searched.
    """

    def __init__(self, withheld: Iterable[Withheld], public: Iterable[str]) -> None:
        withheld = tuple(withheld)
        self._pages = {page_key(item.path): item.path for item in withheld if item.is_hidden}
        self._ends = {key.rpartition("/")[2] for key in self._pages} | {"", ".", ".."}
        self._canaries = find_canaries(withheld, map(self._without_targets, public))
        self._forget()
        self._located = 0

    def _forget(self) -> None:
        # By lines of the output: their words; those without escaped tags; near addresses in them.
        self._plain: dict[bytes, bytes] = {}
        self._escaped: dict[bytes, bytes] = {}
        self._links: dict[bytes, set[str]] = {}
        self._open: set[bytes] = set()  # lines whose last tag may go on in the next one
        self._clean: set[Words] = set()  # windows of the words of lines
        self._tags: set[str] = set()
        self._values: set[str] = set()  # what is between two quotation marks of tags
        self._near: dict[bytes, set[str]] = {}  # tags with addresses of pages named as a hidden one

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

        ``output`` is its path in the site.
        """
        data = _unpacked(output, data)
        leaks: dict[str, Leak] = {}
        is_page = output.endswith((".html", ".htm"))
        if is_page and b"internal" in data.lower() and has_marker(_decode(data)):
            leaks[""] = Leak(output, "", "")
        lines = data.split(b"\n")
        found = [*self._canaries.find(split_words(output)), *self._search_lines(lines, data)]
        for canary in found:
            if canary.path not in leaks:
                leaks[canary.path] = Leak(output, *canary, self._position(canary, data))
        for path in self._linked(output, lines, data):
            leaks.setdefault(path, Leak(output, path, "the address"))
        return list(leaks.values())

    def _search_lines(self, lines: list[bytes], data: bytes) -> list[Canary]:
        """What ``search_whole`` finds, without looking twice at what has been found clean."""
        if len(self._plain) > _MOST_LINES:
            self._forget()
        new = set(lines).difference(self._plain)
        found = self._learn(list(new)) if new else []
        if not self._open.isdisjoint(lines):
            found += self.search_whole(_decode(data))
        else:
            found += self._search_windows(map(self._plain.__getitem__, lines))
            if not self._escaped.keys().isdisjoint(lines):
                found += self._search_windows(
                    self._escaped.get(line, self._plain[line]) for line in lines
                )
        if found:
            for line in new:
                del self._plain[line]
        return found

    def search_whole(self, text: str) -> list[Canary]:
        """The canaries in a text: between tags, between tags that are escaped, and in tags."""
        between, tags = _plain(_TAG.sub(" ", text)), _APART.join(_TAG.findall(text))
        values = _plain(tags.replace('"', _APART))
        views = (between, _ESCAPED_TAG.sub(" ", between), values)
        return [one for view in views for one in self._canaries.find(split_words(view))]

    def _learn(self, lines: list[bytes]) -> list[Canary]:
        """Remember the words of lines, and give the canaries in their tags."""
        block = b"\n".join(lines)
        parts = _TAG_OF_LINE.split(_decode(block))
        between = " ".join(parts[::2])
        if "<" in between:
            self._open.update(line for line in lines if _OPEN.search(_decode(line)))
        between = _plain(between)
        texts = normal_words(between).split(b"\n")
        if len(texts) != len(lines):  # an escape has made a new line
            texts = [b" ".join(split_words(_between_tags(_decode(line)))) for line in lines]
        self._plain.update(zip(lines, map(bytes.strip, texts), strict=True))
        if _ESCAPED_TAG.search(between):
            for line in lines:
                text = _between_tags(_decode(line))
                if _ESCAPED_TAG.search(text):
                    self._escaped[line] = b" ".join(split_words(_ESCAPED_TAG.sub(" ", text)))
        return self._learn_tags(lines, block, set(parts[1::2]).difference(self._tags))

    def _learn_tags(self, lines: list[bytes], block: bytes, new: set[str]) -> list[Canary]:
        """Remember tags, and which lines have an address that may lead to a hidden page."""
        tags = "\n".join(new)
        if self._near_of(tags):
            self._near.update((tag.encode(), near) for tag in new if (near := self._near_of(tag)))
        for tag, near in self._near.items():
            for line in lines if tag in block else ():
                if tag in line:
                    self._links.setdefault(line, set()).update(near)
        values = set(tags.split('"')).difference(self._values)
        found = self._canaries.find(split_words(_plain(_APART.join(values))))
        if not found:
            self._tags |= new
            self._values |= values
        return found

    def _search_windows(self, lines: Iterable[bytes]) -> list[Canary]:
        """The canaries in the words of lines."""
        texts = [*filter(None, lines), *[b""] * (RUN - 1)]
        windows = list(zip(*(texts[at:] for at in range(RUN)), strict=False))
        new = set(windows) - self._clean
        parts: list[bytes] = []
        end = 0
        for at in [n for n, window in enumerate(windows) if window in new] if new else ():
            parts += [_GAP.encode()] if at > end else []
            parts += texts[max(at, end) : at + RUN]
            end = at + RUN
        found = self._canaries.find(b" ".join(parts).split())
        if not found:
            self._clean |= new
        return found

    def _near_of(self, tags: str) -> set[str]:
        """The addresses in tags that may lead to a hidden page, wherever they stand."""
        if not self._pages:
            return set()
        return {
            address
            for address in set(_ADDRESS.findall(tags))
            if ":" not in address
            and not address.startswith(("#", "//"))
            and page_key(_plain(address)).rpartition("/")[2] in self._ends
        }

    def _linked(self, output: str, lines: list[bytes], data: bytes) -> Iterator[str]:
        """The hidden pages that a file links to."""
        if not self._pages:
            return
        addresses: set[str] = set()
        if self._open.isdisjoint(lines):
            for line in self._links.keys() & set(lines):
                addresses |= self._links[line]
        else:
            addresses = self._near_of("\n".join(_TAG.findall(_decode(data))))
        folder = posixpath.dirname(output)
        for address in addresses:
            target = page_key(posixpath.join(folder, _plain(address)))
            if target in self._pages:
                yield self._pages[target]

    def _position(self, canary: Canary, data: bytes) -> str:
        """Where in a file a canary begins, to within its length; empty if enough are located."""
        self._located += 1
        if self._located > MOST_NAMED:
            return ""
        text = _decode(data)
        start, end = 0, len(text)
        while end - start > 1:
            middle = (start + end) // 2
            if canary in self.search_whole(text[start:middle]):
                end = middle
            elif canary in self.search_whole(text[middle:end]):
                start = middle
            else:  # it crosses the middle
                start = middle
                break
        return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def _unpacked(output: str, data: bytes) -> bytes:
    """A file's text in lines, of an archive that of its files; empty for what is none."""
    end = PurePosixPath(output).suffix.lower()
    if end in _BINARY:
        return b""
    try:
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        elif data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as files:
                data = b"\n".join(files.read(name) for name in files.namelist())
    except (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile):
        return b""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    if end == ".ics":
        return data.replace(b"\r\n ", b"")
    # All values of a file may be on one line, and other files may have the same.
    return data.replace(b'",', b'",\n') if end == ".json" else data


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _between_tags(line: str) -> str:
    return _plain(_TAG_OF_LINE.sub(" ", line))


def _plain(text: str) -> str:
    """A text without the escapes of JSON, URLs and HTML."""
    if "\\" in text:
        text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for escape in (r"\n", r"\r", r"\t", "\\"):
            text = text.replace(escape, " " if len(escape) > 1 else "")
    if "%" in text:
        text = unquote(text)
    for _ in range(2):
        if "&" in text:
            text = html.unescape(_HUGE_NUMBER.sub("0", text))
    return text


def has_marker(text: str) -> bool:
    """Whether HTML has a marker of an internal block outside code: as a comment or as text."""
    return "internal" in text.lower() and bool(_MARKER.search(_CODE.sub("", text)))
