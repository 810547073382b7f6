"""The fragments of a page: placeholders in its tree, and what is rendered into them later; and how
the author's text in them is made harmless.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.model.address import is_own, is_safe
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.links import relocated
from mkdocs_postmortem.rendering.task_list import render_task_details
from mkdocs_postmortem.rendering.templates import TemplateError, without_control
from mkdocs_postmortem.rendering.timeline import render_entry_headers

Render = Callable[[PageContext], str]
# The fragments of a page and its parts as HTML, by their kind.
Rendered = Mapping[str, Sequence[str]]

# Small parts of which a page has many: all of a kind are rendered together.
_PARTS: dict[str, Callable[[PageContext], list[str]]] = {
    "head": render_entry_headers,
    "task": render_task_details,
}
# Raw HTML, and the attribute lists of the extension attr_list.
_HARMFUL = re.compile(r"[<{]")
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
# Authors cannot forge these: the converter takes STX and ETX out of every source.
_PLACEHOLDER = re.compile(f"{STX}pm-(fragment|head|task):(\\d+){ETX}")
# An element whose text is the author's Markdown.
_FIELD = re.compile(r"""(<[^<>]*?)\sdata-markdown\s*=\s*(?:"[^"]*"|'[^']*')([^<>]*>)([^<]*)""")
# Around the words of a fragment. No author can know it.
_TOKEN = f"pm-{token_hex(12)}-"
_END = f"<!--/{_TOKEN}-->"
_CUT = re.compile(rf"<!--{_TOKEN}(\d+)-->.*?{_END}", re.DOTALL)
_TAGS = re.compile(r"<[^<>]*>")
_NOT_SEARCHED = re.compile(r"\s*(?:<div[^<>]*>\s*)?<[^<>]*\sdata-search-exclude\b")
_SLOT = re.compile(f"<pm-slot>({STX}pm-fragment:\\d+{ETX})</pm-slot>")
# Nobody can forge the mark: the converter takes STX and ETX out of every source.
_MARK = f"{STX}pm-fields{ETX}"
_FIELDS = re.compile(f"\n?<pm-fields>{_MARK}(.*?)</pm-fields>", re.DOTALL)
_CONVERTED = re.compile("<pm-field>(.*?)</pm-field>", re.DOTALL)


def placeholder(kind: str, number: int) -> str:
    """What a page's text has in place of a fragment or a part."""
    return f"{STX}pm-{kind}:{number}{ETX}"


def without_placeholders(text: str) -> str:
    return _PLACEHOLDER.sub("", text) if STX in text else text


@dataclass(slots=True)
class Fragments:
    """What a page needs in its placeholders: how to render each fragment, and the author's fields
    in them as the page's converter has rendered them, by their Markdown. Lists depend on more than
    their page, and keep what they render themselves.
    """

    renderers: list[Render] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    has_lists: bool = False

    def render(self, view: PageContext, on_fault: Callable[[str], None] | None = None) -> Rendered:
        """All fragments, for the page as it is seen now, or as the previous build had them.

        One whose template is broken is empty, and ``on_fault`` is called; without it the
        TemplateError goes on.
        """
        if self.has_lists or on_fault is not None:
            return self._render_all(view, on_fault)
        own = (tuple(self.renderers), frozenset(self.parts), tuple(self.fields.items()))
        key = ("fragments", *own, *view.cache_key)
        build = partial(self._render_all, view, None)
        return view.site.cache.get_or_build(key, build, once=True)

    def _render_all(self, view: PageContext, on_fault: Callable[[str], None] | None) -> Rendered:
        attributes = "".join(f' {name}="{text}"' for name, text in view.site.attributes.items())
        whole = [
            "".join(self._render(render, view, on_fault))  # nothing for a broken template
            for render in self.renderers
        ]
        if attributes:
            whole = [f"<div{attributes}>{one}</div>" if one.strip() else "" for one in whole]
        parts = {kind: self._render(_PARTS[kind], view, on_fault) for kind in self.parts}
        return {"fragment": whole, **parts}

    def _render(
        self,
        render: Callable[[PageContext], str | list[str]],
        view: PageContext,
        on_fault: Callable[[str], None] | None,
    ) -> list[str]:
        try:
            found = render(view)
            markups = [found] if isinstance(found, str) else found
            return [self._with_fields(markup, view.site.cache) for markup in markups]
        except TemplateError as fault:
            if on_fault is None:
                raise
            on_fault(str(fault))
            return []

    def _with_fields(self, markup: str, cache: Cache) -> str:
        if "data-markdown" not in markup:
            return markup
        build = partial(_FIELD.sub, self._field, markup)
        if not self.has_lists:
            return build()
        return cache.get_or_build(("fields", markup, tuple(self.fields.items())), build, once=True)

    def _field(self, match: re.Match[str]) -> str:
        # A field that the converter has not seen is shown as plain text.
        return f"{match[1]}{match[2]}{self.fields.get(html.unescape(match[3]), match[3])}"


