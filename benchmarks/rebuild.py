"""How much of the plugin's own time a rebuild takes after one edit: ``rebuild.py CONFIG``.

Builds the site as a server does, edits one page, and builds it again with the same plugin. Prints
JSON: seconds of processor time for reading, rules, lists and data (``files``) and for the fragments
on pages (``pages``), of both builds, and those of the whole builds.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_postmortem.hosts.markdown import extension
from mkdocs_postmortem.hosts.mkdocs import PostmortemPlugin

Times = dict[str, float]


def timed(times: Times, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return work(*args, **named)
        finally:
            times[name] += time.process_time() - begin

    return wrapped


def built(config: str, times: Times) -> Times:
    """Build once and give what it took."""
    times.update(files=0.0, pages=0.0)
    with tempfile.TemporaryDirectory() as target:
        loaded = load_config(config, site_dir=target)
        loaded.plugins.on_startup(command="serve", dirty=False)
        begin = time.process_time()
        build(loaded)
        return {**times, "whole": time.process_time() - begin}


def main() -> None:
    config = sys.argv[1]
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    times: Times = {}
    for name in ("on_config", "on_files"):
        setattr(PostmortemPlugin, name, _kept(times, "files", getattr(PostmortemPlugin, name)))
    for name in ("_Begin", "_Entries", "_Weave", "_Links"):
        kind = getattr(extension, name)
        kind.run = timed(times, "pages", kind.run)
    first = built(config, times)
    page = sorted(Path(config).parent.glob("docs/postmortems/*.md"))[len(first)]
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Timeline", "One more sentence.\n\n## Timeline"), "utf-8")
    again = built(config, times)
    page.write_text(text, encoding="utf-8")
    print(json.dumps({"first": first, "again": again}))


def _kept(times: Times, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Timed, with the priority that the event has."""
    wrapped = timed(times, name, work)
    wrapped.mkdocs_priority = getattr(work, "mkdocs_priority", 0)  # type: ignore[attr-defined]
    return wrapped


if __name__ == "__main__":
    main()
