"""Each entry of a timeline has a well-formed head, whatever its author wrote."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.catalog import Catalog, repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading import read_page
from mkdocs_postmortem.rendering import (
    PageContext,
    SiteContext,
    load_templates,
    render_entry_headers,
    split_parts,
)

PAGE = """---
postmortem:
  timezone: UTC
  started: 2026-03-14 09:12
---
# T

## Timeline

- 09:12 **Started:** {text}
- 09:19 **Detected:** {text}
"""


@given(st.text("ab<>&\"'{}% ", min_size=1, max_size=20), st.sampled_from(["en", "de", "ar", "ja"]))
def test_there_is_a_well_formed_head_for_each_entry(text: str, language: str) -> None:
    page = read_page("a.md", PAGE.format(text=text).encode(), Settings())
    assert page is not None
    assert page.record is not None
    catalog = Catalog([page.record])
    site = SiteContext(
        catalog,
        date(2026, 11, 24),
        repeats(catalog, Settings()),
        templates=load_templates(language),
    )

    heads = split_parts(render_entry_headers(PageContext("a.md", site, page.record)))

    assert len(heads) == len(page.record.timeline)
    for head in heads:
        assert ElementTree.fromstring(head).get("class") == "pm-entry__head"  # noqa: S314
