"""The files with the rows of lists that are too long for a page."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_postmortem.publishing import ASSET_FOLDER
from mkdocs_postmortem.rendering import (
    RowFile,
    SiteContext,
    index_data,
    is_long,
    task_positions,
    tasks_data,
)

_TO_ROOT = "../" * (ASSET_FOLDER.count("/") + 1)


def add_rows(files: Files, config: MkDocsConfig, site: SiteContext) -> dict[str, RowFile]:
    """Add a file for each list of all outages or all tasks that no page can hold."""
    added: dict[str, RowFile] = {}

    def add(
        name: str, positions: dict[object, int], make: Callable[[SiteContext, str], str]
    ) -> None:
        if is_long(len(positions), site):
            text = make(site, _TO_ROOT)
            # Pages name rows by their positions, so a browser must not take an older file.
            mark = sha256(text.encode()).hexdigest()[:8]
            path = f"{ASSET_FOLDER}/{name}-{mark}.js"
            files.append(File.generated(config, path, content=text))
            added[name] = RowFile(path, positions)

    paths = (record.path for record in site.catalog.records)
    add("index", {path: number for number, path in enumerate(paths)}, index_data)
    add("tasks", task_positions(site), tasks_data)
    return added
