"""Lists that are too long for a page: their first rows stand in it, all of them in a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drawn_site import Site
from playwright.sync_api import Browser, Page, Route, expect

from browser.conftest import Heard, Serve, write_archive, write_bare_theme
from mkdocs_postmortem.rendering import lists

# What a row is, wherever its links start from.
ROWS = """() => [...document.querySelectorAll(".pm-index tbody tr.pm-row")].map(row => {
  const copy = row.cloneNode(true);
  copy.removeAttribute("data-facets");
  [...copy.querySelectorAll("a")].forEach((link, n) => {
    link.setAttribute("href", row.querySelectorAll("a")[n].href.replace(location.origin, ""));
  });
  copy.querySelectorAll("td:empty").forEach(cell => cell.append(""));
  return copy.outerHTML.replace(/\\s+/g, " ");
})"""


def build(folder: Path) -> Path:
    site = Site(folder, {"on_error": "warn"})
    site.write("index.md", "# Home\n")
    write_archive(site)
    for hostile in ("020", "003"):
        page = folder / f"docs/postmortems/{hostile}.md"
        text = page.read_text(encoding="utf-8").replace("Check the number", "Check `a <b>` & *c*")
        page.write_text(
            text.replace(
                f"Outage number {int(hostile)}", "'<img src=x onerror=alert(1)> & \"co\"'"
            ),
            encoding="utf-8",
        )
    built = site.build(theme=write_bare_theme(site))
    assert built.error is None
    return built.folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    return serve(build(tmp_path_factory.mktemp("whole")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "LARGEST", 7)
        patch.setattr(lists, "FIRST", 4)
        return build(tmp_path_factory.mktemp("paged"))


@pytest.fixture(scope="module")
def paged(folder: Path, serve: Serve) -> str:
    return serve(folder, Content_Security_Policy="default-src 'self'")


def open_list(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.locator(".pm-filter__status").first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["postmortems/", "postmortems/services/search/", "postmortems/years/2024/"]
)
def test_rows_of_the_file_are_those_of_the_page(
    tab: Page, whole: str, paged: str, heard: Heard, path: str
) -> None:
    open_list(tab, f"{whole}/{path}")
    wanted = tab.evaluate(ROWS)
    open_list(tab, f"{paged}/{path}")

    assert tab.evaluate(ROWS) == wanted
    assert [text for text in heard.errors if "favicon" not in text and "404" not in text] == []
    assert all(url.startswith((whole, paged)) for url in heard.requests)


def test_tasks_come_from_a_file_as_well(tab: Page, whole: str, paged: str) -> None:
    open_list(tab, f"{whole}/postmortems/tasks/")
    wanted = tab.locator(".pm-index tbody tr.pm-row").all_inner_texts()
    open_list(tab, f"{paged}/postmortems/tasks/")

    assert tab.locator(".pm-index tbody tr.pm-row").all_inner_texts() == wanted


def test_filters_counts_search_and_order_are_over_all_rows(tab: Page, paged: str) -> None:
    open_list(tab, f"{paged}/postmortems/?service=checkout&sort=-4")

    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")
    keys = tab.locator("tbody td[data-label=Duration]").evaluate_all(
        "cells => cells.map(cell => cell.dataset.key).filter(Boolean).map(Number)"
    )
    assert keys == sorted(keys, reverse=True)
    tab.locator("details.pm-facet", has_text="Year").locator("summary").click()
    line = tab.locator("details.pm-facet", has_text="Year").locator("li", has_text="2024")
    expect(line.locator(".pm-facet__count")).to_have_text("4")
    tab.get_by_role("button", name="Clear").click()
    tab.get_by_role("searchbox").fill("pm-002")
    expect(tab.get_by_role("status")).to_have_text("1 of 24 incidents")
    tab.get_by_role("searchbox").fill('"co"')
    expect(tab.get_by_role("status")).to_have_text("2 of 24 incidents")
    tab.locator(".pm-cell--title a").first.click()
    expect(tab).to_have_url(re.compile(f"^{paged}/postmortems/020/"))


def test_without_script_the_years_have_all_of_it(browser: Browser, paged: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{paged}/postmortems/")

    assert page.locator(".pm-index tbody tr.pm-row").count() == 4
    years = page.locator(".pm-table ~ .pm-rest a:visible")  # above it, its going moves the rows
    assert years.all_inner_texts() == ["2025", "2024"]
    found: list[str] = []
    for address in years.evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        found += page.locator("[data-list=index] tbody .pm-cell--title > a").all_inner_texts()
        assert page.locator("[data-list=tasks] tbody tr.pm-row").count() == 12
    assert len(set(found)) == 23  # two have the same title
    assert len(found) == 24
    page.context.close()


def test_pages_opened_as_files_have_all_rows(tab: Page, folder: Path) -> None:
    open_list(tab, f"file://{folder}/postmortems/index.html")

    expect(tab.get_by_role("status")).to_have_text("24 of 24 incidents")


def test_without_the_file_the_page_keeps_its_rows(tab: Page, paged: str) -> None:
    tab.route("**/index-*.js", lambda route: route.abort())
    open_list(tab, f"{paged}/postmortems/")

    expect(tab.get_by_role("status")).to_have_text("4 of 24 incidents")
    expect(tab.locator(".pm-rest")).to_be_visible()


def test_cards_are_put_in_order_by_a_choice(tab: Page, whole: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 700})
    open_list(tab, f"{whole}/postmortems/")

    tab.get_by_role("combobox", name="Order").select_option(label="Duration ↓")
    keys = tab.locator("tbody td[data-label=Duration]").evaluate_all(
        "cells => cells.map(cell => cell.dataset.key).filter(Boolean).map(Number)"
    )
    assert keys == sorted(keys, reverse=True)
    assert "sort=-4" in tab.url
    tab.set_viewport_size({"width": 1280, "height": 700})
    expect(tab.get_by_role("combobox", name="Order")).to_be_hidden()
    assert tab.get_by_role("columnheader", name="Duration").get_attribute("aria-sort")


def test_a_list_that_is_cut_says_so_and_shows_more(tab: Page, whole: str) -> None:
    def repeat(route: Route) -> None:
        html = route.fetch().text()
        rows = html[html.index("<tbody>") + 7 : html.index("</tbody>")]
        route.fulfill(body=html.replace(rows, rows * 5, 1), content_type="text/html")

    tab.route("**/postmortems/", repeat)
    open_list(tab, f"{whole}/postmortems/")
    expect(tab.locator(".pm-filter__status")).to_contain_text("100 of 120 shown")

    tab.get_by_role("button", name="20 more").click()
    expect(tab.locator(".pm-filter__status")).not_to_contain_text("shown")
    assert tab.locator(".pm-index tbody tr.pm-row").count() == 120
