"""Our fragments, put aside from a page's content until its theme is filled.

MkDocs converts all pages before it writes the first, and the box with the heads of a timeline is
several times the author's text. And search plugins take the HTML apart in Python, element by
element. So what waits, and what a search reads, are the words of our fragments without their
elements, and of lists nothing.
"""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_postmortem.hosts.markdown.slots import BEGIN, END

_TAGS = re.compile(r"<[^>]*>")
_IS_LEFT_OUT = re.compile(r"\s*<[^<>]*\sdata-search-exclude\b")
_MARK = "<!--pm:"
_SHORT = re.compile(rf"{_MARK}(\d+)-->.*?{END}", re.DOTALL)


def reads_content_early(config: MkDocsConfig) -> bool:
    """Whether others read what a page says before its theme is filled: plugins, hooks, templates.

    They get the whole page, and their readers the memory that it takes.
    """
    events = config.plugins.events
    others = [
        method
        for event in ("page_content", "env")
        for method in events[event]
        if getattr(method, "__module__", "").partition(".")[0] != __name__.partition(".")[0]
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

    def put_aside(self, path: str, content: str, *, is_list: bool = False) -> str:
        """The content without fragments; of a page that is nothing but lists, the title."""
        if BEGIN not in content and not is_list:
            return content
        if _MARK in content:
            # Put aside already, or with a comment of the author's that nobody could tell from ours.
            return _unmarked(content) if BEGIN in content else content
        aside = _Aside()
        short = aside.shorten(content, is_list=is_list)
        self._pages[path] = aside
        return short

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
        return content if aside is None or aside.short is None else aside.short


class _Aside:
    """The fragments of one page, in UTF-8: most have a sign that doubles a string's size."""

    def __init__(self) -> None:
        self.short: str | None = None
        self._fragments: list[bytes] = []

    def shorten(self, content: str, *, is_list: bool) -> str:
        if is_list:
            # Or each of these pages would be found by its headings, which all of them have.
            title, end, lists = content.partition("</h1>")
            if end:
                return f"{title}{end}{self._take(_unmarked(lists), '')}"
        head, *rest = content.split(BEGIN)
        short = [head]
        for part in rest:
            fragment, end, behind = part.partition(END)
            # Without an end it is an author's own comment.
            short += (self._take(fragment, _words(fragment)), behind) if end else (part,)
        return "".join(short)

    def fill(self, content: str) -> str:
        return _SHORT.sub(self._filled, content) if self._fragments else content

    def _take(self, fragment: str, words: str) -> str:
        self._fragments.append(fragment.encode("utf-8", "xmlcharrefreplace"))
        return f"{_MARK}{len(self._fragments) - 1}-->{words}{END}"

    def _filled(self, match: re.Match[str]) -> str:
        return self._fragments[int(match[1])].decode("utf-8")


def _words(fragment: str) -> str:
    return "" if _IS_LEFT_OUT.match(fragment) else " ".join(_TAGS.sub(" ", fragment).split())


def _unmarked(content: str) -> str:
    return content.replace(BEGIN, "").replace(END, "")
