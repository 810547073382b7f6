"""A docs folder, and what its configuration says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_postmortem.checking import CompanySchemaError, Judge, load_schemas
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.today import read_today
from mkdocs_postmortem.project.configuration import (
    ProjectError,
    find_config,
    plugin_options,
    read_config,
)

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


@dataclass(frozen=True, slots=True)
class Project:
    """A docs folder, the file that configures it (if any), and the plugin's settings."""

    docs: Path
    config: Path | None
    settings: Settings
    excluded: GitIgnoreSpec | None = None
    site_name: str = ""
    site_url: str = ""
    use_directory_urls: bool = True

    @property
    def schema(self) -> Path | None:
        """The company's schema file."""
        if self.settings.schema and self.config:
            return self.config.parent / self.settings.schema
        return None

    def judge(self) -> Judge:
        try:
            schemas = load_schemas(self.schema)
        except CompanySchemaError as fault:
            raise ProjectError(str(fault)) from fault
        return Judge(self.settings, schemas, read_today(self.settings.today))

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every Markdown page below the docs folder, as MkDocs would list them."""
        for file in sorted(self.docs.rglob("*")):
            path = file.relative_to(self.docs).as_posix()
            if file.suffix in _SUFFIXES and file.is_file() and not self._is_excluded(path):
                yield path, file

    def _is_excluded(self, path: str) -> bool:
        hidden = any(part.startswith(".") for part in path.split("/")) or path.startswith(
            "templates/"
        )
        return hidden or (self.excluded is not None and self.excluded.match_file(path))


def find_project(start: Path, *, may_lack_docs: bool = False) -> Project:
    """The project of a file or folder; without a configuration the folder itself with defaults.

    ``may_lack_docs`` is for a command that makes the docs folder.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        config = find_config(candidate)
        if config:
            return load_project(config, may_lack_docs=may_lack_docs)
    return Project(folder, None, Settings(folder=""))


def load_project(config: Path, *, may_lack_docs: bool = False) -> Project:
    """Read a configuration. ProjectError if it is no YAML or TOML, or an option is wrong."""
    data = read_config(config)
    settings, faults = read_options(plugin_options(data) or {})
    if faults:
        raise ProjectError(f"{config}, plugin postmortem: " + " ".join(faults))
    docs = config.parent / str(data.get("docs_dir", "docs"))
    if not docs.is_dir() and not may_lack_docs:
        raise ProjectError(f"{config}: the docs folder {docs} does not exist.")
    patterns = data.get("exclude_docs")
    excluded = None
    if isinstance(patterns, str):
        excluded = GitIgnoreSpec.from_lines(patterns.splitlines())
    name, url = str(data.get("site_name") or ""), data.get("site_url")
    url = url.rstrip("/") + "/" if isinstance(url, str) and url else ""
    flat = data.get("use_directory_urls") is False
    return Project(docs, config, settings, excluded, name, url, not flat)
