"""What the public gets is made from public text alone: other secrets give the same bytes.

So `export`, `index`, `generate`, `tasks`, `stats` and `similar` need no last look.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site
from secrets_site import Words, config, write_site
from test_nothing_leaks import COMMANDS

from mkdocs_postmortem.cli import main

MORE = PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n")


class OtherWords(Words):
    """Longer secrets of another kind."""

    def __call__(self, position: str) -> str:
        word = f"Other-{len(self.positions)} secret {position}".replace(" ", "-").replace(":", "")
        self.positions[word] = position
        return word


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Site, Site]:
    """Two sites with the same public text; the second has more hidden pages, and worse ones."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    first, second = Site(tmp_path / "first"), Site(tmp_path / "second")
    for site, word in ((first, Words()), (second, OtherWords())):
        site.root.mkdir()
        write_site(site, word)
        site.config = config(site, word, "mkdocs", "public", nav=True)
        site.write_config()
    second.write("postmortems/more.md", MORE.replace("SEV2", "SEV1").replace("2026-03", "2026-05"))
    return first, second


def outputs(site: Site, monkeypatch: pytest.MonkeyPatch, *more: str) -> dict[str, bytes]:
    monkeypatch.chdir(site.root)
    found = {}
    for command in COMMANDS:
        result = CliRunner().invoke(main, [*command, *more])
        assert result.exit_code == 0, result.output
        file = site.root / "out.sqlite"
        is_file = "sqlite" in command
        found[" ".join(command)] = file.read_bytes() if is_file else result.stdout_bytes
    return found


def test_commands_write_the_same_whatever_is_withheld(
    sites: tuple[Site, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (outputs(site, monkeypatch) for site in sites)

    assert [name for name in first if first[name] != second[name]] == []
    assert first != outputs(sites[0], monkeypatch, "--audience", "internal")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".gz"
    }


def test_a_build_writes_the_same_whatever_is_withheld(sites: tuple[Site, Site]) -> None:
    first, second = (contents(site.build().folder) for site in sites)

    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_generate_writes_the_same_whatever_is_withheld(
    sites: tuple[Site, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses to write while pages are hidden; blocks and fields may be."""
    found = []
    for site in sites:
        for file in (site.root / "docs/postmortems").glob("*.md"):
            # Without the hidden pages their ids are those of unknown outages.
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith(("  recurrence_of", "  related"))]
            file.write_text("".join(kept), encoding="utf-8")
            if file.name != "public.md":
                file.unlink()
        monkeypatch.chdir(site.root)
        result = CliRunner().invoke(main, ["generate", "made", "--today", "2026-11-24"])
        assert result.exit_code == 0, result.output
        found.append(contents(site.root / "docs/made"))

    assert found[0] == found[1]
    assert found[0]
