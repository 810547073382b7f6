"""No command writes through a symbolic link that leads out of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE
from importing.payloads import PAGERDUTY

from mkdocs_postmortem.cli import COMMANDS, main

CONFIG = """\
site_name: Incidents
plugins: [{postmortem: {on_error: warn, hub: [{name: Other, source: other.json}]}}]
"""
OTHER = {"version": 1, "postmortems": [{"id": "a", "path": "a.md", "title": "A"}]}
FOREIGN = "# Outage of the shop\n\nImpact: nobody could pay.\n\n## Timeline\n\n- 09:12 Start\n"
# A command, and what in the project is a link to a file or folder elsewhere.
CASES = [
    ("adopt --in-place --all foreign.md", "foreign.md"),
    ("adopt --output out --all foreign.md", "out"),
    ("agents", "AGENTS.md"),
    ("agents", ".agents"),
    ("check --fix", "docs/postmortems/loose.md"),
    ("export csv --output out/data.csv", "out"),
    ("export csv --force --output data.csv", "data.csv"),
    ("export parquet --output out/data", "out"),
    ("fetch", "postmortem-hub"),
    ("fetch", "postmortem-hub/other.json"),
    ("generate", "docs/postmortems/services"),
    ("generate", "docs/postmortems/index.md"),
    ("generate lists", "docs/lists"),
    ("import export.json --output out", "out"),
    ("import export.json", "docs/postmortems"),
    ("index README.md --write", "README.md"),
    ("init . --yes", ".github"),
    ("init . --yes", "requirements.txt"),
    ("new Outage --id PM-2 --started 2026-03-14T09:12", "docs/postmortems"),
    ("zensical build", ".postmortem"),
    ("zensical build", ".postmortem.yml"),
]
READ_ONLY = {"rules", "schema", "similar", "stats", "tasks"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    (folder / "docs/postmortems").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "docs/postmortems/a.md").write_text(PAGE, encoding="utf-8")
    loose = PAGE.replace("id: PM-1", "id: PM-9").replace("severity:", "severty:")
    (folder / "docs/postmortems/loose.md").write_text(loose, encoding="utf-8")
    (folder / "foreign.md").write_text(FOREIGN, encoding="utf-8")
    (folder / "other.json").write_text(json.dumps(OTHER), encoding="utf-8")
    (folder / "export.json").write_text(json.dumps(PAGERDUTY), encoding="utf-8")
    (folder / "requirements.txt").write_text("mkdocs\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def plant(root: Path, link: str) -> Path:
    """Move what is at the path out of the project, or make a folder or file there, and link it."""
    inside, outside = root / link, root.parent / "outside" / Path(link).name
    outside.parent.mkdir()
    inside.parent.mkdir(parents=True, exist_ok=True)
    if inside.exists():
        inside.rename(outside)
    elif outside.suffix in (".md", ".csv", ".json", ".yml"):
        outside.write_text("# Precious\n", encoding="utf-8")
    else:
        outside.mkdir()
    inside.symlink_to(outside)
    return outside.parent


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def run(words: str) -> Result:
    return CliRunner().invoke(main, words.split())


@pytest.mark.parametrize(("words", "link"), CASES)
def test_nothing_is_written_outside_the_project(root: Path, words: str, link: str) -> None:
    outside = plant(root, link)
    before = contents(outside)

    result = run(words)

    assert contents(outside) == before
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert (root / link).is_symlink() or link == ".postmortem.yml"  # removed when it is done
    assert "link" in result.output or words.startswith("generate"), result.output


def test_each_command_that_writes_is_tried() -> None:
    assert {words.split()[0] for words, _ in CASES} | READ_ONLY == set(COMMANDS)


def test_a_link_inside_the_project_is_followed(root: Path) -> None:
    (root / "CLAUDE.md").write_text("# Notes\n", encoding="utf-8")
    (root / "AGENTS.md").symlink_to("CLAUDE.md")

    result = run("agents")

    assert result.exit_code == 0, result.output
    assert (root / "AGENTS.md").is_symlink()
    assert (root / "CLAUDE.md").read_text(encoding="utf-8").startswith("# Notes\n")
    assert "postmortem" in (root / "CLAUDE.md").read_text(encoding="utf-8")


def test_a_file_elsewhere_that_the_command_names_is_written(root: Path) -> None:
    output = root.parent / "data.csv"

    assert run(f"export csv --output {output}").exit_code == 0
    assert output.read_bytes()
