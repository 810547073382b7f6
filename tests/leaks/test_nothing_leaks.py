"""What is internal stands in no byte of a site for the public, and in one for colleagues."""

from __future__ import annotations

import logging

import pytest
from click.testing import CliRunner
from drawn_site import Site
from secrets_site import CONFIGS, Words, config, found_in, words_in, write_site

from mkdocs_postmortem.cli import main

COMMANDS = (
    ["export", "json"],
    ["export", "json", "--tasks"],
    ["export", "csv"],
    ["export", "csv", "--tasks"],
    ["export", "ics"],
    ["export", "atom"],
    ["export", "jsonfeed"],
    ["export", "sqlite", "--output", "out.sqlite", "--force"],
    ["tasks", "--all"],
    ["tasks", "--all", "--format", "markdown"],
    ["stats"],
    ["index", "OUTAGES.md"],
    ["similar", "Checkout pool was exhausted"],
    ["export", "page", "public", "--to", "html"],
    ["export", "page", "public", "--to", "gfm"],
    ["export", "page", "public", "--to", "confluence-storage"],
)


@pytest.fixture
def word() -> Words:
    return Words()


@pytest.fixture
def secrets(site: Site, word: Words, monkeypatch: pytest.MonkeyPatch) -> Site:
    write_site(site, word)
    monkeypatch.chdir(site.root)
    return site


@pytest.mark.parametrize(("kind", "audience"), [("material", None), ("mkdocs", "public")])
def test_no_byte_for_the_public(
    secrets: Site, word: Words, kind: str, audience: str | None
) -> None:
    built = secrets.build(**config(secrets, word, kind, audience, nav=True))

    assert built.error is None
    assert found_in(built.folder, word) == {}
    assert "Checkout was down" in built.page("postmortems/public/")
    (reported,) = (text for text in built.messages(logging.INFO) if "Built for the public" in text)
    assert "2 pages, and parts of 3 pages left out" in reported
    assert [text for text in built.messages() if "contains a link" in text] == []


@pytest.mark.parametrize("kind", CONFIGS)
def test_colleagues_find_everything(secrets: Site, word: Words, kind: str) -> None:
    settings = config(secrets, word, kind, "internal", nav=True)

    built = secrets.build(**settings)

    assert built.error is None
    # The mkdocs theme shows neither.
    unshown = {"tag", "description"} if kind == "mkdocs" else set()
    assert set(word.positions.values()) - set(found_in(built.folder, word)) == unshown
    assert not any("Built for the public" in text for text in built.messages(logging.INFO))


def test_commands_follow_the_audience(secrets: Site, word: Words) -> None:
    secrets.write_config(**config(secrets, word, "mkdocs", None, nav=True))
    found: dict[str, set[str]] = {"public": set(), "internal": set()}
    for command in COMMANDS:
        for audience, option in (("public", []), ("internal", ["--audience", "internal"])):
            result = CliRunner().invoke(main, [*command, *option])
            assert result.exit_code == 0, result.output
            output = result.stdout_bytes
            if "sqlite" in command:
                output += (secrets.root / "out.sqlite").read_bytes()
            found[audience] |= words_in(output, word)
            reported = "For the public: 2 pages, and parts of 3 pages left out"
            assert (reported in result.stderr) == (audience == "public"), command

    assert found["public"] == set()
    assert {
        "title",
        "task",
        "entry in a block",
        "internal author",
        "custom field of a hidden page",
    } <= found["internal"]


def test_check_reads_internal_parts_for_every_audience(secrets: Site, word: Words) -> None:
    outputs = set()
    for audience in (None, "public", "internal"):
        secrets.write_config(**config(secrets, word, "mkdocs", audience, nav=False))
        outputs.add(CliRunner().invoke(main, ["check", "--today", "2026-11-24"]).output)

    (output,) = outputs
    assert word.positions.keys() & set(output.replace('"', " ").split())


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_a_hub_shows_the_public_nothing_internal_of_others(
    secrets: Site, word: Words, audience: str
) -> None:
    """The data of another site's internal build has been fetched by mistake."""
    secrets.write_config(**config(secrets, word, "mkdocs", "internal", nav=False))
    data = CliRunner().invoke(main, ["export", "json"]).stdout
    for file in (secrets.root / "docs").rglob("*.md"):
        file.unlink()
    secrets.write("index.md", "# Home\n\n<!-- postmortem:index -->\n")
    (secrets.root / "postmortem-hub").mkdir()
    (secrets.root / "postmortem-hub/others.json").write_text(data, encoding="utf-8")
    hub = [{"name": "others", "source": "https://others.example/a.json"}]
    secrets.options = {"hub": hub, "on_error": "warn", "audience": audience}

    built = secrets.build()

    assert built.error is None
    assert (found_in(built.folder, word) == {}) == (audience == "public")
    reported = [text for text in built.messages() if "not for the public" in text]
    assert bool(reported) == (audience == "public")
