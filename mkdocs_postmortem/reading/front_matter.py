"""What a YAML parser found wrong → where it really is, what is wrong, and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.reading.yaml_values import Limits, Lines, TooMuch, Values, compose_values

_NO_SPACE = re.compile(r"\s*(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s:/].*)")
_AFTER_ODD_INDENT = re.compile("mapping values are not|expected key|expected <block end>")
_KEY = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_][\w-]*):(?:\s|\Z)")
_PARENT = re.compile(r"[A-Za-z_][\w-]*:\s*\Z")
_NO_COLON = re.compile(r"\s*(?P<key>[A-Za-z_][\w-]*)\s*")


def explain(error: Exception, block: list[str], first_line: int) -> tuple[Position, str, str]:
    """The place, the message and the advice for a fault of ``compose_values``."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "bad YAML")
    if mark is None:
        message = f"The front matter is not valid YAML: {problem}."
        return _unprintable_place(block, first_line), message, "Delete the control character."
    if re.search("quoted scalar|flow (?:sequence|mapping)", str(getattr(error, "context", ""))):
        # Where it opens, not where the parser gave up.
        mark = getattr(error, "context_mark", None) or mark
    position = Lines(block or [""], first_line).position(mark)
    row, column = position.line - first_line, position.column - 1
    if above := _fault_above(problem, block, row, column) or _odd_indent(
        problem, block, row, column
    ):
        wrong, message, fix = above
        indent = len(block[wrong]) - len(block[wrong].lstrip())
        return Position(wrong + first_line, indent + 1), message, fix
    return position, *_advice(problem, block[row] if block else "", column, block, row)


def _fault_above(
    problem: str, block: Sequence[str], row: int, column: int
) -> tuple[int, str, str] | None:
    """The row, the message and the advice for what a parser notices only further down."""
    for number, line in enumerate(block[: row + 1]):
        indent = line[: len(line) - len(line.lstrip())]
        if indent.strip(" \t"):
            message = "The line is indented with non-breaking spaces."
            return number, message, "Replace them with ordinary spaces, two per level."
    suspects: list[int] = []
    if "expected ':'" in problem:
        suspects = [row, row - 1]
    elif "mapping values are not allowed" in problem and ":" not in block[row][:column]:
        suspects = [row - 1]
    for number in suspects:
        line = block[number] if 0 <= number < len(block) else ""
        if glued := _NO_SPACE.fullmatch(line):
            key, value = glued["key"], glued["value"]
            return number, f"A space is missing after `{key}:`.", f"Write `{key}: {value}`."
        if bare := _NO_COLON.fullmatch(line):
            return number, f"A colon is missing after `{bare['key']}`.", f"Write `{bare['key']}:`."
    return None


def _odd_indent(
    problem: str, block: Sequence[str], row: int, column: int
) -> tuple[int, str, str] | None:
    """The key that is indented unlike its neighbours: the line of the error, or the one above."""
    # A second colon in the line is a value that needs quotes, whatever the indents are.
    is_value = "mapping values" in problem and ":" in block[row][:column]
    if is_value or not _AFTER_ODD_INDENT.search(problem):
        return None
    keys = {n: match for n, line in enumerate(block) if (match := _KEY.match(line))}
    above = max((n for n in keys if n < row), default=row)
    parent = max((n for n in keys if n < row and _PARENT.match(block[n])), default=-1)
    indents = [len(match["indent"]) for n, match in keys.items() if n > parent]
    usual = max(sorted(set(indents)), key=indents.count, default=0)
    for number in (row, above):
        match = keys.get(number)
        if match and len(match["indent"]) != usual:
            own = _spaces(len(match["indent"]))
            message = (
                f"`{match['key']}` is indented by {own}, the keys next to it by {_spaces(usual)}."
            )
            return number, message, f"Indent it by {_spaces(usual)}."
    return None


def _spaces(count: int) -> str:
    return f"{count or 'no'} space{'s' if count != 1 else ''}"


