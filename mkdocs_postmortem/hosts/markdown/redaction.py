"""What an audience must not see, taken out of Markdown and of the tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.hosts.markdown.fragments import unlink
from mkdocs_postmortem.hosts.markdown.page_contexts import Visibility, as_step, find_page
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.publishing.leaks import has_marker
from mkdocs_postmortem.reading.internal_blocks import OPEN, without_internal

_LINK = re.compile(r"<(a|area|img|iframe|embed|object|link|form)\b[^<>]{1,5000}>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?:href|src|data|action)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)

# Found when the conversion begins: an extension that reads the archive itself may learn it late.
FindVisibility = Callable[[Markdown], Visibility]


def register(md: Markdown, visibility_of: FindVisibility) -> None:
    """Hide what the audience of a conversion must not see."""
    hider = _Hider(md, visibility_of)
    # 31: when snippets (32) have brought in other files, and before code (25) is put away.
    md.preprocessors.register(
        as_step(Preprocessor, md, hider.hide_blocks), "postmortem_internal", 31
    )
    # 4: all links are made, and the host has not yet looked at them (0).
    md.treeprocessors.register(
        as_step(Treeprocessor, md, hider.hide_links), "postmortem_hidden_links", 4
    )
    # 5: raw HTML (30) is back in its place.
    md.postprocessors.register(
        as_step(Postprocessor, md, hider.hide_raw_links), "postmortem_raw_links", 5
    )
    # Last: the host and other plugins get what this leaves.
    md.postprocessors.register(
        as_step(Postprocessor, md, hider.hide_page), "postmortem_markers", -1000
    )


class _Hider:
    def __init__(self, md: Markdown, visibility_of: FindVisibility) -> None:
        self._md = md
        self._visibility_of = visibility_of

    def hide_blocks(self, lines: list[str]) -> list[str]:
        """Leave out internal blocks, wherever the text came from, and all of a hidden page."""
        visibility, here = self._visibility_of(self._md), find_page(self._md)
        if here is not None and visibility.is_hidden(here.path):
            return []
        return without_internal(lines, visibility.audience)

    def hide_links(self, root: Element) -> None:
        """Turn links to hidden pages into their text, as the address alone would reveal the page.
        The text of an automatic link is that address.
        """
        is_hidden = self._leads_to_hidden()
        for element in root.iter() if is_hidden else ():
            address = element.get("href") or element.get("src")
            if is_hidden and address and element.tag in ("a", "img") and is_hidden(address):
                unlink(element)
                for part in element.iter():
                    if part.text and is_hidden(part.text):
                        part.text = "…"

    def hide_raw_links(self, text: str) -> str:
        """The same for links in an author's own HTML: their tag keeps no attribute."""
        is_hidden = self._leads_to_hidden()
        if is_hidden is None:
            return text

        def shown(match: re.Match[str]) -> str:
            addresses = (found.strip("\"'") for found in _ADDRESS.findall(match[0]))
            return f"<{match[1]}>" if any(map(is_hidden, addresses)) else match[0]

        return _LINK.sub(shown, text)

    def _leads_to_hidden(self) -> Callable[[str], bool] | None:
        """Whether an address on the page leads to a hidden page; None where there are none."""
        visibility = self._visibility_of(self._md)
        here = find_page(self._md) if visibility.hidden_keys() else None
        return partial(visibility.leads_to_hidden, source=here.path) if here else None

    def hide_page(self, text: str) -> str:
        """Leave nothing of a page on which a marker came through but a marker, for the host to
        report: which text it was around is unknown.
        """
        is_public = self._visibility_of(self._md).audience is Audience.PUBLIC
        return OPEN if is_public and has_marker(text) else text
