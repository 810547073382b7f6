"""Measures of a team's own: the option, and every place where built-in measures stand."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mkdocs_postmortem.checking.schemas import NAMES, load_schema
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.lifecycle import Metric, Milestone
from mkdocs_postmortem.model.options import read_options

TO_PAGE = {"name": "Time to <page>", "from": "detected", "to": "acknowledged"}
TO_CLOSE = {"name": "Tail", "from": "mitigated", "to": "resolved"}


@pytest.fixture
def archive(site: Site) -> Site:
    site.options |= {"measures": [TO_PAGE, TO_CLOSE], "on_error": "warn"}
    acknowledged = PAGE.replace("  mitigated:", "  acknowledged: 2026-03-14 09:31\n  mitigated:")
    site.write("postmortems/a.md", acknowledged)
    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-2"))
    return site


def test_a_measure_has_a_name_and_two_ends() -> None:
    settings, faults = read_options({"measures": [TO_PAGE, TO_CLOSE]})

    assert faults == []
    assert settings.measures == (
        Metric("Time to <page>", Milestone.DETECTED, Milestone.ACKNOWLEDGED),
        Metric("Tail", Milestone.MITIGATED, Milestone.RESOLVED),
    )
    assert settings.measures[0].key == "time_to_page"


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        ("Time to page", "a list such as"),
        ([3], "is expected, not `3`"),
        ([{"name": "A", "from": "started"}], "item 1: `to` is missing"),
        ([{"name": "A", "form": "started", "to": "resolved"}], "Did you mean `from`?"),
        ([{"name": "A", "from": "started", "to": "aknowledged"}], "Did you mean `acknowledged`?"),
        ([{"name": "A", "from": ["started"], "to": "resolved"}], "is not one of"),
        ([{"name": "A", "from": "started", "to": "started"}], "must differ"),
        ([{"name": " ", "from": "started", "to": "resolved"}], "is not a name"),
        ([{"name": 7, "from": "started", "to": "resolved"}], "is not a name"),
        ([{"name": "A" * 61, "from": "started", "to": "resolved"}], "longer than 60"),
        ([{"name": "Duration", "from": "started", "to": "resolved"}], "is taken"),
        ([TO_CLOSE, {**TO_PAGE, "name": "tail"}], "item 2: the name `tail` is taken"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_write(measures: Any, words: str) -> None:
    _, faults = read_options({"measures": measures})

    assert len(faults) >= 1
    assert all(fault.startswith("measures") for fault in faults)
    assert any(words in fault for fault in faults), faults


def test_all_errors_are_reported_at_once() -> None:
    _, faults = read_options({"measures": [{"name": 1, "from": "a", "to": "b"}, 4, TO_PAGE]})

    assert len(faults) == 4


def test_it_is_among_the_figures_with_both_ends(archive: Site) -> None:
    page = archive.build().main("postmortems/")

    assert "Time to &lt;page&gt;" in page
    assert "detected → acknowledged, n = 1, 1 unknown" in page
    assert "12 min" in page
    assert "mitigated → resolved, n = 2" in page


def test_it_is_in_the_summary_if_it_is_known(archive: Site) -> None:
    built = archive.build()

    assert "<dt>Time to &lt;page&gt;</dt>" in built.main("postmortems/a/")
    assert "Time to &lt;page&gt;" not in built.main("postmortems/b/")


def test_it_is_in_the_data(archive: Site) -> None:
    folder = archive.build().folder / "postmortems"

    data = json.loads((folder / "postmortems.json").read_text(encoding="utf-8"))
    registry: Registry = Registry().with_resources(  # type: ignore[type-arg]
        (load_schema(name)["$id"], Resource.from_contents(load_schema(name))) for name in NAMES
    )
    Draft202012Validator(load_schema("index"), registry=registry).validate(data)
    assert TO_PAGE in data["measures"]
    assert {"name": "duration", "from": "started", "to": "resolved"} in data["measures"]
    by_id = {item["id"]: item["measures"] for item in data["postmortems"]}
    assert by_id["PM-1"]["Time to <page>"] == {
        "from": "detected",
        "to": "acknowledged",
        "seconds": 720,
    }
    assert by_id["PM-2"] == {"Tail": {"from": "mitigated", "to": "resolved", "seconds": 480}}
    rows = csv.DictReader(io.StringIO((folder / "postmortems.csv").read_text(encoding="utf-8")))
    found = {row["id"]: (row["time_to_page_seconds"], row["tail_seconds"]) for row in rows}
    assert found == {"PM-1": ("720", "480"), "PM-2": ("", "480")}


def test_the_commands_know_it(
    archive: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive.write_config()
    monkeypatch.chdir(archive.root)

    text = CliRunner().invoke(main, ["stats"]).output
    assert "Time to <page>     median 12 min (detected → acknowledged, n = 1, 1 unknown: PM-2)" in (
        text
    )
    result = CliRunner().invoke(main, ["export", "sqlite", "-o", "a.sqlite"])
    assert result.exit_code == 0
    connection = sqlite3.connect("a.sqlite")
    sums = connection.execute("SELECT sum(time_to_page_seconds), max(tail_seconds) FROM outages")
    assert sums.fetchone() == (720, 480)
    connection.close()


def test_a_wrong_measure_stops_the_build_with_a_sentence(site: Site) -> None:
    site.options["measures"] = [{"name": "A", "from": "stared", "to": "resolved"}]

    built = site.build()

    assert built.error is not None
    assert any("Did you mean `started`" in message for message in built.messages())
