"""Take the pictures of the docs and the README from the example archive, one command for all.

    python scripts/screenshots.py

Builds the docs, opens them in Chromium, and writes small PNG files into ``docs/assets``. Each has a
palette of its own of at most 256 colours, which keeps text sharp and the files below 150 KB.
"""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/assets"
MOST_BYTES = 150_000
AGAIN = "postmortems/2026-03-14-checkout-pool-again/"
CLOCK = "postmortems/2025-10-25-data-platform-clock-change/"


@dataclass(frozen=True)
class Shot:
    """A picture: the page, the window's size in CSS pixels, the scheme, and what is on top."""

    name: str
    page: str
    width: int = 1200
    height: int = 800
    scheme: str = "default"
    top: str = ""


SHOTS = (
    Shot("page", AGAIN, height=1000),
    Shot("page-dark", AGAIN, height=1000, scheme="slate"),
    Shot("page-phone", AGAIN, 360, 740),
    Shot("timeline", CLOCK, height=900, top="#timeline"),
    Shot("index", "postmortems/"),
    Shot("figures", "postmortems/", height=900, top="#figures"),
    Shot("tasks", "postmortems/tasks/", height=700),
    Shot("repeats", "postmortems/repeats/", height=700),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=folder, strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        handler = functools.partial(_Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            sizes = take_all(f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
    for name, size in sizes.items():
        print(f"{size / 1000:6.1f} KB  docs/assets/{name}.png")
    if any(size > MOST_BYTES for size in sizes.values()):
        sys.exit(f"A picture is larger than {MOST_BYTES // 1000} KB.")


def take_all(address: str) -> dict[str, int]:
    """Write every picture; their sizes in bytes by name."""
    with sync_playwright() as playwright:
        names = ("chromium", "chromium-browser", "google-chrome")
        path = next((found for name in names if (found := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sizes = {shot.name: take(browser, address, shot) for shot in SHOTS}
        browser.close()
    return sizes


def take(browser: Browser, address: str, shot: Shot) -> int:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "slate" else "light",
        locale="en-GB",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    tab = context.new_page()
    tab.goto(f"{address}/{shot.page}")
    tab.wait_for_load_state("networkidle")
    prepare(tab, shot)
    picture = Image.open(io.BytesIO(tab.screenshot(animations="disabled")))
    context.close()
    file = FOLDER / f"{shot.name}.png"
    # Of many greys and few bright dots, the method that keeps the dots.
    method = Image.Quantize.MAXCOVERAGE
    small = picture.convert("RGB").quantize(256, method, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    return file.stat().st_size


def prepare(tab: Page, shot: Shot) -> None:
    """The scheme as a reader would choose it, and the wanted part below the theme's header."""
    tab.evaluate(
        "scheme => document.body.setAttribute('data-md-color-scheme', scheme)", shot.scheme
    )
    if shot.top:
        tab.evaluate(
            "name => scrollTo(0, document.querySelector(name).getBoundingClientRect().top - 110)",
            shot.top,
        )
    tab.wait_for_timeout(300)


if __name__ == "__main__":
    main()
