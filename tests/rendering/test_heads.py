"""Each entry of a timeline has a well-formed head, whatever its author wrote."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.templates import load_templates
from mkdocs_postmortem.rendering.timeline import render_entry_headers

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


def headers(text: str, language: str) -> list[str]:
    """The heads of a page's entries."""
    page = read_page("a.md", text.encode(), Settings())
    assert page is not None
    assert page.record is not None
    catalog = Catalog([page.record])
    site = SiteContext(
        catalog,
        date(2026, 11, 24),
        repeats(catalog, Settings()),
        templates=load_templates(language),
    )
    return render_entry_headers(PageContext("a.md", site, page.record))


@given(st.text("ab<>&\"'{}% ", min_size=1, max_size=20), st.sampled_from(["en", "de", "ar", "ja"]))
def test_there_is_a_well_formed_head_for_each_entry(text: str, language: str) -> None:
    heads = headers(PAGE.format(text=text), language)

    assert len(heads) == 2
    for head in heads:
        assert ElementTree.fromstring(head).get("class") == "pm-entry__head"  # noqa: S314


def test_a_clock_that_cannot_be_read_is_shown_as_it_was_typed() -> None:
    first, second, third = headers(PAGE.format(text="It broke.") + "- 09:95 We look.\n", "en")

    assert ">09:95" in third.replace("\n", "").replace(" ", "")
    assert "pm-entry__zone" not in first + second + third


def test_in_the_night_of_a_clock_change_the_first_time_names_its_zone_too() -> None:
    page = PAGE.format(text="It broke.").split("- ")[0].replace("UTC", "Europe/Paris")
    events = "- 2025-10-26 01:12 A.\n- 02:30+02:00 B.\n- 02:10+01:00 C.\n- 03:00 D.\n"
    heads = headers(page.replace("timezone: Etc/UTC", "timezone: Europe/Paris") + events, "en")

    zones = [re.findall(r'pm-entry__zone">([^<]*)<', head) for head in heads]
    assert zones == [["CEST"], [], ["CET"], []]
