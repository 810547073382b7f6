"""The site around a file: its docs folder, its options, its records and its words."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from mkdocs_postmortem.catalog.outage_tasks import Histories, no_history
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schemas
from mkdocs_postmortem.history import GitHistory
from mkdocs_postmortem.model.address import page_address
from mkdocs_postmortem.model.language import language_fault, site_language
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.settings import Audience, Settings, read_today
from mkdocs_postmortem.project.configuration import (
    Exclusions,
    ProjectError,
    configs_below,
    find_config,
    only_one,
    plugin_options,
    read_config,
    read_exclusions,
)
from mkdocs_postmortem.publishing.generated_files import (
    MANIFEST_NAME,
    Manifest,
    ManifestError,
    read_manifest,
)
from mkdocs_postmortem.publishing.hub import Hub, hub_files, read_hub

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages
    from mkdocs_postmortem.rendering.templates import Templates


# The order of paths themselves, which take five times as long to compare.
_PARTS = attrgetter("parts")
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


@dataclass(frozen=True, slots=True)
class Project:
    """A docs folder, the file that configures it (if any), and the plugin's settings."""

    docs: Path
    config: Path | None
    settings: Settings
    exclusions: Exclusions = field(default_factory=Exclusions)
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def site_name(self) -> str:
        return str(self.values.get("site_name") or "")

    @property
    def site_url(self) -> str:
        """It ends in ``/``, or is empty."""
        url = self.values.get("site_url")
        return url.rstrip("/") + "/" if isinstance(url, str) and url else ""

    @property
    def custom_dirs(self) -> tuple[Path, ...]:
        """The theme's folder of the site's own, if it has one."""
        custom = self._theme.get("custom_dir")
        if self.config and isinstance(custom, str) and custom:
            return (self.config.parent / custom,)
        return ()

    @property
    def _theme(self) -> Mapping[str, Any]:
        theme = self.values.get("theme")
        return theme if isinstance(theme, dict) else {}

    @property
    def schema(self) -> Path | None:
        """The custom schema file."""
        if self.settings.schema and self.config:
            return self.config.parent / self.settings.schema
        return None

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that links may not lead out of where a command writes."""
        return (self.config.parent, self.docs) if self.config else (self.docs,)

    def history(self) -> Histories:
        """What git knows of the pages; nothing if the option says so."""
        return GitHistory(self.docs) if self.settings.history else no_history

    def listed(self, key: str) -> list[str]:
        """The names in a list or table of the configuration, such as ``extra_css``."""
        items = self.values.get(key) or ()
        names: list[str] = []
        for item in items if isinstance(items, (list, dict)) else ():
            if isinstance(item, dict):
                names += [str(item["path"])] if "path" in item else map(str, item)
            else:
                names.append(str(item))
        return names

    def hub(self) -> Hub:
        """The incidents of other sites, from the files next to the configuration."""
        return read_hub(self.settings, self.config.parent) if self.config else Hub()

    def hub_files(self) -> list[Path]:
        """Where those outages lie."""
        return hub_files(self.settings.hub, self.config.parent) if self.config else []

    def checker(self, today: date | None = None, audience: str | None = None) -> Checker:
        """The rules as the site has them, for another day or audience than the configured one."""
        try:
            schemas = load_schemas(self.schema)
        except CustomSchemaError as error:
            raise ProjectError(str(error)) from error
        settings = replace(self.settings, audience=Audience(audience or self.settings.audience))
        return Checker(settings, schemas, today or read_today(self.settings.today))

    def templates(self) -> Templates:
        """The templates in the language of the site's pages; ProjectError if a catalog is wrong."""
        # Commands that make no pages start without templates and locales.
        from mkdocs_postmortem.rendering.templates import load_templates
        from mkdocs_postmortem.rendering.translations import TranslationError, own_languages

        folders = self.custom_dirs
        # Material has ``language``, MkDocs' own themes have ``locale``.
        stated = self._theme.get("language") or self._theme.get("locale")
        theme = stated if isinstance(stated, str) else "en"
        try:
            own = own_languages(folders)
            return load_templates(site_language(self.settings.language, [theme], own), folders)
        except TranslationError as error:
            raise ProjectError(str(error)) from error

    def messages(self) -> Messages:
        """The words of the site's pages; ProjectError if a catalog is wrong."""
        return self.templates().messages

    def address(self, path: str) -> str:
        """The address of a page or any other file on the site."""
        if not path.endswith(_SUFFIXES):
            return self.site_url + quote(path)
        is_flat = self.values.get("use_directory_urls") is False
        return page_address(path, self.site_url, use_directory_urls=not is_flat)

    def url_for(self, target: str, source: str) -> str:
        """The address of a page or file as seen from a page; the path ``""`` is the site's root."""
        from mkdocs_postmortem.rendering.links import relative

        there, here = (
            unquote(self.address(path).removeprefix(self.site_url)) for path in (target, source)
        )
        return relative(there, here) or "./"

    def _walk(self) -> Iterator[Path]:
        # Without a configuration, links may lead anywhere.
        return walk(self.docs) if self.config else self.docs.rglob("*")

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every Markdown page below the docs folder that an author wrote, as MkDocs lists them.

        ProjectError if the list of what `generate` has made is broken.
        """
        found = sorted(self._walk(), key=_PARTS)
        made = {path for one in _read_manifests(found, self.docs) for path in one.files}
        for file in found:
            path = file.relative_to(self.docs).as_posix()
            if (
                file.suffix in _SUFFIXES
                and path not in made
                and not file.is_dir()
                and not self.exclusions.excludes(path, file)
            ):
                yield path, file

    def state(self) -> object:
        """Names, times and sizes of all files that the site is made of; it differs after a change.
        OSError if one goes meanwhile.
        """
        # Without a configuration, the folder may be a whole repository.
        files = list(self._walk() if self.config else (file for _, file in self.files()))
        files += [file for file in (self.config, self.schema, *self.hub_files()) if file]
        stats = {str(file): file.stat() for file in files if file.is_file()}
        return {name: (stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}

    def excluded_files(self) -> Iterator[tuple[str, Path, str]]:
        """Every Markdown file that the configuration keeps out of the site, with the reason."""
        pages = (file for file in self._walk() if file.suffix in _SUFFIXES)
        for file in sorted(pages, key=_PARTS):
            path = file.relative_to(self.docs).as_posix()
            reason = self.exclusions.reason(path, file)
            if reason:
                yield path, file, reason

    def strangers(self, folder: str, manifests: Iterable[Manifest]) -> set[str]:
        """Files in a folder below the docs folder that `generate` has not written as they are."""
        known = list(manifests)
        found: set[str] = set()
        for file in (self.docs / folder).rglob("*"):
            path = file.relative_to(self.docs).as_posix()
            if file.is_file() and not any(one.owns(path, file.read_bytes()) for one in known):
                found.add(path)
        return found


def walk(folder: Path) -> Iterator[Path]:
    """All files below a folder, through links to other folders too, as MkDocs lists them; but not
    through a link to a folder that it is in.
    """
    for root, folders, files in os.walk(folder, followlinks=True):
        here = Path(root)
        folders[:] = [name for name in folders if not _leads_up(here / name)]
        yield from (here / name for name in files)


def _leads_up(folder: Path) -> bool:
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())


def find_manifests(docs: Path) -> list[Manifest]:
    """The lists of generated files below a docs folder. ProjectError if one is broken."""
    return _read_manifests(sorted(docs.rglob(MANIFEST_NAME)), docs)


def _read_manifests(found: Iterable[Path], docs: Path) -> list[Manifest]:
    try:
        return [read_manifest(item, docs) for item in found if item.name == MANIFEST_NAME]
    except ManifestError as error:
        raise ProjectError(str(error)) from error


def find_project(
    start: Path, *, config: Path | None = None, may_lack_docs: bool = False
) -> Project:
    """The project of a file or folder; without a configuration the folder itself with defaults.

    ``config`` is the configuration if the caller knows it. ``may_lack_docs`` is for a command that
    makes the docs folder.
    """
    if config is not None:
        return load_project(config.resolve(), may_lack_docs=may_lack_docs)
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    root = next((item for item in (folder, *folder.parents) if (item / ".git").exists()), folder)
    for candidate in (folder, *folder.parents):
        config = find_config(candidate, any_name=candidate.is_relative_to(root))
        if config:
            return load_project(config, may_lack_docs=may_lack_docs)
    return _project_below(root, folder) or Project(folder, None, Settings(folder=""))


def _project_below(root: Path, folder: Path) -> Project | None:
    """The project in a sub-folder of the repository, such as ``website``, whose docs folder holds
    this folder or lies in it.
    """
    fitting = {}
    for config in configs_below(root):
        project = load_project(config, may_lack_docs=True)
        docs = project.docs.resolve()
        if docs.is_relative_to(folder) or folder.is_relative_to(docs):
            fitting[config] = project
    chosen = only_one(fitting)
    return fitting[chosen] if chosen else None


def load_project(config: Path, *, may_lack_docs: bool = False) -> Project:
    """Read a configuration. ProjectError if it is not YAML or TOML, or an option is wrong."""
    data = read_config(config)
    settings, errors = read_options(plugin_options(data) or {})
    if errors:
        raise ProjectError(f"{config}, plugin postmortem: " + " ".join(errors))
    docs = config.parent / str(data.get("docs_dir", "docs"))
    if not docs.is_dir() and not may_lack_docs:
        raise ProjectError(f"{config}: the docs folder {docs} does not exist.")
    project = Project(docs, config, settings, read_exclusions(data), data)
    _check_language(project)
    return project


def _check_language(project: Project) -> None:
    """ProjectError if there are no words for the option ``language``."""
    wanted = project.settings.language
    if not wanted or not language_fault(wanted):
        return
    from mkdocs_postmortem.rendering.translations import own_languages

    error = language_fault(wanted, own_languages(project.custom_dirs))
    if error:
        raise ProjectError(f"{project.config}, plugin postmortem: {error}")
