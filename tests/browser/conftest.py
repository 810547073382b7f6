"""A real browser and sites served to it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from drawn_site import PAGE, Site
from playwright.sync_api import Browser, Page, sync_playwright

from browser.exhibits import Exhibition, config, write_exhibits

SERVICES = ("checkout", "search", "accounts")
CAUSES = ("config", "capacity")
SEVERITIES = ("SEV1", "SEV2", "SEV3")


@dataclass
class Heard:
    """What a page said and asked for while it was used."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def tab(browser: Browser, heard: Heard) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.on("pageerror", lambda error: heard.errors.append(str(error)))
    page.on(
        "console",
        lambda message: heard.errors.append(message.text) if message.type == "error" else None,
    )
    page.on("request", lambda request: heard.requests.append(request.url))
    page.set_default_timeout(30_000)
    yield page
    context.close()


def write_archive(site: Site, count: int = 24) -> None:
    """``count`` outages, one a month, that differ in service, severity, cause and length."""
    for number in range(count):
        year, month = 2024 + number // 12, number % 12 + 1
        day = f"{year}-{month:02}-14"
        text = (
            PAGE.replace("id: PM-1", f"id: PM-{number:03}")
            .replace("Checkout was down", f"Outage number {number}")
            .replace("SEV2", SEVERITIES[number % 3])
            .replace("[checkout]", f"[{SERVICES[number % 3]}]")
            .replace("2026-03-14", day)
            .replace("09:59", f"{10 + number % 9}:59")
            .replace("  detected_by", f"  causes: [{CAUSES[number % 2]}]\n  detected_by")
            .replace("2026-04-01", f"{year + 1}-{month:02}-01")
            .replace("@dana", "@dana" if number % 2 else "@kim")
        )
        if number == 5:
            text = text.replace("  resolved:", "  # resolved:").replace("**Resolved:**", "")
        site.write(f"postmortems/{number:03}.md", text)


Serve = Callable[..., str]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve a folder; gives its address. ``headers`` go with every answer."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def started(folder: Path, **headers: str) -> str:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def end_headers(self) -> None:
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                super().end_headers()

            def log_message(self, *_: object) -> None:
                pass

        handler = functools.partial(Handler, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive of two years, to be built."""
    return tmp_path_factory.mktemp("material")


@pytest.fixture(scope="session")
def archive(material: Path, serve: Serve) -> str:
    """The archive's address. It is built with Material and instant navigation, which loads only
    pages that the sitemap names by this very address.
    """
    (material / "site").mkdir()
    address = serve(material / "site")
    site = Site(material, {"on_error": "warn"})
    site.write("index.md", "# Home\n\n[Outages](postmortems/index.md)\n")
    write_archive(site)
    built = site.build(
        theme={"name": "material", "font": False, "features": ["navigation.instant"]},
        site_url=f"{address}/",
    )
    assert built.error is None
    return address


def write_bare_theme(site: Site) -> dict[str, object]:
    """A theme without styles or scripts of its own; the value for the option ``theme``."""
    folder = site.root / "theme"
    folder.mkdir()
    (folder / "main.html").write_text(BARE, encoding="utf-8")
    return {"name": None, "custom_dir": str(folder)}


BARE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
</head><body><main>{{ page.content }}</main>
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}</body></html>
"""


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """A small archive in the bare theme, served under a strict Content-Security-Policy."""
    site = Site(tmp_path_factory.mktemp("bare"), {"on_error": "warn"})
    site.write("index.md", "# Home\n")
    write_archive(site, 9)
    built = site.build(theme=write_bare_theme(site))
    assert built.error is None
    return serve(built.folder, Content_Security_Policy="default-src 'self'")


@pytest.fixture(scope="session", params=["material"])
def exhibition(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Serve
) -> Exhibition:
    """Every kind of page, in a theme (Material, if a test doesn't name others)."""
    site = Site(tmp_path_factory.mktemp(request.param))
    write_exhibits(site)
    built = site.build(**config(request.param))
    assert built.error is None
    return Exhibition(built.folder, serve(built.folder))
