"""A hostile archive in a real browser: nothing that a page quotes is run, and nobody is told."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from drawn_site import Built
from payloads import ALL
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

from browser.conftest import Serve

# `make injection` opens every page; here, each payload is still in some field of some page.
STEP = int(os.environ.get("INJECTION_STEP", "5"))
_MOST = 50  # what runs on for ever
_CANARY = """
window.canary = function () { console.debug("canary"); return ""; };
window.alert = window.confirm = window.prompt = window.print = window.canary;
addEventListener("error", function (event) {
  if (event.error && /Syntax|Reference/.test(event.error.name)) { console.debug("canary"); }
});
"""
# What a reader does on a page of ours: every control once.
_USE = """() => {
  document.querySelectorAll("summary").forEach(function (item) { item.click(); });
  document.querySelectorAll("input[type=checkbox]").forEach(function (box, n) {
    if (n % 7 === 0) { box.click(); box.click(); }
  });
  document.querySelectorAll("button").forEach(function (button) { button.click(); });
  document.querySelectorAll("main *").forEach(function (item) {
    ["mouseover", "focus", "pointerenter", "toggle"].forEach(function (name) {
      item.dispatchEvent(new Event(name, { bubbles: false }));
    });
  });
  var search = document.querySelector("input[type=search]");
  if (search) {
    search.value = "<img src=x onerror=canary()>";
    search.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


@dataclass
class Visits:
    """What happened on all pages that were opened: how often each ran a payload, who was asked.

    The canary speaks in the console. To ask the page would wait for ever on one that leads away.
    """

    hits: Counter[str] = field(default_factory=Counter)
    foreign: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    _path: str = ""

    def open(
        self, context: BrowserContext, address: str, paths: list[str], *, use: bool = True
    ) -> None:
        page = self._page(context)
        for path in paths:
            self._path = path
            try:
                page.goto(f"{address}/{quote(path)}", wait_until="load")
                if use:
                    page.evaluate(_USE)
                self._settle(page, 5 if use else 100)
            except Error:
                # An author's own refresh leads away.
                assert not use, path
            if not use:
                page.close()
                page = self._page(context)
        page.close()

    def _page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: (self.hits.update(["dialog"]), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text == "canary":
            self.hits[self._path] += 1

    def _settle(self, page: Page, pause: int) -> None:
        """Wait as long as something still happens."""
        before = -1
        while before < self.hits[self._path] < _MOST:
            before = self.hits[self._path]
            page.wait_for_timeout(pause)


@pytest.fixture
def folder(hostile: Built) -> Path:
    return hostile.folder


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[BrowserContext, Visits]]:
    context = browser.new_context(service_workers="block")
    context.add_init_script(_CANARY)
    visits = Visits()

    def ask(route) -> None:  # type: ignore[no-untyped-def]
        address = urlsplit(route.request.url)
        if address.hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            visits.foreign.add(route.request.url)
            route.abort()

    context.route("**/*", ask)
    yield context, visits
    context.close()


def pages_of(folder: Path) -> list[str]:
    return sorted(
        str(file.relative_to(folder).as_posix()).removesuffix("index.html")
        for file in folder.rglob("index.html")
    )


def test_the_canary_is_heard(
    folder: Path, serve: Serve, watched: tuple[BrowserContext, Visits]
) -> None:
    """An author's raw HTML runs, so a payload that ran would be noticed."""
    context, visits = watched

    visits.open(context, serve(folder), ["control/"])

    assert visits.hits == {"control/": 1}


def test_nothing_runs_on_what_we_make(
    folder: Path, serve: Serve, watched: tuple[BrowserContext, Visits]
) -> None:
    context, visits = watched
    own = [path for path in pages_of(folder) if not re.search("control|/body-", path)]
    assert len(own) > 2 * len(ALL)
    rare = [path for path in own if "/services/" in path]
    own = [path for path in own if path not in rare or path in rare[:: 2 * STEP]]

    visits.open(context, serve(folder), own)

    assert visits.hits.total() == 0
    assert visits.foreign == set()
    assert visits.errors == []


def test_a_body_runs_no_more_than_without_the_plugin(
    folder: Path, serve: Serve, watched: tuple[BrowserContext, Visits]
) -> None:
    """Raw HTML in the body is the author's right; the box and the timeline add nothing to it."""
    context, visits = watched
    plain = Visits()
    bodies = [path for path in pages_of(folder) if "/body-" in path][::STEP]
    assert bodies

    bare, whole = serve(folder.parent / "plain"), serve(folder)
    plain.open(context, bare, bodies, use=False)
    foreign = set(visits.foreign)
    visits.foreign.clear()
    visits.open(context, whole, bodies, use=False)

    assert plain.hits.total() > 0
    for path in [path for path, count in visits.hits.items() if count > plain.hits[path]]:
        # Focus and animation come when the browser likes: what is ours comes each time.
        assert more_each_time(context, bare, whole, path) == 0, path
    # An author's own <base> leads our assets astray, as it does with the theme's.
    assert {url for url in visits.foreign if "/assets/" not in url} <= foreign


def more_each_time(context: BrowserContext, bare: str, whole: str, path: str) -> int:
    """How much more runs on a page of ours than on the bare one, at the least."""
    least = _MOST
    for _ in range(4):
        without, ours = Visits(), Visits()
        without.open(context, bare, [path], use=False)
        ours.open(context, whole, [path], use=False)
        least = min(least, max(0, ours.hits[path] - without.hits[path]))
    return least
