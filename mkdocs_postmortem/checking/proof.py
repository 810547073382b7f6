"""A schema → a function that proves most valid values valid, and says nothing of the others.

A validator that collects errors takes most of a page's time, and nearly every page has none. So a
value is first held against functions that only answer yes or "cannot tell"; after "cannot tell",
the validator decides as ever. A schema with a word that is not known here has no proof at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Holds = Callable[[Any], bool]

_FORMATS = Draft202012Validator.FORMAT_CHECKER
# Words that say nothing about validity.
_NOTES = frozenset(
    "$schema $id $defs $comment $anchor title description examples default deprecated readOnly "
    "writeOnly".split()
)
_TYPES: dict[str, Holds] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """``is_valid`` gives False for what it cannot prove, too."""

    holds: Holds

    def is_valid(self, value: Any) -> bool:
        return self.holds(value)


class _UnknownWordError(Exception):
    """A word of a schema that has no proof."""


def compile_proof(schema: dict[str, Any], registry: Registry[Any]) -> Proof | None:
    """The proof of a schema whose references the registry knows; None if there is none."""
    resolver = registry.resolver_with_root(DRAFT202012.create_resource(schema))
    try:
        return Proof(_Compiler().schema(schema, resolver))
    except (_UnknownWordError, RecursionError, re.error):
        return None


class _Compiler:
    def __init__(self) -> None:
        self._done: dict[int, Holds] = {}

    def schema(self, node: Any, resolver: Any) -> Holds:
        if isinstance(node, bool):
            return lambda _: node
        key = id(node)
        if key not in self._done:
            # A schema may hold itself: until it is compiled, it is looked up when it is asked.
            self._done[key] = partial(self._later, key)
            self._done[key] = _all(self._words(node, resolver))
        return self._done[key]

    def _later(self, key: int, value: Any) -> bool:
        return self._done[key](value)

    def _words(self, node: dict[str, Any], resolver: Any) -> list[Holds]:
        found: list[Holds] = []
        for word, wanted in node.items():
            if word in _SIMPLE:
                found.append(_SIMPLE[word](wanted))
            elif word in _OF_SCHEMAS:
                found.append(_OF_SCHEMAS[word](self, node, resolver))
            elif word not in _NOTES and not word.startswith("x-"):
                raise _UnknownWordError(word)
        return found

    def _ref(self, node: dict[str, Any], resolver: Any) -> Holds:
        target = resolver.lookup(node["$ref"])
        return self.schema(target.contents, target.resolver)

    def _all_of(self, node: dict[str, Any], resolver: Any) -> Holds:
        return _all([self.schema(item, resolver) for item in node["allOf"]])

    def _any_of(self, node: dict[str, Any], resolver: Any) -> Holds:
        items = [self.schema(item, resolver) for item in node["anyOf"]]
        return lambda value: any(holds(value) for holds in items)

    def _items(self, node: dict[str, Any], resolver: Any) -> Holds:
        item = self.schema(node["items"], resolver)
        return lambda value: not isinstance(value, list) or all(map(item, value))

    def _properties(self, node: dict[str, Any], resolver: Any) -> Holds:
        known = {name: self.schema(item, resolver) for name, item in node["properties"].items()}

        def holds(value: Any) -> bool:
            return not isinstance(value, dict) or all(
                known[name](item) for name, item in value.items() if name in known
            )

        return holds

    def _additional(self, node: dict[str, Any], resolver: Any) -> Holds:
        own = node.get("properties", {})
        other = self.schema(node["additionalProperties"], resolver)

        def holds(value: Any) -> bool:
            return not isinstance(value, dict) or all(
                other(item) for name, item in value.items() if name not in own
            )

        return holds

    def _unevaluated(self, node: dict[str, Any], resolver: Any) -> Holds:
        """Enough are the names that the schema, its references and its ``allOf`` have."""
        names = frozenset(_names(node, resolver))
        other = self.schema(node["unevaluatedProperties"], resolver)

        def holds(value: Any) -> bool:
            return not isinstance(value, dict) or all(
                other(item) for name, item in value.items() if name not in names
            )

        return holds


def _names(node: Any, resolver: Any) -> Iterable[str]:
    if isinstance(node, dict):
        yield from node.get("properties", ())
        for item in node.get("allOf", ()):
            yield from _names(item, resolver)
        if "$ref" in node:
            target = resolver.lookup(node["$ref"])
            yield from _names(target.contents, target.resolver)


def _all(parts: list[Holds]) -> Holds:
    if len(parts) == 1:
        return parts[0]

    def holds(value: Any) -> bool:
        for part in parts:  # noqa: SIM110 - a generator costs more than most of the parts
            if not part(value):
                return False
        return True

    return holds


def _type(wanted: Any) -> Holds:
    kinds = [_TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    return kinds[0] if len(kinds) == 1 else lambda value: any(kind(value) for kind in kinds)


def _enum(wanted: list[Any]) -> Holds:
    texts = {item for item in wanted if isinstance(item, str)}
    return lambda value: isinstance(value, str) and value in texts


def _required(wanted: list[str]) -> Holds:
    names = frozenset(wanted)
    return lambda value: not isinstance(value, dict) or names <= value.keys()


def _pattern(wanted: str) -> Holds:
    shape = re.compile(wanted)
    return lambda value: not isinstance(value, str) or bool(shape.search(value))


def _length(
    kind: type[str] | type[list[Any]], test: Callable[[int, int], bool]
) -> Callable[[int], Holds]:
    def measured(wanted: int) -> Holds:
        return lambda value: not isinstance(value, kind) or test(len(value), wanted)

    return measured


def _bound(test: Callable[[float, float], bool]) -> Callable[[float], Holds]:
    return lambda wanted: lambda value: type(value) not in (int, float) or test(value, wanted)


_SIMPLE: dict[str, Callable[[Any], Holds]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda wanted: _enum([wanted]),
    "required": _required,
    "pattern": _pattern,
    "format": lambda wanted: lambda value: _FORMATS.conforms(value, wanted),
    "minLength": _length(str, lambda length, wanted: length >= wanted),
    "maxLength": _length(str, lambda length, wanted: length <= wanted),
    "minItems": _length(list, lambda length, wanted: length >= wanted),
    "maxItems": _length(list, lambda length, wanted: length <= wanted),
    "minimum": _bound(lambda value, wanted: value >= wanted),
    "maximum": _bound(lambda value, wanted: value <= wanted),
}
_OF_SCHEMAS: dict[str, Callable[[_Compiler, dict[str, Any], Any], Holds]] = {
    "$ref": _Compiler._ref,
    "allOf": _Compiler._all_of,
    "anyOf": _Compiler._any_of,
    "items": _Compiler._items,
    "properties": _Compiler._properties,
    "additionalProperties": _Compiler._additional,
    "unevaluatedProperties": _Compiler._unevaluated,
}
