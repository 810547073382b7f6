"""Fragments that stay out of the page's tree, because each element in it costs ten steps.

A fragment that is rendered and escaped needs none of the converter's steps, only the fields of the
author's Markdown in it do. So the tree gets a slot with these fields, and the fragment is put
around them when the tree is text again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.hosts.markdown.fragments import check_form, inline_markdown
from mkdocs_postmortem.model.address import is_safe

# A source path as a link of the page's → the address in the site.
Resolve = Callable[[str], str]

# What stands between these may be hidden from a search; see ``hosts.mkdocs.searched``.
BEGIN, END = "<!--pm-->", "<!--/pm-->"

# An element whose text is the author's Markdown, and what follows up to the end of that text.
_OPEN = ' data-markdown=""'
_BEGIN_OF_TEXT = re.compile(r"([^<>]*>)([^<]*)(?=</)")
_IS_OPEN = re.compile(r"\sdata-markdown\s*=")
# One for each name, since a search for a fixed beginning is much faster.
_ADDRESSES = tuple(
    (name, re.compile(rf"({name})\s*=\s*(\"[^\"]*\"|'[^']*')")) for name in ("href", "src")
)
# Nobody can forge these: the converter takes STX and ETX out of every source.
_FIRST, _LAST = f"{STX}pm-slot:{{}}{ETX}", f"{STX}pm-slot-end{ETX}"
_SLOT = re.compile(f"<pm-slot>{STX}pm-slot:(\\d+){ETX}(.*?){_LAST}</pm-slot>", re.DOTALL)
_TEXT = re.compile("<pm-text>(.*?)</pm-text>", re.DOTALL)
_HEAD = re.compile(f"{STX}pm-head:(\\d+){ETX}")


class Slots:
    """The fragments of the page at hand, each cut where a field of Markdown stands in it.

    With ``has_marks`` each one gets a comment around it.
    """

    def __init__(self, *, has_marks: bool) -> None:
        self._has_marks = has_marks
        self._pieces: list[list[str]] = []
        self._heads: Sequence[str] = ()
        self._resolve: Resolve | None = None
        self._addresses: dict[str, str] = {}

    def begin(self, resolve: Resolve | None) -> None:
        """Forget the page before. Without ``resolve`` every fragment has to go into the tree."""
        self._pieces = []
        self._heads = ()
        self._addresses = {}
        self._resolve = resolve

    def put_heads(self, heads: Sequence[str]) -> list[str] | None:
        """A text for each head of our own template, which has neither fields nor links.

        None where only the tree can hold them.
        """
        if self._resolve is None:
            return None
        self._heads = heads
        return [AtomicString(f"{STX}pm-head:{number}{ETX}") for number in range(len(heads))]

    def put(self, markup: str, template: str, *, is_ours: bool = False) -> Element | None:
        """A slot for a fragment; None for one that only the tree can hold.

        Raises TemplateError for a fragment that is not well formed. Of a template that ``is_ours``
        each one is: our tests see to that, and all values in it are escaped.
        """
        if self._resolve is None:
            return None
        if not is_ours:
            check_form(markup, template)
        pieces, texts = _cut(markup)
        resolved = [self._resolved(piece) for piece in pieces]
        if any(piece is None or _is_open(piece) for piece in resolved):
            return None
        slot = Element("pm-slot")
        slot.text = AtomicString(_FIRST.format(len(self._pieces)))
        for text in texts:
            field = Element("pm-text")
            field.text = inline_markdown(text)
            slot.append(field)
        if texts:
            slot[-1].tail = AtomicString(_LAST)
        else:
            slot.text = AtomicString(slot.text + _LAST)
        slot.tail = "\n"
        self._pieces.append([piece for piece in resolved if piece is not None])
        return slot

    def fill(self, text: str) -> str:
        """A page's text with the fragments in their slots."""
        if STX not in text:
            return text
        return _HEAD.sub(self._head, _SLOT.sub(self._filled, text))

    def _head(self, match: re.Match[str]) -> str:
        head = self._heads[int(match[1])]
        return f"{BEGIN}{head}{END}" if self._has_marks else head

    def _filled(self, match: re.Match[str]) -> str:
        pieces = self._pieces[int(match[1])]
        texts = _TEXT.findall(match[2])
        parts = [pieces[0]]
        for field, piece in zip(texts, pieces[1:], strict=True):
            parts += (field, piece)
        return "".join((BEGIN, *parts, END) if self._has_marks else parts)

    def _resolved(self, markup: str) -> str | None:
        """Markup with its links as the site needs them; None if one of them is not safe."""
        try:
            for name, pattern in _ADDRESSES:
                if name in markup:
                    markup = pattern.sub(self._link, markup)
        except _UnsafeError:
            return None
        return markup

    def _link(self, match: re.Match[str]) -> str:
        written = match[2][1:-1]
        if written.startswith("#"):
            return match[0]
        if written not in self._addresses:
            self._addresses[written] = self._address(html.unescape(written))
        return f'{match[1]}="{self._addresses[written]}"'

    def _address(self, address: str) -> str:
        if not (address and is_safe(address)):
            raise _UnsafeError
        return html.escape(self._resolve(address) if self._resolve else address)


class _UnsafeError(Exception):
    """A link that the tree's own step has to turn into text."""


class FillSlots(Postprocessor):
    """Runs last, when the fields in the slots are done."""

    def __init__(self, md: Markdown, slots: Slots) -> None:
        super().__init__(md)
        self._slots = slots

    def run(self, text: str) -> str:
        return self._slots.fill(text)


def _is_open(markup: str) -> bool:
    return "data-markdown" in markup and bool(_IS_OPEN.search(markup))


def _cut(markup: str) -> tuple[list[str], list[str]]:
    """What stands around the fields of Markdown, and these; the first is one longer."""
    first, *rest = markup.split(_OPEN)
    pieces, texts = [first], []
    for part in rest:
        begin = _BEGIN_OF_TEXT.match(part)
        if begin is None:
            pieces[-1] += _OPEN + part
            continue
        pieces[-1] += begin[1]
        texts.append(html.unescape(begin[2]))
        pieces.append(part[begin.end() :])
    return pieces, texts
