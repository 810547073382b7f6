"""Front matter under YAML 1.2 rules, with the place of every key and value.

We read it ourselves because MkDocs drops broken front matter without a word, and because PyYAML's
YAML 1.1 turns ``12:30`` into 750, ``no`` into False and lets the last of two equal keys win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.reading.yaml_advice import explain
from mkdocs_postmortem.reading.yaml_values import Limits, TooMuch, Values, compose_values

# A postmortem's front matter has about 2 KB; a hundred times that is a mistake or an attack.
MAX_CHARACTERS = 200_000

_PLAINER = "Make it simpler, or move long texts to sections of the body."

_OPENING = re.compile(r"---[ \t]*\Z")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_OURS = re.compile(r"postmortem[ \t]*(?::|\Z)")
_OURS_ALONE = re.compile(r"postmortem[ \t]*:[ \t]*\Z")
_FIELD = re.compile(r"[ \t]+[a-z_]+[ \t]*:")
_BROKEN_FENCE = re.compile(r"[-–—_=*]{1,10}[ \t]*\Z")
_NAME_LISTS = ("services", "causes", "authors", "tags")
_CURLY = re.compile(r"[“”„«‘‚](?P<name>[^“”„«»‘’‚]+)[“”»’]\Z")
_BODY = re.compile(r"#{1,6}[ \t]|```|~~~")
# Who forgets the fence has the mapping near the top.
_MOST_LINES_ABOVE = 40


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a page.

    ``data`` is the whole mapping. ``positions`` and ``keys`` give the position of each value and
    key by its path (``postmortem.services[0]``). ``end`` is the closing fence's line, 0 without
    front matter. ``is_broken`` is true for front matter that cannot be parsed.
    """

    data: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)
    end: int = 0
    is_broken: bool = False
    names_postmortem: bool = False
    findings: tuple[Finding, ...] = ()


def read_front_matter(lines: list[str]) -> FrontMatter:
    """Read the front matter of a file given as lines without their ends."""
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        return FrontMatter()
    if not (lines[start].startswith("---") and _OPENING.match(lines[start])):
        return _unopened(lines, start) if _has_mapping(lines[start:]) else FrontMatter()
    fences = (n for n in range(start + 1, len(lines)) if lines[n].startswith(("---", "...")))
    end = next((n for n in fences if _CLOSING.match(lines[n])), None)
    ours = any(
        line.startswith("postmortem") and _OURS.match(line) for line in lines[start + 1 : end]
    )
    if end is None:
        return _unclosed(start) if ours else FrontMatter()
    if start > 0:
        return _late(start, end) if ours else FrontMatter()
    return _read_block(lines[1:end], end + 1, ours)


def _read_block(block: list[str], end: int, ours: bool) -> FrontMatter:
    text = "\n".join(block) + "\n"
    if len(text) > MAX_CHARACTERS:
        return _too_long(len(text), end, ours)
    try:
        values = compose_values(text, first_line=2, limits=Limits())
    except TooMuch as error:
        finding = Finding(
            "PM004", Position(1), f"The front matter is too large: {error}.", _PLAINER
        )
        return FrontMatter(end=end, is_broken=True, names_postmortem=ours, findings=(finding,))
    except yaml.YAMLError as error:
        position, message, fix = explain(error, block, first_line=2)
        finding = Finding("PM002", position, message, fix)
        return FrontMatter(end=end, is_broken=True, names_postmortem=ours, findings=(finding,))
    if values.data is None:
        return FrontMatter(end=end)
    if not isinstance(values.data, dict):
        # A text between two rules is a rule, prose and a heading, not front matter.
        return _not_a_mapping(end) if ours else FrontMatter()
    return _whole(values, end)


def _whole(values: Values, end: int) -> FrontMatter:
    return FrontMatter(
        data=values.data,
        positions=values.positions,
        keys=values.keys,
        end=end,
        names_postmortem="postmortem" in values.data,
        findings=(*values.findings, *_quoted_names(values)),
    )


def _quoted_names(values: Values) -> Iterator[Finding]:
    """Names in typographic quotes, which YAML takes for a part of the name."""
    own = values.data.get("postmortem")
    for field_name in _NAME_LISTS if isinstance(own, dict) else ():
        items = own.get(field_name)
        for number, item in enumerate(items if isinstance(items, list) else [items]):
            path = f"postmortem.{field_name}" + (f"[{number}]" if isinstance(items, list) else "")
            if isinstance(item, str) and (match := _CURLY.match(item)):
                yield Finding(
                    "PM102",
                    values.positions.get(path, Position()),
                    f"The typographic quotes become part of the name `{item}`.",
                    f"Write `{match['name']}`, or use straight quotes.",
                    field_name,
                )


def _has_mapping(lines: list[str]) -> bool:
    """Whether a text begins with a mapping of ours, before any heading or code."""
    for line, below in zip(lines[:_MOST_LINES_ABOVE], [*lines[1:], ""], strict=False):
        if _BODY.match(line):
            return False
        if _OURS_ALONE.match(line):
            return bool(_FIELD.match(below))
    return False


def _unopened(lines: list[str], start: int) -> FrontMatter:
    if _BROKEN_FENCE.match(lines[start]):
        message = f"`{lines[start].strip()}` does not open front matter."
        fix = "Write three hyphens: `---`."
    else:
        message = "The front matter has no opening line, so the site would print it as text."
        fix = "Write a line with `---` above its first key."
    finding = Finding("PM002", Position(start + 1), message, fix)
    return FrontMatter(is_broken=True, names_postmortem=True, findings=(finding,))


def _unclosed(start: int) -> FrontMatter:
    finding = Finding(
        "PM002",
        Position(start + 1),
        "The front matter is never closed.",
        "Write a line with `---` after its last key.",
    )
    return FrontMatter(is_broken=True, names_postmortem=True, findings=(finding,))


def _late(start: int, end: int) -> FrontMatter:
    finding = Finding(
        "PM002",
        Position(start + 1),
        "The front matter does not begin on the first line, so the site would print it as text.",
        f"Delete the {start} empty line{'s' if start > 1 else ''} above it.",
    )
    return FrontMatter(end=end + 1, is_broken=True, names_postmortem=True, findings=(finding,))


def _not_a_mapping(end: int) -> FrontMatter:
    finding = Finding(
        "PM002",
        Position(2),
        "The front matter is not a list of `key: value` lines.",
        "Begin it with `postmortem:` and put the fields below, indented by two spaces.",
    )
    return FrontMatter(end=end, is_broken=True, names_postmortem=True, findings=(finding,))


def _too_long(length: int, end: int, ours: bool) -> FrontMatter:
    finding = Finding(
        "PM004",
        Position(1),
        f"The front matter has {length:,} characters; {MAX_CHARACTERS:,} is the limit.",
        _PLAINER,
    )
    return FrontMatter(end=end, is_broken=True, names_postmortem=ours, findings=(finding,))
