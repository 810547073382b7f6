"""The timeline in a real browser: zones, kinds, days, links, and all of it without a script."""

from __future__ import annotations

import pytest
from drawn_site import PAGE, Site
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Heard, Serve
from browser.exhibits import ENTRIES, Exhibition
from browser.test_accessibility import violations

ENTRY = ".pm-timeline > .pm-entry"


def press(tab: Page, name: str) -> None:
    tab.locator(".pm-timeline-bar").get_by_role("button", name=name).click()


def clocks(tab: Page) -> list[str]:
    return tab.locator(f"{ENTRY}:visible time.pm-time").all_inner_texts()


def days(tab: Page) -> list[str]:
    return tab.locator(".pm-entry__day:visible").all_inner_texts()


def test_the_zone_is_chosen_and_remembered(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("postmortem"))
    assert clocks(tab)[0] == "09:12"

    press(tab, "UTC")
    assert clocks(tab)[0] == "08:12"
    expect(tab.locator(".pm-summary .pm-zone").last).to_have_text("UTC")

    tab.goto(exhibition.page("ongoing"))
    expect(tab.get_by_role("button", name="UTC")).to_have_attribute("aria-pressed", "true")
    assert clocks(tab)[0] == "08:12"
    press(tab, "Local (Asia/Tokyo)")
    assert clocks(tab)[0] == "17:12"  # Tokyo
    press(tab, "As written")
    assert clocks(tab)[0] == "09:12"


def test_days_begin_where_they_do_in_the_chosen_zone(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("long postmortem"))
    before = days(tab)
    assert before[0] == "Wed, Jul 1, 2026"

    press(tab, "Local (Asia/Tokyo)")  # 22:40 in Paris is the next morning in Tokyo
    assert days(tab)[0] == "Thu, Jul 2, 2026"
    press(tab, "As written")
    assert days(tab) == before


def test_kinds_are_filtered_and_days_stay_with_what_is_left(
    tab: Page, exhibition: Exhibition
) -> None:
    tab.goto(exhibition.page("long postmortem"))
    misled = tab.locator(f"{ENTRY}.pm-entry--misleading").count()
    assert tab.locator(f"{ENTRY}:visible").count() == ENTRIES

    press(tab, "Misleading path")
    assert tab.locator(f"{ENTRY}:visible").count() == misled
    assert len(days(tab)) == len(set(days(tab))) > 0
    press(tab, "Resolved")
    assert tab.locator(f"{ENTRY}:visible").count() == misled + 1
    assert days(tab)[-1] == "Fri, Jul 10, 2026"

    press(tab, "Misleading path")
    press(tab, "Resolved")
    assert tab.locator(f"{ENTRY}:visible").count() == ENTRIES


def test_few_entries_have_no_filter(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("postmortem"))

    expect(tab.locator(".pm-zones")).to_be_visible()
    assert tab.locator(".pm-kinds").count() == 0


def test_a_link_to_an_entry_shows_it_though_it_is_filtered_away(
    tab: Page, exhibition: Exhibition
) -> None:
    tab.goto(exhibition.page("long postmortem"))
    anchor = tab.locator(f"{ENTRY}.pm-entry--resolved").get_attribute("id")
    press(tab, "Started")

    tab.evaluate("name => { location.hash = name }", anchor)

    expect(tab.locator(f"#{anchor}")).to_be_in_viewport()


def test_every_entry_links_to_itself_by_hand_and_by_keyboard(
    tab: Page, exhibition: Exhibition
) -> None:
    tab.goto(exhibition.page("postmortem"))
    tab.locator(".pm-zones__button").last.focus()

    tab.keyboard.press("Tab")
    link = tab.locator(".pm-entry__link").first
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    expect(link.locator(".pm-icon")).to_have_css("opacity", "0.7")
    tab.keyboard.press("Enter")

    assert tab.url.endswith("#t-0912")


def test_all_controls_are_reached_by_the_keyboard(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("long postmortem"))
    tab.locator(".pm-zones__button").first.focus()

    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    assert clocks(tab)[0] == "20:40"
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.locator(".pm-kinds__button").first.get_attribute("aria-pressed") == "true"


