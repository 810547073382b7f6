"""The problems of a build in the host's log, and those of pages that the site leaves out."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files

from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker, merge_by_folder
from mkdocs_postmortem.hosts.mkdocs.config import root_of
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import (
    built_language,
    default_language,
    is_draft_post,
)
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.reading.membership import left_out_finding

log = get_plugin_logger(__name__)

_LOG_LEVELS = {
    Level.ERROR: logging.ERROR,
    Level.WARNING: logging.WARNING,
    Level.INFO: logging.DEBUG,
}
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def report_problems(site: Site, config: MkDocsConfig, *, is_serve: bool, fails: bool) -> None:
    """Log each problem. PluginError where ``fails`` and there is an error."""
    docs = os.path.relpath(config.docs_dir, root_of(config))
    # A strict `serve` would go dead at the first warning; there the panel shows it.
    is_muted = is_serve and config.strict
    for problem in merge_by_folder(site.problems, docs):
        level = _LOG_LEVELS[problem.level]
        if is_muted:
            level = min(level, logging.INFO)
        log.log(level, f"{problem.level.value}: {problem}" if is_muted else str(problem))
    if infos := site.count(Level.INFO):
        log.info(
            f"{infos} info{'s' if infos > 1 else ''} in the postmortems; "
            "`mkdocs-postmortem check` lists them, and so does `--verbose`."
        )
    if (errors := site.count(Level.ERROR)) and fails:
        raise PluginError(
            f"{errors} error{'s' if errors > 1 else ''} in the postmortems; "
            "each is named above with its file and line."
        )


def excluded_problems(
    files: Files, config: MkDocsConfig, sources: Collection[str], checker: Checker
) -> Iterator[Problem]:
    """A PM007 for each page that carries our front matter and is not among the sources.

    static-i18n builds the site once for each language, and takes the pages of the others away
    each time; what the configuration excludes is reported with the default language.
    """
    language = built_language(config)
    if language and language != default_language(config):
        return
    docs = Path(config.docs_dir)
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs).as_posix()
        if file.suffix not in _MARKDOWN or path in sources or _is_never_built(path):
            continue
        reason = _reason(path, files, config)
        if reason is None and language:
            continue
        finding = left_out_finding(path, file, reason or "a plugin or a hook takes it out")
        if finding is not None:
            yield from checker.to_problems(path, [finding])


def _is_never_built(path: str) -> bool:
    """What MkDocs leaves out by default."""
    return path.startswith("templates/") or any(part.startswith(".") for part in path.split("/"))


def _reason(path: str, files: Files, config: MkDocsConfig) -> str | None:
    """Why the configuration leaves a page out; None where something else does."""
    file = files.src_uris.get(path)
    if config.draft_docs and config.draft_docs.match_file(path):
        return "`draft_docs` names it"
    if config.exclude_docs and config.exclude_docs.match_file(path):
        return "`exclude_docs` names it"
    if file is not None and is_draft_post(file):
        return "it is a draft of the blog"
    return None
