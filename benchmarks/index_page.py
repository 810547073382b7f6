"""How large the index of many outages is, and how quickly it answers.

    index_page.py [--count 10000] [--rounds 15] [--folder DIR]

Builds a site of ``count`` outages in a theme without anything of its own, and opens the index in
Chromium. Printed are the sizes of the page and of the file with its rows, both as they are and
compressed (gzip, level 6), the time until the filters are ready, and the time from a choice to the
next frame that shows what fits: the quickest, the median and the slowest of ``rounds`` for each
kind of choice. Sizes depend on nothing but the code; times are of the machine, and where others
work on it the quickest is nearest to the truth. ``--folder`` keeps the built site, and takes it as
it is if it is there.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from pages import write_pages
from playwright.sync_api import Page, sync_playwright

_THEME = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
</head><body>{{ page.content }}
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}</body></html>
"""
_CONFIG = """\
site_name: Ten thousand
use_directory_urls: false
theme: {name: null, custom_dir: theme}
plugins: [{postmortem: {today: 2026-11-24, on_error: warn, history: false, publish: []}}]
"""
# What a row shows comes from the front matter and the tasks; the rest is left out to build faster.
_REST = re.compile(r"^## Issue summary.*?(?=^## Corrective)", re.MULTILINE | re.DOTALL)
# From the choice to the frame after the one in which the rows were laid out.
_TIMED = """async (action) => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const begin = performance.now();
  action.node[action.how] = action.value;
  action.node.dispatchEvent(new Event(action.event, { bubbles: true }));
  document.body.offsetHeight;
  const worked = performance.now() - begin;
  await frame();
  return [worked, performance.now() - begin];
}"""
_CLICKED = """async (node) => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const begin = performance.now();
  node.click();
  document.body.offsetHeight;
  const worked = performance.now() - begin;
  await frame();
  return [worked, performance.now() - begin];
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (args.folder or Path(temporary)).resolve()
        site = folder / "site"
        if not site.is_dir():
            build_site(folder, args.count)
        sizes(site)
        speed(site, args.rounds)


def build_site(folder: Path, count: int) -> None:
    write_pages(folder / "docs/postmortems", count)
    for file in (folder / "docs/postmortems").iterdir():
        file.write_text(_REST.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "theme").mkdir()
    (folder / "theme/main.html").write_text(_THEME, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def sizes(site: Path) -> None:
    assets = site / "assets/mkdocs-postmortem"
    files = [
        ("index.html", site / "postmortems/index.html"),
        *((file.name.partition("-")[0] + " rows", file) for file in sorted(assets.glob("*-*.js"))),
        ("tasks.html", site / "postmortems/tasks.html"),
        ("largest year", max((site / "postmortems/years").iterdir(), key=_size)),
        ("largest service", max((site / "postmortems/services").iterdir(), key=_size)),
    ]
    print("| file | kB | kB gzip |\n| --- | --- | --- |")
    for name, file in files:
        data = file.read_bytes()
        print(f"| {name} | {len(data) / 1000:,.0f} | {len(gzip.compress(data, 6)) / 1000:,.0f} |")


def _size(file: Path) -> int:
    return file.stat().st_size


def speed(site: Path, rounds: int) -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(f"file://{site}/postmortems/index.html")
        tab.locator(".pm-filter").first.wait_for(timeout=60_000)
        ready = tab.evaluate("performance.now()")
        print(f"\nThe filters are ready after {ready:.0f} ms.\n")
        print(
            "| choice | quickest | median | slowest | frame, quickest | frame, median |\n"
            "| --- | --- | --- | --- | --- | --- |"
        )
        for name, act in actions(tab):
            found = [act(number) for number in range(rounds)]
            work, frame = zip(*found, strict=True)
            print(
                f"| {name} | {min(work):.0f} ms | {statistics.median(work):.0f} ms "
                f"| {max(work):.0f} ms | {min(frame):.0f} ms | {statistics.median(frame):.0f} ms |"
            )
        browser.close()


Timed = tuple[float, float]


def actions(tab: Page) -> list[tuple[str, Callable[[int], Timed]]]:
    """Each gives the milliseconds of the work alone, and until the frame is shown."""

    def typed(number: int) -> Timed:
        words = ("pool", "queue", "leader", "pm-0042", "")
        node = tab.locator(".pm-list[data-list=index] input[type=search]").element_handle()
        event = {"node": node, "how": "value", "value": words[number % 5], "event": "input"}
        return tuple(tab.evaluate(_TIMED, event))

    def chosen(number: int) -> Timed:
        boxes = tab.locator(".pm-list[data-list=index] .pm-facet input")
        return tuple(boxes.nth(number // 2 % boxes.count()).evaluate(_CLICKED))

    def sorted_by(number: int) -> Timed:
        heads = tab.locator(".pm-list[data-list=index] button.pm-sort")
        return tuple(heads.nth(number % heads.count()).evaluate(_CLICKED))

    return [("a word", typed), ("a value of a facet", chosen), ("a column", sorted_by)]


if __name__ == "__main__":
    main()
