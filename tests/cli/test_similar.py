"""``similar``: what reads like an alert or a page, with the evidence."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site
from jsonschema import Draft202012Validator

from mkdocs_postmortem.checking.schemas import load_schema
from mkdocs_postmortem.cli import main

OTHER = (
    PAGE.replace("PM-1", "PM-2")
    .replace("The pool was too small.", "A certificate expired.")
    .replace("[checkout]", "[login]")
    .replace("Checkout was down", "Login refused everyone")
    .replace("Shoppers saw a 502 page.", "Nobody could log in.")
)


@pytest.fixture(autouse=True)
def archive(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.write_config()
    site.write("postmortems/one.md", PAGE)
    site.write("postmortems/two.md", OTHER)
    monkeypatch.chdir(site.root)
    return site


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["similar", *arguments])


def test_a_text_finds_what_reads_like_it_with_the_words_of_the_page() -> None:
    found = run("expired", "certificate", "at login", "--format", "json")

    data = json.loads(found.stdout)
    assert data["version"] == 1
    first = data["matches"][0]
    assert (first["id"], first["path"]) == ("PM-2", "postmortems/two.md")
    assert {word.lower() for word in first["same"]["words"]} == {"certificate", "expired", "login"}
    assert 0 < first["similarity"] < 1


@pytest.mark.parametrize("query", ["certificate", "docs/postmortems/one.md", "zzz"])
def test_the_data_follows_its_published_schema(archive: Site, query: str) -> None:
    undated = OTHER.replace("PM-2", "PM-3").replace("  severity: SEV2\n", "")
    archive.write("postmortems/three.md", re.sub(r"2026-03-14 ", "", undated))

    data = json.loads(run(query, "--format", "json").stdout)

    Draft202012Validator(load_schema("similar")).validate(data)


def test_a_page_is_compared_with_all_others() -> None:
    found = json.loads(run("docs/postmortems/one.md", "--format", "json").stdout)

    assert [item["id"] for item in found["matches"]] == ["PM-2"]
    assert found["matches"][0]["same"]["services"] == []


def test_a_page_outside_the_archive_has_its_services_and_causes_named(archive: Site) -> None:
    page = PAGE.replace("PM-1", "PM-9").replace("  root_cause", "  causes: [limits]\n  root_cause")
    (archive.root / "draft.md").write_text(page, encoding="utf-8")

    result = run("draft.md", "--most", "1")

    assert "same services: checkout" in result.output
    assert "root cause: The pool was too small." in result.output
    assert "Login" not in result.output


@pytest.mark.parametrize(
    ("query", "code", "says"),
    [
        ("zzz", 0, "No postmortem has a word in common"),
        ("docs/index.md", 2, "not a postmortem"),
        ("docs/nofile.md", 2, "There is no file `docs/nofile.md`"),
        ("no file.md", 2, "There is no file `no file.md`"),
        ("docs/nofile", 2, "There is no file `docs/nofile`"),
        ("zzz 502/503", 0, "No postmortem has a word in common"),
    ],
)
def test_what_finds_nothing_says_so(query: str, code: int, says: str) -> None:
    result = run(query)

    assert result.exit_code == code
    assert says in result.output


def test_control_characters_of_a_page_stay_out_of_the_terminal(archive: Site) -> None:
    cause = "A certificate expired."
    archive.write("postmortems/two.md", OTHER.replace(cause, f'"{cause}\\e[2J"'))

    output = run("certificate").output

    assert f"root cause: {cause}" in output
    assert "\x1b" not in output
