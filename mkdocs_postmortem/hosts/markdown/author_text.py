"""The author's text in a page's tree: where it is, and how it is made harmless in our fragments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.model.address import is_own, is_safe
from mkdocs_postmortem.rendering.links import relocated
from mkdocs_postmortem.rendering.templates import without_control

# Raw HTML, and the attribute lists of the extension attr_list.
_HARMFUL = re.compile(r"[<{]")
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")


def inline_markdown(text: str) -> str:
    """A field's Markdown with raw HTML and attribute lists taken as text.

    Code spans are not spared here: where we took for code what this version of the converter does
    not (behind an escaped backtick, say), raw HTML would come in. ``show_code`` repairs them.
    """
    # Marks of the converter's own (STX and ETX around a number or a name) must not be forged.
    return _HARMFUL.sub(_escaped, without_control(text))


def show_code(elements: Iterable[ElementTree.Element]) -> None:
    """Give code spans the characters back that the converter leaves escaped in code."""
    for element in elements:
        for code in element.iter("code"):
            if code.text:
                code.text = AtomicString(
                    _ESCAPED.sub(lambda match: chr(int(match.group(1))), code.text)
                )


def relocate_links(elements: Iterable[ElementTree.Element], source: str) -> None:
    """Make links of texts from other pages relative to the page at hand."""
    for element in elements:
        for child in element.iter():
            for name in ("href", "src"):
                if name in child.attrib:
                    child.set(name, relocated(child.attrib[name], source))


def drop_unsafe_links(elements: Iterable[ElementTree.Element]) -> None:
    """Turn every link that does not keep to a safe scheme into its text, and every image that a
    browser would fetch from another host: lists gather what many people wrote.
    """
    for element in elements:
        for child in list(element.iter()):
            address = child.get("href") or child.get("src") or ""
            is_kept = is_safe(address) and (child.tag == "a" or is_own(address))
            if child.tag in ("a", "img") and not (address and is_kept):
                child.text = child.text or child.get("alt")
                child.tag = "span"  # MkDocs takes for granted that a link has an address
                child.attrib.clear()


def text_holder(item: ElementTree.Element) -> ElementTree.Element:
    """The element with a list item's own text: a loose list has it in a paragraph."""
    is_loose = not (item.text or "").strip() and len(item) and item[0].tag == "p"
    return item[0] if is_loose else item


def _escaped(match: re.Match[str]) -> str:
    """The form in which Python-Markdown carries an escaped character to the end."""
    return f"{STX}{ord(match.group())}{ETX}"
