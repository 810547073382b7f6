"""Our fragments, put aside from a page's content until its theme is filled.

MkDocs converts all pages before it writes the first, and the box with the heads of a timeline is
several times the author's text. And search plugins take the HTML apart in Python, element by
element. So what waits, and what a search reads, are the words of our fragments without their
elements, and of lists nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_postmortem.hosts.markdown.slots import BEGIN, END, KEPT
from mkdocs_postmortem.hosts.markdown.words import search_words
from mkdocs_postmortem.rendering import Cast, Joined, Rendered

_SHORT = re.compile(rf"{KEPT}(\d+|lists)-->.*?{END}", re.DOTALL)
# Bytes; a box with its bar and foot has less.
_LONG = 20_000
_LISTS = f"{KEPT}lists-->{END}"


def reads_content_early(config: MkDocsConfig) -> bool:
    """Whether others read what a page says before its theme is filled: plugins, hooks, templates.

    They get the whole page, and their readers the memory that it takes.
    """
    ours = __name__.partition(".")[0]
    others = [
        method
        for event in ("page_content", "env")
        for method in config.plugins.events[event]
        if getattr(method, "__module__", "").partition(".")[0] != ours
    ]
    return bool(others or config.extra_templates)


class Deferred:
    """The fragments of a build's pages, by source path.

    With ``is_early`` they are put aside for the search alone, and not before.
    """

    def __init__(self) -> None:
        self.is_early = False
        self._pages: dict[str, _Aside] = {}

    def begin(self, *, is_early: bool) -> None:
        """Forget the build before."""
        self.is_early = is_early
        self._pages = {}

    def keep(self, path: str, fragments: Mapping[int, Rendered]) -> None:
        """Take the fragments of a page that has their words already."""
        self._pages[path] = _Aside(fragments)

    def put_aside(self, path: str, content: str, *, is_list: bool = False) -> str:
        """The content without fragments; of a page that is nothing but lists, the title."""
        # With all in its place a page may be converted anew, and then has other fragments.
        kept = None if self.is_early else self._pages.get(path)
        aside = kept or _Aside({})
        if kept is None and BEGIN in content:
            # Of an author's own comment nobody could tell that it is none of ours.
            content = _unmarked(content) if KEPT in content else aside.shorten(content)
        if is_list:
            content = aside.take_lists(content)
        if not aside.is_empty:
            self._pages[path] = aside
        return content

    def put_back(self, path: str, content: str) -> str:
        """The content with its fragments again, and with what other plugins did to the rest."""
        aside = self._pages.get(path)
        if aside is None:
            return content
        aside.short = content
        return aside.fill(content)

    def short(self, path: str, content: str) -> str:
        """What the content was before its fragments were put back."""
        aside = self._pages.get(path)
        return content if self.is_early or aside is None or aside.short is None else aside.short


class _Aside:
    """The fragments of one page."""

    def __init__(self, fragments: Mapping[int, Rendered]) -> None:
        self.short: str | None = None
        self._lists = ""
        # The parts of each one behind the other; those of casts are small as they are.
        self._fragments: dict[int, list[_Packed | Cast]] = {
            number: [
                _Packed(part) if isinstance(part, str) else part
                for part in (one.parts if isinstance(one, Joined) else (one,))
            ]
            for number, one in fragments.items()
        }

    @property
    def is_empty(self) -> bool:
        return not self._fragments and not self._lists

    def shorten(self, content: str) -> str:
        """Take all fragments that have comments around them."""
        head, *rest = content.split(BEGIN)
        short = [head]
        for number, part in enumerate(rest):
            fragment, end, behind = part.partition(END)
            if end:
                self._fragments[number] = [_Packed(fragment)]
                short += (f"{KEPT}{number}-->", search_words(fragment), END, behind)
            else:
                short.append(part)
        return "".join(short)

    def take_lists(self, content: str) -> str:
        """Take all behind the title: each list would be found by headings that all of them have."""
        title, end, lists = content.partition("</h1>")
        if not end or lists == _LISTS:
            return content
        self._lists = lists
        return f"{title}{end}{_LISTS}"

    def fill(self, content: str) -> str:
        return _SHORT.sub(self._filled, content)

    def _filled(self, match: re.Match[str]) -> str:
        if match[1] == "lists":
            return self.fill(self._lists) if self._lists else match[0]
        fragment = self._fragments.get(int(match[1]))
        if fragment is None:
            return match[0]  # an author's own comment
        return "".join(map(str, fragment))


class _Packed:
    """Markup in UTF-8, since most of it has a sign that doubles its size, and a list pressed."""

    __slots__ = ("_is_pressed", "_raw")

    def __init__(self, markup: str) -> None:
        raw = markup.encode("utf-8", "xmlcharrefreplace")
        self._is_pressed = len(raw) > _LONG
        # The rows of a list are alike, and the fastest of the levels leaves a sixth of them.
        self._raw = zlib.compress(raw, 1) if self._is_pressed else raw

    def __str__(self) -> str:
        return (zlib.decompress(self._raw) if self._is_pressed else self._raw).decode("utf-8")


def _unmarked(content: str) -> str:
    return content.replace(BEGIN, "").replace(END, "")
