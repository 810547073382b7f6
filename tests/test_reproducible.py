"""The same sources give the same bytes: wheel, sdist and site, wherever they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EPOCH = {"SOURCE_DATE_EPOCH": "1774000000", "NO_MKDOCS_2_WARNING": "1"}


def build_package(source: Path, target: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(source)],
        check=True,
        capture_output=True,
        env={**os.environ, **EPOCH},
    )
    return target


def test_the_sdist_builds_itself_and_the_wheel_again(tmp_path: Path) -> None:
    first = build_package(ROOT, tmp_path / "first")
    (sdist,) = first.glob("*.tar.gz")
    # Not tarfile: Debian 12 has a Python 3.11 whose tarfile knows no filters yet.
    (tmp_path / "elsewhere").mkdir()
    subprocess.run(["tar", "-xf", sdist, "-C", tmp_path / "elsewhere"], check=True)
    (source,) = (tmp_path / "elsewhere").iterdir()
    for file in source.rglob("*"):
        os.utime(file, (0, 0))
    second = build_package(source, tmp_path / "second")

    assert len(list(first.iterdir())) == 2
    for file in first.iterdir():
        assert file.read_bytes() == (second / file.name).read_bytes(), file.name


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_two_builds_of_a_site_are_the_same_bytes(theme: str, tmp_path: Path) -> None:
    found = []
    for number, seed in enumerate(("1", "4242")):
        root = tmp_path / f"place-{number}" / "site"
        shutil.copytree(ROOT / "docs" / "postmortems", root / "docs" / "postmortems")
        (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
        for file in root.rglob("*"):
            os.utime(file, (1_000_000_000 + number, 1_000_000_000 + number))
        (root / "mkdocs.yml").write_text(
            "site_name: a\nsite_url: https://site.example/\n"
            f"theme: {{name: {theme}}}\nplugins: [search, postmortem: {{timezone: UTC}}]\n",
            encoding="utf-8",
        )
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q"],
            cwd=root,
            env={**os.environ, **EPOCH, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        built = root / "site"
        found.append(
            {
                file.relative_to(built).as_posix(): file.read_bytes()
                for file in built.rglob("*")
                if file.is_file()
            }
        )
    one, other = found
    assert one.keys() == other.keys()
    assert {"sitemap.xml.gz", "search/search_index.json", "postmortems/tasks.ics"} <= one.keys()
    assert [name for name in one if one[name] != other[name]] == []
