"""Pages with our front matter that the site leaves out: nothing is passed over silently."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from mkdocs_postmortem.checking import Checker
from mkdocs_postmortem.hosts.mkdocs.blog import is_draft_post
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import built_language, default_language
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.reading import left_out_finding

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


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
    """What MkDocs leaves out unless told otherwise."""
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