def test_controls_that_come_later_move_nothing(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("postmortem"))
    expect(tab.locator(".pm-zones")).to_be_visible()

    moved = tab.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(
             list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
           )).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"""
    )
    assert moved < 0.01


def test_without_script_all_is_there(browser: Browser, exhibition: Exhibition) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(exhibition.page("long postmortem"))

    assert page.locator(f"{ENTRY}:visible").count() == ENTRIES
    assert page.locator(".pm-timeline-bar button").count() == 0
    expect(page.locator(".pm-timeline-bar__cost")).to_contain_text("misleading paths")
    context.close()


@pytest.mark.parametrize("blocked", [False, True])
def test_a_browser_that_stores_nothing_is_not_an_error(
    tab: Page, exhibition: Exhibition, heard: Heard, blocked: bool
) -> None:
    if blocked:
        tab.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
        )
    # A page without the theme: Material's own script stops where there is no storage.
    html = (exhibition.folder / "postmortems/short/index.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    script = (exhibition.folder / "assets/mkdocs-postmortem/postmortem.js").read_text("utf-8")
    tab.goto(exhibition.address + "/nothing-here")
    tab.set_content(
        f"<html lang=en><body>{article}</article><script>{script}</script></body></html>"
    )

    press(tab, "UTC")

    assert clocks(tab)[0] == "08:12"
    assert [error for error in heard.errors if "404" not in error] == []


def test_the_bar_of_phases_leads_to_entries(tab: Page, archive: str, heard: Heard) -> None:
    # Material takes clicks over once it has the site's map; on a busy machine that is later.
    tab.goto(f"{archive}/postmortems/000/", wait_until="networkidle")
    tab.evaluate("window.stays = true")
    tab.get_by_role("figure", name="Phases").get_by_role(
        "link", name="detected", exact=True
    ).click()
    assert tab.locator(f"{ENTRY}:target .pm-entry__kind").inner_text() == "Detected"

    tab.locator(".pm-phases__bar .pm-phase--mitigated").click()
    assert tab.locator(f"{ENTRY}:target .pm-entry__kind").inner_text() == "Mitigated"
    assert tab.evaluate("window.stays") is True
    assert heard.errors == []


RUNS = """\
- 2026-03-14 09:12 **Started:** It begins.
- 09:20 One.
- 09:21 Two.
- 09:22 **Action:** Somebody calls this one an action.
- 09:23 Three.
- 09:24 Four.
- 09:25–09:30 Five.
- 09:31 **Mitigated:** It ends.
- 09:32 Six.
- 2026-03-15 08:00 After a day.
- 08:01 Seven.
- 08:02 Eight.
- 08:03 Nine.
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site whose page has twenty entries."""
    site = Site(tmp_path_factory.mktemp("runs"), {"on_error": "warn"})
    more = "".join(f"- 08:1{n} **Note:** {n}.\n" for n in range(7))
    start, end = PAGE.index("- 09:12"), PAGE.index("\n## Root")
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", PAGE[:start] + RUNS + more + PAGE[end:])
    return f"{serve(site.build().folder)}/postmortems/a/"


def test_runs_of_plain_actions_fold(tab: Page, runs: str) -> None:
    tab.goto(runs)
    row = tab.locator(".pm-run")

    assert row.all_inner_texts() == ["3 actions, 09:23–09:30", "3 actions, 08:01–08:03"]
    assert tab.locator(f"{ENTRY}:visible").count() == 20 - 6 + 2
    assert violations(tab) == []
    row.first.click()
    expect(row.first).to_have_attribute("aria-expanded", "true")
    assert tab.locator(f"{ENTRY}:visible").count() == 20 - 3 + 2
    press(tab, "UTC")
    assert row.last.inner_text() == "3 actions, 07:01–07:03"
    press(tab, "Action")
    assert row.locator("visible=true").count() == 0
    assert clocks(tab)[-2:] == ["07:02", "07:03"]


def test_a_link_unfolds_the_run_of_its_entry(tab: Page, runs: str) -> None:
    tab.goto(f"{runs}#t-0315-0802")
    expect(tab.locator("#t-0315-0802")).to_be_in_viewport()

    tab.goto(f"{runs}#t-0924")
    expect(tab.locator("#t-0924")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_print_and_pages_without_a_script_fold_nothing(
    browser: Browser, runs: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    tab = context.new_page()
    tab.goto(runs)
    if scripts:
        tab.emulate_media(media="print")
    shown = tab.locator(f"{ENTRY}:visible").count()
    context.close()

    assert shown == 20


def test_instant_navigation_makes_each_control_once(tab: Page, archive: str, heard: Heard) -> None:
    tab.goto(f"{archive}/postmortems/000/")
    press(tab, "UTC")
    tab.evaluate("window.stays = true")
    for _ in range(2):
        tab.locator(".pm-pager__newer").click()
        expect(tab.locator(".pm-zones")).to_have_count(1)
        expect(tab.get_by_role("button", name="UTC")).to_have_attribute("aria-pressed", "true")
        assert clocks(tab)[0] == tab.locator("time.pm-time").first.get_attribute("datetime")[11:16]

    assert tab.evaluate("window.stays") is True, "the pages were loaded anew"
    assert heard.errors == []


def test_a_strict_policy_takes_nothing_away(tab: Page, bare: str, heard: Heard) -> None:
    tab.goto(f"{bare}/postmortems/000/")
    press(tab, "UTC")

    assert clocks(tab)[0] != tab.locator("time.pm-time").first.get_attribute("data-page")
    # What is drawn by attributes (the bar, its hatches) is no inline style.
    assert tab.locator(".pm-phases__bar rect").first.evaluate("e => e.getBBox().width") > 0
    assert [text for text in heard.errors if "favicon" not in text and "404" not in text] == []
    assert all(url.startswith(bare) for url in heard.requests)
