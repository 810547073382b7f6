"""Fragments keep the author's fields, and no field reaches beyond itself."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.hosts.markdown import PostmortemExtension
from mkdocs_postmortem.hosts.markdown.fragments import fill
from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.templates import load_templates

HEAD = """---
postmortem:
  timezone: UTC
  severity: SEV2
  started: 2026-03-14 09:12
  services: [{service}]
  impact: {impact}
  root_cause: {cause}
---
"""
BODY = """# T

## Timeline

- 09:12 **Started:** We look.
- 09:19 **Misleading path:** We see.

## Tasks

- [ ] {task} (@dana, [OPS](ops.md))

<!-- postmortem:index -->

<!-- postmortem:tasks -->

<!-- postmortem:stats -->
"""


class FakeRelpath(Treeprocessor):
    """What MkDocs leaves on its converter: the page's file, and links by their addresses."""

    class file:  # noqa: N801
        src_uri = "postmortems/a.md"

    def run(self, root: Any) -> None:
        for element in root.iter("a"):
            element.set("href", element.get("href").replace(".md", "/"))


def convert(texts: dict[str, str], theme: Path | None = None, keep: Any = None) -> str:
    head = HEAD.format(**{name: json.dumps(text) for name, text in texts.items()})
    body = BODY.format(task=" ".join(texts["task"].split()))
    page = read_page("postmortems/a.md", (head + body).encode("utf-8", "replace"), Settings())
    assert page is not None
    assert page.record is not None
    catalog = Catalog([page.record])
    site = SiteContext(
        catalog,
        date(2026, 11, 24),
        repeats(catalog, Settings()),
        index="index.md",
        templates=load_templates("en", [theme] if theme else []),
    )
    view = PageContext(page.path, site, page.record)
    extension = PostmortemExtension(pages=lambda _: view, keep=keep and partial(keep, view))
    md = Markdown(extensions=["tables", "toc", "attr_list", "smarty", extension])
    md.treeprocessors.register(FakeRelpath(md), "relpath", 0)
    return md.convert(body)


class Addresses(HTMLParser):
    """All addresses and elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


TEXTS = st.lists(
    st.sampled_from([*"abc *_`<>&\"'{}[]()!\\#:.-|~\x02\x03\n", "pm-slot", "https://a.example/"]),
    min_size=1,
    max_size=30,
).map("".join)
ODD = "a `b <i>` *c* [d](e.md) <b>{: #f } \\"


@settings(deadline=None, max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(("service", "impact", "cause", "task"), TEXTS)))
@example({"service": "a & b", "impact": ODD, "cause": "[x](javascript:y)", "task": ODD})
@example({"service": "a", "impact": "a", "cause": "a", "task": "<pm-slot>"})
@example({"service": "</pm-slot>", "impact": "</pm-field>", "cause": "</p>", "task": "x"})
def test_no_field_reaches_beyond_itself(texts: dict[str, str]) -> None:
    kept: list[Any] = []
    convert(texts, keep=lambda *found: kept.append(found))
    view, _, fragments = kept[0]
    rendered = fragments.render(view)
    html = convert(texts)
    found = Addresses("".join(part for parts in rendered.values() for part in parts))

    assert "\x02" not in html
    assert "<pm-field" not in html
    # A tag of the author's own may look like a placeholder.
    assert "<pm-" not in html or any("<pm-" in text.lower() for text in texts.values())
    assert all(is_safe(address) for address in found.addresses)
    assert not found.tags & {"script", "i", "b", "img"}
    assert html.count('<section class="pm-summary') == 1


def test_the_authors_markdown_is_rendered_as_on_the_rest_of_the_page() -> None:
    html = convert(
        {"service": "a", "impact": "*b* [c](d.md)", "cause": "`e` <u>", "task": "**f** g"}
    )

    assert '<dd><em>b</em> <a href="d/">c</a></dd>' in html
    assert "<dd><code>e</code> &lt;u&gt;</dd>" in html
    assert "<span><strong>f</strong> g</span>" in html


def test_a_page_that_is_kept_has_placeholders_until_it_is_filled() -> None:
    texts = {"service": "a", "impact": "*b*", "cause": "c", "task": "d"}
    kept: list[Any] = []

    short = convert(texts, keep=lambda *found: kept.append(found))
    view, path, fragments = kept[0]

    assert path == "postmortems/a.md"
    assert "pm-summary" not in short
    assert "<em>b</em>" not in short
    assert fill(short, fragments.render(view))[0] == convert(texts)


def test_a_theme_shows_fields_and_links_in_its_own_way(tmp_path: Path) -> None:
    template = tmp_path / "postmortem/summary.html"
    template.parent.mkdir()
    texts = {"service": "a", "impact": "*b*", "cause": "javascript:c", "task": "d"}
    for text, wanted in (
        ("<p data-markdown='x'>{{ record.impact }}</p>", "<p><em>b</em></p>"),
        ("<p data-markdown=''>*z*</p>", "<p>*z*</p>"),
        ("<p><a href='{{ record.root_cause }}'>x</a> <a href = \"b\">y</a></p>",
         '<p><a>x</a> <a href = "b">y</a></p>'),
    ):  # fmt: skip
        template.write_text(text, encoding="utf-8")
        html = convert(texts, tmp_path)
        assert wanted in html
        template.unlink()


def test_a_template_that_is_not_well_formed_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    template = tmp_path / "postmortem/summary.html"
    template.parent.mkdir()
    template.write_text("<p>\n<br></p>", encoding="utf-8")

    convert(dict.fromkeys(("service", "impact", "cause", "task"), "a"), tmp_path)

    assert "postmortem/summary.html is not well formed" in caplog.text
