"""No expression takes more than linear time to fail, by what it is made of.

An expression is dangerous where two unbounded runs that can take the same character stand side by
side (or one repeats itself) and something behind them can fail: ``\\s*(x)?\\s*$`` takes quadratic
time on spaces. An expression that is searched for in a text is also dangerous where it can begin
anew within one of its own runs: ``<!--.*?-->`` takes quadratic time on ``<!--<!--<!--``. This walks
the parsed expressions, so that it needs no clock.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mkdocs_postmortem

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as c  # the parser's own names; 3.10 has them nowhere else
    import sre_parse

ROOT = Path(mkdocs_postmortem.__file__).parent
SEARCHING = ("search", "sub", "subn", "finditer", "findall", "split")
# One of each kind that expressions tell apart.
ALPHABET = " \t\n\u00a0aAzZ019_-–.,:;!?*+~=#>|<()[]{}`'\"/\\@&%$^…。・日é✅"


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled expression that a module holds, and the constant ones in calls of ``re``."""
    for info in pkgutil.walk_packages([str(ROOT)], "mkdocs_postmortem."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            yield from ((f"{info.name}.{name}", found) for found in _patterns(value))
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            # Of `re` itself, not of what one of its functions gives: `re.sub(…).replace(…)`.
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if name.startswith("re.") and name[3:].isidentifier():
                first = node.args[0] if isinstance(node, ast.Call) and node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{info.name}:{node.lineno}", re.compile(first.value)


def _patterns(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _patterns(tuple(value.values()))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _patterns(item)


def danger(pattern: re.Pattern[str]) -> str:
    """What is wrong with an expression, or nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = sre_parse.parse(pattern.pattern, pattern.flags)
    return _danger(_flat(list(parsed), pattern.flags), pattern.flags)


def danger_of_a_search(pattern: re.Pattern[str]) -> str:
    """Whether an expression can begin anew within a run of its own that something has to follow."""
    flags = pattern.flags
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        items = _flat(list(sre_parse.parse(pattern.pattern, flags)), flags)
    anchor = items[0][1] if items and items[0][0] is c.AT else None
    if anchor is c.AT_BEGINNING_STRING or (anchor is c.AT_BEGINNING and not flags & re.MULTILINE):
        return ""

    def can_be_empty(item: tuple[Any, Any]) -> bool:
        return item[0] is c.AT or _is_empty(*item, flags)

    for index, (op, value) in enumerate(items):
        own = _first([(op, value)], flags) if index and _is_run(op, value) else set()
        before, behind = items[:index], items[index + 1 :]
        begins = all(can_be_empty(item) or _first([item], flags) & own for item in before)
        refused = [_first(list(value[1]), flags) for op, value in before if op is c.ASSERT_NOT]
        if (anchor is c.AT_BEGINNING and "\n" not in own) or any(own <= taken for taken in refused):
            continue
        if own and begins and not all(map(can_be_empty, behind)):
            return f"it begins anew in item {index}, which takes {sorted(own)[:3]}"
    return ""


def searched() -> Iterator[tuple[str, str]]:
    """The modules and names of expressions that are used by a method that searches."""
    for file in ROOT.rglob("*.py"):
        module = ".".join(file.relative_to(ROOT.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in SEARCHING:
                yield module, ast.unparse(node.value)


def _flat(items: list[Any], flags: int) -> list[tuple[Any, Any]]:
    """Groups without alternatives are what they hold."""
    found: list[tuple[Any, Any]] = []
    for op, value in items:
        if op is c.SUBPATTERN:
            found += _flat(list(value[-1]), flags)
        else:
            found.append((op, value))
    return found


def _danger(items: list[tuple[Any, Any]], flags: int) -> str:
    for index, (op, value) in enumerate(items):
        for below in _branches(op, value):
            if danger_found := _danger(_flat(below, flags), flags):
                return danger_found
        if not _is_run(op, value):
            continue
        body = _flat(list(value[2]), flags)
        if danger_found := _danger(_twice(body), flags):
            return f"repeated: {danger_found}"
        own = _first(body, flags)
        for other in range(index + 1, len(items)):
            op_other, value_other = items[other]
            runs = _runs(op_other, value_other, flags)
            if any(own & taken for taken in runs) and _can_fail(items[other:], flags):
                return f"item {index} and item {other} both take {sorted(own)[:3]}"
            if not _is_empty(op_other, value_other, flags):
                break
    return ""


def _twice(body: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """What a repeated body is to its own next round, and something behind it that can fail."""
    if not any(_is_run(*item) for item in body):
        return []
    return [*body, *body, (c.LITERAL, 0x10FFFF)]


def _is_run(op: Any, value: Any) -> bool:
    return op in (c.MAX_REPEAT, c.MIN_REPEAT) and value[1] is c.MAXREPEAT


def _branches(op: Any, value: Any) -> list[list[Any]]:
    if op is c.BRANCH:
        return [list(item) for item in value[1]]
    if op in (c.MAX_REPEAT, c.MIN_REPEAT):
        return [list(value[2])]
    return [list(value[1])] if op in (c.ASSERT, c.ASSERT_NOT) else []


def _runs(op: Any, value: Any, flags: int) -> Iterator[set[str]]:
    """The characters of the unbounded runs that an item may begin with."""
    if _is_run(op, value):
        yield _first(_flat(list(value[2]), flags), flags)
    for below in _branches(op, value):
        for item in _flat(below, flags):
            yield from _runs(*item, flags)
            if not _is_empty(*item, flags):
                break


def _can_fail(rest: list[tuple[Any, Any]], flags: int) -> bool:
    """Whether anything behind the first item can refuse: not after ``.*`` or ``.*$``."""
    behind = [item for item in rest[1:] if item[0] is not c.AT]
    if all(_is_empty(*item, flags) for item in behind):
        takes_all = rest[0][0] in (c.MAX_REPEAT, c.MIN_REPEAT) and rest[0][1][2][0][0] is c.ANY
        return not (takes_all or len(behind) == len(rest[1:]))
    return True


def _is_empty(op: Any, value: Any, flags: int) -> bool:
    if op in (c.MAX_REPEAT, c.MIN_REPEAT):
        return value[0] == 0 or all(
            _is_empty(*item, flags) for item in _flat(list(value[2]), flags)
        )
    if op is c.BRANCH:
        return any(all(_is_empty(*i, flags) for i in _flat(list(b), flags)) for b in value[1])
    return op in (c.AT, c.ASSERT, c.ASSERT_NOT)


def _first(items: list[tuple[Any, Any]], flags: int) -> set[str]:
    """The characters of the alphabet that items may begin with."""
    found: set[str] = set()
    for op, value in items:
        if op in (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY):
            found |= {character for character in ALPHABET if _takes(op, value, character)}
        for below in _branches(op, value):
            found |= _first(_flat(below, flags), flags)
        if not _is_empty(op, value, flags):
            break
    return found


def _takes(op: Any, value: Any, character: str) -> bool:
    if op is c.ANY:
        return True
    if op in (c.LITERAL, c.NOT_LITERAL):
        return (character == chr(value)) is (op is c.LITERAL)
    negated = value[0][0] is c.NEGATE
    return any(_in_set(item, character) for item in value) is not negated


def _in_set(item: Any, character: str) -> bool:
    kind, value = item
    if kind is c.LITERAL:
        return character == chr(value)
    if kind is c.RANGE:
        return value[0] <= ord(character) <= value[1]
    classes = {
        c.CATEGORY_SPACE: r"\s",
        c.CATEGORY_NOT_SPACE: r"\S",
        c.CATEGORY_DIGIT: r"\d",
        c.CATEGORY_NOT_DIGIT: r"\D",
        c.CATEGORY_WORD: r"\w",
        c.CATEGORY_NOT_WORD: r"\W",
    }
    return kind is c.CATEGORY and bool(re.match(classes[value], character))


@pytest.mark.parametrize(
    "bad", [r"\s*(?:x)?\s*$", r"(?:a+)+b", r"a\s*.*?\s*#*\s*$", r"(?:\w+\s*)+$", r"-+:?-*\|"]
)
def test_a_dangerous_expression_is_reported(bad: str) -> None:
    assert danger(re.compile(bad))


@pytest.mark.parametrize("good", [r"\s*(?:x\s*)?$", r"(?:\w+\s)+b", r"\s*(.*)$", r"a*b*"])
def test_a_plain_one_is_not(good: str) -> None:
    assert danger(re.compile(good)) == ""


def test_no_expression_of_ours_is_dangerous() -> None:
    found = dict(expressions())
    assert len(found) > 100
    danger_found = {
        f"{name}: {pattern.pattern[:90]}": danger(pattern) for name, pattern in found.items()
    }
    assert {name: why for name, why in danger_found.items() if why} == {}


@pytest.mark.parametrize("bad", [r"<!--.*?-->", r"<[^>]*>", r"(?m)^\s*#", r"(?s)<(a|b)\b.*?</\1>"])
def test_an_expression_that_begins_anew_within_itself_is_reported(bad: str) -> None:
    assert danger_of_a_search(re.compile(bad))


@pytest.mark.parametrize(
    "good", [r"<[^<>]*>", r"(?m)^[^\S\n]*#", r"\A\s*#", r"x.*", r"a{1,3}b", r"(?<!a)a*b"]
)
def test_one_that_does_not_is_not(good: str) -> None:
    assert danger_of_a_search(re.compile(good)) == ""


def test_no_expression_that_we_search_for_begins_anew_within_itself() -> None:
    used = {f"{module}.{name}" for module, name in searched()}
    found = {name: pattern for name, pattern in expressions() if name in used}
    assert len(found) > 50
    dangers = {name: danger_of_a_search(pattern) for name, pattern in found.items()}
    assert {name: why for name, why in dangers.items() if why} == {}
