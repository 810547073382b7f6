"""What an audience must not see, taken out of Markdown and of the tree."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.hosts.markdown.place import find_page
from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.reading import without_internal


@dataclass(frozen=True, slots=True)
class Sight:
    """Who the site is for, and which pages that audience must not know of, by source path."""

    audience: Audience = Audience.PUBLIC
    is_hidden: Callable[[str], bool] = lambda _: False


# Found when the conversion begins: an extension that reads the archive itself may learn it late.
SightOf = Callable[[Markdown], Sight]


class BlockHider(Preprocessor):
    """Leaves out internal blocks, wherever the text came from, and all of a hidden page."""

    def __init__(self, md: Markdown, sight_of: SightOf) -> None:
        super().__init__(md)
        self._sight_of = sight_of

    def run(self, lines: list[str]) -> list[str]:
        sight, here = self._sight_of(self.md), find_page(self.md)
        if here is not None and sight.is_hidden(here.path):
            return []
        return without_internal(lines, sight.audience)


class LinkHider(Treeprocessor):
    """Turns links to hidden pages into their text; the address alone would tell of the page."""

    def __init__(self, md: Markdown, sight_of: SightOf) -> None:
        super().__init__(md)
        self._sight_of = sight_of

    def run(self, root: Element) -> None:
        sight, here = self._sight_of(self.md), find_page(self.md)
        if here is None:
            return
        for element in root.iter():
            if element.tag in ("a", "img") and _leads_to_hidden(element, here.path, sight):
                element.text = element.text or element.get("alt")
                element.tag = "span"
                element.attrib.clear()


def _leads_to_hidden(element: Element, source: str, sight: Sight) -> bool:
    """Whether an element leads from a page to one that is hidden."""
    address = element.get("href") or element.get("src") or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme or parts.netloc or not parts.path:
        return False
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)).lstrip("/")
    return sight.is_hidden(target)
