"""The docs say what is true: examples pass, references are fresh, the site builds strictly."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from drawn_site import Site

from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.options import OPTIONS, read_options
from mkdocs_postmortem.model.settings import Settings, Synonyms
from mkdocs_postmortem.project.project import load_project
from mkdocs_postmortem.reading.directives import read_directive
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.timeline import read_timeline
from mkdocs_postmortem.rendering.templates import asset_text

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    *(path for path in (ROOT / "docs").rglob("*.md") if "postmortems" not in path.parts),
]
FENCE = re.compile(
    r'^```(?P<lang>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.M | re.S
)
EXAMPLES = [
    pytest.param(page, match, id=f"{page.relative_to(ROOT)}:{match['title'] or match['lang']}")
    for page in PAGES
    for match in FENCE.finditer(page.read_text(encoding="utf-8"))
]
# Commands, files for tools that the tests do without, and those with a test of their own.
HAND_TRIED = ("console", "toml", "text", "markdown", "vim", "js", "sql", "python")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/explanation/architecture.md"])
def test_the_files_that_a_contributor_is_sent_to_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|html|yml|md))`", text)

    assert len(named) > 5
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "mkdocs_postmortem" / name).exists(), name


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_every_example_is_right(page: Path, example: re.Match[str], tmp_path: Path) -> None:
    body, title = example["body"], example["title"] or ""
    if example["lang"] == "yaml":
        data = yaml.safe_load(body)
        for plugin in data.get("plugins", []) if "plugins" in data else []:
            if isinstance(plugin, dict) and "postmortem" in plugin:
                assert read_options(plugin["postmortem"])[1] == []
    elif example["lang"] == "json" and title.startswith(".vscode/"):
        assert_matches_the_output(json.loads(body)["tasks"][0]["problemMatcher"]["pattern"])
    elif example["lang"] == "json":
        file = tmp_path / "schema.json"
        file.write_text(json.dumps(json.loads(body)), encoding="utf-8")
        assert load_schemas(file).fields
    elif example["lang"] == "markdown" and "postmortem:" in body and body.startswith("<!--"):
        directive = read_directive(body.strip())
        assert directive is not None
        assert directive.error is None
    elif example["lang"] == "markdown" and not title:
        assert_is_read(body)
    elif example["lang"] == "css":
        known = asset_text("postmortem.css")
        assert all(f"{name}:" in known for name in re.findall(r"--pm-[\w-]+", body))
    else:
        assert example["lang"] in HAND_TRIED, "say how it is tested"


@pytest.mark.parametrize(
    "example", [item.values[1] for item in EXAMPLES if item.values[1]["lang"] == "toml"]
)
def test_every_zensical_configuration_is_read(example: re.Match[str], tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "zensical.toml"
    file.write_text(example["body"], encoding="utf-8")

    assert load_project(file).docs.is_dir()


def assert_is_read(body: str) -> None:
    """A part of a page: its tasks or its timeline."""
    lines = number_lines(body.split("\n"))
    sections = read_sections(lines, Synonyms())
    if "Tasks" in body:
        assert read_tasks(sections, lines)[1] == []
    elif "Timeline" in body:
        assert read_timeline(sections[0], lines, TimeContext())[0].entries


def assert_matches_the_output(pattern: dict[str, Any]) -> None:
    line = "docs/a.md:5:13: error PM103 `severity: SEV9` is not allowed."
    match = re.fullmatch(pattern["regexp"], line)
    assert match is not None
    assert match[pattern["code"]] == "PM103"


def test_the_first_site_of_the_docs_works(site: Site) -> None:
    (site.root / "docs/index.md").unlink()
    for match in FENCE.finditer((ROOT / "docs/start.md").read_text(encoding="utf-8")):
        if match["title"]:
            file = site.root / match["title"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(match["body"], encoding="utf-8")

    result = CliRunner().invoke(main, ["check", str(site.root)])

    assert result.exit_code == 0, result.output
    assert "PM401" not in result.output
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=site.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "47 min" in (site.root / "site/postmortems/index.html").read_text(encoding="utf-8")


START = re.compile(r"^\$ (?P<init>mkdocs-postmortem init.*)\n\$ (?P<command>.*) serve\b", re.M)


@pytest.mark.parametrize(
    "start", [*START.finditer((ROOT / "README.md").read_text("utf-8"))], ids=lambda item: item[2]
)
def test_each_start_of_the_readme_builds_a_site(
    start: re.Match[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = start["command"].rpartition(" ")[2]
    pytest.importorskip(host, reason=f"{host} is not installed; `make hosts` builds with it")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(start["init"])[1:])
    assert result.exit_code == 0, result.output
    assert f"Next: {start['command']} serve" in result.output

    module = start["command"].replace("-", "_").split()
    done = subprocess.run(
        [sys.executable, "-m", *module, "build", "--strict"], capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "certificate" in (tmp_path / "site/postmortems/index.html").read_text("utf-8")


def test_the_first_commands_of_the_readme_work_on_a_new_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^\$ mkdocs-postmortem ([^#\n]+)", text, re.M)
    commands = ["init", *(command for command in commands if command[:4] in ("new ", "chec"))]
    assert len(commands) == 3

    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output
    assert re.search(r"\b1\d infos\.", result.output)
    assert "no problems" in CliRunner().invoke(main, ["check", "--level", "warning"]).output


MISTAKES = re.findall(
    r"^\| `(.+?)` \| `(.+?)` \| (.+) \|$", (ROOT / "docs/start.md").read_text("utf-8"), re.M
)


@pytest.mark.parametrize(("wrong", "right", "says"), MISTAKES)
def test_the_mistakes_of_the_tutorial_are_reported(
    site: Site, wrong: str, right: str, says: str
) -> None:
    text = (ROOT / "docs/start.md").read_text(encoding="utf-8")
    page = next(match for match in FENCE.finditer(text) if str(match["title"]).endswith("out.md"))
    assert right in page["body"]
    site.write("postmortems/a.md", page["body"].replace(right, wrong))
    site.write_config(plugins=[{"postmortem": {"timezone": "Europe/Paris"}}])

    result = CliRunner().invoke(main, ["check", str(site.root)])

    assert result.exit_code == 1
    assert says in result.output


def test_the_page_of_the_tutorial_can_be_published(site: Site) -> None:
    text = (ROOT / "docs/start.md").read_text(encoding="utf-8")
    blocks = {str(match["title"]): match["body"] for match in FENCE.finditer(text)}
    page = next(body for title, body in blocks.items() if title.endswith("out.md"))
    site.write("postmortems/a.md", page.replace("status: draft", "status: published"))
    (site.root / "mkdocs.yml").write_text(blocks["mkdocs.yml"], encoding="utf-8")

    result = CliRunner().invoke(main, ["check", "--strict", str(site.root)])

    assert result.exit_code == 0, result.output


def test_the_docs_build_strictly(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    index = (tmp_path / "site/postmortems/index.html").read_text(encoding="utf-8")
    assert index.count('class="pm-row') >= 10
    for schema in (ROOT / "schemas").glob("*.json"):
        published = tmp_path / "site/schemas/1" / schema.name
        assert published.read_bytes() == schema.read_bytes()


def test_the_generated_references_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_the_page_of_options_has_each_with_its_default() -> None:
    text = (ROOT / "docs/reference/options.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^## (\w+)\n(?:(?!## ).*\n)*?Default: (.*)$", text, re.MULTILINE))

    assert sorted(shown) == sorted(OPTIONS)
    for name, default in shown.items():
        value = getattr(Settings(), name, None)
        plain = {} if value == Synonyms() else value
        expected = "none" if plain in (None, "") else f"`{json.dumps(plain)}`"
        assert default == expected, name


def test_every_code_that_the_package_reports_is_documented() -> None:
    used = {
        code
        for file in (ROOT / "mkdocs_postmortem").rglob("*.py")
        for code in re.findall(r'"(PM\d{3})"', file.read_text(encoding="utf-8"))
    }

    assert used <= set(RULES)


def test_the_map_of_the_house_names_files_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+/[\w.-]*)`", text)

    gone = [
        name
        for name in named
        if not (ROOT / name).exists() and not (ROOT / "mkdocs_postmortem" / name).exists()
    ]
    assert len(named) > 20
    assert gone == []
