"""The schemas: built-in ones from the package, custom ones from the repository.

jsonschema takes a quarter of the start of a check, so it is loaded only for a custom schema, or
where the validator in Rust finds an error or is not installed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem import data_folder

try:
    import jsonschema_rs
except ImportError:  # there are no wheels for 32-bit ARM and PyPy
    jsonschema_rs = None  # type: ignore[assignment,unused-ignore]

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from mkdocs_postmortem.model.settings import Audience

Resources = dict[str, dict[str, Any]]


class CustomSchemaError(Exception):
    """A custom schema that cannot be used; the text says where and what to change."""


@dataclass(frozen=True, eq=False)
class Validator:
    """A schema, compiled when it is first needed; ``resources`` are those that it may refer to, by
    their ids.
    """

    schema: dict[str, Any]
    resources: Resources

    def errors(self, value: Any) -> Iterator[ValidationError]:
        if self.fast is None or not self.fast.is_valid(value):
            yield from self.slow.iter_errors(value)

    @cached_property
    def fast(self) -> Any:
        """In Rust; it only says whether there are errors."""
        return compile_schema(self.schema, self.resources)

    @cached_property
    def slow(self) -> Draft202012Validator:
        """Finds the errors."""
        from mkdocs_postmortem.checking.custom_schema import bounded_validator

        return bounded_validator(self.schema, self.resources)


def compile_schema(schema: dict[str, Any], resources: Resources) -> Any:
    """A schema in Rust, or None where that is not installed or has other views on the schema."""
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
# The ids of builds before 0.1.0. Custom schemas may keep them, since they name the same schemas.
_FORMER = "urn:mkdocs-postmortem:schema:"


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

    ``front_matter`` checks the mapping as typed, ``record`` what was read from it, ``closed`` the
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
        is_public = audience == "public"  # without the enumeration, `schema` starts faster
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
    record = {"$ref": load_schema(POSTMORTEM)["$id"]}
    resources, source = _own(), ""
    fields: tuple[CustomField, ...] = ()
    if company is not None:
        from mkdocs_postmortem.checking.custom_schema import read_extension

        schema, fields = read_extension(company, resources)
        record = {"$ref": schema["$id"]}
        resources = {**resources, schema["$id"]: schema}
        source = json.dumps(schema, sort_keys=True)
    return Schemas(
        Validator(front, resources),
        Validator(record, resources),
        Validator({**record, "unevaluatedProperties": False}, resources),
        fields,
        source=source,
    )


def dataset_errors(data: object, most: int) -> list[str]:
    """What is wrong with a published data set by ``index.schema.json``: the first few sentences."""
    validator = Validator({"$ref": load_schema(INDEX)["$id"]}, _own())
    errors = islice(validator.errors(data), most)
    return [f"{error.json_path.removeprefix('$.')}: {error.message[:200]}." for error in errors]


def _own() -> Resources:
    """Ours by their ids, and by those that they had."""
    now = {load_schema(name)["$id"]: load_schema(name) for name in NAMES}
    former = {f"{_FORMER}{name}": load_schema(name) for name in (FRONT_MATTER, POSTMORTEM)}
    return now | {name: {**schema, "$id": name} for name, schema in former.items()}
