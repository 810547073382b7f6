"""WCAG 2.2 AA on every kind of page, judged by axe-core; sizes, zoom and modes beside it.

axe-core (MPL-2.0) comes with the package axe-playwright-python (MIT) and is used by tests only.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.exhibits import KINDS, THEMES, Exhibition
from browser.fonts import FONTS, set_font

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The theme has to answer for the page around our parts, and for an author's admonition in an entry.
OURS = """node => {
  const item = document.querySelector(node);
  return Boolean(item?.closest('[class*=pm-]') && !item.closest('.admonition'));
}"""


# A click on a label is one on its box; axe measures the box alone.
IN_LABEL = "node => document.querySelector(node)?.closest('label')?.offsetHeight >= 24"
# The rules that look at the layout, which a font changes.
LAYOUT = ["target-size", "scrollable-region-focusable"]


def violations(tab: Page, rules: list[str] = STANDARDS) -> list[str]:
    """What axe finds in our parts, with everything unfolded (of filters, one is open at a time)."""
    tab.evaluate(
        """document.querySelectorAll('details:not(.pm-facet), .pm-filter > .pm-facet:first-of-type')
             .forEach(item => { item.open = true; })"""
    )
    found: list[dict[str, Any]] = (
        Axe()
        .run(tab, options={"runOnly": rules, "resultTypes": ["violations"]})
        .response["violations"]
    )
    return [
        f"{rule['id']}: {node['target'][0]} {node['html'][:80]}"
        for rule in found
        for node in rule["nodes"]
        if tab.evaluate(OURS, node["target"][0])
        and not (rule["id"] == "target-size" and tab.evaluate(IN_LABEL, node["target"][0]))
    ]


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, exhibition: Exhibition, scheme: str
) -> None:
    width = 1280 if scheme == "light" else 360
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    tab = context.new_page()
    found = {}
    for kind in KINDS:
        tab.goto(exhibition.page(kind))
        # The theme fades from one colour to another; halfway nothing can be judged.
        tab.add_style_tag(content="* { transition: none !important }")
        for font in FONTS:
            set_font(tab, font)
            rules = STANDARDS if font == "Liberation" else LAYOUT
            found[kind, font] = violations(tab, rules)
    context.close()

    assert {place: items for place, items in found.items() if items} == {}


def test_axe_would_find_something(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("postmortem"))
    tab.evaluate(
        """const link = document.querySelector('.pm-entry__link');
           link.textContent = ''; link.removeAttribute('title');"""
    )

    assert any("link-name" in item for item in violations(tab))


# What reaches out of the window, and by how much the page scrolls sideways.
TOO_WIDE = """() => {
  const page = document.documentElement;
  const over = page.scrollWidth - page.clientWidth;
  return [...document.querySelectorAll('[class*=pm-]')]
    .filter(item => !item.closest('.pm-wide, .pm-kinds, .pm-hidden, thead, pre, [hidden]'))
    .filter(item => item.getBoundingClientRect().right > innerWidth + 1)
    .map(item => item.className.baseVal || item.className).slice(0, 3)
    .concat(over > 0 ? [`scrolls by ${over}`] : []);
}"""


@pytest.mark.parametrize("exhibition", [*THEMES, "material-de"], indirect=True)
def test_no_page_scrolls_sideways_on_the_narrowest_screen(
    tab: Page, exhibition: Exhibition
) -> None:
    wide = {}
    for kind in KINDS:
        tab.goto(exhibition.page(kind))
        for font in FONTS:
            set_font(tab, font)
            # 320 px is also what is left of 1280 px at a zoom of 400 %.
            for width in (320, 280):
                tab.set_viewport_size({"width": width, "height": 640})
                wide[kind, font, width] = tab.evaluate(TOO_WIDE)

    assert {place: items for place, items in wide.items() if items} == {}


def test_the_fonts_differ_in_width(tab: Page, exhibition: Exhibition) -> None:
    tab.goto(exhibition.page("postmortem"))
    widths = []
    for font in FONTS:
        set_font(tab, font)
        widths.append(
            tab.evaluate(
                """() => {
                     const range = document.createRange();
                     range.selectNodeContents(document.querySelector('.pm-fact dd'));
                     return range.getBoundingClientRect().width;
                   }"""
            )
        )

    assert widths == sorted(set(widths)), "are the fonts of scripts/browser.sh installed?"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 900)])
def test_what_matters_is_in_the_first_600_pixels(
    browser: Browser, exhibition: Exhibition, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.goto(exhibition.page("postmortem"))
    tab.add_style_tag(content=".pm-problems { display: none }")  # stands there while serving only

    ends = tab.evaluate(
        """() => ['.pm-badges', '.pm-keys', '.pm-phases', '.pm-texts > .pm-fact']
             .map(name => document.querySelector(name).getBoundingClientRect().bottom)"""
    )
    context.close()

    assert max(ends) < 600


def test_forced_colours_and_reduced_motion_lose_nothing(
    browser: Browser, exhibition: Exhibition
) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(exhibition.page("long postmortem"))

    fills = tab.locator(".pm-phases__bar .pm-phase").evaluate_all(
        "items => items.map(item => getComputedStyle(item).fill + getComputedStyle(item).stroke)"
    )
    moving = tab.evaluate(
        """() => [...document.querySelectorAll('[class*=pm-]')].filter(item => {
             const style = getComputedStyle(item);
             return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0.01;
           }).map(item => item.className.baseVal || item.className)"""
    )
    context.close()

    assert len(set(fills)) > 1, "the phases cannot be told apart"
    assert moving == []


SYSTEM_COLOURS = """() => ["Canvas", "CanvasText"].map(name => {
  const item = document.createElement("i");
  item.style.color = name;
  document.body.append(item);
  return getComputedStyle(item).color;
})"""
RANKS = "<svg>" + "".join(f'<rect class="pm-mark pm-rank-{rank}"/>' for rank in range(5)) + "</svg>"


@pytest.mark.parametrize("exhibition", THEMES, indirect=True)
def test_forced_colours_keep_borders_icons_and_the_patterns_of_plots(
    browser: Browser, exhibition: Exhibition
) -> None:
    context = browser.new_context(forced_colors="active")
    tab = context.new_page()
    tab.goto(exhibition.page("long postmortem"))
    tab.locator(".pm-kinds").wait_for()
    canvas, text = tab.evaluate(SYSTEM_COLOURS)
    border = "item => getComputedStyle(item).borderTopColor"
    misled = tab.locator(".pm-entry--misleading").first.evaluate(border)
    plain = tab.locator(".pm-entry--resolved").evaluate(border)
    icons = tab.locator(".pm-kinds__button .pm-icon").evaluate_all(
        "items => items.map(item => getComputedStyle(item).fill)"
    )
    tab.evaluate("ranks => { document.querySelector('.pm-timeline').innerHTML = ranks; }", RANKS)
    looks = tab.locator("rect.pm-mark").evaluate_all(
        """items => items.map(item => getComputedStyle(item))
             .map(style => [style.fill, style.stroke, style.maskImage].join())"""
    )
    context.close()

    assert misled != canvas
    assert plain == canvas, "every entry has a frame"
    assert set(icons) == {text}
    assert len(set(looks)) == len(looks) == 5


@pytest.mark.parametrize("width", [320, 768, 1000])
def test_lists_of_values_open_inside_the_window(
    browser: Browser, exhibition: Exhibition, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    tab = context.new_page()
    tab.goto(exhibition.page("index"))
    tab.get_by_role("button", name="More filters").click()
    outside = []
    for facet in tab.locator("details.pm-facet").all():
        facet.locator("summary").click()
        # The script moves a list that does not fit when the browser says that it is open.
        for _ in range(40):
            position = facet.locator("ul").bounding_box()
            fits = position and position["x"] >= 0 and position["x"] + position["width"] <= width
            if fits:
                break
            tab.wait_for_timeout(50)
        if not fits:
            outside.append(facet.locator("summary").inner_text())
        tab.keyboard.press("Escape")  # it lies over the buttons below it
    context.close()

    assert outside == []
