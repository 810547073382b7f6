"""A file whose name is not UTF-8 gets a sentence from every command, and from the build."""

from __future__ import annotations

import os
import shutil

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

WORDS = [
    *("check", "check --format json", "check --format sarif", "check --format junit"),
    *("check --format github", "check --fix", "stats", "tasks", "tasks --format json"),
    *("export json", "export csv", "export ics", "export jsonfeed", "export atom"),
    *("export sqlite --output data.db", "generate --check", "generate", "index README.md"),
    *("index README.md --write", "similar PM-1", "adopt --all docs", "agents"),
    *("adopt --all --output out docs", "zensical build", "init . --yes"),
    "new Outage --id PM-7 --started 2026-03-14T09:12",
]


@pytest.fixture
def odd(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.config["site_url"] = "https://site.example/"
    site.write_config()
    site.write("postmortems/good.md", PAGE.replace("PM-1", "PM-2"))
    site.write("postmortems/a.md", PAGE)
    file = site.root / "docs/postmortems/a.md"
    try:
        file.rename(file.with_name(os.fsdecode(b"a\xff.md")))
    except OSError:
        pytest.skip("this system has no such names")
    monkeypatch.chdir(site.root)
    return site


@pytest.mark.parametrize("words", WORDS)
def test_no_command_ends_in_a_traceback(odd: Site, words: str) -> None:
    result = CliRunner().invoke(main, words.split())

    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception


@pytest.mark.parametrize("words", ["check", "stats", "export json"])
def test_no_command_stumbles_over_a_folder(odd: Site, words: str) -> None:
    docs = odd.root / "docs"
    shutil.copytree(docs / "postmortems", docs / os.fsdecode(b"d\xff"))

    result = CliRunner().invoke(main, words.split())

    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception


def test_check_says_what_to_do(odd: Site) -> None:
    result = CliRunner().invoke(main, ["check"])

    assert "PM001 The file's name is not UTF-8." in result.output
    assert "Rename the file." in result.output


def test_a_build_says_what_to_do(odd: Site) -> None:
    built = odd.build()

    assert "postmortems/a?.md: The file's name is not UTF-8. Rename the file." in "\n".join(
        built.messages()
    )
