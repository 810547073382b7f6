"""``init``: a site from nothing, and what an existing one lacks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.project.configuration import (
    find_config,
    plugin_options,
    plugins_of,
    read_config,
)
from mkdocs_postmortem.project.project import find_project
from mkdocs_postmortem.project.starter import HOSTS, SiteOptions, add_plugin, starter_files

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def build(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_template_repository_builds_as_it_is(site: Path) -> None:
    for path, text in starter_files(
        SiteOptions(services=["checkout", "login", "search"]), is_new=True
    ).items():
        assert text == (ROOT / "template" / path).read_text(encoding="utf-8")
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")

    assert run("check", "--strict").exit_code == 0
    build(site)

    index = (site / "site/postmortems/index.html").read_text(encoding="utf-8")
    assert all(name in index for name in ("PM-2025-001", "PM-2025-002", "PM-2025-003"))


@pytest.mark.parametrize("host", HOSTS)
def test_a_new_site_has_the_teams_own_values(site: Path, host: str) -> None:
    result = run(
        *("init", "new", "--host", host, "--yes", "--name", "Ops: what broke"),
        *("--timezone", "Europe/Oslo", "--severities", "P1,P2", "--services", "billing,api"),
    )

    assert result.exit_code == 0, result.output
    project = find_project(site / "new")
    assert project.site_name == "Ops: what broke"
    assert project.settings.severities == ("P1", "P2")
    assert project.settings.timezone
    assert project.settings.timezone.name == "Europe/Oslo"
    workflow = (site / "new/.github/workflows/postmortems.yml").read_text(encoding="utf-8")
    assert f"- run: {HOSTS[host][1]} build --strict" in workflow
    for file in (site / "new/.github").rglob("*.yml"):
        assert yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in (site / "new/.vscode").iterdir():
        assert json.loads(file.read_text(encoding="utf-8"))
    assert run("check", "--strict", "new").exit_code == 0
    if host == "mkdocs":
        build(site / "new")


CODE = """---
postmortem:
  status: draft
---
# Queue stopped

## Timeline

- 2026-03-14 09:12 **Started:** The queue stops.

    ```console
    $ queue status

    - stopped
    ```

