"""The problems of a build in the host's log."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from mkdocs_postmortem.catalog import Site
from mkdocs_postmortem.checking import merge_by_folder
from mkdocs_postmortem.model.problem import Level

log = get_plugin_logger(__name__)

_LOG_LEVELS = {
    Level.ERROR: logging.ERROR,
    Level.WARNING: logging.WARNING,
    Level.INFO: logging.DEBUG,
}


def log_problems(site: Site, config: MkDocsConfig, root: Path, *, is_muted: bool) -> None:
    """Log each problem; where that is muted, at most as an info, with its level in words."""
    docs = os.path.relpath(config.docs_dir, root)
    for problem in merge_by_folder(site.problems, docs):
        level = _LOG_LEVELS[problem.level]
        if is_muted:
            level = min(level, logging.INFO)
        log.log(level, f"{problem.level.value}: {problem}" if is_muted else str(problem))
    hints = site.count(Level.INFO)
    if hints:
        log.info(
            f"{hints} hint{'s' if hints > 1 else ''} on the postmortems; "
            "`mkdocs-postmortem check` lists them, and so does `--verbose`."
        )


def fail_on_errors(site: Site) -> None:
    """PluginError where a page has an error."""
    if errors := site.count(Level.ERROR):
        raise PluginError(
            f"{errors} error{'s' if errors > 1 else ''} in the postmortems; "
            "each is named above with its file and line."
        )
