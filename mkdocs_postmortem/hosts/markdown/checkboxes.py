"""Task lists: ``[ ]``, ``[x]``, ``[/]`` and ``[-]`` as boxes with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, AtomicString

_BOX = re.compile(r"\[(?P<mark>[ xX/-])\]\s+")
# The signs by their numbers, which the converter keeps: as characters they would double the size
# that a page's text has in memory.
_STATES = {
    " ": ("open", ""),
    "x": ("done", f"{AMP_SUBSTITUTE}#10003;"),
    "/": ("in_progress", "/"),
    "-": ("wont_do", f"{AMP_SUBSTITUTE}#8211;"),
}


def show_checkboxes(root: Element, names: Mapping[str, str]) -> None:
    """Turn the mark at the head of each list item into a box that a screen reader names.

    ``names`` are those of the states in the language of the page.
    """
    for item in root.iter("li"):
        holder = (
            item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
        )
        match = _BOX.match((holder.text or "").lstrip())
        if match:
            state, sign = _STATES[match["mark"].lower()]
            rest = (holder.text or "").lstrip()[match.end() :]
            item.set("class", f"{item.get('class', '')} pm-task pm-task--{state}".strip())
            box = Element(
                "span", {"class": "pm-task__box", "role": "img", "aria-label": names[state]}
            )
            box.text = AtomicString(sign)
            # The extension attr_list would give the box what stands right behind it.
            box.tail = f" {rest}" if rest.startswith("{") else rest
            holder.text = None
            holder.insert(0, box)
