"""The page on the record, made from its schema."""

from __future__ import annotations

from typing import Any

from mkdocs_postmortem.checking.schemas import load_schema


def record_page(note: str) -> str:
    """Every key of a record, then those of the values that have keys of their own."""
    schema = load_schema("postmortem")
    required = set(schema["required"])
    parts = [
        "# The record\n",
        note,
        "After this page you know every key of a record. The plugin reads one record from each",
        "page and validates it: keys in bold are required, and a [schema of your",
        "own](../guide/company-schema.md) can add to them. `postmortems.json` contains a record",
        "for each outage. Unknown values are left out.\n",
        table(schema["properties"], required),
    ]
    for key, value in nested(schema):
        parts += [f"## {key}\n", table(value["properties"], set(value.get("required", ())))]
    return "\n".join(parts)


def nested(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The objects inside a record, by the heading that they get."""
    properties, shared = schema["properties"], schema["$defs"]
    return [
        ("A time (moment)", shared["moment"]),
        ("An item of measures", properties["measures"]["additionalProperties"]),
        ("users_affected", properties["users_affected"]),
        ("sections", properties["sections"]),
        ("An item of timeline", properties["timeline"]["items"]),
        ("An item of tasks", properties["tasks"]["items"]),
        ("Added in published data", shared["published"]),
    ]


def table(properties: dict[str, Any], required: set[str]) -> str:
    """The keys of one object."""
    rows = ["| key | type | meaning |", "| --- | --- | --- |"]
    for name, spec in properties.items():
        text = spec.get("description", spec.get("title", ""))
        shown = f"**`{name}`**" if name in required else f"`{name}`"
        rows.append(f"| {shown} | {kind(spec)} | {text} |")
    return "\n".join(rows) + "\n"


def kind(spec: dict[str, Any]) -> str:
    """The type of a value in words."""
    if "$ref" in spec:
        return str(spec["$ref"].rpartition("/")[2])
    if "const" in spec:
        return f"`{spec['const']}`"
    if "enum" in spec:
        return ", ".join(f"`{item}`" for item in spec["enum"])
    name = str(spec.get("type", "any"))
    if name == "array":
        return f"list of {kind(spec.get('items', {}))}"
    return str(spec.get("format", name))
