"""What teams run in CI: the action, the GitLab component, the container and the release."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from release import wrong

from mkdocs_postmortem.project.starter import SiteOptions, starter_files

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = [
    *(ROOT / ".github/workflows").glob("*.yml"),
    *(ROOT / "template/.github/workflows").glob("*.yml"),
    ROOT / "action.yml",
]
PAGE = "docs/postmortems/2025-09-16-internal-certificate.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in starter_files(SiteOptions(), is_new=True).items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    return tmp_path / "site"


def run(
    command: list[str], folder: Path, stubs: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([*([str(stubs)] if stubs else []), str(Path(sys.executable).parent)])
    environ = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def stub(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_action_is_pinned_to_a_commit(file: Path) -> None:
    assert pins(file)
    for action, version in pins(file):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action
        assert version


def test_workflows_and_docs_have_one_version_of_each_action() -> None:
    pages = [file for file in (ROOT / "docs").rglob("*.md") if "uses: actions/" in file.read_text()]
    assert pages
    found: dict[str, set[tuple[str, str]]] = {}
    for file in (*WORKFLOWS, *pages):
        for action, version in pins(file):
            found.setdefault(action.partition("@")[0], set()).add((action, version))

    assert [versions for versions in found.values() if len(versions) > 1] == []


def pins(file: Path) -> list[tuple[str, str]]:
    """The actions that a file uses, each with the version in the comment; not our own."""
    uses = re.findall(r"uses: (\S+/\S+)(?: # (v[\d.]+))?", file.read_text(encoding="utf-8"))
    return [(action, version) for action, version in uses if not action.startswith("your-org/")]


SCRIPTS = [ROOT / "action/check.sh", ROOT / "container/entrypoint.sh", *ROOT.glob("scripts/*.sh")]


@pytest.mark.parametrize(
    ("program", "files"), [("shellcheck", SCRIPTS), ("hadolint", [ROOT / "Dockerfile"])]
)
def test_scripts_and_the_container_file_are_linted(program: str, files: list[Path]) -> None:
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{program} has no wheel for this platform")

    done = run([found, *map(str, files)], ROOT)

    assert done.returncode == 0, done.stdout


class TestAction:
    """``action/check.sh`` with the environment that ``action.yml`` gives it."""

    def action(self, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return run(["bash", str(ROOT / "action/check.sh")], folder, **variables)

    def test_the_variables_are_those_of_the_script(self) -> None:
        steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
        check = next(step for step in steps if step.get("name") == "Check")
        script = (ROOT / "action/check.sh").read_text("utf-8")
        assert set(check["env"]) == set(re.findall(r"\$\{([A-Z]+):-", script))

    def test_a_good_site_passes_and_has_a_summary(self, site: Path) -> None:
        summary = site / "summary.md"

        done = self.action(site, STRICT="true", GITHUB_STEP_SUMMARY=str(summary))

        assert done.returncode == 0, done.stdout + done.stderr
        text = summary.read_text(encoding="utf-8")
        assert "3 postmortems" in text
        assert "### Overdue tasks" in text

    def test_problems_are_annotated_from_the_root_and_uploaded(self, site: Path) -> None:
        edit(site / PAGE, "severity: SEV2", "severity: SEV9")
        sarif = site.parent / "out.sarif"

        done = self.action(site.parent, FOLDER="site", SARIF=str(sarif))

        assert done.returncode == 1
        assert f"::error file=site/{PAGE},line=6" in done.stdout
        assert f'"uri": "site/{PAGE}"' in sarif.read_text(encoding="utf-8")

    @pytest.mark.parametrize(("strict", "code"), [("true", 1), ("false", 0)])
    def test_a_warning_fails_only_a_strict_check(self, site: Path, strict: str, code: int) -> None:
        edit(site / PAGE, "  users_affected: 180 of 4,200\n", "")

        assert self.action(site, STRICT=strict).returncode == code

    def test_an_index_that_is_out_of_date_fails(self, site: Path) -> None:
        write = ["mkdocs-postmortem", "index", "README.md", "--write"]
        assert run(write, site).returncode == 0
        assert self.action(site, INDEX="README.md").returncode == 0
        edit(site / PAGE, "title: Expired internal", "title: Another internal")

        done = self.action(site, INDEX="README.md")

        assert done.returncode == 1
        assert "out of date" in done.stdout

    def test_a_wrong_configuration_ends_at_once(self, site: Path) -> None:
        edit(site / "mkdocs.yml", "timezone: UTC", "timezone: Nowhere")

        assert self.action(site, SARIF=str(site / "out.sarif")).returncode == 2
        assert not (site / "out.sarif").exists()


def component() -> tuple[dict[str, Any], str]:
    """The inputs of the GitLab component, and the job as it is written."""
    head, job = (ROOT / "templates/postmortems.yml").read_text("utf-8").split("\n---\n")
    inputs: dict[str, Any] = yaml.safe_load(head)["spec"]["inputs"]
    return inputs, job


@pytest.mark.parametrize(
    ("old", "new", "strict", "fails"),
    [
        ("", "", "true", False),
        ("severity: SEV2", "severity: SEV9", "false", True),
        ("  users_affected: 180 of 4,200\n", "", "true", True),
        ("  users_affected: 180 of 4,200\n", "", "false", False),
    ],
)
def test_the_gitlab_component_reports_and_fails(
    site: Path, old: str, new: str, strict: str, fails: bool
) -> None:
    inputs, text = component()
    values = {name: str(item["default"]) for name, item in inputs.items()} | {"folder": "site"}
    values["strict"] = strict
    for name, value in values.items():
        text = text.replace(f"$[[ inputs.{name} ]]", value)
    assert "$[[" not in text
    job = yaml.safe_load(text)["postmortems"]
    stub(site.parent / "stubs", "python", "exit 0")
    edit(site / PAGE, old, new)
    script = "set -e\n" + "\n".join(job["script"])

    done = run(
        ["sh", "-c", script],
        site.parent,
        site.parent / "stubs",
        **{**job["variables"], "CI_PROJECT_DIR": str(site.parent)},
    )

    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    report = (site.parent / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")
    assert ("<failure" in report) is ("SEV9" in new)


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ([], "mkdocs-postmortem check"),
        (["check", "--strict"], "mkdocs-postmortem check --strict"),
        (["build", "--strict"], "mkdocs build --strict"),
        (["serve"], "mkdocs serve --dev-addr 0.0.0.0:8000"),
    ],
)
def test_the_container_runs_the_command_that_it_gets(
    tmp_path: Path, words: list[str], runs: str
) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "\nUSER 1000\n" in dockerfile
    default = re.search(r"^CMD (.+)$", dockerfile, re.M)
    assert default
    for name in ("mkdocs", "mkdocs-postmortem"):
        stub(tmp_path, name, f'echo "{name} $*"')

    entry = ["sh", str(ROOT / "container/entrypoint.sh")]
    done = run([*entry, *(words or yaml.safe_load(default[1]))], tmp_path, tmp_path)

    assert done.stdout.strip() == runs


def test_the_container_has_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split():
        source = ROOT / line.removeprefix("!")
        if line.startswith("!") and source.is_dir():
            shutil.copytree(source, tmp_path / source.name)
        elif line.startswith("!"):
            shutil.copy2(source, tmp_path)
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.M):
        assert all((tmp_path / source).exists() for source in sources.split())
    wheel = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "wheels"]

    done = run(wheel, tmp_path)

    assert done.returncode == 0, done.stderr
    assert [*(tmp_path / "wheels").glob("*.whl")]


@pytest.mark.parametrize(
    ("tag", "changelog", "says"),
    [
        ("v1.2.0", "# Changelog\n\n## 1.2.0 (2026-12-01)\n", None),
        ("v1.2.1", "## 1.2.0 (2026-12-01)\n", "version 1.2.0"),
        ("v1.2.0", "## 1.2.0 (unreleased)\n", "no section"),
    ],
)
def test_a_tag_is_released_only_with_its_version_and_changelog(
    tag: str, changelog: str, says: str | None
) -> None:
    reason = wrong(tag, '__version__ = "1.2.0"\n', changelog)

    assert reason is None if says is None else says in str(reason)
