"""What an audience must not see of a site, as the texts that a search of the output looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_postmortem.catalog.audience import AudienceView
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.reading import Page

# Values from short lists that every site has, and those that only a theme reads.
_COMMON_KEYS = frozenset(
    "severity status timezone detected_by visibility "
    "template hide icon search layout date render_macros".split()
) | {milestone.value for milestone in Milestone}


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld of one page.

    ``names`` are the id and the titles of a page that is hidden as a whole, ``is_hidden`` says that
    its path is withheld too. ``texts`` are lines of its body and values of its front matter.
    """

    path: str
    texts: tuple[str, ...]
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
    head = _values(page.typed.data) if page.typed.data else page.head
    texts = [*head, *(line.text for line in page.lines[page.front.end :])]
    return Withheld(page.path, tuple(texts), tuple(names), is_hidden=True)


def _shortened(page: Page, seen: Page) -> Withheld:
    kept = {line.text for line in seen.shown}
    texts = [line.text for line in page.shown if line.text not in kept]
    body = "\n".join(line.text for line in page.lines[page.front.end :])
    for start, end in page.blocks.hidden:
        texts += body[start:end].split("\n")
    public = set(_values(seen.front.data))
    texts += [value for value in _values(page.typed.data) if value not in public]
    return Withheld(page.path, tuple(texts))


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
