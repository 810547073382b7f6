"""Rendered fragments → elements of the page's tree, with their text made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.parsers import expat

from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.model.address import is_own, is_safe
from mkdocs_postmortem.rendering import TemplateError

# Marks of the converter's own (STX and ETX around a number or a name) must not be forged.
_CONTROL = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x202D, 0x202E, 0xFFFE, 0xFFFF), "\ufffd"
)
# Raw HTML, and the attribute lists of the extension attr_list.
_HARMFUL = re.compile(r"[<{]")
_ENTITY = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")


def to_elements(markup: str, template: str) -> list[ElementTree.Element]:
    """The elements of a fragment. TemplateError names the template and the place.

    Text in an element with ``data-markdown`` stays open for the inline processor; all other text
    is taken as it is.
    """
    check_form(markup, template)
    # Our own templates, autoescaped: there is no document type and no entity to expand.
    root = ElementTree.fromstring(f"<div>{markup}</div>")  # noqa: S314
    for element in root:
        _harden(element, is_open=False)
        element.tail = "\n"
    return list(root)


def check_form(markup: str, template: str) -> None:
    """TemplateError, with the template and the place, for a fragment that is not well formed."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<div>{markup}</div>", True)
    except expat.ExpatError as fault:
        lines = markup.split("\n")
        shown = lines[fault.lineno - 1].strip()[:80] if fault.lineno <= len(lines) else ""
        raise TemplateError(
            f"The template postmortem/{template} is not well formed at line {fault.lineno}, column "
            f"{fault.offset} of its output: {expat.ErrorString(fault.code)}: {shown}"
        ) from fault


def inline_markdown(text: str) -> str:
    """A field's Markdown with raw HTML and attribute lists taken as text.

    Code spans are not spared here: where we took for code what this version of the converter does
    not (behind an escaped backtick, say), raw HTML would come in. ``show_code`` repairs them.
    """
    return _HARMFUL.sub(_escaped, text.translate(_CONTROL))


def show_code(elements: Iterable[ElementTree.Element]) -> None:
    """Give code spans the characters back that the converter leaves escaped in code."""
    for element in elements:
        for code in element.iter("code"):
            if code.text:
                code.text = AtomicString(
                    _ESCAPED.sub(lambda match: chr(int(match.group(1))), code.text)
                )


def drop_unsafe_links(elements: Iterable[ElementTree.Element], trusted: str = "") -> None:
    """Turn every link that does not keep to a safe scheme into its text, and every image that a
    browser would fetch from another host: lists gather what many people wrote.

    ``trusted`` is the beginning of addresses that are ours, whatever their scheme.
    """
    for element in elements:
        for child in list(element.iter()):
            address = child.get("href") or child.get("src") or ""
            if address and trusted and address.startswith(trusted):
                continue
            is_kept = is_safe(address) and (child.tag == "a" or is_own(address))
            if child.tag in ("a", "img") and not (address and is_kept):
                child.text = child.text or child.get("alt")
                child.tag = "span"  # MkDocs takes for granted that a link has an address
                child.attrib.clear()


def _harden(element: ElementTree.Element, *, is_open: bool) -> None:
    is_open = is_open or "data-markdown" in element.attrib
    element.attrib.pop("data-markdown", None)
    for name, value in element.attrib.items():
        if "&" in value:
            element.set(name, _literal(value))
    if element.text:
        element.text = inline_markdown(element.text) if is_open else _plain(element.text)
    for child in element:
        _harden(child, is_open=is_open)
        if child.tail:
            child.tail = inline_markdown(child.tail) if is_open else _plain(child.tail)


def _plain(text: str) -> str:
    """Text that no inline pattern touches, and no attribute list either."""
    return AtomicString(_literal(text).replace("{", _escaped_char("{")))


def _literal(text: str) -> str:
    """Text whose ``&lt;`` stays these letters; the converter takes it for an entity."""
    return _ENTITY.sub("&amp;", text)


def _escaped(match: re.Match[str]) -> str:
    return _escaped_char(match.group())


def _escaped_char(character: str) -> str:
    """The form in which Python-Markdown carries an escaped character to the end."""
    return f"{STX}{ord(character)}{ETX}"
