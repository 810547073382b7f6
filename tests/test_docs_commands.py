"""Every command in the docs runs as it is written, and prints what the docs say it prints."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")]
    if "```console" in page.read_text(encoding="utf-8")
)
FENCE = re.compile(
    r'^```(?P<lang>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.M | re.S
)
# What the docs speak of as being there, without showing it.
GIVEN = {
    "buffer": "---\ntitle: Unsaved\npostmortem:\n  id: PM-9\n  severity: SEV9\n---\n# Unsaved\n",
    "company.schema.json": '{"$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json"}',
}
# They wait for Ctrl-C, need a network, or set up a machine.
LEFT_OUT = (
    "zensical",
    "mkdocs-postmortem zensical serve",
    "git clone",
    "docker",
    "python3 -m venv",
    "mkdocs serve",
    "properdocs serve",
    "pip install -e",
)


@dataclass
class Step:
    """A block of commands, and what the page says that they print."""

    commands: list[str]
    printed: list[str] = field(default_factory=list)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    text = page.read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(configuration(text), encoding="utf-8")
    for name, content in {**GIVEN, **shown_files(text)}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")

    found = steps(text)
    assert found
    for step in found:
        output = "".join(run(command, tmp_path) for command in step.commands)
        for line in step.printed:
            assert line in output, f"{step.commands} print:\n{output}"


def configuration(text: str) -> str:
    """This site's configuration, with the options of the plugin that a page shows."""
    data = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    data.pop("hooks")  # its file is not there
    options = next(item["postmortem"] for item in data["plugins"] if "postmortem" in item)
    for match in FENCE.finditer(text):
        if match["title"] == "mkdocs.yml":
            shown = yaml.safe_load(match["body"]).get("plugins", [])
            for item in shown:
                options.update((item.get("postmortem") or {}) if isinstance(item, dict) else {})
    return yaml.safe_dump(data)


def shown_files(text: str) -> dict[str, str]:
    """The files that a page shows. What it shows of mkdocs.yml is a part of it."""
    found = {match["title"]: match["body"] for match in FENCE.finditer(text) if match["title"]}
    return {name: body for name, body in found.items() if name != "mkdocs.yml"}


def steps(text: str) -> list[Step]:
    """The blocks of commands; a block of text right behind one is what it prints."""
    found: list[Step] = []
    end = -1
    for match in FENCE.finditer(text):
        if match["lang"] == "console":
            found.append(Step(re.findall(r"^\$ (.*)$", match["body"], re.M)))
            end = match.end()
        elif match["lang"] == "text" and found and is_output(text[end : match.start()]):
            found[-1].printed = [
                line.strip() for line in match["body"].splitlines() if line.strip(" …")
            ]
    return found


def is_output(between: str) -> bool:
    """Whether a block is what the commands before it print: the sentence between says so."""
    return len(between) < 200 and between.strip().endswith(":")


def run(command: str, folder: Path) -> str:
    """What a command prints. It may find problems (1), but not be wrong (2) or break."""
    command = command.partition("  #")[0].strip().replace(".venv/bin/", "")
    if command.startswith(LEFT_OUT):
        return ""
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.M), command
        return ""
    if words[:2] == ["pip", "install"]:
        assert_known_extras(words)
        return ""
    if words[0] == "python":
        assert (ROOT / words[1]).exists() or words[1] in ("-m", "-c"), command
        return ""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", for_bash(command)],
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 1), f"{command}: {done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def for_bash(command: str) -> str:
    """Another shell's completion is made, not run."""
    return command.replace("eval ", "echo ") if "zsh" in command else command.split("| source")[0]


def assert_known_extras(words: list[str]) -> None:
    known = metadata("mkdocs-postmortem").get_all("Provides-Extra") or []
    for word in words:
        for extra in re.findall(r"mkdocs-postmortem\[([\w,-]+)\]", word):
            assert set(extra.split(",")) <= set(known), word
