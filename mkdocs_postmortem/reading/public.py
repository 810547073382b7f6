"""A page as the public sees it: read again from what is left of it.

Nothing is taken out of a record that knew more. What a reader of the public view never got, no
page, list, figure or file made from it can tell.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mkdocs_postmortem.model.audience import Audience
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.directives import find_directives
from mkdocs_postmortem.reading.internal_fields import front_text, hides_page, public_view
from mkdocs_postmortem.reading.page import Page, is_expected, shown_lines, with_record
from mkdocs_postmortem.reading.source import Line


def is_hidden(page: Page, settings: Settings, names: Collection[str] = ()) -> bool:
    """Whether the public must not know of the page.

    ``names`` are the fields that the company's schema keeps internal.
    """
    if page.is_doubtful or (not page.is_decoded and _hints(page)):
        return True
    if not (page.front.names_postmortem or is_expected(page.path, settings)):
        return False
    # Nobody knows where a broken front matter without an end would have ended.
    is_endless = page.front.is_broken and not page.front.end
    head = [line.text for line in page.lines] if is_endless else page.head
    return hides_page(page.typed, head, names)


def _hints(page: Page) -> bool:
    """Whether bytes that are no UTF-8 could hold a marker: nobody knows where it ends."""
    text = page.text.replace("\0", "").lower()
    return "intern" in text or "visib" in text


def public_page(
    page: Page, settings: Settings, names: Collection[str] = (), ids: Collection[str] = ()
) -> Page | None:
    """The public view of a page, or None if the public must not know of it.

    It is the page itself where nothing is internal. ``names`` are fields that the company's schema
    keeps internal, ``ids`` outages whose pages are hidden.
    """
    if is_hidden(page, settings, names):
        return None
    front = page.typed
    if front.names_postmortem:
        own_keys = {key for name in names for key in settings.fields.get(name, ())}
        front = public_view(front, names, ids, own_keys)
    if not page.blocks and front is page.front:
        return page
    is_same = front is page.typed
    end = front.end
    body = [line.text for line in page.lines[end:]]
    shown = page.lines[end:]
    if page.blocks:
        shown = shown_lines(body, page.blocks, Audience.PUBLIC, end + 1)
    # What is hidden must not be quoted by a problem either.
    head = page.lines[:end] if is_same else tuple(Line(n, "") for n in range(1, end + 1))
    view = replace(
        page,
        lines=(*head, *shown),
        front=front,
        typed=front,
        data={},
        record=None,
        shown=shown,
        directives=tuple(find_directives(shown)),
    )
    text = page.head if is_same else front_text(front, page.head)
    view = replace(view, source="\n".join([*text, view.body]))
    findings = [finding for finding in page.findings if finding.code == "PM001"]
    findings += [*(front.findings if is_same else ()), *page.blocks.findings]
    return with_record(view, findings, settings)
