"""A company's schema reaches nothing outside, and cannot keep the build busy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mkdocs_postmortem.checking.custom_schema import OURS
from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schema, load_schemas

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"$ref": "file:///etc/passwd"}', "nothing is fetched"),
        ('{"$ref": "https://evil.example/schema.json"}', "nothing is fetched"),
        ('{"$ref": "../../secret.json"}', "nothing is fetched"),
        ('{"$ref": "/etc/passwd"}', "nothing is fetched"),
        ('{"$ref": "http://[::1"}', "uri-reference"),
        ('{"$dynamicRef": "https://evil.example/#a"}', "nothing is fetched"),
        ('{"$id": "https://a.example/b", "$ref": "other"}', "nothing is fetched"),
        ('{"$defs": {"a": {"$id": "file:///etc/", "$ref": "passwd"}}}', "is inside"),
        (
            '{"$id": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json"}',
            "belongs to a built-in schema",
        ),
        ('{"$ref": "#"}', "leads back to its start"),
        ('{"if": {"required": ["a"]}, "then": {"$ref": "#"}}', "leads back to its start"),
        ('{"$schema": "https://evil.example/meta"}', "is not supported"),
        (
            '{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#"}}}',
            "leads back to its start",
        ),
        ("a: &a [*a]", "nothing above is called"),
        (BOMB, "unfolds"),
        ('{"not": ' * 400 + "{}" + "}" * 400, "nested"),
        ("[" * 100_000, "nest"),  # PyYAML 6.0.4 has words of its own
        ("a: !!python/object/apply:os.system [echo]\n" + BOMB, "unfolds"),
    ],
)
def test_what_reaches_out_or_never_ends_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "schema.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CustomSchemaError, match=message):
        load_schemas(file)


def test_deep_json_is_refused_as_well(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    for depth in (500, 100_000):
        file.write_text('{"not": ' * depth + "{}" + "}" * depth, encoding="utf-8")
        with pytest.raises(CustomSchemaError):
            load_schemas(file)


def test_ours_are_called_as_the_messages_say() -> None:
    assert [load_schema(name)["$id"] for name in ("postmortem", "front-matter")] == list(OURS)


def test_a_schema_in_yaml_still_works(tmp_path: Path) -> None:
    schema = {"allOf": [{"$ref": OURS[0]}], "properties": {"cost": {"default": {"allOf": 1}}}}
    file = tmp_path / "schema.yml"
    file.write_text(json.dumps(schema, indent=1), encoding="utf-8")
    assert [field.name for field in load_schemas(file).fields] == ["cost"]
