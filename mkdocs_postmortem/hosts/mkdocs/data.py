"""The files for machines, as files of the host's site."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from mkdocs_postmortem.catalog import Cache, Site
from mkdocs_postmortem.checking import Checker
from mkdocs_postmortem.publishing import DATA_NAMES, Publication, bundle
from mkdocs_postmortem.rendering import Messages


def add_data(
    files: Files,
    config: MkDocsConfig,
    site: Site,
    checker: Checker,
    words: Messages,
    cache: Cache,
) -> dict[str, str]:
    """Add the files to the site; gives the paths of those that a page may link to, by their names.

    A file of the author's with the same path stays.
    """
    settings = checker.settings
    folder = f"{settings.generated_folder}/"
    site_url = f"{config.site_url.rstrip('/')}/" if config.site_url else ""

    def address(path: str) -> str:
        file = files.src_uris.get(path)
        url = file.url if file else path
        return site_url + (url.removeprefix("./") if url != "./" else "")

    publication = Publication(
        site.catalog.records,
        checker.today,
        address,
        settings.severities,
        config.site_name,
        site_url,
        folder,
        words,
        settings.audience,
        cache,
    )
    shown: dict[str, str] = {}
    for name, text in bundle(publication, settings.publish if len(site.catalog) else ()):
        path = folder + name
        if files.src_uris.get(path) is None:
            files.append(File.generated(config, path, content=text))
            if name in DATA_NAMES:
                shown[DATA_NAMES[name]] = path
    return shown
