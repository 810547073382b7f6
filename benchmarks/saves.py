"""A server's build of one site, again after each line of its input: ``saves.py CONFIG [--dirty]``.

Prints seconds of processor time of the first build, and then for each line those of a save: each
time one page has a new sentence.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

_URL = "http://127.0.0.1:8000/"


def built(config: str, target: str, *, is_dirty: bool) -> float:
    """Build as ``mkdocs serve`` does, and give what it took."""
    begin = time.process_time()
    loaded = load_config(config, site_dir=target, site_url=_URL)
    loaded.plugins.on_startup(command="serve", dirty=is_dirty)
    build(loaded, serve_url=_URL, dirty=is_dirty)
    return time.process_time() - begin


def main() -> None:
    config, *options = sys.argv[1:]
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    pages = cycle(sorted(Path(config).parent.glob("docs/postmortems/*.md"))[7::37])
    with tempfile.TemporaryDirectory() as target:
        print(built(config, target, is_dirty=False), flush=True)
        for number, _ in enumerate(sys.stdin):
            page = next(pages)
            text = page.read_text(encoding="utf-8")
            more = f"Sentence {number} of the benchmark.\n\n## Timeline"
            page.write_text(text.replace("## Timeline", more), encoding="utf-8")
            print(built(config, target, is_dirty="--dirty" in options), flush=True)


if __name__ == "__main__":
    main()
