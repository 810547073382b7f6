"""Marked lists, paragraphs, headings and tables → one kind of list: the timeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import STX

from mkdocs_postmortem.hosts.markdown.fragments import inline_markdown
from mkdocs_postmortem.hosts.markdown.marking import ENTRY_MARK
from mkdocs_postmortem.model.timeline import Form
from mkdocs_postmortem.publishing.page_copy import text_holder
from mkdocs_postmortem.reading.markdown_text import count_blocks
from mkdocs_postmortem.rendering.timeline import EntryView

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TEXT_BLOCKS = _HEADINGS | {"p"}
_TIMELINE = {"class": "pm-timeline"}
_DAY = re.compile(r"(\W*)(\d{4}-\d{2}-\d{2})(\W*)")
_LEFT_OVER_BULLET = re.compile(r"\s*(?:(?:[-*+]|\d{1,3}[.)])\s*)?$")


class TimelineBuilder:
    """Rebuilds the tree around the marks. What can't be rebuilt gets its text back."""

    def __init__(
        self,
        views: Sequence[EntryView],
        heads: Sequence[str],
        md: Markdown,
        format_day: Callable[[date], str],
    ) -> None:
        self._views = views
        self._md = md
        self._format_day = format_day
        self._heads = {view.anchor: head for view, head in zip(views, heads, strict=True)}

    def build(self, parent: Element) -> None:
        """Every timeline below an element, itself left in place."""
        children = list(parent)
        if any(self._is_marked(child) for child in children):
            self._rebuild(parent, children)
        for child in list(parent):
            if len(child) and child.tag not in ("pre", "code"):
                self.build(child)

    def restore(self, root: Element) -> None:
        """Give marks that found no place their source text back."""
        for element in root.iter():
            if _is_marked(element.text):
                element.text = ENTRY_MARK.sub(self._source, element.text or "")
            if _is_marked(element.tail):
                element.tail = ENTRY_MARK.sub(self._source, element.tail or "")

    def typed(self) -> Element | None:
        """The timeline of a page that has it in the front matter only."""
        views = [view for view in self._views if view.entry.form is Form.FRONT_MATTER]
        if not views:
            return None
        timeline = Element("ol", _TIMELINE)
        for view in views:
            _paragraph(self._item(view, timeline), inline_markdown(view.entry.text))
        return timeline

    def _source(self, match: re.Match[str]) -> str:
        entry = self._views[int(match.group(1))].entry
        return entry.prefix.removesuffix(entry.carried_markup)

    def _is_marked(self, element: Element) -> bool:
        if element.tag in ("ul", "ol"):
            return any(_item_mark(item) is not None for item in element)
        if element.tag == "table":
            return any(_is_marked(cell.text) for cell in element.iter("td"))
        return element.tag in _TEXT_BLOCKS and _is_marked(element.text)

    def _rebuild(self, parent: Element, children: list[Element]) -> None:
        for child in children:
            parent.remove(child)
        timeline: Element | None = None
        owed = 0  # blocks that still belong to the last entry
        for child in children:
            if not self._is_marked(child):
                if timeline is not None and owed > 0 and child.tag not in _HEADINGS:
                    timeline[-1].append(child)
                    owed -= 1
                    continue
                timeline, owed = None, 0
                parent.append(child)
                continue
            if timeline is None:
                if len(parent):
                    self._show_day(parent[-1])
                timeline = SubElement(parent, "ol", _TIMELINE)
                timeline.tail = "\n"
            owed = self._take(child, timeline, parent)

    def _show_day(self, element: Element) -> None:
        """Write the day above entries as other days are written; links to its heading still fit."""
        match = _DAY.fullmatch(element.text or "") if element.tag in _TEXT_BLOCKS else None
        if match is None or match[2] not in {str(view.time.day) for view in self._views}:
            return
        if element.tag in _HEADINGS and "toc" in self._md.treeprocessors:
            toc: Any = self._md.treeprocessors["toc"]
            element.attrib.setdefault("id", toc.slugify(match[2], toc.sep))
        element.text = f"{match[1]}{self._format_day(date.fromisoformat(match[2]))}{match[3]}"

    def _take(self, element: Element, timeline: Element, parent: Element) -> int:
        """Move a marked element's entries into the timeline; the blocks that the last one owes."""
        if element.tag in ("ul", "ol"):
            self._list(element, timeline)
            return 0
        if element.tag == "table":
            self._table(element, timeline)
            return 0
        if element.tag == "p":
            return self._paragraphs(element, timeline, parent)
        return self._heading(element, timeline)

    def _list(self, source: Element, timeline: Element) -> None:
        for item in list(source):
            number = _item_mark(item)
            if number is None:
                item.set("class", "pm-entry pm-entry--plain")
                timeline.append(item)
                continue
            holder = text_holder(item)
            holder.text = ENTRY_MARK.sub("", holder.text or "", count=1).lstrip()
            entry = self._item(self._views[number], timeline)
            text = SubElement(entry, "div", {"class": "pm-entry__text"})
            text.text, text[:] = item.text, list(item)

    def _table(self, source: Element, timeline: Element) -> None:
        for row in source.iter("tr"):
            cells = list(row)
            mark = next((m for cell in cells if (m := ENTRY_MARK.search(cell.text or ""))), None)
            if mark is not None:
                view = self._views[int(mark.group(1))]
                _paragraph(self._item(view, timeline), view.entry.text.replace("\\|", "|"))
            elif row.find("td") is not None:
                item = SubElement(timeline, "li", {"class": "pm-entry pm-entry--plain"})
                item.text = " — ".join(cell.text for cell in cells if cell.text)

    def _paragraphs(self, source: Element, timeline: Element, parent: Element) -> int:
        """A paragraph in which each line is an entry, or the first line is."""
        pieces = ENTRY_MARK.split(source.text or "")
        before = _LEFT_OVER_BULLET.sub("", pieces[0])
        if before.strip():
            intro = Element("p")
            intro.text = before
            parent.insert(list(parent).index(timeline), intro)
        view = None
        for number, text in zip(pieces[1::2], pieces[2::2], strict=True):
            view = self._views[int(number)]
            is_row = view.entry.form is Form.TABLE
            own = view.entry.text if is_row else _LEFT_OVER_BULLET.sub("", text.strip("\n"))
            _paragraph(self._item(view, timeline), own)
        if len(source):
            timeline[-1][-1].extend(list(source))
        return count_blocks(view.entry.text) - 1 if view else 0

    def _heading(self, source: Element, timeline: Element) -> int:
        mark = ENTRY_MARK.search(source.text or "")
        view = self._views[int(mark.group(1))] if mark else self._views[0]
        item = self._item(view, timeline)
        source.text = ENTRY_MARK.sub("", source.text or "")
        if not source.text.strip():
            source.text = view.when  # a heading of the time alone
            source.set("class", "pm-entry__clock-heading")
        item.append(source)
        return count_blocks(view.entry.text)

    def _item(self, view: EntryView, timeline: Element) -> Element:
        names = f"pm-entry pm-entry--{view.kind.value} pm-kind--{view.kind.value}"
        item = SubElement(timeline, "li", {"class": names, "id": view.anchor})
        item.text = self._heads[view.anchor]
        return item


def _is_marked(text: str | None) -> bool:
    # Few texts have a control character, and to look for one is much faster.
    return text is not None and STX in text and bool(ENTRY_MARK.search(text))


def _paragraph(item: Element, text: str) -> None:
    SubElement(item, "p", {"class": "pm-entry__text"}).text = text


def _item_mark(item: Element) -> int | None:
    """The mark at the head of a list item, which may hold its text in a paragraph."""
    holder = text_holder(item)
    text = holder.text
    match = ENTRY_MARK.match(text.lstrip()) if text and STX in text else None
    return int(match.group(1)) if match else None
