"""One page through the Markdown extension, without a host."""

from __future__ import annotations

from datetime import date

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.hosts.markdown import PostmortemExtension
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.rendering.context import PageContext, SiteContext

HEAD = """---
postmortem:
  timezone: UTC
  started: 2026-03-14 09:12
---
"""


class FakeRelpath(Treeprocessor):
    """What MkDocs leaves on its converter: the page's file."""

    class file:  # noqa: N801
        src_uri = "postmortems/a.md"


def convert(
    body: str, head: str = HEAD, extensions: tuple[str, ...] = ("tables", "fenced_code", "toc")
) -> str:
    settings, _ = read_options({})
    page = read_page("postmortems/a.md", (head + body).encode(), settings)
    assert page is not None
    records = [page.record] if page.record else []
    catalog = Catalog(records)
    site = SiteContext(
        catalog,
        date(2026, 11, 24),
        repeats(catalog, Settings()),
        index="postmortems/index.md",
    )
    view = PageContext(page.path, site, page.record)
    extension = PostmortemExtension(pages=lambda path: view if path == page.path else None)
    md = Markdown(extensions=[*extensions, extension])
    md.treeprocessors.register(FakeRelpath(md), "relpath", 0)
    return md.convert(body)
