"""A second check of the same archive takes the result of the first, and never another one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.project import check_cache

KEPT = ".mkdocs-postmortem-cache/check.json"
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "allOf": [
        {"$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json"}
    ],
}


@pytest.fixture
def checks(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An archive that is large enough; gets an item for each time that it is checked."""
    monkeypatch.setattr(check_cache, "_SMALL", 2)
    module = import_module("mkdocs_postmortem.cli.check")
    found: list[str] = []
    work: Callable[..., Any] = module.check_site

    def counted(*args: Any, **named: Any) -> Any:
        found.append("checked")
        return work(*args, **named)

    monkeypatch.setattr(module, "check_site", counted)
    site.write_config()
    site.write("postmortems/a.md", PAGE.replace("SEV2", "SEV9"))
    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-2"))
    return found


def check(site: Site, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", str(site.root), "--jobs", "1", *options])


def test_the_second_check_has_the_same_to_say(site: Site, checks: list[str]) -> None:
    first, again = check(site), check(site)

    assert checks == ["checked"]
    assert again.output == first.output
    assert "PM103" in again.output
    assert again.exit_code == first.exit_code == 1
    assert (site.root / KEPT).with_name(".gitignore").read_text("utf-8") == "*\n"


def test_what_is_shown_of_it_may_differ(site: Site, checks: list[str]) -> None:
    check(site)

    assert "PM103" not in check(site, "--ignore", "PM103").output
    assert "error" in json.loads(check(site, "--format", "json").stdout)["counts"]
    assert checks == ["checked"]


def edit_page(site: Site) -> None:
    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-3"))


def rename_page(site: Site) -> None:
    (site.root / "docs/postmortems/b.md").rename(site.root / "docs/postmortems/c.md")


def new_page(site: Site) -> None:
    site.write("postmortems/c.md", PAGE.replace("PM-1", "PM-3"))


def exclude_page(site: Site) -> None:
    site.write("postmortems/c.md", PAGE.replace("PM-1", "PM-3"))
    site.write_config(exclude_docs="postmortems/c.md\n")


def change_option(site: Site) -> None:
    site.options["severities"] = ["SEV9"]
    site.write_config()


def add_schema(site: Site) -> None:
    (site.root / "own.json").write_text(json.dumps({**SCHEMA, "required": ["impact"]}), "utf-8")
    site.options["schema"] = "own.json"
    site.write_config()


def change_schema(site: Site) -> None:
    (site.root / "own.json").write_text(json.dumps({**SCHEMA, "required": ["region"]}), "utf-8")


@pytest.mark.parametrize(
    "edit", [edit_page, rename_page, new_page, exclude_page, change_option, add_schema]
)
def test_after_an_edit_everything_is_checked(
    site: Site, checks: list[str], edit: Callable[[Site], None]
) -> None:
    check(site)
    edit(site)
    again = check(site)

    assert len(checks) == 2
    assert again.output == check(site, "--no-cache").output


def test_an_edit_of_the_schema_counts(site: Site, checks: list[str]) -> None:
    add_schema(site)
    check(site)
    change_schema(site)

    assert "region" in check(site).output


def test_another_day_and_another_program_are_another_result(
    site: Site, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(site)
    check(site, "--today", "2027-01-01")
    assert len(checks) == 2
    monkeypatch.setattr(sys, "version", "another")
    check(site, "--today", "2027-01-01")
    assert len(checks) == 3


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"key": 1}', "\0\xff", "[" * 100_000, None]
)
def test_a_broken_file_is_ignored(site: Site, checks: list[str], text: str | None) -> None:
    first = check(site)
    kept = site.root / KEPT
    if text is None:  # the right key with values of other kinds
        text = json.dumps({**json.loads(kept.read_text("utf-8")), "problems": [[1, 2], {}]})
    kept.write_text(text, encoding="latin-1")
    again = check(site)

    assert (again.output, again.exit_code) == (first.output, first.exit_code)
    assert len(checks) == 2


def test_nothing_is_kept_where_it_is_not_wanted(site: Site, checks: list[str]) -> None:
    check(site, "--no-cache")
    check(site, "--no-cache")

    assert not (site.root / KEPT).parent.exists()
    assert len(checks) == 2


def test_a_small_archive_leaves_no_folder(
    site: Site, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_cache, "_SMALL", 4)
    check(site)

    assert not (site.root / KEPT).parent.exists()


def test_a_folder_that_cannot_be_written_is_no_failure(
    site: Site, checks: list[str], tmp_path: Path
) -> None:
    (site.root / KEPT).parent.write_text("a file in its place", encoding="utf-8")

    assert check(site).exit_code == 1
    assert len(checks) == 1
