"""Commands that write, killed, on a full disk or four at once: files are old or new, and whole.

A short round; ``make kills`` is the long one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import kills
import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")


@pytest.mark.parametrize("case", kills.CASES, ids=lambda case: case.words.split()[0])
def test_a_killed_command_tears_no_file_and_can_be_run_again(
    case: kills.Case, tmp_path: Path
) -> None:
    made = kills.kill(case, 4, Random(case.words), tmp_path)  # noqa: S311 - a game of chance

    assert made.findings == ()
    assert made.before + made.amid + made.after == 4


def test_a_torn_file_is_detected() -> None:
    old, new = {"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new", "c": b"new"}
    assert kills.torn({"a": b"new", "b": b"old"}, old, new) == []
    assert kills.torn({"a": b"n", "b": b"old", "d": b""}, old, new) == ["a", "d"]


@pytest.mark.parametrize("case", kills.CASES, ids=lambda case: case.words.split()[0])
def test_four_at_once_do_not_mix(case: kills.Case, tmp_path: Path) -> None:
    case.prepare(tmp_path)
    old = kills.contents(tmp_path)
    command = [sys.executable, "-m", "mkdocs_postmortem", *case.words.split()]
    four = [
        subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=240)[0] for process in four]

    for process, output in zip(four, outputs, strict=True):
        assert process.returncode in (0, 1, 2), output
        assert "Traceback" not in output
    found = kills.contents(tmp_path)
    assert not list(tmp_path.rglob(".postmortem-*"))
    os.waitpid(kills.start(case.words, tmp_path), 0)
    new = kills.contents(tmp_path)
    assert new != old
    assert kills.torn(found, old, new) == []


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
from mkdocs_postmortem.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("case", kills.CASES, ids=lambda case: case.words.split()[0])
def test_a_full_disk_loses_nothing(case: kills.Case, tmp_path: Path) -> None:
    case.prepare(tmp_path)
    old = kills.contents(tmp_path)
    command = [sys.executable, "-c", FULL, *case.words.split()]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    found = kills.contents(tmp_path)

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1:] != []
    assert not list(tmp_path.rglob(".postmortem-*"))
    assert {name: found.get(name) for name in old} == old


@pytest.mark.parametrize("case", kills.CASES, ids=lambda case: case.words.split()[0])
def test_a_second_run_changes_nothing(case: kills.Case, tmp_path: Path) -> None:
    case.prepare(tmp_path)
    for file in tmp_path.rglob("*.*"):
        file.chmod(0o640)
    os.waitpid(kills.start(case.words, tmp_path), 0)
    once = kills.contents(tmp_path)
    os.waitpid(kills.start(case.words, tmp_path), 0)

    assert kills.contents(tmp_path) == once
    if not case.words.startswith(("new", "adopt --output", "generate")):
        modes = {file.stat().st_mode & 0o777 for file in tmp_path.rglob("*.*")}
        assert modes == {0o640}


def test_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    for case in (kills.CASES[0], kills.CASES[2]):
        root = tmp_path / case.words.split()[0]
        case.prepare(root)
        old = kills.contents(root)
        os.waitpid(kills.start(case.words, root), 0)
        for name, data in kills.contents(root).items():
            assert data.startswith(b"\xef\xbb\xbf") is old[name].startswith(b"\xef\xbb\xbf"), name
            ends = data.count(b"\r\n"), data.count(b"\n")
            assert ends[0] == (ends[1] if b"\r\n" in old[name] else 0), name


def test_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        file = tmp_path / "from" / name / "README.md"
        file.parent.mkdir(parents=True)
        file.write_text(f"# Outage {name}\n\n- 09:12 Start\n", encoding="utf-8")
    (tmp_path / "from" / "other.md").write_text("# Outage\n", encoding="utf-8")
    for _ in range(2):
        os.waitpid(kills.start("adopt --output out --force --all from", tmp_path), 0)
    found = {path: data for path, data in kills.contents(tmp_path).items() if path[:3] == "out"}
    assert list(found) == ["out/one/README.md", "out/other.md", "out/two/README.md"]
    assert b"Outage two" in found["out/two/README.md"]


def test_export_leaves_alone_what_a_link_leads_to(tmp_path: Path) -> None:
    case = next(case for case in kills.CASES if case.words.startswith("export"))
    case.prepare(tmp_path / "site")
    outside, output = tmp_path / "outside.json", tmp_path / "site" / "out" / "data.json"
    outside.write_text("precious", encoding="utf-8")
    output.unlink()
    output.symlink_to(outside)
    os.waitpid(kills.start(case.words, tmp_path / "site"), 0)
    assert outside.read_text(encoding="utf-8") == "precious"
