"""How long ``check`` takes against reading the same files and parsing their front matter.

    check.py [--pages 5000] [--rounds 3] [--remark DIR]

DIR is a folder with ``remark-cli``, ``remark-frontmatter`` and ``remark-lint-frontmatter-schema``
installed by npm. Every figure is the median of ratios between neighbours in time, since the machine
has other work to do.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pages import write_pages

_BARE = """
import sys, yaml
from pathlib import Path
for file in sorted(Path(sys.argv[1]).rglob("*.md")):
    yaml.load(file.read_text(encoding="utf-8").split("---\\n", 2)[1], yaml.CSafeLoader)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--remark", type=Path)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_pages(root / "docs/postmortems", wish.pages)
        (root / "mkdocs.yml").write_text("site_name: a\nplugins: [postmortem]\n", encoding="utf-8")
        report(root, wish.rounds, wish.remark)


def report(root: Path, rounds: int, remark: Path | None) -> None:
    one, two = checker(root, 1), checker(root, 2)
    bare = command([sys.executable, "-c", _BARE, str(root / "docs")])
    empty = command([sys.executable, "-c", "import yaml"])
    net = [(one() - empty()) / (bare() - empty()) for _ in range(rounds)]
    print(f"check, one process, to the bare loop (both without their start): {median(net)}")
    print(f"one process to two: {median([one() / two() for _ in range(rounds)])}")
    if remark:
        run = remarker(root, remark)
        print(f"remark-lint-frontmatter-schema to check, one process: {median([run() / one()])}")


def checker(root: Path, jobs: int) -> Callable[[], float]:
    line = ["check", str(root), "--level", "error", "--jobs", str(jobs), "--format", "json"]
    return command([sys.executable, "-m", "mkdocs_postmortem", *line])


def remarker(root: Path, folder: Path) -> Callable[[], float]:
    """The same files by remark, quiet, with our schema in the form that it knows."""
    schema = subprocess.run(
        [sys.executable, "-m", "mkdocs_postmortem", "schema", "front-matter", "--draft7"],
        capture_output=True,
        check=True,
    ).stdout
    (folder / "front-matter.schema.json").write_bytes(schema)
    pages = os.path.relpath(root / "docs/postmortems", folder)
    plugin = f"[s, {{schemas: {{'./front-matter.schema.json': [{json.dumps(pages + '/*.md')}]}}}}]"
    (folder / ".remarkrc.mjs").write_text(
        "import f from 'remark-frontmatter'\nimport s from 'remark-lint-frontmatter-schema'\n"
        f"export default {{plugins: [f, {plugin}]}}\n",
        encoding="utf-8",
    )
    return command(["npx", "remark", "--quiet", "--no-stdout", pages], folder)


def command(line: Sequence[str], folder: Path | None = None) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        subprocess.run(line, cwd=folder, capture_output=True, check=False)
        return time.perf_counter() - start

    return run


def median(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.1f} (of {', '.join(f'{item:.1f}' for item in ratios)})"


if __name__ == "__main__":
    main()
