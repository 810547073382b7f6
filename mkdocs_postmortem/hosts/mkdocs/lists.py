"""The pages that no one wrote, as pages of the host's site."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from mkdocs_postmortem.catalog import Site
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing import list_pages, values_without_page
from mkdocs_postmortem.rendering import Messages

log = get_plugin_logger(__name__)


def add_lists(
    files: Files, config: MkDocsConfig, site: Site, settings: Settings, words: Messages
) -> dict[tuple[str, str], str]:
    """Add the pages to the site, and give their paths; an author's page of that name stays."""
    added: dict[tuple[str, str], str] = {}
    for key, (path, text) in list_pages(site, settings, words).items():
        if files.src_uris.get(path) is None:
            file = File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            added[key] = path
    for line in values_without_page(site, settings):
        log.info(line)
    return added
