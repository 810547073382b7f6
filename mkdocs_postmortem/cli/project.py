"""The site around a file: its ``mkdocs.yml``, read without MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pathspec.gitignore import GitIgnoreSpec

from mkdocs_postmortem.checking import CompanySchemaError, Judge, load_schemas
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.today import read_today

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


class ProjectError(Exception):
    """The project's configuration cannot be used; the text says why."""


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


def find_project(start: Path) -> Project:
    """The project of a file or folder; without a configuration the folder itself with defaults."""
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        config = next((path for name in CONFIG_NAMES if (path := candidate / name).is_file()), None)
        if config:
            return load_project(config)
    return Project(folder, None, Settings(folder=""))


def load_project(config: Path) -> Project:
    """Read ``mkdocs.yml``. ProjectError if it is no YAML or an option of the plugin is wrong."""
    data = _load(config)
    settings, faults = read_options(_plugin_options(data))
    if faults:
        raise ProjectError(f"{config}, plugin postmortem: " + " ".join(faults))
    docs = config.parent / str(data.get("docs_dir", "docs"))
    if not docs.is_dir():
        raise ProjectError(f"{config}: the docs folder {docs} does not exist.")
    patterns = data.get("exclude_docs")
    excluded = None
    if isinstance(patterns, str):
        excluded = GitIgnoreSpec.from_lines(patterns.splitlines())
    name, url = str(data.get("site_name") or ""), data.get("site_url")
    url = url.rstrip("/") + "/" if isinstance(url, str) and url else ""
    flat = data.get("use_directory_urls") is False
    return Project(docs, config, settings, excluded, name, url, not flat)


class _Loader(yaml.SafeLoader):
    """Reads past tags such as ``!ENV`` and ``!!python/name:…``, which are for others."""


def _nothing(*_: Any) -> None:
    """What a tag of somebody else's gives."""


_Loader.add_multi_constructor("", _nothing)


def _load(config: Path, depth: int = 0) -> dict[str, Any]:
    try:
        # A SafeLoader that knows fewer tags; nothing is constructed from the others.
        data = yaml.load(config.read_text(encoding="utf-8-sig"), _Loader)  # noqa: S506
    except OSError as fault:
        raise ProjectError(f"{config}: {fault.strerror}.") from fault
    except (ValueError, yaml.YAMLError, RecursionError) as fault:
        raise ProjectError(
            f"{config} is not readable YAML: {' '.join(str(fault).split())}"
        ) from fault
    if not isinstance(data, dict):
        raise ProjectError(f"{config} is not a mapping of options.")
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str) and depth < 10:
        return _merge(_load(config.parent / parent, depth + 1), data)
    return data


def _merge(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """As MkDocs inherits: mappings are merged, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merge(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _plugin_options(data: Mapping[str, Any]) -> dict[str, Any]:
    plugins = data.get("plugins") or []
    items = plugins.items() if isinstance(plugins, dict) else _pairs(plugins)
    for name, options in items:
        if name in ("postmortem", "mkdocs-postmortem"):
            known = dict(options) if isinstance(options, dict) else {}
            known.pop("enabled", None)
            return known
    return {}


def _pairs(plugins: Any) -> Iterator[tuple[str, Any]]:
    for item in plugins if isinstance(plugins, list) else []:
        if isinstance(item, dict):
            yield from item.items()
        else:
            yield str(item), None
