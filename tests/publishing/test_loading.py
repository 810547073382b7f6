"""A data set is read back as the records that it was made of; anything else is a clear error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drawn_site import PAGE

from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.lifecycle import Metric, Milestone
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.model.record import FIELD_NAMES, Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.dataset import as_dataset, check_dataset, load_dataset

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
METRICS = (Metric("Time to page", Milestone.DETECTED, Milestone.MITIGATED),)
SOURCE = "source: {tool: pagerduty, id: 12, url: 'https://p.example/12', imported: 2026-03-15}"
ODD = (
    PAGE.replace("started: 2026-03-14 09:12", "started: ~2026-03-14 09:12")
    .replace("users_affected: 35%", "users_affected: about 180 of 4,200")
    .replace("  detected_by", f"  {SOURCE}\n  detected_by")
)
DAY_ONLY = """---
title: A day is all we know
postmortem:
  id: D-1
  started: 2024-03-14
  status: draft
  services: ["\U0001f525 a/b", "\u05e9\u05dc\u05d5\u05dd"]
---
# A day is all we know

## Tasks

- [-] Move the pools (@lee, won't do: replaced by [OPS-2](https://t.example/2))
- [/] Alert on `a <b>` (@dana, due 2026-04-01, detect)
"""


def records_of(files: list[tuple[str, Path]]) -> tuple[Postmortem, ...]:
    return check_site(
        files, Checker(Settings(measures=METRICS), load_schemas(), TODAY)
    ).catalog.records


@pytest.fixture
def records(tmp_path: Path) -> tuple[Postmortem, ...]:
    own = []
    for name, text in {"a": PAGE, "odd": ODD.replace("PM-1", "PM-2"), "day": DAY_ONLY}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        own.append((f"postmortems/{name}.md", tmp_path / f"{name}.md"))
    example = (ROOT / "docs/postmortems").glob("*.md")
    return records_of([*own, *((f"postmortems/{file.name}", file) for file in example)])


def dump(records: tuple[Postmortem, ...]) -> str:
    return as_dataset(records, TODAY, lambda path: f"https://e.example/{path}")


def test_loading_is_the_way_back(records: tuple[Postmortem, ...]) -> None:
    text = dump(records)

    found = load_dataset(text)

    assert len(found) > 10
    assert json.loads(dump(found)) == json.loads(text)
    for record, again in zip(records, found, strict=True):
        assert again.day == record.day
        assert again.duration == record.duration
        assert again.source == record.source
        assert again.lifecycle.is_ongoing == record.lifecycle.is_ongoing
        assert [task.text for task in again.open_tasks] == [t.text for t in record.open_tasks]


def test_records_of_another_site_know_it(records: tuple[Postmortem, ...]) -> None:
    found = load_dataset(dump(records), "Payments")

    assert {record.origin.site for record in found if record.origin} == {"Payments"}
    assert all(record.origin and record.origin.url.startswith("https://e.") for record in found)
    assert {record.path for record in found}.isdisjoint(record.path for record in records)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "postmortems/a/", "//e.example/", 5, "http:///x"],
)
def test_only_addresses_of_other_sites_become_links(url: object) -> None:
    item = {"id": "a", "title": "A", "path": "a.md", "url": url}
    (record,) = load_dataset(json.dumps({"version": 1, "postmortems": [item]}), "Other")

    assert record.origin is not None
    assert record.origin.url == ""


def broken() -> Iterator[Any]:
    def case(name: str, message: str, change: Callable[[dict[str, Any]], Any]) -> Any:
        return pytest.param(message, change, id=name)

    yield case("list", "not a data set", lambda data: [data])
    yield case("version", "not a data set", lambda data: {**data, "version": "1"})
    yield case("newer", "version 2 .* Update", lambda data: {**data, "version": 2})
    yield case("record", r"postmortems\[0\]: an object", lambda data: {**data, "postmortems": [3]})
    for key, value, message in (
        ("id", None, r"postmortems\[0\]\.id is missing"),
        ("services", "a", r"\.services: a list of text values is expected"),
        ("services", [1], r"\.services: a list of text values"),
        ("started", "2026", r"\.started: an object"),
        ("started", {"written": "x", "at": "yesterday"}, r"\.started\.at: a time such as"),
        ("started", {"at": "2026-03-14T09:12:00Z"}, r"\.started\.written is missing"),
        ("status", "gone", r"\.status: one of `draft`"),
        ("tasks", [{"text": "a", "state": "maybe"}], r"\.tasks\[0\]\.state: one of `open`"),
        ("tasks", [{"text": "a", "state": "open", "due": "soon"}], r"\.due: a day such as"),
        ("timeline", [{"kind": "action", "text": ""}], r"\.timeline\[0\]\.time: an object"),
        ("words", True, r"\.words: a whole number"),
        ("dated", "0001-01-01", r"\.dated: a day such as .* between 1900 and 2199"),
        (
            "resolved",
            {"written": "x", "at": "9999-12-31T23:59:00Z"},
            r"\.resolved\.at: .* between 1900",
        ),
        ("users_affected", {"written": "x", "percent": 1e30}, r"\[0\] has a number beyond"),
        ("users_affected", {"written": "x", "percent": 101}, r"percent: a number from 0 to 100"),
        ("users_affected", {"written": "x", "count": -1}, r"count: a whole number from 0"),
        ("words", 10**20, r"postmortems\[0\] has a number beyond"),
        ("services", [str(n) for n in range(101)], r"\.services has 101 values; 100 are allowed"),
        ("custom", float("nan"), r"\[0\] has a number beyond"),
        ("custom", [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]], r"\[0\] is nested too deeply"),
        ("custom", "a" * 100_001, r"\[0\] has a text of 100,001 characters"),
        ("tasks", [{"text": "a", "state": "open"}] * 10_001, r"a list of 10,001 values"),
    ):
        yield case(f"{key}-{value}"[:40], message, _changed(key, value))


def _changed(key: str, value: object) -> Callable[[dict[str, Any]], Any]:
    def change(data: dict[str, Any]) -> Any:
        first = {name: item for name, item in data["postmortems"][0].items() if name != key}
        return {**data, "postmortems": [{**first, **({key: value} if value is not None else {})}]}

    return change


@pytest.mark.parametrize(("message", "change"), list(broken()))
def test_what_is_wrong_is_named_with_its_place(
    records: tuple[Postmortem, ...], message: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    with pytest.raises(DataError, match=message):
        check_dataset(json.dumps(change(json.loads(dump(records)))))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", "\ufeff{}"])
def test_invalid_json_is_reported(text: str) -> None:
    with pytest.raises(DataError):
        load_dataset(text)


def test_the_schema_is_checked_as_well(records: tuple[Postmortem, ...]) -> None:
    data = json.loads(dump(records))
    check_dataset(json.dumps(data))
    with pytest.raises(DataError, match="generated"):
        check_dataset(json.dumps({**data, "generated": "today"}))


def test_a_field_of_the_front_matter_is_no_custom_one_when_loaded(
    records: tuple[Postmortem, ...],
) -> None:
    found = load_dataset(dump(records))
    names = [name for name in FIELD_NAMES if hasattr(records[0], name)]

    assert {"impact", "trigger", "causes", "detected_by", "authors"} <= set(names)
    assert all(not record.custom.keys() & FIELD_NAMES for record in found)
    for name in names:
        values = [getattr(record, name) for record in records]
        if name not in ("timeline", "tasks"):  # these have their places as well
            assert [getattr(record, name) for record in found] == values, name
