"""A custom schema: read from the repository, and refused if it refers to anything outside or takes
too long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from mkdocs_postmortem.checking.schemas import (
    POSTMORTEM,
    CustomField,
    CustomSchemaError,
    Resources,
    jsonschema_rs,
    load_schema,
)
from mkdocs_postmortem.reading.source import read_bytes
from mkdocs_postmortem.reading.yaml_values import Limits, compose_values

# What a custom schema builds on; a test compares it with the files.
OURS = (
    "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json",
    "https://mkdocs-postmortem.readthedocs.io/schemas/1/front-matter.schema.json",
)
_LIMITS = Limits(nodes=100_000, depth=100, path=5_000)
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES = ("$ref", "$dynamicRef")


def read_extension(path: Path, own: Resources) -> tuple[dict[str, Any], tuple[CustomField, ...]]:
    """A custom schema that builds on our ``own``, and the fields that it adds; CustomSchemaError
    also if it refers to anything but those and itself.
    """
    schema = read_custom_schema(path)
    schema.setdefault("$id", "urn:mkdocs-postmortem:company")
    if schema["$id"] in own:
        raise CustomSchemaError(
            f"{path}: `$id: {schema['$id']}` belongs to a built-in schema; choose another one."
        )
    resolver = _registry({**own, schema["$id"]: schema}).resolver(base_uri=schema["$id"])
    _resolve_all(schema, resolver, path)
    _check_steps(schema, resolver, path)
    _check_patterns(schema, path)
    return schema, _custom_fields(schema, path)


def read_custom_schema(path: Path) -> dict[str, Any]:
    """A custom schema as data; CustomSchemaError if it is not a schema."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
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


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """The value and every mapping in it; without recursion, so that no depth is too much."""
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def _resolve_all(schema: dict[str, Any], resolver: Any, path: Path) -> None:
    """Try every reference now: a dangling one is a fault of the schema and not of a page."""
    for node in _nodes(schema):
        if node is not schema and isinstance(node.get("$id"), str):
            message = f"{path}: `$id: {node['$id']}` is inside the schema."
            raise CustomSchemaError(f"{message} Delete it, and refer to `#/$defs/…`.")
        for reference in map(node.get, _REFERENCES):
            try:
                if isinstance(reference, str):  # a field can have the name, too
                    resolver.lookup(reference)
            except (Unresolvable, ValueError) as error:
                ours = ", ".join(f"`{uri}`" for uri in OURS)
                raise CustomSchemaError(
                    f"{path}: `$ref: {reference}` does not resolve. A reference can name a part of "
                    f"the same file (`#/$defs/…`) or a built-in schema ({ours}); nothing is "
                    "fetched."
                ) from error


def _same_value(node: dict[str, Any], resolver: Any) -> Iterator[tuple[Any, Any]]:
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


# Applications of a schema to one value; ours take some hundred.
MOST_STEPS = 20_000
# Keys are matched by Python's engine: characters and classes, each repeated at most once.
_PLAIN_KEY = re.compile(r"\^?(?:\\?[\w./: -]|\\[dwsDWS]|\[[^\]\[]+\]){0,100}[*+]?\$?")


def _check_patterns(schema: Any, path: Path) -> None:
    """CustomSchemaError for a pattern that a search in linear time cannot match."""
    for node in _nodes(schema):
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


def _check_steps(schema: dict[str, Any], resolver: Any, path: Path) -> None:
    """CustomSchemaError for references that have no end, as no validator notices, or that multiply:
    each definition naming the next one twice.
    """
    steps: dict[int, int] = {}

    def count(node: Any, resolver: Any, above: frozenset[int]) -> int:
        if not isinstance(node, dict):
            return 1
        if id(node) in above:
            raise CustomSchemaError(
                f"{path}: a chain of `$ref` leads back to its start. Remove one of the references."
            )
        if id(node) not in steps:
            inner = _same_value(node, resolver)
            steps[id(node)] = 1 + sum(count(*item, above | {id(node)}) for item in inner)
        return steps[id(node)]

    try:
        most = max(count(node, resolver, frozenset()) for node in _nodes(schema))
    except RecursionError as error:
        raise CustomSchemaError(f"{path}: the schema is nested too deeply.") from error
    if most > MOST_STEPS:
        raise CustomSchemaError(
            f"{path}: its references multiply to more than {MOST_STEPS:,} checks of one value. "
            "Name each definition once."
        )


@lru_cache(maxsize=1024)  # the same patterns are tried on every page
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


def bounded_validator(schema: dict[str, Any], resources: Resources) -> Draft202012Validator:
    """What finds the errors of a schema that refers to these resources, in bounded time."""
    # Without a checker, jsonschema takes any text for a date.
    checker = Draft202012Validator.FORMAT_CHECKER
    return BoundedValidator(schema, registry=_registry(resources), format_checker=checker)


def _registry(resources: Resources) -> Registry[Any]:
    def refuse(uri: str) -> Resource[Any]:
        raise NoSuchResource(uri)

    registry: Registry[Any] = Registry(retrieve=refuse)  # type: ignore[call-arg]
    return registry.with_resources(
        (uri, Resource.from_contents(schema, DRAFT202012)) for uri, schema in resources.items()
    )


def _custom_fields(schema: dict[str, Any], path: Path) -> tuple[CustomField, ...]:
    known, properties = load_schema(POSTMORTEM)["properties"], schema.get("properties", {})
    own = {name: spec for name, spec in properties.items() if name not in known}
    read = [id(spec) for spec in own.values()]
    for node in _nodes(schema):
        note = node.get("x-postmortem")
        # A note on visibility that nobody reads must not look as if it hid something.
        if isinstance(note, dict) and "visibility" in note and id(node) not in read:
            raise CustomSchemaError(
                f"{path}: `x-postmortem: {{visibility: …}}` works only on your own fields below "
                "`properties`. Write a built-in field below `internal:` on the pages."
            )
    for name in properties.keys() & known.keys():
        if isinstance(properties[name], dict) and "x-postmortem" in properties[name]:
            raise CustomSchemaError(
                f"{path}: properties.{name}.x-postmortem: `{name}` is a built-in field, and pages "
                "show it already. Remove `x-postmortem`, or give your own field another name."
            )
    return tuple(
        _custom_field(name, spec if isinstance(spec, dict) else {}, path)
        for name, spec in own.items()
    )


def _custom_field(name: str, spec: dict[str, Any], path: Path) -> CustomField:
    note = spec.get("x-postmortem", {})
    show = note.get("show", []) if isinstance(note, dict) else None
    visibility = note.get("visibility", "public") if isinstance(note, dict) else None
    if (
        not isinstance(show, list)
        or not set(map(str, show)) <= {"summary", "index"}
        or not note.keys() <= {"label", "show", "facet", "visibility"}
        or visibility not in ("public", "internal")
    ):
        raise CustomSchemaError(
            f"{path}: properties.{name}.x-postmortem: write "
            '{"label": "…", "show": ["summary", "index"], "facet": true, '
            '"visibility": "internal"}; each may be left out.'
        )
    return CustomField(
        name,
        str(note.get("label") or spec.get("title") or name.replace("_", " ").capitalize()),
        in_summary="summary" in show,
        in_index="index" in show,
        is_facet=bool(note.get("facet", False)),
        is_internal=visibility == "internal",
    )
