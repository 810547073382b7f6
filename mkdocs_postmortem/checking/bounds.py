"""Limits on a company's schema: no pattern and no reference makes a check run without end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from mkdocs_postmortem.checking.custom_schema import CustomSchemaError, same_value

try:
    import jsonschema_rs
except ImportError:  # there are no wheels for 32-bit ARM and PyPy
    jsonschema_rs = None  # type: ignore[assignment,unused-ignore]

# Applications of a schema to one value; ours take some hundred.
MOST_STEPS = 20_000
# Keys are matched by Python's engine: characters and classes, each repeated at most once.
_PLAIN_KEY = re.compile(r"\^?(?:\\?[\w./: -]|\\[dwsDWS]|\[[^\]\[]+\]){0,100}[*+]?\$?")


def check_patterns(schema: Any, path: Path) -> None:
    """CustomSchemaError for a pattern that a search in linear time cannot match."""
    pending = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        if not isinstance(node, dict):
            continue
        pending.extend(node.values())
        pattern = node.get("pattern")
        if isinstance(pattern, str) and _compile(pattern) is None:
            raise CustomSchemaError(
                f"{path}: `pattern: {pattern}` cannot be matched in linear time. "
                "Write it without look-around and back-references."
            )
        keys = node.get("patternProperties")
        for key in keys if isinstance(keys, dict) else ():
            if not _PLAIN_KEY.fullmatch(key):
                raise CustomSchemaError(
                    f"{path}: `patternProperties: {key}` is too complex. Write it without groups, "
                    "and repeat only its last character or class: `^x-[a-z]+$`."
                )


def check_steps(schema: dict[str, Any], resolver: Any, path: Path) -> None:
    """CustomSchemaError for references that multiply: each definition naming the next one twice.

    The schema has no circles on one value.
    """
    steps: dict[int, int] = {}

    def count(node: Any, resolver: Any) -> int:
        if not isinstance(node, dict):
            return 1
        if id(node) not in steps:
            below = (count(item, its_resolver) for item, its_resolver in same_value(node, resolver))
            steps[id(node)] = 1 + sum(below)
        return steps[id(node)]

    pending: list[Any] = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if count(node, resolver) > MOST_STEPS:
                raise CustomSchemaError(
                    f"{path}: its references multiply to more than {MOST_STEPS:,} checks of one "
                    "value. Name each definition once."
                )
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> Callable[[str], object] | None:
    """What finds a pattern in a text in linear time; None for a pattern that has no such search."""
    if jsonschema_rs is None:
        return re.compile(pattern).search if _PLAIN_KEY.fullmatch(pattern) else None
    try:
        options = jsonschema_rs.RegexOptions()
        found = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    except ValueError:
        return None
    return found.is_valid


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    """In time linear in the text; Python's engine may take a time exponential in it."""
    found = _compile(pattern) or re.compile(pattern).search
    if isinstance(value, str) and not found(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _unique_items(_: Any, is_unique: bool, value: Any, __: Any) -> Iterator[ValidationError]:
    """In linear time, by the JSON of each item."""
    if is_unique and isinstance(value, list):
        items = {json.dumps(item, sort_keys=True, default=repr) for item in value}
        if len(items) < len(value):
            yield ValidationError(f"{value!r} has non-unique elements")


BoundedValidator: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern, "uniqueItems": _unique_items}
)
