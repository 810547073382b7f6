"""Other languages in a real browser: nothing wider than a phone, and Arabic from right to left."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_site import PAGE, Site
from playwright.sync_api import Page

from mkdocs_postmortem.rendering.messages import load_messages

from .conftest import write_archive

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG = ["de", "ar"]


@pytest.fixture(scope="module", params=LONG)
def spoken(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """A language, and the address of a site that speaks it."""
    language: str = request.param
    site = Site(tmp_path_factory.mktemp(language), {"on_error": "warn"})
    site.write("index.md", "# Home\n")
    write_archive(site, 12)
    site.write("postmortems/a.md", PAGE)
    built = site.build(theme={"name": "material", "language": language, "font": False})
    assert built.error is None
    with served(built.folder) as address:
        yield language, address


class served:  # noqa: N801 - read as a verb
    def __init__(self, folder: Path) -> None:
        handler = functools.partial(Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("path", ["postmortems/a/", "postmortems/", "postmortems/tasks/"])
def test_no_page_is_wider_than_a_phone(tab: Page, spoken: tuple[str, str], path: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(f"{spoken[1]}/{path}")
    tab.wait_for_selector(".pm-timeline-bar, .pm-filter")

    assert tab.evaluate(WIDER) == 0


def test_the_script_speaks_it_too(tab: Page, spoken: tuple[str, str]) -> None:
    language, address = spoken
    messages = load_messages(language)
    tab.goto(f"{address}/postmortems/a/")
    tab.get_by_role("button", name=messages.t["zone_mine"].format(zone="Asia/Tokyo")).click()

    days = tab.locator(".pm-entry__day").first.text_content() or ""
    assert {"de": "März", "ar": "مارس"}[language] in days
    assert not any(digit in days for digit in "٠١٢٣٤٥٦٧٨٩")


def test_arabic_begins_at_the_right(tab: Page, spoken: tuple[str, str]) -> None:
    language, address = spoken
    tab.goto(f"{address}/postmortems/a/")
    tab.wait_for_selector(".pm-timeline-bar")
    rail, text, first, last = tab.evaluate(
        """() => [".pm-entry__node", ".pm-entry__text", ".pm-phases__bar .pm-phase--undetected",
                  ".pm-phases__bar .pm-phase--mitigated"].map(
             selector => document.querySelector(selector).getBoundingClientRect().left)"""
    )

    assert (rail > text) == (language == "ar")
    assert (first > last) == (language == "ar")
