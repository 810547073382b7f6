"""What of a site an audience may see, how much was left out, and the texts that are withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.model.address import page_key, reference_key
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading.page import Page, public_page
from mkdocs_postmortem.reading.source import Line

# Values from short lists that every site has, and those that only a theme reads.
_COMMON_KEYS = frozenset(
    "severity status timezone detected_by visibility "
    "template hide icon search layout date render_macros".split()
) | {milestone.value for milestone in Milestone}


@dataclass(frozen=True, slots=True)
class AudienceView:
    """The pages of an audience by path, the paths of those that are hidden from it, how many
    pages have lost blocks or fields, and what the ids of hidden pages are (as ``reference_key``).
    """

    pages: dict[str, Page]
    hidden: frozenset[str] = frozenset()
    shortened: int = 0
    hidden_ids: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not (self.hidden or self.shortened)

    def __str__(self) -> str:
        """``2 pages, and parts of 1 page``; empty if nothing was left out."""
        parts = [_pages(len(self.hidden))] if self.hidden else []
        parts += [f"parts of {_pages(self.shortened)}"] if self.shortened else []
        return ", and ".join(parts)


def audience_view_of(pages: Mapping[str, Page], checker: Checker) -> AudienceView:
    """What the audience of the settings may see of all pages."""
    if checker.settings.audience is Audience.INTERNAL:
        return AudienceView(dict(pages))
    names = checker.schemas.internal_names
    if checker.schemas.is_lost:
        names = frozenset(
            key for page in pages.values() if page.record for key in page.record.custom
        )
    found = {path: public_page(page, checker.settings, names) for path, page in pages.items()}
    hidden = frozenset(path for path, page in found.items() if page is None)
    ids = _ids_of(pages, hidden)
    if ids:
        found = {
            path: public_page(pages[path], checker.settings, names, ids)
            for path, page in found.items()
            if page is not None
        }
    shown = {path: page for path, page in found.items() if page is not None}
    shortened = sum(page is not pages[path] for path, page in shown.items())
    return AudienceView(shown, hidden, shortened, ids)


def _ids_of(pages: Mapping[str, Page], hidden: frozenset[str]) -> frozenset[str]:
    """The keys of ids and paths that only hidden pages have."""
    keys = {True: set[str](), False: set[str]()}
    for path, page in pages.items():
        names = [path, page.record.id] if page.record else [path]
        keys[path in hidden].update(map(reference_key, names))
    return frozenset(keys[True] - keys[False])


def _pages(count: int) -> str:
    return f"{count} page{'s' if count != 1 else ''}"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld of one page.

    ``names`` are the id, the titles and the file's name of a page that is hidden as a whole,
    ``is_hidden`` says that its path is withheld too. ``texts`` are lines of its body with their
    numbers, and values of its front matter with 0.
    """

    path: str
    texts: tuple[tuple[int, str], ...]
    names: tuple[str, ...] = ()
    is_hidden: bool = False


def withheld_pages(pages: Mapping[str, Page], seen: AudienceView) -> tuple[Withheld, ...]:
    """The difference between all pages and those that an audience sees."""
    return tuple(
        _hidden(page) if path in seen.hidden else _shortened(page, seen.pages[path])
        for path, page in pages.items()
        if path in seen.hidden or seen.pages.get(path) is not page
    )


def _hidden(page: Page) -> Withheld:
    record, title = page.record, page.front.data.get("title")
    names = [title] if isinstance(title, str) else []
    names += [record.id, record.title] if record else []
    names.append(page_key(page.path).rpartition("/")[2])
    head = _values(page.typed.data) if page.typed.data else page.head
    texts = [*((0, text) for text in head), *_numbered(page.lines[page.front.end :])]
    return Withheld(page.path, tuple(texts), tuple(names), is_hidden=True)


def _shortened(page: Page, seen: Page) -> Withheld:
    kept = {line.text for line in seen.shown}
    texts = [(number, text) for number, text in _numbered(page.shown) if text not in kept]
    body = "\n".join(line.text for line in page.lines[page.front.end :])
    row, at = page.front.end + 1, 0
    for start, end in page.blocks.hidden:
        row, at = row + body.count("\n", at, start), start
        texts += enumerate(body[start:end].split("\n"), row)
    public = set(_values(seen.front.data))
    texts += [(0, value) for value in _values(page.typed.data) if value not in public]
    return Withheld(page.path, tuple(texts))


def _numbered(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    return ((line.number, line.text) for line in lines)


def _values(value: Any) -> Iterator[str]:
    """The texts in a front matter, without the keys."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _COMMON_KEYS:
                yield from _values(inner)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for inner in value:
            yield from _values(inner)
