"""Our schemas, a company's, and what may not be fetched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn_site import PAGE, Site
from jsonschema import Draft202012Validator

from mkdocs_postmortem.checking.schemas import NAMES, CustomSchemaError, load_schema, load_schemas
from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page

ProblemsOf = Callable[..., list[Problem]]
COMPANY = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json",
    "properties": {
        "region": {
            "title": "Region",
            "enum": ["eu", "us"],
            "x-postmortem": {"show": ["summary", "index"], "facet": True},
        },
        "severity": {"enum": ["SEV1", "SEV2"]},
        "sections": {"required": ["lessons"]},
    },
    "required": ["region"],
}


def company(tmp_path: Path, **changes: Any) -> Path:
    file = tmp_path / "company.schema.json"
    file.write_text(json.dumps({**COMPANY, **changes}), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
def test_our_schemas_are_valid_and_say_what_they_mean(name: str) -> None:
    schema = load_schema(name)

    Draft202012Validator.check_schema(schema)
    assert schema["description"]
    for path, spec in described(schema):
        assert spec.get("title"), path
        assert spec.get("description"), path


def described(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, however deep, with its path."""
    for key, spec in schema.get("properties", {}).items():
        if set(spec) != {"$ref"}:
            yield f"{path}.{key}", spec
        yield from described(spec, f"{path}.{key}")
        yield from described(spec.get("items", {}), f"{path}.{key}[]")
    for name, spec in schema.get("$defs", {}).items():
        yield from described(spec, f"{path}#{name}")


def test_formats_are_really_checked() -> None:
    validator = load_schemas().record
    moment = {"at": "garbage", "written": "x"}

    assert any("garbage" in error.message for error in validator.errors({"started": moment}))
    assert any(
        error.validator == "format"
        for error in validator.errors({"started": {"at": "2026-03-14T09:12", "written": "x"}})
    )


def test_addresses_are_really_checked() -> None:
    checker = load_schemas().record.slow.format_checker

    assert checker is not None
    assert {"date-time", "date", "uri"} <= set(checker.checkers)
    assert checker.conforms("https://example.com/a", "uri")
    assert not checker.conforms("no address", "uri")


def test_a_record_fits_its_schema() -> None:
    page = read_page("a.md", PAGE.encode(), Settings())
    assert page is not None
    assert page.record is not None

    data = to_data(page.record)

    assert list(load_schemas().closed.errors(data)) == []
    assert data["duration_seconds"] == 47 * 60
    assert data["started"]["at"] == "2026-03-14T09:12:00+01:00"
    json.dumps(data)


def test_a_company_s_field_is_required_and_its_enumeration_holds(
    problems_of: ProblemsOf, tmp_path: Path
) -> None:
    file = company(tmp_path)

    missing = problems_of(PAGE, schema=file)
    wrong = problems_of(PAGE.replace("  impact", "  region: erope\n  impact"), schema=file)
    right = problems_of(PAGE.replace("  impact", "  region: eu\n  impact"), schema=file)

    assert any("`region` is missing" in item.message for item in missing)
    assert any("`region: erope` is not allowed" in item.message for item in wrong)
    assert not any("region" in item.message for item in right)


def test_a_company_s_section_is_required(problems_of: ProblemsOf, tmp_path: Path) -> None:
    problems = problems_of(PAGE, schema=company(tmp_path))

    assert any("no section on lessons" in item.message for item in problems)


def test_an_unknown_key_is_still_unknown(problems_of: ProblemsOf, tmp_path: Path) -> None:
    text = PAGE.replace("  impact", "  region: eu\n  regoin: eu\n  impact")

    problems = problems_of(text, schema=company(tmp_path))

    (unknown,) = [item for item in problems if item.code == "PM101"]
    assert "Did you mean `region`?" in unknown.fix
    assert str(unknown.position) == "13:3"


def test_one_error_makes_no_other_key_unknown(problems_of: ProblemsOf, tmp_path: Path) -> None:
    schema = company(tmp_path, required=[], properties={"region": {}})
    text = PAGE.replace("severity: SEV2", "severity: SEV9\n  region: eu")

    problems = problems_of(text, schema=schema)

    assert [item.code for item in problems if item.code.startswith("PM1")] == ["PM103"]


@pytest.mark.parametrize(
    "reference",
    ["https://example.com/schema.json", "file:///etc/passwd", "other.json", "#/$defs/nothing"],
)
def test_nothing_is_fetched(tmp_path: Path, reference: str) -> None:
    with pytest.raises(CustomSchemaError, match="does not resolve"):
        load_schemas(company(tmp_path, **{"$ref": reference}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not readable"),
        ("[]", "must be an object"),
        ('{"type": "nothing"}', "is not valid"),
        ('{"properties": {"a": {"x-postmortem": {"shown": []}}}}', "x-postmortem"),
        ('{"properties": {"a": {"x-postmortem": {"show": ["page"]}}}}', "x-postmortem"),
        ('{"properties": {"severity": {"x-postmortem": {"facet": true}}}}', "built-in field"),
    ],
)
def test_a_broken_company_schema_says_why(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CustomSchemaError, match=words):
        load_schemas(file)


def test_a_missing_company_schema_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(CustomSchemaError, match=r"gone\.json"):
        load_schemas(tmp_path / "gone.json")


def test_a_custom_field_is_in_summary_and_index(site: Site) -> None:
    company(site.root)
    site.options = {"schema": "company.schema.json", "on_error": "warn"}
    site.write("postmortems/a.md", PAGE.replace("  impact", "  region: eu\n  impact"))

    built = site.build()

    assert "<dt>Region</dt><dd>eu</dd>" in built.page().replace("\n", "")
    assert '<th scope="col" data-sort="text">Region</th>' in built.page("postmortems/")
    assert '<td data-label="Region">eu</td>' in built.page("postmortems/")


def test_a_column_that_no_outage_fills_is_left_out(site: Site) -> None:
    company(site.root, required=[])
    site.options = {"schema": "company.schema.json", "on_error": "warn"}
    site.write("postmortems/a.md", PAGE)

    page = site.build().page("postmortems/")
    assert "Checkout was down" in page
    assert "Region" not in page


def test_a_schema_may_be_yaml(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(
        "$ref: https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json\n"
        "properties: {team: {type: string}}\n",
        encoding="utf-8",
    )

    (field,) = load_schemas(file).fields

    assert (field.name, field.label) == ("team", "Team")


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_has_a_versioned_address(name: str) -> None:
    address = load_schema(name)["$id"]

    assert address.endswith(f"/schemas/1/{name}.schema.json")


@pytest.mark.parametrize(
    "base", ["urn:mkdocs-postmortem:schema:postmortem", load_schema("postmortem")["$id"]]
)
def test_a_company_schema_may_use_the_address_or_the_former_id(tmp_path: Path, base: str) -> None:
    file = tmp_path / "company.json"
    schema = {"$ref": base, "properties": {"first": {"$ref": f"{base}#/properties/title"}}}
    file.write_text(json.dumps(schema), encoding="utf-8")

    schemas = load_schemas(file)

    assert [*schemas.record.errors({"id": ""})]
    assert schemas.fields[0].name == "first"
