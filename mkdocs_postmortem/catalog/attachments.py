"""The attachments of a site that are as internal as the text which names them."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.model.address import page_key

# Files that can name another one, as pages do.
NAMING = (".css", ".js", ".mjs", ".html", ".json", ".webmanifest", ".svg", ".yml", ".yaml")
# A path to a file between the characters around it in Markdown and HTML; with and without spaces.
_PATHS = re.compile(r"""[^\s()<>"'\[\]|,=?#]+"""), re.compile(r"""[^\n()<>"'\[\]|=?#]+""")


def withheld_files(
    paths: Iterable[str],
    withheld: Collection[Withheld],
    pages: Iterable[str],
    public: Callable[[], Iterable[tuple[str, str]]],
) -> set[str]:
    """The attachments of what is withheld: files that only withheld text names, and those in a
    folder all of whose pages are hidden.

    ``paths`` are the files that are not pages, ``pages`` the pages that the audience may read;
    ``public`` gives all that it may read, with the texts.
    """
    named = _NamedFiles(paths)
    found: set[str] = set()
    for one in withheld:
        found.update(named.by(one.path, "\n".join(text for _, text in one.texts)))
    folders = {posixpath.dirname(one.path): True for one in withheld if one.is_hidden}
    folders |= dict.fromkeys(map(posixpath.dirname, pages), False)
    found |= {path for path in named.paths if _is_below(path, folders)}
    if not found:
        return found
    # What one of them names is as hidden as it is.
    return found.difference(*(named.by(*item) for item in public() if item[0] not in found))


def _is_below(path: str, folders: Mapping[str, bool]) -> bool:
    """What ``folders`` say of the nearest folder of a file that they have."""
    while path:
        path = posixpath.dirname(path)
        if path in folders:
            return folders[path]
    return False


class _NamedFiles:
    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = set(paths)
        # Most texts name no file: none has such an ending.
        self._ends = {
            posixpath.splitext(path)[1] or posixpath.basename(path) for path in self.paths
        }
        self._by_name: dict[str, set[str]] = {}
        for path in self.paths:
            self._by_name.setdefault(posixpath.basename(path), set()).add(path)

    def by(self, source: str, text: str) -> Iterator[str]:
        """The files that a text of a page names: by the way from there, or by a name of its own."""
        plain = unquote(html.unescape(text))
        if not any(map(plain.__contains__, self._ends)):
            return
        for name in {name.strip() for pattern in _PATHS for name in pattern.findall(plain)}:
            same = self._by_name.get(posixpath.basename(name), set())
            if len(same) == 1:
                yield from same
            elif same:
                folders = "", posixpath.dirname(source), page_key(source)
                ways = {posixpath.normpath(posixpath.join(at, name)) for at in folders}
                yield from same & {way.lstrip("/") for way in ways}
