"""A foreign page's facts → the text of a page of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from mkdocs_postmortem.adopting.draft_fields import Todo, Value, draft_fields
from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.adopting.rewriting import rewrite_body
from mkdocs_postmortem.adopting.word_loss import find_losses
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.markdown_text import first_heading
from mkdocs_postmortem.reading.source import line_end, split_text

_NO_WRAP = 2**31
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Adopted:
    """The new text with its line ends, and what a person still has to write.

    ``losses`` is what a rewritten body would have lost, so that it was left as it is.
    """

    text: str
    todos: tuple[Todo, ...]
    losses: tuple[str, ...] = ()


def adopt_page(
    facts: Facts,
    settings: Settings,
    fallback: Zone | None = None,
    services: Sequence[str] = (),
    *,
    rewrites: bool = False,
) -> Adopted:
    """The page with our front matter above its body, which stays as it is, byte for byte.

    With ``rewrites`` the body gets real headings, bullets and boxes, unless anything would be lost.
    ``fallback`` is the zone of a text that names none.
    """
    values, todos = draft_fields(facts, settings, fallback, services)
    end = line_end(facts.text)
    head = "".join(f"{line}{end}" for line in _front_matter(facts, values, todos))
    losses: tuple[str, ...] = ()
    if rewrites:
        before, after = [line.text for line in facts.lines], list(rewrite_body(facts))
        losses = find_losses(before, after)
        if not losses:
            return Adopted(head + end.join(after), tuple(todos))
    return Adopted(head + _body(facts), tuple(todos), losses)


def _body(facts: Facts) -> str:
    """The text below the front matter; all of it if that is broken."""
    text = facts.text.removeprefix("\ufeff")
    start = 0
    for _ in range(0 if facts.front.is_broken else facts.front.end):
        match = _LINE_END.search(text, start)
        start = match.end() if match else len(text)
    return text[start:]


def _front_matter(facts: Facts, values: dict[str, Value], todos: Sequence[Todo]) -> list[str]:
    """Our mapping after the keys that were there already, which stay as they were typed."""
    is_titled = "title" in facts.front.data or first_heading(facts.lines) is not None
    own = [f"title: {_quoted(facts.title.value)}"] if facts.title and not is_titled else []
    own.append("postmortem:")
    own += [f"  {name}: {_quoted(value)}" for name, value in values.items()]
    own += [_comment(todo) for todo in todos]
    if facts.front.is_broken or not facts.front.data:
        return ["---", *own, "---"]
    typed = split_text(facts.text.removeprefix("\ufeff"))[1 : facts.front.end - 1]
    lines = ["---", *typed, *own, "---"]
    if set(read_front_matter(lines).data) > set(facts.front.data):
        return lines
    # `{title: Down}` and indented mappings take no further line, so they are typed anew.
    dumped = yaml.safe_dump(facts.front.data, allow_unicode=True, sort_keys=False, width=_NO_WRAP)
    return ["---", *dumped.removesuffix("\n").split("\n"), *own, "---"]


def _comment(todo: Todo) -> str:
    """A field to fill in: the sign goes, the value stays."""
    guess = f" {todo.guess}" if todo.guess else ""
    return _printable(f"  # {todo.name}:{guess}  # TODO {todo.reason}")


def _quoted(value: Value) -> str:
    """A YAML value on one line, in quotes only where it needs them."""
    # YAML takes U+0085 and its like for line breaks: these have to be escaped.
    style = None if "".join(value).isprintable() else '"'
    dumped = yaml.safe_dump(
        value,
        allow_unicode=style is None,
        width=_NO_WRAP,
        default_style=style,
        default_flow_style=True,
    )
    return dumped.removesuffix("\n").removesuffix("\n...").strip()


def _printable(text: str) -> str:
    """A comment ends at any line break, and control characters are no YAML."""
    return "".join(character if character.isprintable() else " " for character in text)
