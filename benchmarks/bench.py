"""All figures on speed, as a page of the docs: ``make bench``, or ``make bench PAGES=300``.

    bench.py [--pages 1000] [--large 10000] [--judged 5000] [--rounds 3] [--only ROW…]

Each figure is the median of the ratios of runs side by side, in processor time, since the machine
may have other work to do; the ratio on the clock stands beside it. What was measured is kept in
``build/bench.json``, so that ``--only`` measures some rows anew and the page is written from all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import judged
from children import Cost, mkdocs, ratio, run
from report import write_report
from sites import write_site

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "build/bench.json"
PAGE = HERE.parent / "docs/explanation/speed.md"
Figures = dict[str, Any]


class Bench:
    """The sites of one run, each written once."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds

    def site(self, count: int) -> Path:
        root = self.folder / str(count)
        if not root.exists():
            write_site(root, count)
        return root

    def build(self, kind: str, count: int) -> Cost:
        root = self.site(count)
        return run(mkdocs(str(root / f"{kind}.yml"), str(root / f"site-{kind}")))


def against(bench: Bench, other: str, count: int) -> Figures:
    """Our build against another kind of site of the same pages."""
    pairs = [(bench.build("ours", count), bench.build(other, count)) for _ in range(bench.rounds)]
    return {
        "pages": count,
        "rounds": len(pairs),
        "cpu": ratio([(one.cpu, two.cpu) for one, two in pairs]),
        "wall": ratio([(one.wall, two.wall) for one, two in pairs]),
        "memory": ratio([(one.memory, two.memory) for one, two in pairs]),
        "seconds": [min(pair[side].cpu for pair in pairs) for side in (0, 1)],
        "megabytes": [min(pair[side].memory for pair in pairs) / 1e6 for side in (0, 1)],
    }


def growth(bench: Bench, few: int, many: int) -> Figures:
    """The cost of a page on a large site to that on a small one, ours and without the plugin."""
    found = {kind: (bench.build(kind, many), bench.build(kind, few)) for kind in ("ours", "bare")}
    each = {kind: (a.cpu / many) / (b.cpu / few) for kind, (a, b) in found.items()}
    large = {kind: pair[0] for kind, pair in found.items()}
    return {
        "pages": [few, many],
        "ours": each["ours"],
        "bare": each["bare"],
        "cpu": large["ours"].cpu / large["bare"].cpu,
        "memory": large["ours"].memory / large["bare"].memory,
        "megabytes": [large["ours"].memory / 1e6, large["bare"].memory / 1e6],
    }


def saves(bench: Bench, count: int, *options: str) -> Figures:
    """A save under a server with the plugin and one without, one after the other."""
    servers = {}
    for kind in ("ours", "bare"):
        root = bench.folder / f"save-{kind}"
        write_site(root, count)
        line = [sys.executable, HERE / "saves.py", root / f"{kind}.yml", *options]
        servers[kind] = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    first = [_answer(server) for server in servers.values()]
    pairs = []
    for _ in range(2 * bench.rounds + 1):
        pairs.append(tuple(_answer(server, "save\n") for server in servers.values()))
    for kind, server in servers.items():
        server.communicate()
        shutil.rmtree(bench.folder / f"save-{kind}")
    own = [statistics.median(pair[side] for pair in pairs[1:]) for side in (0, 1)]
    # The first save of a process compiles what all others have.
    return {
        "pages": count,
        "rounds": len(pairs) - 1,
        "cpu": ratio([(one, two) for one, two in pairs[1:]]),
        "seconds": own,
        "first": first,
    }


def _answer(server: subprocess.Popen[str], line: str = "") -> float:
    if server.stdin is None or server.stdout is None:
        raise RuntimeError("a server without pipes")
    server.stdin.write(line)
    server.stdin.flush()
    return float(server.stdout.readline())


def starts(bench: Bench) -> Figures:
    """The start of commands to that of Python with click."""
    python = [sys.executable, "-c", "import click"]
    found = {}
    bench.site(1)
    page = str(next((bench.folder / "1/docs/postmortems").iterdir()))
    for command in ("--version", "rules", "schema", "check --help", f"check {page}"):
        line = [sys.executable, "-m", "mkdocs_postmortem", *command.split()]
        pairs = [(run(line).cpu, run(python).cpu) for _ in range(4 * bench.rounds)]
        found[command.replace(page, "PAGE")] = ratio(pairs)
    return {"pages": 0, "rounds": 4 * bench.rounds, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--judged", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    wish = parser.parse_args()
    kept: Figures = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    with tempfile.TemporaryDirectory() as folder:
        # An installed package has its bytecode.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        bench = Bench(Path(folder), wish.rounds)
        rows: dict[str, Callable[[], Figures]] = {
            "bare": lambda: against(bench, "bare", wish.pages),
            "blog": lambda: against(bench, "blog", wish.pages),
            "save": lambda: saves(bench, wish.pages),
            "dirty": lambda: saves(bench, wish.pages, "--dirty"),
            "start": lambda: starts(bench),
            "check": lambda: judged.against_a_bare_loop(bench.site(wish.judged), wish.rounds),
            "again": lambda: judged.again(bench.site(wish.judged), wish.rounds),
            "edited": lambda: judged.after_an_edit(bench.site(wish.judged), wish.rounds),
            "processes": lambda: judged.in_two_processes(bench.site(wish.judged), wish.rounds),
            "sidebar": lambda: against(bench, "sidebar", wish.pages),
            "growth": lambda: growth(bench, wish.pages, wish.large),
            "index": lambda: index_page(wish.large),
        }
        for name in wish.only or rows:
            kept[name] = {**rows[name](), "load": os.getloadavg()}
            print(name, json.dumps(kept[name]), flush=True)
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    write_report(kept, PAGE)


def index_page(count: int) -> Figures:
    """Sizes and answers of the index, as its own benchmark prints them."""
    line = [sys.executable, HERE / "index_page.py", "--count", str(count)]
    found = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    return {"pages": count, "text": found}


if __name__ == "__main__":
    main()
