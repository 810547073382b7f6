"""``agents``: the guide says what the configuration says, and leaves the rest of a file alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_postmortem.cli import main

OPTIONS = {
    "timezone": "Europe/Oslo",
    "severities": ["P1", "P2"],
    "services": ["billing", "api"],
    "schema": "company.json",
    "templates": {"default": "template.md"},
}
SKILL = ".agents/skills/postmortem/SKILL.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    config = {"site_name": "Docs", "plugins": [{"postmortem": OPTIONS}]}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    schema = {"properties": {"sections": {"required": ["lessons"]}}}
    (tmp_path / "company.json").write_text(json.dumps(schema), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["agents", *arguments])


def test_both_files_say_what_the_configuration_says(root: Path) -> None:
    assert run().exit_code == 0

    for name in ("AGENTS.md", SKILL):
        text = (root / name).read_text(encoding="utf-8")
        for known in ("docs/postmortems/", "`P1`, `P2`", "`billing`, `api`", "Europe/Oslo"):
            assert known in text
        assert "`corrective`, `lessons`" in text
        assert "company.json" in text
        assert "template.md" in text
        assert "belongs to a person who was there" in text
    head = yaml.safe_load((root / SKILL).read_text(encoding="utf-8").split("---")[1])
    assert head["name"] == "postmortem"


def test_every_command_of_the_guide_exists(root: Path) -> None:
    run()

    text = (root / "AGENTS.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`mkdocs-postmortem (\w+)", text))
    assert len(named) >= 6
    assert named <= set(main.list_commands(None))  # type: ignore[arg-type]


def test_what_others_wrote_stays_and_the_guide_follows_the_configuration(root: Path) -> None:
    (root / "AGENTS.md").write_text("# Ours\r\n\r\nUse tabs.\r\n", encoding="utf-8", newline="")
    run()
    file = root / "AGENTS.md"
    file.write_bytes(file.read_bytes() + b"\r\n## More of ours\r\n")
    assert run("--check").exit_code == 0
    config = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("billing", "invoices")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")

    stale = run("--check")
    assert stale.exit_code == 1
    assert "AGENTS.md is out of date" in stale.output
    assert run().exit_code == 0

    raw = file.read_bytes()
    assert raw.startswith(b"# Ours\r\n\r\nUse tabs.\r\n")
    assert raw.endswith(b"\r\n## More of ours\r\n")
    assert b"invoices" in raw
    assert b"billing" not in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_a_broken_block_is_not_guessed_at(root: Path) -> None:
    (root / "AGENTS.md").write_text("<!-- mkdocs-postmortem agents: -->\n", encoding="utf-8")

    result = run()

    assert result.exit_code == 2
    assert "line 1" in result.output


def test_without_a_configuration_the_files_are_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "none"
    folder.mkdir()
    monkeypatch.chdir(folder)

    assert run().exit_code == 0

    assert [*tmp_path.iterdir()] == [folder]
    assert (folder / "AGENTS.md").is_file()
    assert (folder / SKILL).is_file()
