"""YAML text → plain values with places, under the YAML 1.2 core schema and within bounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from sys import intern
from typing import Any

import yaml

from mkdocs_postmortem.model.problem import Finding, Position

# Events, not nodes: libyaml keeps their state on the heap, while composing nodes recurses in C and
# ends the process on a hundred thousand nested lists.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Numbers longer than a double can hold stay text: they are ticket numbers or mistakes.
_INT = re.compile(r"[-+]?[0-9]{1,15}\Z")
_FIRST_OF_NUMBERS = frozenset("-+.0123456789")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})(?:[eE][-+]?[0-9]{1,2})?\Z")

# Where a parser of YAML counts a new line, and no file has one.
_OTHER_ENDS = re.compile("[\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may unfold to. Aliases count each time that they are used.

    ``path`` is the length of all keys that lead to a value, since each value's place is kept by it.
    """

    nodes: int = 20_000
    depth: int = 40
    path: int = 500


@dataclass(slots=True)
class Values:
    """Plain data and, by path (``a.b[0]``), the places of its values and keys."""

    data: Any = None
    positions: dict[str, Position] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class TooMuch(yaml.YAMLError):
    """The document unfolds to more than the limits allow."""


def compose_values(text: str, first_line: int, limits: Limits) -> Values:
    """Read one YAML document whose first line is line ``first_line`` of the file.

    Raises yaml.YAMLError for broken YAML and TooMuch beyond the limits.
    """
    parser = _Parser(text)
    try:
        return _Builder(parser, Lines(text.split("\n"), first_line), limits).document()
    except yaml.MarkedYAMLError as error:
        # PyYAML has had a limit of its own since 6.0.4, which its scanner may meet before ours.
        if "nesting depth" in str(error.problem):
            raise TooMuch(f"it is nested more than {limits.depth} deep") from error
        raise
    finally:
        parser.dispose()


class Lines:
    """The lines of a document, to find the place of a parser's mark.

    A parser counts lines at U+0085, U+2028 and U+2029 as well, where no file has a line of its own.
    """

    def __init__(self, texts: Sequence[str], first_line: int) -> None:
        self.texts = texts
        self._first_line = first_line
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._counts_alike = not _OTHER_ENDS.search("".join(texts))

    def position(self, mark: Any) -> Position:
        """The place in the file; at most one column after the last line's end."""
        if self._counts_alike and mark.line < len(self.texts):
            return Position(mark.line + self._first_line, mark.column + 1)
        row = min(bisect_right(self._starts, mark.index) - 1, len(self.texts) - 1)
        column = min(mark.index - self._starts[row], len(self.texts[row]))
        return Position(row + self._first_line, column + 1)


class _Builder:
    def __init__(self, parser: Any, lines: Lines, limits: Limits) -> None:
        self.values = Values()
        self._next = parser.get_event
        self._position = lines.position
        self._texts = lines.texts
        self._limits = limits
        self._count = 0
        self._anchors: dict[str, tuple[Any, int]] = {}

    def document(self) -> Values:
        self._next()  # the stream's start
        if not isinstance(self._next(), yaml.StreamEndEvent):  # the document's start
            self.values.data = self._build(self._next(), "", 0)
            self._next()
            event = self._next()
            if not isinstance(event, yaml.StreamEndEvent):
                raise _fault("a second document", event)
        return self.values

    def _build(self, event: Any, path: str, depth: int) -> Any:
        """The value that begins with an event."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self._alias(event)
        before = self._count
        self._spend(1, depth)
        if len(path) > self._limits.path:
            raise TooMuch(f"its keys are longer than {self._limits.path} characters")
        self.values.positions[path] = self._position(event.start_mark)
        if event.tag is not None and event.tag != "!":
            message = f"The YAML tag `{event.tag}` is not supported."
            self._report("PM004", event, message, "Write the plain value without a tag.", path)
        if kind is yaml.ScalarEvent:
            data: Any = _scalar(event)
            self._report_joined_items(event, path)
        elif kind is yaml.MappingStartEvent:
            data = self._mapping(path, depth)
        else:
            data = self._sequence(path, depth)
        if event.anchor:
            self._anchors[event.anchor] = (data, self._count - before)
        return data

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise _fault(f"nothing above is called `&{event.anchor}`", event)
        data, size = self._anchors[event.anchor]
        self._spend(size, 0)
        return data

    def _spend(self, nodes: int, depth: int) -> None:
        self._count += nodes
        if self._count > self._limits.nodes:
            raise TooMuch(f"it unfolds to more than {self._limits.nodes:,} values")
        if depth > self._limits.depth:
            raise TooMuch(f"it is nested more than {self._limits.depth} deep")

    def _sequence(self, path: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._build(event, f"{path}[{len(items)}]", depth + 1))
        return items

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event, path, depth)
            below = intern(f"{path}.{key}" if path else key)  # the same on page after page
            first = self.values.keys.get(below)
            is_double = key in data
            # Places of a value that does not count must not win over those of the one that does.
            name = f"{below} again" if is_double else below
            value = self._build(self._next(), name, depth + 1)
            if is_double:
                self._report_duplicate(key, event, first)
                continue
            self.values.keys[below] = self._position(event.start_mark)
            data[key] = value
        return data

    def _key(self, event: Any, path: str, depth: int) -> str:
        if type(event) is yaml.ScalarEvent:
            return str(event.value)
        self._build(event, f"{path}.?", depth + 1)
        raise _fault("a key must be plain text", event)

    def _report_duplicate(self, key: str, event: Any, first: Position | None) -> None:
        where = f"line {first.line}" if first else "an earlier line"
        message = f"The key `{key}` appears twice; {where} has it already."
        self._report("PM003", event, message, "Keep one of the two.", key)

    def _report_joined_items(self, event: Any, path: str) -> None:
        """An item below its neighbour's column continues the neighbour's text: ``a - b``."""
        if event.style or not path.endswith("]") or " - " not in event.value:
            return
        below = self._texts[event.start_mark.line + 1 : event.end_mark.line + 1]
        if any(text.lstrip().startswith("- ") for text in below):
            message = f"YAML reads these list items as one: `{event.value}`."
            fix = "Indent every `-` of the list by the same number of spaces."
            name = path.removeprefix("postmortem.").partition("[")[0]
            self._report("PM102", event, message, fix, name)

    def _report(self, code: str, event: Any, message: str, fix: str, path: str) -> None:
        position = self._position(event.start_mark)
        self.values.findings.append(Finding(code, position, message, fix, path))


def _fault(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if text[0] not in _FIRST_OF_NUMBERS:
        return text
    if _INT.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


def read_data_file(file: Path) -> Any:
    """A YAML file that the package ships."""
    return yaml.load(file.read_text(encoding="utf-8"), _Parser)  # noqa: S506