def fill(text: str, rendered: Rendered) -> tuple[str, list[str]]:
    """A page's text with everything in its place, and what was put there in its order."""
    placed: list[str] = []

    def put(match: re.Match[str]) -> str:
        found, number = rendered.get(match[1], ()), int(match[2])
        # A page that was edited under our hands has other entries than when it was converted.
        placed.append(found[number] if number < len(found) else "")
        return placed[-1]

    return _PLACEHOLDER.sub(put, text) if STX in text else text, placed


class Shortened:
    """A filled page as searches read it: with the words of fragments instead of their elements.

    Of a page that is nothing but lists it is the title: each list would be found by headings that
    all of them have.
    """

    def __init__(self, content: str, placed: Iterable[str], *, is_list: bool) -> None:
        self._cut: list[str] = []
        pieces: list[str] = []
        at = 0
        if is_list:
            title, end, lists = content.partition("</h1>")
            pieces, at = [title, end, self._mark(lists, "")], len(content)
        for markup in placed:
            found = content.find(markup, at) if markup.strip() else -1
            if found >= 0:
                pieces += content[at:found], self._mark(markup, search_words(markup))
                at = found + len(markup)
        self.text = "".join(pieces) + content[at:]

    def restore(self, text: str) -> str:
        """The whole page again, with what happened to the rest of the text."""
        return _CUT.sub(lambda match: self._cut[int(match[1])], text)

    def _mark(self, markup: str, words: str) -> str:
        self._cut.append(markup)
        return f"<!--{_TOKEN}{len(self._cut) - 1}-->{words}{_END}"


def search_words(markup: str) -> str:
    """The words of a fragment with white space in place of its elements; of a list nothing."""
    return "" if _NOT_SEARCHED.match(markup) else " ".join(_TAGS.sub(" ", markup).split())


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
        self._fragments = Fragments()

    def put(self, render: Render, fields: Iterable[str] = (), *, is_list: bool = False) -> Element:
        """The element for a fragment. ``fields`` are the texts with the author's Markdown in it."""
        self._fragments.has_lists |= is_list
        slot = Element("pm-slot")
        slot.text = AtomicString(placeholder("fragment", len(self._fragments.renderers)))
        slot.tail = "\n"
        self._fragments.renderers.append(render)
        self._fragments.fields.update(dict.fromkeys(fields, ""))
        return slot

    def put_part(self, kind: str, number: int, fields: Iterable[str] = ()) -> str:
        """The text for the head of a timeline entry, or for the details of a task."""
        self._fragments.parts.add(kind)
        self._fragments.fields.update(dict.fromkeys(fields, ""))
        return AtomicString(placeholder(kind, number))

    def fields(self) -> Element | None:
        """The element with all fields; None where there are none."""
        if not self._fragments.fields:
            return None
        fields = Element("pm-fields")
        fields.text = AtomicString(_MARK)
        for text in self._fragments.fields:
            field = Element("pm-field")
            field.text = inline_markdown(text)
            fields.append(field)
        return fields

    def take(self, text: str) -> tuple[str, Fragments]:
        """A page's text with placeholders alone, and what belongs in them."""
        fragments = self._fragments
        found = _FIELDS.search(text) if fragments.fields else None
        rendered = _CONVERTED.findall(found[1]) if found else []
        if found:
            text = text[: found.start()] + text[found.end() :]
        text = _SLOT.sub(r"\1", text) if fragments.renderers else text
        fragments.fields = dict(zip(fragments.fields, rendered, strict=bool(found)))
        return text, fragments


def has_slots(text: str) -> bool:
    """Whether a text has placeholders that are still to be taken."""
    return "<pm-slot>" in text


def inline_markdown(text: str) -> str:
    """A field's Markdown with raw HTML and attribute lists taken as text.

    Code spans are not spared here: where we took for code what this version of the converter does
    not (behind an escaped backtick, say), raw HTML would come in. ``secure_links`` repairs them.
    """
    # Marks of the converter's own (STX and ETX around a number or a name) must not be forged.
    return _HARMFUL.sub(_escaped, without_control(text))


def secure_links(elements: Iterable[Element], source: str | None) -> None:
    """Make an author's text safe on the page ``source``, whichever page it comes from.

    Links become relative to that page. Every link that does not keep to a safe scheme becomes its
    text, and every image that a browser would fetch from another host: lists gather what many
    people wrote. Code spans get the characters back that the converter leaves escaped in code.
    """
    for child in [child for element in elements for child in element.iter()]:
        for name in ("href", "src"):
            if source is not None and name in child.attrib:
                child.set(name, relocated(child.attrib[name], source))
        address = child.get("href") or child.get("src") or ""
        is_kept = is_safe(address) and (child.tag == "a" or is_own(address))
        if child.tag in ("a", "img") and not (address and is_kept):
            unlink(child)
        if child.tag == "code" and child.text:
            text = _ESCAPED.sub(lambda match: chr(int(match.group(1))), child.text)
            child.text = AtomicString(text)


def unlink(element: Element) -> None:
    """Turn a link or an image into its text."""
    element.text = element.text or element.get("alt")
    element.tag = "span"  # MkDocs takes for granted that a link has an address
    element.attrib.clear()


def _escaped(match: re.Match[str]) -> str:
    """The form in which Python-Markdown carries an escaped character to the end."""
    return f"{STX}{ord(match.group())}{ETX}"
