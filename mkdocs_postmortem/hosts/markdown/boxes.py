"""Task lists: ``[ ]``, ``[x]``, ``[/]`` and ``[-]`` as boxes with a name."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

_BOX = re.compile(r"\[(?P<mark>[ xX/-])\]\s+")
_STATES = {
    " ": ("open", "open", ""),
    "x": ("done", "done", "✓"),
    "/": ("in_progress", "in progress", "/"),
    "-": ("wont_do", "won't do", "–"),
}


def show_boxes(root: Element) -> None:
    """Turn the mark at the head of each list item into a box that a screen reader names."""
    for item in root.iter("li"):
        holder = (
            item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
        )
        match = _BOX.match((holder.text or "").lstrip())
        if match:
            state, name, sign = _STATES[match["mark"].lower()]
            rest = (holder.text or "").lstrip()[match.end() :]
            item.set("class", f"{item.get('class', '')} pm-task pm-task--{state}".strip())
            box = Element("span", {"class": "pm-task__box", "role": "img", "aria-label": name})
            box.text = AtomicString(sign)
            box.tail = rest
            holder.text = None
            holder.insert(0, box)
