"""A second check of the same archive takes the result of the first, and never another one; after an
edit only the edited page is read.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog import check_pages, repeats
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.project import check_cache

FOLDER = ".mkdocs-postmortem-cache"
KEPT = f"{FOLDER}/check.json"
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


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that are read, one after the other."""
    found: list[str] = []
    work = check_pages.read_file

    def counted(path: str, *args: Any) -> Any:
        found.append(path)
        return work(path, *args)

    monkeypatch.setattr(check_pages, "read_file", counted)
    return found


def test_after_an_edit_only_that_page_is_read(
    site: Site, checks: list[str], read: list[str]
) -> None:
    check(site)
    read.clear()
    site.write("postmortems/b.md", PAGE.replace("id: PM-1", "id: PM-1\n  related: [PM-9]"))
    again = check(site)

    assert read == ["postmortems/b.md"]
    assert again.output == check(site, "--no-cache").output
    assert "PM601" in again.output  # `a.md` has the same id


@pytest.mark.parametrize("name", ["b", "new"])
def test_an_editors_text_is_checked_with_the_pages_of_the_previous_check(
    site: Site, checks: list[str], read: list[str], name: str
) -> None:
    saved = check(site).output
    kept = {file: file.read_bytes() for file in (site.root / FOLDER).iterdir()}
    file = site.root / f"docs/postmortems/{name}.md"
    line = ["check", "--stdin-filename", str(file), "--jobs", "1", str(site.root)]
    text = PAGE.replace("SEV2", "SEV8")
    read.clear()
    found = CliRunner().invoke(main, line, input=text)

    assert read == []  # no other page
    assert "SEV8" in found.output
    assert "the same title" in found.output
    assert found.output == CliRunner().invoke(main, [*line, "--no-cache"], input=text).output
    assert {file: file.read_bytes() for file in (site.root / FOLDER).iterdir()} == kept
    assert check(site).output == saved


def test_what_else_has_changed_is_kept_while_an_editor_checks(
    site: Site, checks: list[str], read: list[str]
) -> None:
    file = site.root / "docs/postmortems/b.md"
    line = ["check", "--stdin-filename", str(file), "--jobs", "1"]
    CliRunner().invoke(main, line, input=PAGE.replace("SEV2", "SEV8"))
    assert sorted(read) == ["index.md", "postmortems/a.md"]
    read.clear()

    assert "SEV8" not in check(site).output
    assert read == ["postmortems/b.md"]


def test_similar_postmortems_are_searched_for_only_after_an_edit_that_may_change_them(
    site: Site, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[int] = []
    work = repeats.find_similar

    def counted(records: Any, within: int) -> Any:
        searches.append(len(records))
        return work(records, within)

    monkeypatch.setattr(repeats, "find_similar", counted)
    assert "PM605" in check(site).output
    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("09:24", "09:25"))
    assert "PM605" in check(site).output
    assert searches == [2]

    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("The pool", "A disk"))
    assert check(site).output == check(site, "--no-cache").output
    assert searches == [2, 2, 2]


@pytest.mark.parametrize(
    "pairs", [7, [7], [["a", "b", 0.5]], [["a.md", "postmortems/b.md", 0.5, ["x"]]]]
)
def test_wrong_pairs_do_no_harm(site: Site, checks: list[str], pairs: object) -> None:
    check(site)
    (site.root / KEPT).unlink()
    file = site.root / FOLDER / "pages.json"
    kept = json.loads(file.read_text("utf-8"))
    kept["value"]["similar"] = dict.fromkeys(kept["value"]["similar"], pairs)
    file.write_text(json.dumps(kept), encoding="utf-8")

    assert check(site).exit_code == 1


# Values that rules between pages look at, and what makes a page another kind of page.
CHANGES = (
    ("SEV2", "SEV1"),
    ("PM-1", "PM-2"),
    ("postmortem:", "postmortem:\n  related: [PM-2, PM-7]"),
    ("postmortem:", "postmortem:\n  recurrence_of: PM-3"),
    ("postmortem:", "postmortem:\n  visibility: internal"),
    ("postmortem:", "other:"),
    ("---\n", "---\n: : :\n"),
    ("Europe/Paris", "+02:00"),
    ("[checkout", "[check-out"),
    ("- [ ]", "- [x]"),
    ("09:12", "09:72"),
    ("# ", "<!-- postmortem:summary {id: PM-4} -->\n\n# "),
    ("# ", "<!-- postmortem:indx -->\n\n# "),
)


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits_it_says_what_a_full_check_says(
    site: Site, checks: list[str], read: list[str], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311
    for _ in range(25):
        name = f"postmortems/{dice.choice('abcdef')}.md"
        text = PAGE.replace("PM-1", f"PM-{dice.randint(1, 4)}")
        for change in dice.sample(CHANGES, dice.randint(0, 3)):
            text = text.replace(*change, 1)
        site.write(name, text)
        if dice.random() < 0.2:
            site.options["severities"] = dice.choice([["SEV1", "SEV2"], ["SEV2"]])
            site.write_config()
        elif dice.random() < 0.2 and len(list((site.root / "docs/postmortems").iterdir())) > 2:
            (site.root / "docs" / name).unlink()
        before = len(read)
        found = check(site, "--format", "json").output
        cost = len(read) - before
        assert found == check(site, "--format", "json", "--no-cache").output
        assert cost <= len(read) - before - cost


@pytest.mark.parametrize("name", ["check.json", "pages.json"])
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"key": 1}', "\0\xff", "[" * 100_000, "[[1, 2], {}]", '{"a": [1]}'],
)
def test_a_broken_file_is_ignored(
    site: Site, checks: list[str], read: list[str], name: str, text: str
) -> None:
    first = check(site)
    kept = site.root / FOLDER / name
    if "1]" in text:  # the right key with values of other kinds
        key = json.loads(kept.read_text("utf-8"))["key"]
        text = json.dumps({"key": key, "value": json.loads(text)})
    kept.write_text(text, encoding="latin-1")
    if name == "pages.json":
        (site.root / KEPT).unlink()
    again = check(site)

    assert (again.output, again.exit_code) == (first.output, first.exit_code)
    assert len(checks) == 2
    assert len(read) == (3 if name == "check.json" else 6)


@pytest.mark.parametrize("odd", [7, "x", ["x"], {"a": 1}, [[]] * 30])
def test_a_page_with_values_of_other_kinds_is_read_again(
    site: Site, checks: list[str], read: list[str], odd: object
) -> None:
    first = check(site)
    (site.root / KEPT).unlink()
    file = site.root / FOLDER / "pages.json"
    whole = json.loads(file.read_text("utf-8"))
    for place in range(1, 5):
        kept = json.loads(json.dumps(whole))
        kept["value"]["pages"]["postmortems/a.md"][place] = odd
        file.write_text(json.dumps(kept), encoding="utf-8")
        again = check(site)
        assert (again.output, again.exit_code) == (first.output, first.exit_code)
        (site.root / KEPT).unlink()


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


def test_a_folder_that_cannot_be_written_is_not_a_failure(
    site: Site, checks: list[str], tmp_path: Path
) -> None:
    (site.root / KEPT).parent.write_text("a file in its place", encoding="utf-8")

    assert check(site).exit_code == 1
    assert len(checks) == 1
