"""``schema``: print a schema, and merge your own into it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import click

from mkdocs_postmortem.checking.schemas import NAMES, CustomSchemaError, load_schema, load_schemas
from mkdocs_postmortem.cli import Refusal


@click.command(short_help="Print a JSON Schema.")
@click.argument("name", type=click.Choice(NAMES), default="postmortem", metavar="[NAME]")
@click.option(
    "--with",
    "custom",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own schema, to merge into it.",
)
@click.option(
    "--draft7", is_flag=True, help="Write draft 7, for tools that support no later JSON Schema."
)
def schema(name: str, custom: Path | None, draft7: bool) -> None:
    """Print one of the schemas: front-matter, postmortem, index, problems or similar."""
    data = copy.deepcopy(load_schema(name))
    if custom is not None:
        # It loads jsonschema, which takes longer than everything else here.
        from mkdocs_postmortem.checking.custom_schema import read_custom_schema

        try:
            load_schemas(custom)
            data = merged(data, read_custom_schema(custom), name)
        except CustomSchemaError as error:
            raise Refusal(str(error)) from error
    if draft7:
        # There a `$ref` hides its siblings: some suggestions are lost, nothing valid is refused.
        data["$schema"] = "http://json-schema.org/draft-07/schema#"
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def merged(base: dict[str, Any], own: dict[str, Any], name: str) -> dict[str, Any]:
    """The built-in schema with the custom fields, required keys and definitions."""
    target = base["$defs"]["postmortem"] if name == "front-matter" else base
    known = target.setdefault("properties", {})
    for key, spec in own.get("properties", {}).items():
        if key in known and name == "front-matter":
            continue  # the record's form of a field of ours is not what people type
        known[key] = {**known.get(key, {}), **spec}
    required = [key for key in own.get("required", []) if key in known]
    if required:
        target["required"] = sorted({*target.get("required", []), *required})
    base.setdefault("$defs", {}).update(own.get("$defs", {}))
    return base
