"""Everything that the plugin adds to a MkDocs site, as files for a host that runs no plugins.

The pages hold directives, which the Markdown extension fills while the host renders them: so the
host checks and rewrites their links as on any other page.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.project.project import Project
from mkdocs_postmortem.publishing.bundle import DATA_NAMES, Publication, bundle
from mkdocs_postmortem.publishing.dataset import as_dataset
from mkdocs_postmortem.publishing.generated_files import Manifest
from mkdocs_postmortem.publishing.list_pages import (
    SCRIPTS,
    STYLESHEET,
    find_index,
    index_page,
    index_path,
    list_pages,
)


@dataclass(frozen=True, slots=True)
class Generated:
    """Files by their path below the docs folder, and the manifest that lists them.

    ``left`` are paths where a file that is not ours was kept.
    """

    files: dict[str, bytes]
    manifest: Manifest
    left: tuple[str, ...] = ()

    def assets(self) -> tuple[str, tuple[str, ...]]:
        """The stylesheet and the scripts that the site has to load."""
        folder = self.manifest.folder
        return _asset(folder, STYLESHEET), tuple(_asset(folder, path) for path in SCRIPTS)


def generate(
    project: Project, site: Site, checker: Checker, folder: str, theirs: set[str]
) -> Generated:
    """All files for a folder below the docs folder.

    ``theirs`` are the paths of files that are not ours: a page or a file of that name stays, and
    the links lead to it.
    """
    from mkdocs_postmortem.rendering.templates import asset_text

    settings = replace(checker.settings, folder=folder)
    files: dict[str, str | bytes] = {}
    messages = project.messages()
    index = find_index(site, folder, index_path(settings), theirs)
    if settings.index and index == index_path(settings) and index not in site.index_pages:
        files[index] = index_page(messages)
    lists: dict[tuple[str, str], str] = {}
    for key, (path, text) in list_pages(site, settings, messages).items():
        files[path] = text
        if path not in theirs:
            lists[key] = path
    _stamp(files, project, site, checker)
    data: dict[str, str] = {}
    for name, content in _data(project, site, checker, folder):
        path = f"{folder}/{name}"
        files[path] = content
        if name in DATA_NAMES:
            data[DATA_NAMES[name]] = path
    for asset in (STYLESHEET, *SCRIPTS):
        files[_asset(folder, asset)] = asset_text(asset.rpartition("/")[2])
    encoded = {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
        if path not in theirs
    }
    left = tuple(path for path in files if path in theirs)
    return Generated(encoded, Manifest(folder, index=index, lists=lists, data=data), left)


def _stamp(files: dict[str, str | bytes], project: Project, site: Site, checker: Checker) -> None:
    """Let the text of a page change with what its lists show.

    A host that keeps rendered pages between builds would show the lists of yesterday.
    """
    shown = as_dataset(site.shown.records, checker.today, project.address)
    seen = hashlib.sha256(f"{__version__}\n{checker.settings}\n{shown}".encode()).hexdigest()[:16]
    for path, text in files.items():
        if isinstance(text, str):
            files[path] = f"{text}\n<!-- made by mkdocs-postmortem generate from {seen} -->\n"


def _data(project: Project, site: Site, checker: Checker, folder: str) -> list[tuple[str, str]]:
    publication = Publication(
        site.catalog.records,
        checker.today,
        project.address,
        project.messages(),
        project.site_name,
        project.site_url,
        f"{folder}/",
        checker.settings.severities,
        checker.settings.audience,
    )
    return list(bundle(publication, checker.settings.publish if len(site.catalog) else ()))


def _asset(folder: str, path: str) -> str:
    """Next to the pages, so that one folder holds everything that is generated."""
    return f"{folder}/assets/{path.rpartition('/')[2]}"
