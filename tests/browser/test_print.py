"""Pages on paper: every word of the author's, no navigation, links that can be read."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from browser.exhibits import ENTRIES, THEMES, Exhibition
from browser.test_accessibility import violations

MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")


def printed(browser: Browser, address: str, file: Path, paper: str, scheme: str = "") -> list[str]:
    """The text of each sheet, without white space: lines are broken anywhere."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(address)
    if scheme:
        tab.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    tab.pdf(path=file, format=paper, margin=MARGIN)
    context.close()
    sheets = (normalize("NFKC", sheet.extract_text()) for sheet in PdfReader(file).pages)
    return [re.sub(r"\s", "", sheet) for sheet in sheets]  # NFKC takes ligatures apart


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_postmortem_is_printed_whole_and_without_navigation(
    browser: Browser, exhibition: Exhibition, tmp_path: Path, paper: str
) -> None:
    sheets = printed(
        browser, exhibition.page("long postmortem"), tmp_path / "a.pdf", paper, "slate"
    )
    text = "".join(sheets)

    for number in range(1, ENTRIES - 3):
        if number % 5:
            assert f"number{number}." in text
    for words in ("Usersaffected", "180,000of4,200,000", "Rootcause", "Alliswell."):
        assert words in text
    assert "(https://vendor.example/8812)" in text
    assert "(https://t.example/1)" in text
    for words in ("Pagetime", "Problemsonthispage", "Alloutages", "Search", exhibition.address):
        assert words not in text


def test_no_sheet_ends_with_a_heading(
    browser: Browser, exhibition: Exhibition, tmp_path: Path
) -> None:
    sheets = printed(browser, exhibition.page("long postmortem"), tmp_path / "a.pdf", "A4")

    assert len(sheets) > 3
    for sheet in sheets:
        assert not sheet.endswith(("Timeline", "Rootcause", "Tasks"))


def test_an_index_is_printed_with_all_rows_and_no_filter(
    browser: Browser, exhibition: Exhibition, tmp_path: Path
) -> None:
    sheets = printed(browser, exhibition.page("index"), tmp_path / "a.pdf", "A4")
    text = "".join(sheets)

    assert "Blip" in text
    assert "Searchisslow" in text
    assert "Newestfirst" not in text


def test_a_filter_of_kinds_is_lifted_for_paper(
    browser: Browser, exhibition: Exhibition, tmp_path: Path
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(exhibition.page("long postmortem"))
    tab.locator(".pm-kinds__button").first.click()
    assert tab.locator(".pm-entry:visible").count() == 1

    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.locator(".pm-entry:visible").count() == ENTRIES
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.locator(".pm-entry:visible").count() == 1
    context.close()


def test_the_sum_above_a_timeline_stays_with_its_first_entry(
    browser: Browser, exhibition: Exhibition, tmp_path: Path
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(exhibition.page("postmortem"))
    ends = []
    for push in range(0, 600, 40):  # wherever the sheet may end
        tab.evaluate(
            "px => { document.querySelector('.pm-summary').style.margin = px }", f"{push}px 0"
        )
        tab.pdf(path=tmp_path / "a.pdf", format="A4", margin=MARGIN)
        texts = (sheet.extract_text() for sheet in PdfReader(tmp_path / "a.pdf").pages)
        ends += [re.sub(r"\s", "", text) for text in texts]
    context.close()

    assert len({len(end) for end in ends}) > 4
    assert not [end for end in ends if re.search(r"Timeline(?:\d+misleadingpath.*)?$", end[-60:])]


# What would lie over the text of each sheet.
FIXED = """() => [...document.querySelectorAll('body *')].filter(item =>
  getComputedStyle(item).position === 'fixed' && item.offsetHeight > 1 &&
  item.checkVisibility({opacityProperty: true})
).map(item => item.className)"""


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
def test_a_dark_page_is_printed_black_on_white(browser: Browser, exhibition: Exhibition) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 718, "height": 900})
    tab = context.new_page()
    found, grounds, fixed = {}, set(), set()
    for kind in ("postmortem", "long postmortem", "index", "tasks", "repeats"):
        tab.goto(exhibition.page(kind))
        tab.emulate_media(media="print")
        tab.add_style_tag(content="* { transition: none !important }")
        found[kind] = violations(tab, ["color-contrast"])
        grounds.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        fixed.update(tab.evaluate(FIXED))
    context.close()

    assert {kind: items for kind, items in found.items() if items} == {}
    assert grounds <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert fixed == set()


def test_links_between_pages_print_no_address(browser: Browser, exhibition: Exhibition) -> None:
    tab = browser.new_page()
    tab.goto(exhibition.page("index"))
    # As instant navigation does.
    tab.evaluate("for (const link of document.links) link.setAttribute('href', link.href)")
    tab.emulate_media(media="print")

    links = tab.locator(".pm-index a[href]")
    found = links.evaluate_all("all => all.map(one => getComputedStyle(one, '::after').content)")
    tab.close()

    assert len(found) > 5
    assert not [content for content in found if "attr" in content or "(" in content]
