"""What an audience must not see, taken out of Markdown and of the tree."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.hosts.markdown.page_contexts import find_page
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading import without_internal


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who the site is for, and which pages that audience must not know of, by source path."""

    audience: Audience = Audience.PUBLIC
    is_hidden: Callable[[str], bool] = lambda _: False
    hidden_keys: Callable[[], Collection[str]] = tuple
    site_url: str = ""

    def leads_to_hidden(self, address: str, source: str) -> bool:
        """Whether an address on a page leads to one that is hidden, in whatever form it is written:
        relative to the file or to the page's address, below the site's root, or absolute.
        """
        keys = self.hidden_keys()
        if not keys:
            return False
        path = self._own_path(html.unescape(address).strip())
        if not path or path.startswith("#"):
            return False
        folders = [""] if path.startswith("/") else [posixpath.dirname(source), page_key(source)]
        return any(page_key(posixpath.join(folder, path.lstrip("/"))) in keys for folder in folders)

    def _own_path(self, address: str) -> str:
        """The path of an address on this site; empty for one elsewhere."""
        try:
            parts, site = urlsplit(address), urlsplit(self.site_url)
        except ValueError:
            return ""
        if parts.netloc and parts.netloc.lower() != site.netloc.lower():
            return ""
        if parts.scheme.lower() not in ("", "http", "https"):
            return ""
        path = unquote(parts.path)
        return "/" + path.removeprefix(site.path) if path.startswith("/") else path


_LINK = re.compile(r"<(a|area|img|iframe|embed|object|link|form)\b[^<>]{1,5000}>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?:href|src|data|action)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)

# Found when the conversion begins: an extension that reads the archive itself may learn it late.
FindVisibility = Callable[[Markdown], Visibility]


def register(md: Markdown, sight_of: FindVisibility) -> None:
    """Hide what the audience of a conversion must not see."""
    # 31: when snippets (32) have brought in other files, and before code (25) is put away.
    md.preprocessors.register(BlockHider(md, sight_of), "postmortem_internal", 31)
    # 4: all links are made, and the host has not yet looked at them (0).
    md.treeprocessors.register(LinkHider(md, sight_of), "postmortem_hidden_links", 4)
    # 5: raw HTML (30) is back in its place.
    md.postprocessors.register(RawLinkHider(md, sight_of), "postmortem_raw_links", 5)


class BlockHider(Preprocessor):
    """Leaves out internal blocks, wherever the text came from, and all of a hidden page."""

    def __init__(self, md: Markdown, sight_of: FindVisibility) -> None:
        super().__init__(md)
        self._sight_of = sight_of

    def run(self, lines: list[str]) -> list[str]:
        sight, here = self._sight_of(self.md), find_page(self.md)
        if here is not None and sight.is_hidden(here.path):
            return []
        return without_internal(lines, sight.audience)


class LinkHider(Treeprocessor):
    """Turns links to hidden pages into their text; the address alone would tell of the page."""

    def __init__(self, md: Markdown, sight_of: FindVisibility) -> None:
        super().__init__(md)
        self._sight_of = sight_of

    def run(self, root: Element) -> None:
        sight, here = self._sight_of(self.md), find_page(self.md)
        if here is None:
            return
        for element in root.iter():
            address = element.get("href") or element.get("src")
            if (
                address
                and element.tag in ("a", "img")
                and sight.leads_to_hidden(address, here.path)
            ):
                element.text = element.text or element.get("alt")
                element.tag = "span"
                element.attrib.clear()


class RawLinkHider(Postprocessor):
    """The same for links in an author's own HTML: their tag keeps no attribute."""

    def __init__(self, md: Markdown, sight_of: FindVisibility) -> None:
        super().__init__(md)
        self._sight_of = sight_of

    def run(self, text: str) -> str:
        sight, here = self._sight_of(self.md), find_page(self.md)
        if here is None or not sight.hidden_keys():
            return text

        def shown(match: re.Match[str]) -> str:
            addresses = (found.strip("\"'") for found in _ADDRESS.findall(match[0]))
            if any(sight.leads_to_hidden(address, here.path) for address in addresses):
                return f"<{match[1]}>"
            return match[0]

        return _LINK.sub(shown, text)