def _advice(problem: str, line: str, column: int, block: list[str], row: int) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())] or line[column : column + 1] == "\t":
        return "The line is indented with a tab.", "YAML allows only spaces: use two per level."
    if "mapping values are not allowed" in problem:
        key, _, value = (part.strip() for part in line.partition(":"))
        return "A value that holds `: ` needs quotes.", f'Write {key}: "{value}".'
    if "cannot start any token" in problem:
        message = f"A value cannot start with `{line[column : column + 1]}`."
        return message, f"Put it in quotes: '{line[column:].strip()}'."
    is_list = "expected ',' or" in problem  # a flow list or mapping that goes on to the next key
    if is_list or "end of stream" in problem or "document indicator" in problem:
        return "A quotation mark or a bracket is never closed.", "Close it, or delete it."
    above = block[row - 1].strip() if row else ""
    hint = f" Look at this line and the one above it (`{above}`)." if above else ""
    return (
        f"This is not valid YAML: {problem}.",
        f"A line is `key: value`, indented like the lines around it.{hint}",
    )


def _unprintable_place(block: list[str], first_line: int) -> Position:
    for row, line in enumerate(block):
        for column, character in enumerate(line):
            if not (character.isprintable() or character in "\t "):
                return Position(row + first_line, column + 1)
    return Position(first_line)


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
_NUMBER = re.compile(r"[-+.\deE]+")
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
    if not ours and (end is None or start > 0):
        return FrontMatter()
    if end is None:
        fix = "Write a line with `---` after its last key."
        return _broken(start + 1, "The front matter is never closed.", fix)
    if start > 0:
        message = (
            "The front matter does not begin on the first line, so the site would print it as text."
        )
        fix = f"Delete the {start} empty line{'s' if start > 1 else ''} above it."
        return _broken(start + 1, message, fix, end=end + 1)
    return _read_block(lines[1:end], end + 1, ours)


def _read_block(block: list[str], end: int, ours: bool) -> FrontMatter:
    text = "\n".join(block) + "\n"
    if len(text) > MAX_CHARACTERS:
        message = f"The front matter has {len(text):,} characters; {MAX_CHARACTERS:,} is the limit."
        return _broken(1, message, _PLAINER, "PM004", end=end, ours=ours)
    try:
        values = compose_values(text, first_line=2, limits=Limits())
    except TooMuch as error:
        message = f"The front matter is too large: {error}."
        return _broken(1, message, _PLAINER, "PM004", end=end, ours=ours)
    except yaml.YAMLError as error:
        position, message, fix = explain(error, block, first_line=2)
        return _broken(position, message, fix, end=end, ours=ours)
    if values.data is None:
        return FrontMatter(end=end)
    if not isinstance(values.data, dict):
        # A text between two rules is a rule, prose and a heading, not front matter.
        message = "The front matter is not a list of `key: value` lines."
        fix = "Begin it with `postmortem:` and put the fields below, indented by two spaces."
        return _broken(2, message, fix, end=end) if ours else FrontMatter()
    _keep_written(values, block)
    return FrontMatter(
        data=values.data,
        positions=values.positions,
        keys=values.keys,
        end=end,
        names_postmortem="postmortem" in values.data,
        findings=(*values.findings, *_quoted_names(values)),
    )


def _keep_written(values: Values, block: Sequence[str]) -> None:
    """The author's ``1.200`` users, which YAML reads as 1.2."""
    own = values.data.get("postmortem")
    place = values.positions.get("postmortem.users_affected")
    if isinstance(own, dict) and isinstance(own.get("users_affected"), float) and place:
        written = _NUMBER.match(block[place.line - 2], place.column - 1)
        own["users_affected"] = written.group() if written else own["users_affected"]


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
    """Whether a text begins with a `postmortem:` mapping, before any heading or code."""
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
    return _broken(start + 1, message, fix)


def _broken(
    place: Position | int,
    message: str,
    fix: str,
    code: str = "PM002",
    *,
    end: int = 0,
    ours: bool = True,
) -> FrontMatter:
    position = Position(place) if isinstance(place, int) else place
    finding = Finding(code, position, message, fix)
    return FrontMatter(end=end, is_broken=True, names_postmortem=ours, findings=(finding,))
