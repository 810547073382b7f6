"""What the fast validator passes has no error by the one that finds them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from drawn_site import PAGE
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.checking.schemas import Schemas, load_schemas
from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page

COMPANY = {
    "$id": "urn:test:company",
    "allOf": [
        {"$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json"}
    ],
    "required": ["region"],
    "properties": {"region": {"enum": ["eu", "us"], "x-postmortem": {"facet": True}}},
}


@pytest.fixture(scope="module", params=["ours", "a company's"])
def schemas(request: Any, tmp_path_factory: Any) -> Schemas:
    pytest.importorskip("jsonschema_rs")  # has no wheels for 32-bit ARM and PyPy
    if request.param == "ours":
        return load_schemas()
    file = Path(tmp_path_factory.mktemp("schema")) / "company.json"
    file.write_text(json.dumps(COMPANY), encoding="utf-8")
    return load_schemas(file)


def data() -> tuple[dict[str, Any], dict[str, Any]]:
    text = PAGE.replace("Root cause and resolution", "Root cause and resolution\n\n### Resolution")
    page = read_page("postmortems/a.md", text.encode(), Settings())
    assert page is not None
    assert page.record is not None
    return page.data, {**to_data(page.record), "region": "eu"}


TYPED, RECORD = data()
ODD = st.sampled_from(
    (None, True, 0, -1, 1.5, 1.0, 10**30, float("nan"), "", " ", "x", [], [1], [""], {}, {"x": 1})
) | st.sampled_from(
    ("2026-03-14", "2026-13-14", "published", "2026-03-14T09:12:00Z", "2026-03-14T09:12:00")
)


@st.composite
def spoiled(draw: Any, whole: dict[str, Any]) -> dict[str, Any]:
    """The data with up to three values replaced, taken away or added somewhere."""
    found = copy.deepcopy(whole)
    for _ in range(draw(st.integers(0, 3))):
        node: Any = found
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = draw(st.sampled_from([*keys, "new"])) if keys else "new"
            below = node[key] if key != "new" else None
            if isinstance(below, (dict, list)) and draw(st.booleans()):
                node = below
                continue
            break
        odd = copy.deepcopy(draw(ODD))
        how = draw(st.sampled_from(["set", "set", "delete"]))
        if key == "new":
            node.append(odd) if isinstance(node, list) else node.update(new=odd)
        elif how == "set":
            node[key] = odd
        else:
            del node[key]
    return found


@pytest.mark.parametrize("name", ["front_matter", "record", "closed"])
@given(both=st.tuples(spoiled(TYPED), spoiled(RECORD)))
def test_what_is_passed_is_valid(schemas: Schemas, name: str, both: tuple[Any, Any]) -> None:
    compiled = getattr(schemas, name)
    value = both[0] if name == "front_matter" else both[1]

    if compiled.fast.is_valid(value):
        assert not list(compiled.slow.iter_errors(value))


def test_pages_as_people_write_them_are_passed(schemas: Schemas) -> None:
    assert schemas.front_matter.fast.is_valid(TYPED)
    # Of ours alone, the company's field is one that nobody knows.
    record = RECORD if "region" in {item.name for item in schemas.fields} else dict(RECORD)
    if record is not RECORD:
        del record["region"]
    assert schemas.record.fast.is_valid(record)
    assert schemas.closed.fast.is_valid(record)
