"""A fragment in a slot is what it would be as elements of the page's tree."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.catalog import Catalog, repeats
from mkdocs_postmortem.hosts.markdown import PostmortemExtension
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading import read_page
from mkdocs_postmortem.rendering import PageView, SiteView, TemplateError

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


class OfTheTree(Treeprocessor):
    """A host that finds links in the tree only."""

    class file:  # noqa: N801
        src_uri = "postmortems/a.md"

    def run(self, root: Any) -> None:
        for element in root.iter("a"):
            element.set("href", address(element.get("href")))


class OfOneLink(OfTheTree):
    """A host that can be asked for the address of one link as well, as MkDocs can."""

    def path_to_url(self, url: str) -> str:
        return address(url)


def address(url: str) -> str:
    return url.removesuffix(".md") + "/" if url.endswith(".md") else url


def convert(host: type[OfTheTree], texts: dict[str, str], custom: tuple[Path, ...] = ()) -> str:
    head = HEAD.format(**{name: json.dumps(text) for name, text in texts.items()})
    body = BODY.format(task=" ".join(texts["task"].split()))
    page = read_page("postmortems/a.md", (head + body).encode("utf-8", "replace"), Settings())
    assert page is not None
    assert page.record is not None
    catalog = Catalog([page.record])
    site = SiteView(catalog, date(2026, 11, 24), repeats(catalog, Settings()), index="index.md")
    view = PageView(page.path, site, page.record)
    extension = PostmortemExtension(pages=lambda _: view, custom_dirs=custom)
    md = Markdown(extensions=["tables", "toc", "attr_list", "smarty", extension])
    md.treeprocessors.register(host(md), "relpath", 0)
    return md.convert(body)


class Parts(HTMLParser):
    """Elements, attributes and words in their order; white space says nothing here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.found += data.split()


TEXTS = st.lists(
    st.sampled_from([*"abc *_`<>&\"'{}[]()!\\#:.-|~\x02\x03\n", "pm-slot", "https://a.example/"]),
    min_size=1,
    max_size=30,
).map("".join)
ODD = "a `b <i>` *c* [d](e.md) <b>{: #f } \\"


@settings(deadline=None, max_examples=60)
@given(st.fixed_dictionaries(dict.fromkeys(("service", "impact", "cause", "task"), TEXTS)))
@example({"service": "a & b", "impact": ODD, "cause": "[x](javascript:y)", "task": ODD})
@example({"service": "</pm-slot>", "impact": "</pm-text>", "cause": "</p>", "task": "x"})
def test_a_slot_changes_nothing(texts: dict[str, str]) -> None:
    slots, tree = convert(OfOneLink, texts), convert(OfTheTree, texts)

    assert Parts(slots).found == Parts(tree).found
    assert "\x02" not in slots
    assert "pm-slot>" not in slots


def test_a_theme_may_nest_elements_in_a_field_or_link_in_its_own_way(tmp_path: Path) -> None:
    template = tmp_path / "postmortem/summary.html"
    template.parent.mkdir()
    texts = {"service": "a", "impact": "*b*", "cause": "javascript:c", "task": "d"}
    for text in (
        '<p data-markdown="">{{ record.impact }} <b>{{ record.impact }}</b></p>',
        "<p data-markdown='x'>{{ record.impact }}</p>",
        "<p><a href='{{ record.root_cause }}'>x</a> <a href = \"b.md\">y</a></p>",
    ):
        template.write_text(text, encoding="utf-8")
        slots, tree = (convert(host, texts, (tmp_path,)) for host in (OfOneLink, OfTheTree))
        assert Parts(slots).found == Parts(tree).found
        assert "data-markdown" not in slots
        assert "javascript" not in slots.partition("</h1>")[2].partition("pm-index")[0]
        template.unlink()


def test_a_template_that_is_not_well_formed_is_named(tmp_path: Path) -> None:
    template = tmp_path / "postmortem/summary.html"
    template.parent.mkdir()
    template.write_text("<p>\n<br></p>", encoding="utf-8")

    with pytest.raises(TemplateError, match=r"postmortem/summary\.html is not well formed"):
        convert(OfOneLink, dict.fromkeys(("service", "impact", "cause", "task"), "a"), (tmp_path,))
