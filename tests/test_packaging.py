"""What is built holds what is needed, wherever it is installed."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from mkdocs_postmortem.checking.schemas import NAMES

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


def test_the_wheel_holds_schemas_templates_and_assets(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")

    names = set(zipfile.ZipFile(wheel).namelist())

    for name in (
        "schemas/postmortem.schema.json",
        "schemas/front-matter.schema.json",
        "schemas/index.schema.json",
        "template/mkdocs.yml",
        "template/.github/workflows/postmortems.yml",
        "template/.vscode/postmortem.code-snippets",
        "rendering/templates/summary.html",
        "rendering/assets/postmortem.css",
        "rendering/assets/postmortem.js",
        "py.typed",
    ):
        assert f"mkdocs_postmortem/{name}" in names
    assert not any(name.startswith(("tests", "docs")) for name in names)


def test_the_sdist_holds_the_tests_and_the_schemas(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")

    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}

    assert {"schemas/postmortem.schema.json", "template/mkdocs.yml", "LICENSE"} <= names


def test_the_wheel_finds_its_schemas_where_there_is_no_checkout(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = (
        "from mkdocs_postmortem.checking.schemas import *; load_schemas();"
        "print(*(schema_path(name) for name in NAMES))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    )

    paths = done.stdout.split()
    assert len(paths) == len(NAMES)
    assert all(str(tmp_path / "installed") in path for path in paths)
