"""How long ``check`` takes: against a bare loop over the same files, and in two processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from children import Cost, ratio, run

_BARE = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.md")):
    text = file.read_text(encoding="utf-8")
    if text.startswith("---"):
        yaml.load(text.split("---\\n", 2)[1], yaml.CSafeLoader)
"""
_BUSY = "sum(n * n for n in range(20_000_000))"


def against_a_bare_loop(root: Path, rounds: int) -> dict[str, Any]:
    """Processor time, both without the time that their programs take to start."""
    empty = _check(root, jobs=1, paths="empty").cpu
    start = run([sys.executable, "-c", "import yaml"]).cpu
    loop = [sys.executable, "-c", _BARE, str(root / "docs")]
    pairs = [(_check(root, jobs=1), run(loop)) for _ in range(rounds)]
    net = [(one.cpu - empty, two.cpu - start) for one, two in pairs]
    return {"pages": _count(root), "rounds": rounds, "cpu": ratio(net), "seconds": list(net[-1])}


def again(root: Path, rounds: int) -> dict[str, Any]:
    """A second check of the same state, whole processes."""
    _check(root, jobs=1, cache=True)
    loop = [sys.executable, "-c", _BARE, str(root / "docs")]
    pairs = [(_check(root, jobs=1, cache=True).cpu, run(loop).cpu) for _ in range(rounds)]
    return {"pages": _count(root), "rounds": rounds, "cpu": ratio(pairs), "seconds": [*pairs[-1]]}


def after_an_edit(root: Path, rounds: int) -> dict[str, Any]:
    """A check after one page has changed, to one of all pages."""
    page = sorted((root / "docs/postmortems").iterdir())[0]
    _check(root, jobs=1, cache=True)
    pairs = []
    for _ in range(rounds):
        page.write_text(page.read_text("utf-8") + "\nOne more word.\n", "utf-8")
        pairs.append((_check(root, jobs=1, cache=True).cpu, _check(root, jobs=1).cpu))
    return {"pages": _count(root), "rounds": rounds, "cpu": ratio(pairs), "seconds": [*pairs[-1]]}


def in_two_processes(root: Path, rounds: int) -> dict[str, Any]:
    """On the clock, beside what the machine itself gains from a second process."""
    pairs = [(_check(root, jobs=1), _check(root, jobs=2)) for _ in range(rounds)]
    loops = [(run([sys.executable, "-c", _BUSY]).wall, _two_loops()) for _ in range(rounds)]
    return {
        "pages": _count(root),
        "rounds": rounds,
        "wall": ratio([(one.wall, two.wall) for one, two in pairs]),
        "cpu": ratio([(two.cpu, one.cpu) for one, two in pairs]),
        "machine": ratio([(2 * one, two) for one, two in loops]),
    }


def _check(root: Path, jobs: int, paths: str = "docs", *, cache: bool = False) -> Cost:
    """Judge the site; or, at ``empty``, one without pages."""
    site = root
    if paths == "empty":
        site = root / "empty"
        (site / "docs").mkdir(parents=True, exist_ok=True)
    (site / "mkdocs.yml").write_text("site_name: a\nplugins: [postmortem]\n", encoding="utf-8")
    line = ["check", str(site), "--level", "error", "--jobs", str(jobs), "--format", "json"]
    line += [] if cache else ["--no-cache"]
    return run([sys.executable, "-m", "mkdocs_postmortem", *line])


def _two_loops() -> float:
    line = [sys.executable, "-c", _BUSY]
    with subprocess.Popen(line) as other:
        mine = run(line).wall
        other.wait()
    return mine


def _count(root: Path) -> int:
    return sum(1 for _ in (root / "docs/postmortems").iterdir())
