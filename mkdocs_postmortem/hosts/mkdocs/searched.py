"""What search plugins get to read of a page: our fragments as their text, and lists not at all.

They take the HTML apart in Python, element by element, and the box with the heads of a timeline has
more elements than the author's page. So they see the words of these without the elements.
"""

from __future__ import annotations

import re

from mkdocs_postmortem.hosts.markdown.slots import BEGIN, END

_TAGS = re.compile(r"<[^>]*>")
_IS_LEFT_OUT = re.compile(r"\s*<[^<>]*\sdata-search-exclude\b")
_SHORT = re.compile(r"<!--pm:(\d+)-->.*?<!--/pm-->", re.DOTALL)


class Searched:
    """A page's content before a search has read it and after that; calls may be nested."""

    def __init__(self) -> None:
        self._hidden: list[_Hidden] = []

    def begin(self, content: str, *, is_list: bool = False) -> str:
        """The content that a search is to read; of a page that is nothing but lists, the title."""
        hidden = _Hidden(content, is_list=is_list)
        self._hidden.append(hidden)
        return hidden.short

    def end(self, content: str) -> str:
        """The content with its fragments again, and with what other plugins did to the rest."""
        return self._hidden.pop().shown(content) if self._hidden else content


class _Hidden:
    """A page without its fragments: ``short`` is what is left."""

    def __init__(self, content: str, *, is_list: bool) -> None:
        self._fragments: list[str] = []
        head, *rest = content.split(BEGIN)
        whole, short = [head], [head]
        for part in rest:
            fragment, end, behind = part.partition(END)
            whole += (fragment, behind)
            # Without an end it is an author's own comment.
            short += (self._shortened(fragment), behind) if end else (part,)
        self._whole = "".join(whole)
        self.short = "".join(short)
        if is_list:
            # Or each of these pages would be found by its headings, which all of them have.
            title, end, lists = self._whole.partition("</h1>")
            self._fragments = [lists]
            self.short = f"{title}{end}<!--pm:0-->{END}" if end else self.short

    def shown(self, content: str) -> str:
        if not self._fragments:
            return content
        filled, count = _SHORT.subn(lambda match: self._fragments[int(match[1])], content)
        return filled if count == len(self._fragments) else self._whole

    def _shortened(self, fragment: str) -> str:
        self._fragments.append(fragment)
        text = "" if _IS_LEFT_OUT.match(fragment) else " ".join(_TAGS.sub(" ", fragment).split())
        return f"<!--pm:{len(self._fragments) - 1}-->{text}{END}"
