"""What the last look adds to a public build, a tenth of whose pages are hidden.

    last_look.py [--pages 1000] [--rounds 3]

In each build, the time on the clock within the search's own functions is set against the rest;
once as it is, with a process beside the build, and once without that process.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from mkdocs.__main__ import cli
from sites import write_site

from mkdocs_postmortem.hosts.mkdocs.last_look import LastLook
from mkdocs_postmortem.publishing.search_process import SearchProcess


def write_public_site(root: Path, count: int) -> Path:
    """The configuration of a site for the public."""
    write_site(root, count)
    for file in sorted((root / "docs/postmortems").glob("*.md"))[::10]:
        text = file.read_text(encoding="utf-8")
        hidden = text.replace("postmortem:\n", "postmortem:\n  visibility: internal\n", 1)
        file.write_text(hidden, encoding="utf-8")
    config = yaml.safe_load((root / "ours.yml").read_text(encoding="utf-8"))
    config["plugins"][1]["postmortem"]["audience"] = "public"
    file = root / "public.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return file


def share(config: Path) -> float:
    """The search's time to that of the build without it."""
    spent: list[float] = []

    def timed(run: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return run(*args, **options)
            finally:
                spent.append(time.perf_counter() - start)

        return wrapped

    names = ("begin", "start", "see", "finish")
    with mock.patch.multiple(LastLook, **{name: timed(getattr(LastLook, name)) for name in names}):
        start = time.perf_counter()
        command = ["build", "--quiet", "-f", str(config), "-d", str(config.parent / "site")]
        cli(command, standalone_mode=False)
        whole = time.perf_counter() - start
    return sum(spent) / (whole - sum(spent))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        config = write_public_site(Path(folder), options.pages)
        for _ in range(options.rounds):
            beside = share(config)
            with mock.patch.object(SearchProcess, "start", return_value=None):
                after = share(config)
            print(f"beside the build {beside:.1%}, after it {after:.1%}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
