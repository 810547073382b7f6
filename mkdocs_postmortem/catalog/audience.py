"""What of a site an audience may see, and how much was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_postmortem.checking import Checker
from mkdocs_postmortem.model.address import reference_key
from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.reading import Page, public_page


@dataclass(frozen=True, slots=True)
class AudienceView:
    """The pages of an audience by path, the paths of those that are hidden from it, and how many
    pages have lost blocks or fields.
    """

    pages: dict[str, Page]
    hidden: frozenset[str] = frozenset()
    shortened: int = 0

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
        names = frozenset(key for page in pages.values() for key in _custom(page))
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
    return AudienceView(shown, hidden, sum(page is not pages[path] for path, page in shown.items()))


def _custom(page: Page) -> Iterable[str]:
    return page.record.custom if page.record else ()


def _ids_of(pages: Mapping[str, Page], hidden: frozenset[str]) -> frozenset[str]:
    """The keys of ids and paths that only hidden pages have."""
    keys = {True: set[str](), False: set[str]()}
    for path, page in pages.items():
        names = [path, page.record.id] if page.record else [path]
        keys[path in hidden].update(map(reference_key, names))
    return frozenset(keys[True] - keys[False])


def _pages(count: int) -> str:
    return f"{count} page{'s' if count != 1 else ''}"
