"""The schemas: built-in ones from the package, custom ones from the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import DRAFT202012

from mkdocs_postmortem.checking.custom_schema import (
    BoundedValidator,
    CustomSchemaError,
    check_patterns,
    check_steps,
    read_custom_schema,
    resolve_all,
)
from mkdocs_postmortem.model.package_data import data_folder
from mkdocs_postmortem.model.settings import Audience

try:
    import jsonschema_rs
except ImportError:  # there are no wheels for 32-bit ARM and PyPy
    jsonschema_rs = None  # type: ignore[assignment,unused-ignore]


@dataclass(frozen=True, slots=True)
class Validator:
    """``slow`` finds the errors. ``fast``, in Rust, only says whether there are any."""

    slow: Draft202012Validator
    fast: Any = None

    def errors(self, value: Any) -> Iterator[ValidationError]:
        if self.fast is None or not self.fast.is_valid(value):
            yield from self.slow.iter_errors(value)


def compile_schema(
    schema: dict[str, Any], registry: Registry[Any], resources: dict[str, dict[str, Any]]
) -> Validator:
    """Compile a schema. ``resources`` are those of the registry, by their ids."""
    # Without a checker, jsonschema takes any text for a date.
    checker = Draft202012Validator.FORMAT_CHECKER
    slow = BoundedValidator(schema, registry=registry, format_checker=checker)
    return Validator(slow, _compile_fast(schema, resources))


def _compile_fast(schema: dict[str, Any], resources: dict[str, dict[str, Any]]) -> Any:
    """The same in Rust, or None where it is not installed or has other views on the schema."""
    if jsonschema_rs is None:
        return None
    try:
        registry = jsonschema_rs.Registry(list(resources.items()))
        # Without options a pattern may take a time exponential in the text.
        return jsonschema_rs.Draft202012Validator(
            schema,
            registry=registry,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )
    except ValueError:
        return None


FRONT_MATTER = "front-matter"
POSTMORTEM = "postmortem"
INDEX = "index"
PROBLEMS = "problems"
SIMILAR = "similar"
NAMES = (FRONT_MATTER, POSTMORTEM, INDEX, PROBLEMS, SIMILAR)
# The ids of 0.1, which company schemas may still refer to.
_FORMER = "urn:mkdocs-postmortem:schema:"

Resources = dict[str, dict[str, Any]]

_SHOW = ("summary", "index")
_NOTES = {"label", "show", "facet", "visibility"}


@dataclass(frozen=True, slots=True)
class CustomField:
    """A front matter key that a custom schema adds, and where it is shown."""

    name: str
    label: str
    in_summary: bool = False
    in_index: bool = False
    is_facet: bool = False
    is_internal: bool = False


@dataclass(frozen=True)
class Schemas:
    """Compiled validators and what the custom schema adds.

    ``front_matter`` judges the mapping as typed, ``record`` what was read from it, ``closed`` the
    same with every unknown key refused. ``is_lost`` holds if the company's schema cannot be read,
    so that nobody knows which of its fields are internal. ``source`` is the company's schema as
    text.
    """

    front_matter: Validator
    record: Validator
    closed: Validator
    fields: tuple[CustomField, ...] = ()
    is_lost: bool = False
    source: str = ""

    @property
    def internal_names(self) -> frozenset[str]:
        """The custom fields that the public must not see."""
        return frozenset(field.name for field in self.fields if field.is_internal)

    def fields_for(self, audience: Audience) -> tuple[CustomField, ...]:
        """The custom fields that an audience may see."""
        is_public = audience is Audience.PUBLIC
        return tuple(item for item in self.fields if not (is_public and item.is_internal))

    @property
    def known_keys(self) -> tuple[str, ...]:
        own = load_schema(FRONT_MATTER)["$defs"]["postmortem"]["properties"]
        return (*own, *(field.name for field in self.fields))


@cache  # the schemas are files of the package, and each is asked for many times
def load_schema(name: str) -> dict[str, Any]:
    """One of our schemas by its name in ``NAMES``."""
    return dict(json.loads(schema_path(name).read_text(encoding="utf-8")))


def schema_path(name: str) -> Path:
    """Where one of our schemas lies; FileNotFoundError if the package was installed without."""
    return data_folder("schemas") / f"{name}.schema.json"


def load_schemas(company: Path | None = None) -> Schemas:
    """Compile the validators; a custom schema (JSON or YAML) extends the built-in one by ``$ref``.

    Raises CustomSchemaError if the company's schema can't be read, isn't a JSON Schema, or refers
    to anything but our schemas and itself.
    """
    front = {"$ref": f"{load_schema(FRONT_MATTER)['$id']}#/$defs/postmortem"}
    if company is None:
        return _compile(front, {"$ref": load_schema(POSTMORTEM)["$id"]}, _own(), ())
    schema = read_custom_schema(company)
    schema.setdefault("$id", "urn:mkdocs-postmortem:company")
    if schema["$id"] in _own():
        raise CustomSchemaError(f"{company}: `$id: {schema['$id']}` is ours; choose another one.")
    resources = {**_own(), schema["$id"]: schema}
    registry = _registry(resources)
    resolve_all(schema, registry, company)
    check_patterns(schema, company)
    check_steps(schema, registry.resolver(base_uri=schema["$id"]), company)
    fields = _custom_fields(schema, company)
    compiled = _compile(front, {"$ref": schema["$id"]}, resources, fields)
    return replace(compiled, source=json.dumps(schema, sort_keys=True))


def dataset_errors(data: object, most: int) -> list[str]:
    """What is wrong with a published data set by ``index.schema.json``: the first few sentences."""
    schema = load_schema(INDEX)
    validator = compile_schema({"$ref": schema["$id"]}, _registry(_own()), _own())
    errors = islice(validator.errors(data), most)
    return [f"{error.json_path.removeprefix('$.')}: {error.message[:200]}." for error in errors]


def _compile(
    front: dict[str, Any],
    record: dict[str, Any],
    resources: Resources,
    fields: tuple[CustomField, ...],
) -> Schemas:
    registry = _registry(resources)
    return Schemas(
        compile_schema(front, registry, resources),
        compile_schema(record, registry, resources),
        compile_schema({**record, "unevaluatedProperties": False}, registry, resources),
        fields,
    )


def _own() -> Resources:
    """Ours by their ids, and by those that they had."""
    now = {load_schema(name)["$id"]: load_schema(name) for name in NAMES}
    former = {f"{_FORMER}{name}": load_schema(name) for name in (FRONT_MATTER, POSTMORTEM)}
    return now | {name: {**schema, "$id": name} for name, schema in former.items()}


def _registry(resources: Resources) -> Registry[Any]:
    def refuse(uri: str) -> Resource[Any]:
        raise NoSuchResource(uri)

    registry: Registry[Any] = Registry(retrieve=refuse)  # type: ignore[call-arg]
    return registry.with_resources(
        (uri, Resource.from_contents(schema, DRAFT202012)) for uri, schema in resources.items()
    )


def _custom_fields(schema: dict[str, Any], path: Path) -> tuple[CustomField, ...]:
    own = load_schema(POSTMORTEM)["properties"]
    properties = schema.get("properties", {})
    _refuse_other_notes(schema, path)
    return tuple(
        _custom_field(name, spec if isinstance(spec, dict) else {}, path)
        for name, spec in properties.items()
        if name not in own
    )


def _custom_field(name: str, spec: dict[str, Any], path: Path) -> CustomField:
    note = spec.get("x-postmortem", {})
    show = note.get("show", []) if isinstance(note, dict) else None
    unknown = set(note) - _NOTES if isinstance(note, dict) else {""}
    visibility = note.get("visibility", "public") if isinstance(note, dict) else ""
    is_wrong = unknown or visibility not in ("public", "internal")
    if not isinstance(show, list) or set(map(str, show)) - set(_SHOW) or is_wrong:
        raise CustomSchemaError(
            f"{path}: properties.{name}.x-postmortem: write "
            '{"label": "…", "show": ["summary", "index"], "facet": true, '
            '"visibility": "internal"}; each may be left out.'
        )
    label = note.get("label") or spec.get("title") or name.replace("_", " ").capitalize()
    return CustomField(
        name,
        str(label),
        "summary" in show,
        "index" in show,
        bool(note.get("facet", False)),
        is_internal=visibility == "internal",
    )


def _refuse_other_notes(schema: dict[str, Any], path: Path) -> None:
    """A note on visibility that nobody reads must not look as if it hid something."""
    own = load_schema(POSTMORTEM)["properties"]
    properties = schema.get("properties")
    fields = properties if isinstance(properties, dict) else {}
    read = [id(spec) for name, spec in fields.items() if name not in own]
    pending: list[Any] = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        if not isinstance(node, dict):
            continue
        note = node.get("x-postmortem")
        if isinstance(note, dict) and "visibility" in note and id(node) not in read:
            raise CustomSchemaError(
                f"{path}: `x-postmortem: {{visibility: …}}` works on fields of your own below "
                "`properties` only. Write a field of ours below `internal:` on the pages."
            )
        pending.extend(node.values())