- 09:59 **Resolved:** It runs again.
"""


def test_code_below_an_entry_is_a_block(site: Path) -> None:
    assert run("init", "--yes").exit_code == 0
    (site / "docs/postmortems/queue.md").write_text(CODE, encoding="utf-8")
    build(site)

    page = (site / "site/postmortems/queue/index.html").read_text(encoding="utf-8")
    entry = page.partition("The queue stops.")[2].partition("</li>")[0]
    assert "<pre" in entry
    assert "- stopped" in re.sub("<[^>]+>", "", entry)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        (["login", "search", "mail"], ["login", "search", "mail"]),
        (["api"], ["api", "api", "api"]),
        ([], ["checkout", "login", "search"]),
    ],
)
def test_each_example_has_a_service_of_the_team(services: list[str], expected: list[str]) -> None:
    files = starter_files(SiteOptions(services=services), is_new=True)
    names = ("internal-certificate", "expired-certificate", "slow-search")
    pages = [text for name in names for path, text in files.items() if f"{name}.md" in path]

    assert [re.findall(r"services: \[(.*)\]", page)[0] for page in pages] == expected


def test_nothing_is_overwritten_and_a_second_run_adds_nothing(site: Path) -> None:
    (site / "README.md").write_text("Ours.", encoding="utf-8")

    assert run("init", "--yes").exit_code == 0

    assert (site / "README.md").read_text(encoding="utf-8") == "Ours."
    assert "Nothing to add" in run("init", "--yes").output


LISTED = "site_name: Docs\nplugins:\n  - search:\n      lang: en\n\n# Pages\nnav:\n  - index.md\n"
EXISTING = {
    "a list": ("mkdocs.yml", LISTED),
    "a list without indent": ("mkdocs.yml", "plugins:\n- search # fast\nsite_name: Docs\n"),
    "a mapping": ("mkdocs.yml", "site_name: Docs\nplugins:\n    search: {}\n    tags: {}\n"),
    "no plugins": ("mkdocs.yml", "site_name: Docs\n"),
    "no last line end": ("mkdocs.yml", "site_name: Docs\nplugins:\n  - search"),
    "foreign tags": ("mkdocs.yml", "site_name: !ENV NAME\nplugins: \n  - search\n  - tags:\n"),
    "Windows' line ends": ("mkdocs.yml", LISTED.replace("\n", "\r\n")),
    "TOML": ("zensical.toml", '[project]\nsite_name = "Docs"\n[project.theme]\nfont = false\n'),
}


@pytest.mark.parametrize(("name", "text"), EXISTING.values(), ids=EXISTING)
def test_an_existing_site_gets_only_what_it_lacks(site: Path, name: str, text: str) -> None:
    config = site / name
    config.write_bytes(text.encode())
    before = read_config(config)

    refused = run("init", "--timezone", "UTC", "--services", "api")

    assert refused.exit_code == 2
    assert "+" in refused.output
    assert config.read_bytes() == text.encode()
    assert [*site.iterdir()] == [config]

    assert run("init", "--yes", "--timezone", "UTC", "--services", "api").exit_code == 0

    after = read_config(config)
    assert plugin_options(after) == {
        "timezone": "UTC",
        "severities": ["SEV1", "SEV2", "SEV3", "SEV4"],
        "services": ["api"],
    }
    assert {**after, "plugins": 0} == {**before, "plugins": 0}
    lines = iter(config.read_bytes().split(b"\n"))
    assert all(line in lines for line in text.rstrip("\n").encode().split(b"\n"))
    assert not (site / "docs").exists()
    assert (site / ".github/CODEOWNERS").exists()


@pytest.mark.parametrize("text", ["plugins: [search]\n", "INHERIT: base.yml\n", "plugins: []\n"])
def test_a_configuration_without_a_certain_place_is_left_alone(site: Path, text: str) -> None:
    assert add_plugin("mkdocs.yml", text, SiteOptions()) is None
    (site / "mkdocs.yml").write_text(text.replace("INHERIT: base.yml", "plugins: {}"))

    result = run("init", "--yes")

    assert result.exit_code == 2
    assert "- postmortem:" in result.output
    assert [*site.iterdir()] == [site / "mkdocs.yml"]


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins: [search]",
        "plugins: []",
        "plugins: {}",
        "plugins:",
        "plugins: [search: {lang: [en, de]}, 'tags', {blog: {enabled: !ENV [CI, false]}}]",
        "plugins: {search: {lang: en}, tags, blog: }",
        "plugins: [\n  search, # fast\n  meta: {\n    a: 1, # one\n    b: 2\n  },\n]",
    ],
)
def test_the_lines_to_replace_brackets_with_keep_the_other_plugins(
    site: Path, plugins: str
) -> None:
    config = site / "mkdocs.yml"
    config.write_text(f"site_name: Docs\n{plugins}\n", encoding="utf-8")
    before = [*plugins_of(read_config(config))] or [("search", None)] * (plugins == "plugins:")

    output = run("init", "--yes", "--timezone", "UTC").output
    assert "Replace it with:\n\nplugins:\n" in output
    block = output.partition("\n\n")[2].partition("\nThen run")[0]
    config.write_text(f"site_name: Docs\n{block}", encoding="utf-8")

    *others, ours = plugins_of(read_config(config))
    assert others == before
    assert ours[0] == "postmortem"
    assert run("init", "--yes").exit_code == 0
    assert block in config.read_text(encoding="utf-8")


def test_an_item_for_an_inherited_list_is_not_a_list_of_its_own(site: Path) -> None:
    (site / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Docs\n", encoding="utf-8")
    (site / "base.yml").write_text("plugins:\n  - search\n", encoding="utf-8")

    result = run("init", "--yes")

    assert result.exit_code == 2
    assert "not in this file" in result.output
    assert "\n\n  - postmortem:\n" in result.output


def test_requirements_get_the_package_at_their_end(site: Path) -> None:
    (site / "requirements.txt").write_text("mkdocs==1.6.1\n", encoding="utf-8")

    assert run("init", "--yes").exit_code == 0

    text = (site / "requirements.txt").read_text(encoding="utf-8")
    assert text == "mkdocs==1.6.1\nmkdocs-postmortem\n"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--timezone", "Europe/Pariss", "Europe/Paris"), ("--severities", "", "severities")],
)
def test_a_wrong_answer_writes_nothing(site: Path, option: str, value: str, says: str) -> None:
    result = run("init", "--yes", option, value)

    assert result.exit_code == 2
    assert says in result.output
    assert find_config(site) is None


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("mkdocs.yml", "mkdocs build"),
        ("properdocs.yml", "properdocs build"),
        ("zensical.toml", "mkdocs-postmortem zensical build"),
    ],
)
def test_an_existing_site_keeps_its_host(site: Path, name: str, command: str) -> None:
    text = '[project]\nsite_name = "Docs"\n' if name.endswith("toml") else "site_name: Docs\n"
    (site / name).write_text(text)

    refused = run("init")
    assert f"New: {Path('.github/workflows/postmortems.yml')}" in refused.output
    assert run("init", "--yes").exit_code == 0

    workflow = (site / ".github/workflows/postmortems.yml").read_text(encoding="utf-8")
    assert f"- run: {command} --strict" in workflow


@pytest.mark.parametrize(
    ("name", "text", "address", "item"),
    [
        ("mkdocs.yml", "site_name: Docs\n", "/postmortems/ ", None),
        ("mkdocs.yml", LISTED, "/postmortems/ ", "- Postmortems: postmortems/index.md"),
        ("mkdocs.yml", f"{LISTED}  - postmortems/index.md\n", "/postmortems/ ", None),
        ("mkdocs.yml", f"{LISTED}use_directory_urls: false\n", "/postmortems/index.html ", "- Pos"),
        (
            "zensical.toml",
            '[project]\nsite_name = "Docs"\nnav = ["index.md"]\n',
            "/postmortems/ ",
            '{ "Postmortems" = "postmortems/index.md" }',
        ),
    ],
)
def test_the_end_says_where_the_index_is_and_what_a_navigation_lacks(
    site: Path, name: str, text: str, address: str, item: str | None
) -> None:
    (site / name).write_text(text, encoding="utf-8")

    output = run("init", "--yes").output.partition("\nNext: ")[2]

    assert f"open {address}" in output
    assert ("`nav`" in output) == (item is not None)
    assert item is None or item in output


def test_a_site_that_follows_the_advice_has_the_index_in_its_navigation(site: Path) -> None:
    (site / "docs").mkdir()
    (site / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    text = "site_name: Docs\nplugins: \n  - search\nnav:\n  - index.md\n"
    (site / "mkdocs.yml").write_text(text, encoding="utf-8")
    item = run("init", "--yes").output.rstrip().rpartition("mkdocs.yml: ")[2]
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    added = config.replace("  - index.md\n", f"  - index.md\n  {item}\n")
    (site / "mkdocs.yml").write_text(added, encoding="utf-8")

    build(site)

    assert 'href="postmortems/"' in (site / "site/index.html").read_text(encoding="utf-8")
