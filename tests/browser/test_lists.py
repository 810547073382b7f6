"""The lists of outages and tasks in a real browser: filters, sorting, address, dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_site import PAGE, Site
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Heard, Serve
from browser.exhibits import THEMES, Exhibition
from browser.fonts import FONTS, set_font


def open_index(tab: Page, archive: str, query: str = "") -> None:
    tab.goto(f"{archive}/postmortems/{query}")
    expect(tab.locator(".pm-filter")).to_be_visible()


def choose(tab: Page, facet: str, value: str) -> None:
    details = tab.locator("details.pm-facet", has_text=facet).first
    if not details.is_visible():
        tab.get_by_role("button", name="More filters").click()
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.get_by_role("checkbox", name=value).click()


def shown(tab: Page) -> int:
    return tab.locator(".pm-index tbody tr.pm-row").count()


def row_heights(tab: Page) -> list[int]:
    rows = tab.locator(".pm-index tr.pm-row")
    heights: list[int] = rows.evaluate_all("rows => rows.map(row => row.offsetHeight)")
    return heights


def titles(tab: Page) -> list[str]:
    return tab.locator(".pm-index tbody .pm-cell--title > a").all_inner_texts()


def test_values_of_one_facet_add_up_and_facets_narrow(tab: Page, archive: str) -> None:
    open_index(tab, archive)

    choose(tab, "Services", "checkout")
    assert shown(tab) == 8
    choose(tab, "Services", "search")
    assert shown(tab) == 16
    choose(tab, "Causes", "config")
    assert shown(tab) == 8
    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")


def test_a_count_says_what_choosing_the_value_would_give(tab: Page, archive: str) -> None:
    open_index(tab, archive, "?service=checkout")

    tab.locator("details.pm-facet", has_text="Year").locator("summary").click()
    line = tab.locator("details.pm-facet", has_text="Year").locator("li", has_text="2024")
    expect(line.locator(".pm-facet__count")).to_have_text("4")
    line.locator("input").click()
    assert shown(tab) == 4


def test_the_state_is_in_the_address(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    choose(tab, "Services", "checkout")
    choose(tab, "Severity", "SEV1")
    tab.keyboard.press("Escape")  # the values lie over the heads of the columns
    tab.get_by_role("button", name="Duration").click()

    address = tab.url
    assert "service=checkout" in address
    before = titles(tab)
    tab.goto("about:blank")
    tab.goto(address)
    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")
    assert titles(tab) == before


def test_the_back_button_takes_one_step_back(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    choose(tab, "Services", "checkout")
    choose(tab, "Causes", "config")
    assert shown(tab) == 4

    tab.go_back()
    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")
    tab.go_back()
    expect(tab.get_by_role("status")).to_have_text("24 of 24 incidents")
    tab.go_forward()
    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")
    assert tab.locator(".pm-filter").count() == 1


def test_text_finds_ids_and_ignores_accents(tab: Page, archive: str) -> None:
    open_index(tab, archive)

    tab.get_by_role("searchbox", name="Search").last.fill("pm-007")
    assert titles(tab) == ["Outage number 7"]
    tab.get_by_role("searchbox", name="Search").last.fill("chéckout NUMBER")
    assert shown(tab) == 8
    tab.get_by_role("searchbox", name="Search").last.fill("nowhere")
    assert shown(tab) == 0
    expect(tab.get_by_role("status")).to_contain_text(
        "No incidents match. Remove a filter or clear all."
    )
    tab.get_by_role("button", name="Clear").last.click()
    assert shown(tab) == 24


def test_columns_sort_and_what_is_not_known_comes_last(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    head = tab.get_by_role("columnheader", name="Duration")
    keys = "els => els.map(e => e.getAttribute('data-key'))"

    head.get_by_role("button").click()
    rising = tab.locator("tbody td[data-label=Duration]").evaluate_all(keys)
    assert head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    falling = tab.locator("tbody td[data-label=Duration]").evaluate_all(keys)

    assert rising[-1] == falling[-1] == ""
    numbers = [int(key) for key in rising[:-1]]
    assert numbers == sorted(numbers)
    assert [int(key) for key in falling[:-1]] == sorted(numbers, reverse=True)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert titles(tab)[0] == "Outage number 23"


def test_everything_can_be_done_with_the_keyboard(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    tab.get_by_role("searchbox", name="Search").last.focus()

    tab.keyboard.press("Tab")  # the first facet
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    assert shown(tab) == 8
    tab.keyboard.press("Escape")
    assert tab.locator("details.pm-facet[open]").count() == 0
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_script_every_row_is_there(browser: Browser, archive: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{archive}/postmortems/")

    assert page.locator(".pm-index tbody tr.pm-row").count() == 24
    assert page.locator(".pm-filter").count() == 0
    assert page.get_by_role("link", name="2024").first.is_visible()
    context.close()


@pytest.mark.usefixtures("archive")
def test_pages_opened_as_files_work_as_well(tab: Page, material: Path) -> None:
    tab.goto(f"file://{material}/site/postmortems/index.html")
    expect(tab.locator(".pm-filter")).to_be_visible()

    choose(tab, "Services", "checkout")
    assert shown(tab) == 8
    assert tab.url.endswith("?service=checkout")
    tab.reload()
    expect(tab.get_by_role("status")).to_have_text("8 of 24 incidents")


def test_instant_navigation_makes_each_filter_once(tab: Page, archive: str, heard: Heard) -> None:
    open_index(tab, archive)
    # Material takes clicks over once it has the site's map; on a busy machine that is later.
    tab.wait_for_load_state("networkidle")
    tab.evaluate("window.stays = true")
    for _ in range(2):
        tab.locator(".pm-cell--title a").first.click()
        expect(tab.locator(".pm-summary")).to_be_visible()
        tab.get_by_role("link", name="All postmortems").click()
        expect(tab.locator(".pm-filter")).to_have_count(1)

    assert tab.evaluate("window.stays") is True, "the pages were loaded anew"
    assert heard.errors == []


@pytest.mark.parametrize(
    ("now", "overdue"),
    [("2026-04-01", None), ("2026-04-02", "1 day overdue"), ("2029-04-01", "1,096 days overdue")],
)
def test_the_readers_date_decides_how_long_a_task_of_a_page_is_overdue(
    tab: Page, exhibition: Exhibition, now: str, overdue: str | None
) -> None:
    tab.clock.set_fixed_time(f"{now}T12:00:00+09:00")
    tab.goto(exhibition.page("postmortem"))

    shown = tab.locator(".pm-task .pm-overdue")
    if overdue is None:
        expect(shown).to_be_hidden()
        expect(tab.locator(".pm-summary .pm-overdue")).to_be_hidden()
    else:
        expect(shown).to_have_text(overdue)
        expect(tab.locator(".pm-summary .pm-overdue")).to_have_text("1 overdue")


@pytest.mark.parametrize(("now", "overdue"), [("2024-06-01", 0), ("2025-06-15", 6)])
def test_the_readers_date_decides_what_is_overdue(
    tab: Page, archive: str, now: str, overdue: int
) -> None:
    tab.clock.set_fixed_time(f"{now}T12:00:00+09:00")
    tab.goto(f"{archive}/postmortems/tasks/")
    expect(tab.locator(".pm-filter")).to_be_visible()

    assert tab.locator(".pm-due").count() == overdue
    total = tab.locator(".pm-totals .pm-overdue")
    if overdue:
        expect(total).to_have_text(f"{overdue} overdue")
    else:
        expect(total).to_be_hidden()
    for name in ("By owner", "By service"):
        cells = tab.get_by_role("table", name=name).locator(".pm-count").all_inner_texts()
        assert sum(map(int, cells)) == overdue


def test_open_tasks_of_an_owner_unfold_by_keyboard(tab: Page, archive: str) -> None:
    tab.goto(f"{archive}/postmortems/tasks/")
    table = tab.get_by_role("table", name="By owner")
    table.locator("summary", has_text="kim").focus()
    tab.keyboard.press("Enter")

    expect(table.locator("details[open] li")).to_have_count(12)
    table.locator("details[open] li a").first.click()
    expect(tab.locator(".pm-summary")).to_be_visible()


def test_groups_have_pages_of_their_own(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    tab.locator(".pm-groups").get_by_role("link", name="search").click()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("Incidents of search")
    assert tab.locator("[data-list=index] tbody tr.pm-row").count() == 8
    assert tab.locator("[data-list=tasks] tbody tr.pm-row").count() == 8


@pytest.mark.parametrize("path", ["postmortems/", "postmortems/000/", "postmortems/tasks/"])
def test_nothing_is_lost_under_a_strict_policy(
    tab: Page, bare: str, heard: Heard, path: str
) -> None:
    tab.goto(f"{bare}/{path}")
    tab.wait_for_load_state("networkidle")

    works = ".pm-zones" if "000" in path else ".pm-filter"
    expect(tab.locator(works)).to_be_visible()
    assert [text for text in heard.errors if "favicon" not in text and "404" not in text] == []
    assert all(url.startswith(bare) for url in heard.requests)


def test_chosen_values_are_chips_that_can_be_removed(tab: Page, archive: str) -> None:
    open_index(tab, archive, "?service=checkout&cause=config")
    chips = tab.locator(".pm-chips button")
    assert chips.all_inner_texts() == ["checkout", "config"]

    tab.get_by_role("button", name="Remove the filter config").click()
    assert chips.all_inner_texts() == ["checkout"]
    assert shown(tab) == 8
    assert "cause" not in tab.url
    assert "service=checkout" in tab.url


def test_tabbing_out_closes_an_open_filter(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    facet = tab.locator("details.pm-facet", has_text="Severity")
    facet.locator("summary").click()
    for _ in range(4):  # three values, then the next filter
        tab.keyboard.press("Tab")

    expect(facet).not_to_have_attribute("open", "")


def test_few_rows_have_no_filters(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("year"))
    tab.locator("[data-list=index][data-begun]").wait_for()

    assert 1 < tab.locator("[data-list=index] tr.pm-row").count() < 8
    expect(tab.locator("[data-list=index] .pm-filter")).to_be_hidden()
    expect(tab.locator("[data-list=index] .pm-filter__status")).to_have_text("")


def test_headings_count_the_outages_of_a_year(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    assert tab.locator(".pm-heading").all_inner_texts() == ["202512", "202412"]

    tab.get_by_role("button", name="Title").click()
    assert tab.locator(".pm-heading").count() == 0


def test_tasks_are_grouped_by_the_reader_s_date_and_done_ones_folded(
    tab: Page, exhibition: Exhibition
) -> None:
    tab.clock.set_fixed_time("2026-04-01T12:00:00+09:00")
    tab.goto(exhibition.page("tasks"))
    headings = tab.locator("[data-list=tasks] .pm-heading__name")
    expect(headings).to_have_text(["Overdue", "Due this month", "No due date", "Done or dropped"])
    rows = tab.locator("[data-list=tasks] tr.pm-row")
    before = rows.count()

    tab.get_by_role("button", name="Done or dropped").click()
    expect(rows).to_have_count(before + 1)

    tab.goto(f"{exhibition.page('tasks')}?due=overdue")
    expect(headings).to_have_text(["Overdue"])
    assert tab.locator(".pm-due").count() == rows.count()


SHIFTS = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 1500);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_filters_come(tab: Page, archive: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 12})
    # At a twelfth of a busy machine's speed.
    tab.goto(f"{archive}/postmortems/", timeout=60_000)
    expect(tab.locator(".pm-filter")).to_be_visible(timeout=60_000)

    assert tab.evaluate(SHIFTS) <= 0.01


def test_two_short_services_are_not_cut(tab: Page, archive: str) -> None:
    open_index(tab, archive)
    chips = tab.locator(".pm-chipset").first
    chips.evaluate(
        """set => {
             const other = set.appendChild(set.firstElementChild.cloneNode());
             set.firstElementChild.textContent = "checkout";
             other.textContent = "payments";
           }"""
    )
    cut = "chips => chips.filter(chip => chip.scrollWidth > chip.clientWidth).length"

    assert chips.locator(".pm-chip").count() == 2
    assert chips.locator(".pm-chip").evaluate_all(cut) == 0


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
@pytest.mark.parametrize("width", [1280, 1440])
def test_rows_are_low_and_reach_nowhere_outside(
    tab: Page, exhibition: Exhibition, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(exhibition.page("index"))
    expect(tab.locator(".pm-filter")).to_be_visible()
    for font in FONTS:
        set_font(tab, font)
        over = tab.evaluate(
            """() => [
                 document.documentElement.scrollWidth - document.documentElement.clientWidth,
                 document.querySelector('.pm-table').offsetWidth -
                   document.querySelector('.pm-index').clientWidth,
               ]"""
        )
        assert max(over) <= 0, font
    for font in ("Liberation", "DejaVu"):
        set_font(tab, font)
        assert max(row_heights(tab)) <= 72, font


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
def test_the_heads_of_columns_stay_below_the_theme_s_bar(tab: Page, exhibition: Exhibition) -> None:
    tab.set_viewport_size({"width": 1280, "height": 500})
    tab.goto(exhibition.page("index"))
    expect(tab.locator(".pm-filter")).to_be_visible()
    tab.locator(".pm-index tr.pm-row").nth(2).evaluate(
        "row => row.scrollIntoView({ behavior: 'instant' })"
    )
    top, bar = tab.evaluate(
        """() => [
             document.querySelector('.pm-index thead th').getBoundingClientRect().top,
             Math.max(0, ...[...document.querySelectorAll('.md-header, .navbar')]
               .map(item => item.getBoundingClientRect().bottom)),
           ]"""
    )

    assert tab.evaluate("scrollY") > 100
    assert bar <= top < bar + 2


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
@pytest.mark.parametrize("kind", ["index", "service", "tasks"])
def test_a_page_that_begins_with_a_list_has_no_empty_column(
    tab: Page, exhibition: Exhibition, kind: str
) -> None:
    tab.goto(exhibition.page(kind))
    left, right = tab.evaluate(
        """() => {
             const list = document.querySelector('.pm-index').getBoundingClientRect();
             const sides = document.querySelectorAll('.md-sidebar, .wy-nav-side, .bs-sidebar');
             const side = Math.max(0, ...[...sides].map(e => e.getBoundingClientRect().right));
             return [list.left - side, document.documentElement.clientWidth - list.right];
           }"""
    )

    assert max(left, right) <= 90


def test_a_card_has_three_lines(tab: Page, archive: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 900})
    open_index(tab, archive)

    assert max(row_heights(tab)) <= 110


def test_a_list_of_one_row_shows_it_at_once_and_by_the_readers_date(
    tab: Page, tmp_path: Path, serve: Serve
) -> None:
    site = Site(tmp_path, {"on_error": "warn", "today": "2026-03-20"})
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", PAGE)
    tab.clock.set_fixed_time("2026-04-02T12:00:00+09:00")
    tab.goto(f"{serve(site.build().folder)}/postmortems/services/checkout/")

    rows = tab.locator(".pm-list tbody")
    assert rows.evaluate_all("all => all.map(e => getComputedStyle(e).visibility)") == [
        "visible",
        "visible",
    ]
    assert tab.locator(".pm-due").inner_text() == "overdue"
