"""Placeholders in a page's tree for fragments that are rendered later."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.hosts.markdown.author_text import inline_markdown
from mkdocs_postmortem.hosts.markdown.fragments import Fragments, Render, placeholder

_SLOT = re.compile(f"<pm-slot>({STX}pm-fragment:\\d+{ETX})</pm-slot>")
# Nobody can forge the mark: the converter takes STX and ETX out of every source.
_MARK = f"{STX}pm-fields{ETX}"
_FIELDS = re.compile(f"\n?<pm-fields>{_MARK}(.*?)</pm-fields>", re.DOTALL)
_FIELD = re.compile("<pm-field>(.*?)</pm-field>", re.DOTALL)


class Slots:
    """The placeholders of the page at hand.

    Each fragment's element in the tree is empty. The author's Markdown that fragments show goes
    into one element at the page's end, so that the converter renders it as any other text of the
    page, and is taken out of the text when that is done.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget the previous page."""
        self._renderers: list[Render] = []
        self._fields: dict[str, None] = {}
        self._parts: set[str] = set()
        self._has_lists = False

    def put(self, render: Render, fields: Iterable[str] = (), *, is_list: bool = False) -> Element:
        """The element for a fragment. ``fields`` are the texts with the author's Markdown in it."""
        self._has_lists = self._has_lists or is_list
        slot = Element("pm-slot")
        slot.text = AtomicString(placeholder("fragment", len(self._renderers)))
        slot.tail = "\n"
        self._renderers.append(render)
        self._fields.update(dict.fromkeys(fields))
        return slot

    def put_part(self, kind: str, number: int, fields: Iterable[str] = ()) -> str:
        """The text for the head of a timeline entry, or for the details of a task."""
        self._parts.add(kind)
        self._fields.update(dict.fromkeys(fields))
        return AtomicString(placeholder(kind, number))

    def fields(self) -> Element | None:
        """The element with all fields; None where there are none."""
        if not self._fields:
            return None
        fields = Element("pm-fields")
        fields.text = AtomicString(_MARK)
        for text in self._fields:
            field = Element("pm-field")
            field.text = inline_markdown(text)
            fields.append(field)
        return fields

    def take(self, text: str) -> tuple[str, Fragments]:
        """A page's text with placeholders alone, and what belongs in them."""
        rendered: list[str] = []
        found = _FIELDS.search(text) if self._fields else None
        if found:
            rendered = _FIELD.findall(found[1])
            text = text[: found.start()] + text[found.end() :]
        text = _SLOT.sub(r"\1", text) if self._renderers else text
        fields = dict(zip(self._fields, rendered, strict=bool(found)))
        parts = frozenset(self._parts)
        return text, Fragments(tuple(self._renderers), fields, parts, self._has_lists)


class TakeFragments(Postprocessor):
    """Runs last, when the fields are done."""

    def __init__(self, md: Markdown, slots: Slots, finish: Callable[[str, Fragments], str]) -> None:
        super().__init__(md)
        self._slots = slots
        self._finish = finish

    def run(self, text: str) -> str:
        # Extensions run postprocessors on headings alone, too.
        return self._finish(*self._slots.take(text)) if "<pm-slot>" in text else text
