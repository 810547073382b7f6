"""Fragments that stay out of the page's tree, because each element in it costs ten steps.

A fragment that is rendered and escaped needs none of the converter's steps, only the fields of the
author's Markdown in it do. So the tree gets a slot with these fields, and the fragment is put
around them when the tree is text again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.util import ETX, STX, AtomicString

from mkdocs_postmortem.hosts.markdown.fragments import check_form, inline_markdown
from mkdocs_postmortem.hosts.markdown.plan import Plan, plan_for
from mkdocs_postmortem.hosts.markdown.words import is_left_out, search_words, without_tags
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.rendering import Cast, Joined, Mould, Rendered

# A source path as a link of the page's → the address in the site.
Resolve = Callable[[str], str]
# Takes the fragments of a page by its path; ``KEPT`` with a fragment's number stands in the page.
Keep = Callable[[str, Mapping[int, Rendered]], None]

# What stands between these may be hidden from a search; see ``hosts.mkdocs.deferred``.
BEGIN, END = "<!--pm-->", "<!--/pm-->"
KEPT = "<!--pm:"

# Our own signs in words: one of them in it makes a page's text twice as large in memory.
_SIGNS = str.maketrans({"→": "&#8594;", "−": "&#8722;", "–": "&#8211;"})

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


@dataclass(frozen=True, slots=True)
class _Cut:
    """Markup cut where its fields stand."""

    pieces: Sequence[str]

    def filled(self, fields: Sequence[str]) -> str:
        parts = [self.pieces[0]]
        for field, piece in zip(fields, self.pieces[1:], strict=True):
            parts += (field, piece)
        return "".join(parts)

    def words(self, fields: Sequence[str]) -> str:
        return search_words(self.filled(fields))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A cast with its links as the site needs them."""

    plan: Plan
    texts: Sequence[str]

    def filled(self, fields: Sequence[str]) -> Cast:
        return self._cast(self.plan.mould, fields)

    def words(self, fields: Sequence[str]) -> str:
        if self.plan.words is None:
            return ""
        words = self._cast(self.plan.words, [without_tags(field) for field in fields])
        return " ".join(str(words).split())

    def _cast(self, mould: Mould, fields: Sequence[str]) -> Cast:
        cast = Cast(mould, self.texts)
        # What the converter made of the fields is markup.
        return cast.with_markup(self.plan.fields, fields) if fields else cast


@dataclass(frozen=True, slots=True)
class _Several:
    """A list: fragments one behind the other, each with the number of its fields."""

    parts: Sequence[tuple[_Cut | _Planned, int]]

    def filled(self, fields: Sequence[str]) -> Joined:
        filled: list[str | Cast] = []
        start = 0
        for part, count in self.parts:
            filled.append(part.filled(fields[start : start + count]))
            start += count
        return Joined(tuple(filled))

    def words(self, fields: Sequence[str]) -> str:
        first, count = self.parts[0]
        if is_left_out(str(first.filled(fields[:count]))):
            return ""
        return search_words(str(self.filled(fields)))


_Fragment = _Cut | _Planned | _Several


