"""A company's schema cannot make a check run without end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mkdocs_postmortem.checking.custom_schema import BoundedValidator
from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schemas

OURS = {"$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json"}


def load(folder: Path, **schema: Any) -> Any:
    file = folder / "company.json"
    file.write_text(json.dumps({**OURS, **schema}), encoding="utf-8")
    return load_schemas(file)


def test_definitions_that_name_the_next_one_twice_are_refused(tmp_path: Path) -> None:
    definitions: dict[str, Any] = {
        f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}, {"$ref": f"#/$defs/d{n + 1}"}]}
        for n in range(40)
    }
    definitions["d40"] = {"type": "string"}

    with pytest.raises(CustomSchemaError, match="multiply"):
        load(tmp_path, properties={"region": {"$ref": "#/$defs/d0"}}, **{"$defs": definitions})


def test_a_pattern_takes_time_linear_in_the_text(tmp_path: Path) -> None:
    schemas = load(tmp_path, properties={"region": {"pattern": "^(a+)+$"}})
    validator = BoundedValidator({"pattern": "^(a+)+$"})

    errors = [*schemas.record.errors({"region": "a" * 40 + "!"})]

    assert any("does not match" in error.message for error in errors)
    assert not validator.is_valid("a" * 5000 + "!")
    assert validator.is_valid("a" * 5000)


@pytest.mark.parametrize(
    "part",
    [
        {"properties": {"region": {"pattern": r"(a)\1"}}},
        {"properties": {"region": {"pattern": "(?=a)b"}}},
        {"patternProperties": {"^(a+)+$": {}}},
        {"patternProperties": {"^a*a*a*b$": {}}},
    ],
)
def test_a_pattern_without_a_linear_search_is_refused(tmp_path: Path, part: dict[str, Any]) -> None:
    with pytest.raises(CustomSchemaError, match=r"linear time|too complex"):
        load(tmp_path, **part)


def test_usual_patterns_of_keys_are_read(tmp_path: Path) -> None:
    load(tmp_path, patternProperties={"^x-[a-z]+$": {}, "^cost_": {}, "url$": {}})


def test_unique_items_compares_values_as_json_does() -> None:
    validator = BoundedValidator({"uniqueItems": True})

    assert validator.is_valid([{"a": 1}, {"a": 2}, [1], [2]])
    assert not validator.is_valid([{"a": 1, "b": 2}, {"b": 2, "a": 1}])
    assert validator.is_valid(list(map(str, range(20_000))))
