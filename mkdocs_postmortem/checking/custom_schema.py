"""A custom schema: read from the repository, and refused if it refers to anything outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.exceptions import Unresolvable

from mkdocs_postmortem.reading.yaml_values import Limits, compose_values

# What a custom schema builds on; a test compares it with the files.
OURS = (
    "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json",
    "https://mkdocs-postmortem.readthedocs.io/schemas/1/front-matter.schema.json",
)
_LIMITS = Limits(nodes=100_000, depth=100, path=5_000)
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES = ("$ref", "$dynamicRef")


class CustomSchemaError(Exception):
    """A custom schema that cannot be used; the text says where and what to change."""


def read_custom_schema(path: Path) -> dict[str, Any]:
    """A custom schema as data; CustomSchemaError if it is not a schema."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        is_yaml = path.suffix in (".yaml", ".yml")
        # Not by YAML's own loader: aliases may unfold without end there.
        schema = compose_values(text, 1, _LIMITS).data if is_yaml else json.loads(text)
    except OSError as error:
        raise CustomSchemaError(f"{path}: the schema cannot be read: {error.strerror}.") from error
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise CustomSchemaError(
            f"{path}: the schema is not readable JSON or YAML: {reason}"
        ) from error
    if not isinstance(schema, dict):
        raise CustomSchemaError(f"{path}: a schema must be an object (`{{…}}`).")
    draft = schema.get("$schema", _DRAFT)
    if draft != _DRAFT:
        raise CustomSchemaError(f"{path}: `$schema: {draft}` is not supported. Write `{_DRAFT}`.")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise CustomSchemaError(f"{path}: {error.json_path}: {error.message}") from error
    except RecursionError as error:
        raise CustomSchemaError(f"{path}: the schema is nested too deeply.") from error
    return schema


def resolve_all(schema: dict[str, Any], registry: Registry[Any], path: Path) -> None:
    """Try every reference now: a dangling one is a fault of the schema and not of a page."""
    resolver = registry.resolver(base_uri=schema["$id"])
    pending: list[Any] = list(schema.values())
    for word in _REFERENCES:
        _resolve(resolver, schema.get(word), path)
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$id"), str):
                message = f"{path}: `$id: {node['$id']}` is inside the schema."
                raise CustomSchemaError(f"{message} Delete it, and refer to `#/$defs/…`.")
            for word in _REFERENCES:
                _resolve(resolver, node.get(word), path)
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    _refuse_circles(schema, resolver, path)


def _refuse_circles(schema: dict[str, Any], resolver: Any, path: Path) -> None:
    """A schema that applies itself to the same value has no end, and no validator notices."""
    done: set[int] = set()

    def visit(node: Any, resolver: Any, above: frozenset[int]) -> None:
        if id(node) in above:
            raise CustomSchemaError(
                f"{path}: a `$ref` refers to itself in a circle. Remove one of the references."
            )
        if isinstance(node, dict) and id(node) not in done:
            for below, its_resolver in same_value(node, resolver):
                visit(below, its_resolver, above | {id(node)})
            done.add(id(node))

    pending: list[Any] = [schema]
    try:
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                visit(node, resolver, frozenset())
                pending.extend(node.values())
            elif isinstance(node, list):
                pending.extend(node)
    except RecursionError as error:
        raise CustomSchemaError(f"{path}: the schema is nested too deeply.") from error


def same_value(node: dict[str, Any], resolver: Any) -> Iterator[tuple[Any, Any]]:
    """The schemas that a schema applies to the value itself, and what resolves their references."""
    for word in _REFERENCES:
        if isinstance(node.get(word), str):
            found = resolver.lookup(node[word])
            yield found.contents, found.resolver
    for word in ("allOf", "anyOf", "oneOf"):
        several = node.get(word)
        yield from ((item, resolver) for item in (several if isinstance(several, list) else ()))
    yield from ((node[word], resolver) for word in ("not", "if", "then", "else") if word in node)
    depending = node.get("dependentSchemas")
    if isinstance(depending, dict):
        yield from ((item, resolver) for item in depending.values())


def _resolve(resolver: Any, reference: Any, path: Path) -> None:
    if not isinstance(reference, str):
        return
    try:
        resolver.lookup(reference)
    except (Unresolvable, ValueError) as error:
        ours = ", ".join(f"`{uri}`" for uri in OURS)
        raise CustomSchemaError(
            f"{path}: `$ref: {reference}` does not resolve. A reference can name a part of the "
            f"same file (`#/$defs/…`) or a built-in schema ({ours}); nothing is fetched."
        ) from error
