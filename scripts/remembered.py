"""Edit a site at random and hold what a server remembers against a clean build.

``python scripts/remembered.py --edits 200``. After each edit the site as it is read with a memory
must equal the one that is read without; every few edits the built pages must, byte by byte. With
``--dirty`` both builds begin with the output of the one before, as ``mkdocs serve --dirty`` does.
The exit code is 1 at the first difference. ``soak.py`` does the like with a real server.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from random_edits import Edits
from soak import differences

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import find_project
from mkdocs_postmortem.rendering import lists

_LARGEST, _FIRST = 8, 3


class StaleError(Exception):
    """What was remembered is not what a clean build gives."""


class Remembered:
    """A site that is edited. ``compared`` counts the builds that were found equal."""

    def __init__(
        self, root: Path, seed: int, theme: str = "mkdocs", *, is_dirty: bool = False
    ) -> None:
        config: dict[str, object] = {"site_name": "Remembered", "theme": {"name": theme}}
        self._edits = Edits(root, Random(seed), config)  # noqa: S311 - a game of chance
        self._root = root
        self._is_dirty = is_dirty
        self._cache = Cache()
        self._plugins: dict[str, object] = {}
        self.compared = 0

    @property
    def counts(self) -> dict[str, int]:
        return self._edits.counts

    def run(self, edits: int, compare_every: int) -> None:
        """StaleError at the first difference."""
        largest, first = lists.LARGEST, lists.FIRST
        # So few outages as here are a long list, too, with a file of its rows.
        lists.LARGEST, lists.FIRST = _LARGEST, _FIRST
        try:
            self._run(edits, compare_every)
        finally:
            lists.LARGEST, lists.FIRST = largest, first

    def _run(self, edits: int, compare_every: int) -> None:
        for number in range(1, edits + 1):
            what = self._edits.edit()
            try:
                self._compare_state()
                if number % compare_every == 0:
                    self._compare_pages()
            except StaleError as fault:
                raise StaleError(f"edit {number} ({what}): {fault}") from fault

    def _compare_state(self) -> None:
        try:
            project = find_project(self._root)
            checker = project.checker()
        except ProjectError:
            return  # no build begins with such a configuration
        files = list(project.files())
        remembered = _state(check_site(files, checker, cache=self._cache))
        clean = _state(check_site(files, checker))
        changed = [name for name, value in clean.items() if remembered[name] != value]
        if changed:
            raise StaleError(f"read otherwise: {', '.join(changed)}")

    def _compare_pages(self) -> None:
        if self._edits.is_broken or self._edits.lacks_schema:
            return
        names = ("target", "served", "before")
        target, served, before = (self._root.with_name(name) for name in names)
        for folder in (served, before):
            shutil.rmtree(folder, ignore_errors=True)
        is_dirty = self._is_dirty and target.exists()
        if is_dirty:
            shutil.copytree(target, before)
        self._build(target, self._plugins, is_dirty=is_dirty)
        # A server builds into one folder, whose path is part of what templates may read.
        target.rename(served)
        if is_dirty:
            before.rename(target)
        self._build(target, {}, is_dirty=is_dirty)
        # MkDocs' search knows of the pages alone that a dirty build has written.
        changed = [
            name
            for name in differences(served, target)
            if not (is_dirty and name.startswith("search/"))
        ]
        if changed:
            raise StaleError(f"built otherwise: {', '.join(changed[:20])}")
        self.compared += 1

    def _build(self, target: Path, plugins: dict[str, object], *, is_dirty: bool = False) -> None:
        """Build with the plugins of earlier builds, as a server has them; with none, with new ones.

        MkDocs keeps them in a table for the whole process.
        """
        option: Any = MkDocsConfig.plugins
        option.plugin_cache = plugins
        loaded = load_config(str(self._root / "mkdocs.yml"), site_dir=str(target))
        loaded.plugins.on_startup(command="serve", dirty=is_dirty)
        build(loaded, dirty=is_dirty)


def _state(site: Site) -> dict[str, object]:
    return {
        "pages": site.pages,
        "problems": site.problems,
        "records": site.catalog.records,
        "repeats": site.repeats.all,
        "chains": site.repeats.chains,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--theme", default="mkdocs")
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--seed", type=int, default=20260314)
    parser.add_argument("--compare-every", type=int, default=1, metavar="N")
    wish = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "1774000000"
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        remembered = Remembered(Path(folder, "site"), wish.seed, wish.theme, is_dirty=wish.dirty)
        try:
            remembered.run(wish.edits, wish.compare_every)
        except StaleError as fault:
            print(fault, file=sys.stderr)
            raise SystemExit(1) from fault
    for name, count in sorted(remembered.counts.items()):
        print(f"{count:5} {name}")
    minutes = (time.monotonic() - begin) / 60
    print(
        f"{wish.edits} edits in {minutes:.1f} minutes, {remembered.compared} builds, all as clean"
    )


if __name__ == "__main__":
    main()