class Slots:
    """The fragments of the page at hand.

    With ``has_marks`` each one gets a comment around it. ``keep`` takes them all, and what is left
    in the page are their words.
    """

    def __init__(self, *, has_marks: bool = False, keep: Keep | None = None) -> None:
        self._has_marks = has_marks
        self._keep = keep
        self._keeps = False
        self._path = ""
        self._fragments: list[_Fragment] = []
        self._kept: dict[int, Rendered] = {}
        self._resolve: Resolve | None = None
        self._addresses: dict[str, str] = {}

    def begin(self, path: str, resolve: Resolve | None) -> None:
        """Forget the page before. Without ``resolve`` every fragment has to go into the tree."""
        self._path = path
        self._fragments = []
        self._kept = {}
        self._addresses = {}
        self._resolve = resolve

    def put_heads(self, heads: Sequence[Rendered]) -> list[str] | None:
        """A text for each head of our own template; None where only the tree can hold them."""
        planned = [self._planned(head) for head in heads if isinstance(head, Cast)]
        if len(planned) < len(heads) or not all(head and not head.plan.fields for head in planned):
            return None
        first = len(self._fragments)
        self._fragments += [head for head in planned if head]
        return [
            AtomicString(f"{STX}pm-head:{number}{ETX}")
            for number in range(first, len(self._fragments))
        ]

    def put(self, markup: Rendered, template: str, *, is_ours: bool = False) -> Element | None:
        """A slot for a fragment; None for one that only the tree can hold.

        Raises TemplateError for a fragment that is not well formed. Of a template that ``is_ours``
        each one is: our tests see to that, and all values in it are escaped.
        """
        if self._resolve is None:
            return None
        if not is_ours:
            check_form(str(markup), template)
        if not isinstance(markup, Joined):
            found = self._fragment(markup)
            return self._slot(*found) if found else None
        parts: list[tuple[_Cut | _Planned, Sequence[str]]] = []
        for part in markup.parts:
            found = self._fragment(part)
            if found is None:
                return None
            parts.append(found)
        several = _Several([(part, len(texts)) for part, texts in parts])
        return self._slot(several, [text for _, texts in parts for text in texts])

    def _fragment(self, markup: str | Cast) -> tuple[_Cut | _Planned, Sequence[str]] | None:
        """A fragment with its fields; None for one that only the tree can hold."""
        planned = self._planned(markup) if isinstance(markup, Cast) else None
        if planned is not None:
            return planned, [planned.texts[number] for number in planned.plan.fields]
        pieces, texts = _cut(str(markup))
        resolved = [self._resolved(piece) for piece in pieces]
        if any(piece is None or _is_open(piece) for piece in resolved):
            return None
        return _Cut([piece for piece in resolved if piece is not None]), texts

    def _planned(self, cast: Cast) -> _Planned | None:
        plan = plan_for(cast.mould)
        if plan is None or self._resolve is None:
            return None
        if not plan.addresses:
            return _Planned(plan, cast.texts)
        texts = list(cast.texts)
        try:
            for number in plan.addresses:
                if not texts[number].startswith("#"):
                    texts[number] = self._address(texts[number])
        except _UnsafeError:
            return None
        return _Planned(plan, tuple(texts))

    def _slot(self, fragment: _Fragment, texts: Sequence[str]) -> Element:
        slot = Element("pm-slot")
        slot.text = AtomicString(_FIRST.format(len(self._fragments)))
        for text in texts:
            field = Element("pm-text")
            field.text = inline_markdown(text)
            slot.append(field)
        if texts:
            slot[-1].tail = AtomicString(_LAST)
        else:
            slot.text = AtomicString(slot.text + _LAST)
        self._fragments.append(fragment)
        return slot

    def fill(self, text: str) -> str:
        """A page's text with the fragments in their slots."""
        if STX not in text:
            return text
        # An author's comment that nobody could tell from ours: then all stays in the page.
        self._keeps = self._keep is not None and KEPT not in text
        text = _HEAD.sub(self._filled_head, _SLOT.sub(self._filled, text))
        if self._keep and self._kept:
            self._keep(self._path, self._kept)
        return text

    def _filled_head(self, match: re.Match[str]) -> str:
        return self._shown(int(match[1]), ())

    def _filled(self, match: re.Match[str]) -> str:
        # The line ends here and not in the tree, where each text goes through all patterns.
        return self._shown(int(match[1]), _TEXT.findall(match[2])) + "\n"

    def _shown(self, number: int, fields: Sequence[str]) -> str:
        fragment = self._fragments[number]
        filled = fragment.filled(fields)
        if self._keeps:
            self._kept[number] = filled
            words = fragment.words(fields).translate(_SIGNS)
            return f"{KEPT}{number}-->{words}{END}"
        return f"{BEGIN}{filled}{END}" if self._has_marks else str(filled)

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
        return f'{match[1]}="{html.escape(self._address(html.unescape(written)))}"'

    def _address(self, address: str) -> str:
        known = self._addresses.get(address)
        if known is None:
            if not (address and is_safe(address)):
                raise _UnsafeError
            known = self._resolve(address) if self._resolve else address
            self._addresses[address] = known
        return known


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
