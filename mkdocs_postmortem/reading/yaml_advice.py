"""What a YAML parser found wrong → where it really is, what is wrong, and what to write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.reading.yaml_values import Lines

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
        position = _unprintable_place(block, first_line)
        return (
            position,
            f"The front matter is not valid YAML: {problem}.",
            "Delete the control character.",
        )
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
            return (
                number,
                "The line is indented with non-breaking spaces.",
                "Replace them with ordinary spaces, two per level.",
            )
    suspects: tuple[int, ...]
    if "expected ':'" in problem:
        suspects = (row, row - 1)
    elif "mapping values are not allowed" in problem and ":" not in block[row][:column]:
        suspects = (row - 1,)
    else:
        return None
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
            message = (
                f"`{match['key']}` is indented by {_spaces(len(match['indent']))}, "
                f"its neighbours by {_spaces(usual)}."
            )
            return number, message, f"Indent it by {_spaces(usual)}."
    return None


def _spaces(count: int) -> str:
    return f"{count or 'no'} space{'s' if count != 1 else ''}"


def _advice(problem: str, line: str, column: int, block: list[str], row: int) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())] or line[column : column + 1] == "\t":
        return "The line is indented with a tab.", "YAML allows only spaces: use two per level."
    if "mapping values are not allowed" in problem:
        key, _, value = line.partition(":")
        return (
            "A value that holds `: ` needs quotes.",
            f'Write {key.strip()}: "{value.strip()}".',
        )
    if "cannot start any token" in problem:
        return (
            f"A value cannot start with `{line[column : column + 1]}`.",
            f"Put it in quotes: '{line[column:].strip()}'.",
        )
    is_list = "expected ',' or" in problem  # a flow list or mapping that goes on to the next key
    if is_list or "end of stream" in problem or "document indicator" in problem:
        return "A quotation mark or a bracket is never closed.", "Close it, or delete it."
    above = block[row - 1].strip() if row else ""
    hint = f" Look at this line and the one above it (`{above}`)." if above else ""
    return (
        f"This is not valid YAML: {problem}.",
        f"A line is `key: value`, indented like its neighbours.{hint}",
    )


def _unprintable_place(block: list[str], first_line: int) -> Position:
    for row, line in enumerate(block):
        for column, character in enumerate(line):
            if not (character.isprintable() or character in "\t "):
                return Position(row + first_line, column + 1)
    return Position(first_line)
