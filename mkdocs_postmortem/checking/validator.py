"""A compiled schema: errors with their places, and quickly none where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from mkdocs_postmortem.checking.bounds import BoundedValidator

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
