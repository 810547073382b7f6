"""Keeping what is internal from the host, and so from every plugin and theme after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page as HostPage

from mkdocs_postmortem.catalog.attachments import NAMING, withheld_files
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.hosts.markdown.page_contexts import Visibility
from mkdocs_postmortem.hosts.mkdocs.navigation import remove_items
from mkdocs_postmortem.hosts.mkdocs.plugin_compat import built_language
from mkdocs_postmortem.model.address import page_key
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading.internal_blocks import (
    may_have_markers,
    read_blocks,
    without_internal,
)
from mkdocs_postmortem.reading.page import is_hidden, read_page
from mkdocs_postmortem.reading.source import read_bytes

log = get_plugin_logger(__name__)


Source = tuple[str, Path]

# Without one of these in its bytes no file can be hidden as a whole.
_HINTS = (b"intern", b"visib")


def hide_early(
    files: Files, sources: Iterable[Source], config: MkDocsConfig, checker: Checker
) -> dict[str, Path]:
    """Take hidden pages out of the site before any other plugin reads them; a blog reads its posts
    from the files and takes them away. Gives those of the ``sources`` that are hidden.

    Of a site in several languages, static-i18n has to choose the files first.
    """
    if checker.settings.audience is not Audience.PUBLIC or built_language(config):
        return {}
    found = {path: file for path, file in sources if _is_hidden(path, file, checker)}
    for path in found:
        _remove(files, files.src_uris[path])
    return found


def _remove(files: Files, file: File) -> None:
    """Take a file out of the site, and out of the output of an earlier build (``--dirty``)."""
    files.remove(file)
    with suppress(OSError):  # there is none, or what stops us stops the host too
        Path(file.abs_dest_path).unlink()


def _is_hidden(path: str, file: Path, checker: Checker) -> bool:
    names = checker.schemas.internal_names
    try:
        raw = read_bytes(file)
    except OSError:
        return False  # it has vanished, which is reported later
    plain = raw.replace(b"\0", b"").lower()
    if not any(hint in plain for hint in (*_HINTS, *(name.lower().encode() for name in names))):
        return False
    page = read_page(path, raw, checker.settings)
    return page is not None and is_hidden(page, checker.settings, names)


def hide_pages(files: Files, config: MkDocsConfig, site: Site) -> None:
    """Take hidden pages out of the site, and say how much is left out."""
    for path in site.left_out.hidden:
        file = files.get_file_from_path(path)
        if file is not None:
            _remove(files, file)
    if config.nav is not None and site.left_out.hidden:
        # MkDocs would warn that these pages are missing.
        config.nav = _without(config.nav, hidden_keys(site, config))
    attachments = _hide_attachments(files, config, site)
    if not site.left_out.is_whole:
        named = f" and {len(attachments)} of their files" if attachments else ""
        log.info(
            f"Built for the public: {site.left_out}{named} left out. "
            "`audience: internal` shows everything."
        )


def _hide_attachments(files: Files, config: MkDocsConfig, site: Site) -> set[str]:
    paths = (
        file.src_uri
        for file in files
        if file.src_dir == config.docs_dir and not file.is_documentation_page()
    )
    pages = (file.src_uri for file in files.documentation_pages())
    texts = partial(_public_texts, files, config, site)
    hidden = withheld_files(paths, site.withheld, pages, texts) if site.withheld else set()
    for path in hidden:
        _remove(files, files.src_uris[path])
    return hidden


def _public_texts(files: Files, config: MkDocsConfig, site: Site) -> Iterator[tuple[str, str]]:
    """What the audience may read, by the path: pages, styles, the configuration and templates."""
    for file in files:
        page = site.pages.get(file.src_uri)
        is_own = file.src_dir == config.docs_dir and file.src_uri.endswith(NAMING)
        if page is not None:
            yield file.src_uri, page.text if page.source is None else page.source
        elif file.is_documentation_page() or is_own:
            with suppress(OSError):  # it has vanished
                yield file.src_uri, file.content_bytes.decode("utf-8", "replace")
    overrides = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for template in overrides.rglob("*.html") if overrides else ():
        yield str(template), template.read_text(encoding="utf-8", errors="replace")
    yield "mkdocs.yml", str([dict(config.theme), config.extra, config.extra_css, config.nav])


def hidden_keys(site: Site, config: MkDocsConfig) -> frozenset[str]:
    """The hidden pages as ``page_key`` spells them. Each language of static-i18n has an address of
    its own for the same link.
    """
    keys = set(map(page_key, site.left_out.hidden))
    language = (built_language(config) or "").casefold()
    if language:
        public = set(map(page_key, site.pages))
        plain = {key.removesuffix(f".{language}").removeprefix(f"{language}/") for key in keys}
        keys |= plain - public
        keys |= {f"{language}/{key}" for key in keys}
    return frozenset(keys)


def _without(nav: Any, keys: frozenset[str]) -> Any:
    """A navigation without some pages, and without sections that they leave empty."""
    if isinstance(nav, list):
        return [item for each in nav if (item := _without(each, keys)) not in ([], {}, None)]
    if isinstance(nav, dict):
        found = {key: _without(value, keys) for key, value in nav.items()}
        return {key: value for key, value in found.items() if value not in ([], {}, None)}
    return None if isinstance(nav, str) and page_key(nav) in keys else nav


def hide_in_navigation(nav: Navigation, site: Site, visibility: Visibility) -> None:
    """Take hidden pages out of the navigation that all plugins have settled."""

    def is_hidden_item(item: StructureItem) -> bool:
        if isinstance(item, HostPage):
            return item.file.src_uri in site.left_out.hidden
        return isinstance(item, Link) and visibility.leads_to_hidden(item.url, "")

    remove_items(nav, is_hidden_item)


def audience_markdown(markdown: str, page: HostPage, audience: Audience, site: Site) -> str:
    """A page's Markdown as the audience may read it, whichever plugin it comes from."""
    if not may_have_markers(markdown):
        return markdown
    texts = markdown.split("\n")
    if page.file.src_uri not in site.pages:
        for finding in read_blocks(texts).findings:
            log.error(f"{page.file.src_uri}: {finding.code} {finding.message} {finding.fix}")
    return "\n".join(without_internal(texts, audience))
