"""A site that shows the outages of others: fetched by a command, read by the build."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Built, Site

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.publishing import hub as hub_module

Answer = Callable[[BaseHTTPRequestHandler], None]


def dataset(*items: dict[str, Any], **more: Any) -> str:
    full = [{"path": f"{item['id']}.md", "services": ["checkout"], **item} for item in items]
    return json.dumps({"version": 1, "postmortems": full, **more})


FIRST = {
    "id": "PAY-7",
    "title": "The pool ran dry <b>&",
    "url": "https://payments.example/postmortems/pay-7/",
    "severity": "SEV1",
    "causes": ["config"],
    "root_cause": "The pool was too small.",
    "started": {"written": "2025-11-01 08:00", "at": "2025-11-01T08:00:00+01:00"},
    "resolved": {"written": "2025-11-01 09:00", "at": "2025-11-01T09:00:00+01:00"},
    "tasks": [
        {"text": "Alert on the `pool`", "state": "open", "due": "2025-12-01", "owners": ["kim"]}
    ],
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, Answer | str]]]:
    """A real server: its address, and what it answers by path."""
    answers: dict[str, Answer | str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            if callable(answer):
                answer(self)
            elif answer is None:
                self.send_error(404)
            else:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", answers
    running.shutdown()
    running.server_close()


@pytest.fixture
def hub(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.write("postmortems/a.md", PAGE)
    site.options["hub"] = [{"name": "Payments", "source": "../payments.json"}]
    site.config["site_name"] = "Checkout team"
    monkeypatch.chdir(site.root)
    return site


def file_of(site: Site) -> Path:
    return site.root / "postmortem-hub/payments.json"


def give(site: Site, text: str) -> None:
    file_of(site).parent.mkdir(exist_ok=True)
    file_of(site).write_text(text, encoding="utf-8")


def fetch(site: Site, *words: str) -> Result:
    site.write_config()
    return CliRunner().invoke(main, ["fetch", *words])


def logged(built: Built) -> str:
    return "\n".join(built.messages())


def test_outages_of_other_sites_are_in_one_index(
    hub: Site, server: tuple[str, dict[str, Any]]
) -> None:
    address, answers = server
    answers["/postmortems.json"] = dataset(FIRST)
    hub.options["hub"] = [{"name": "Payments", "source": f"{address}/postmortems.json"}]
    result = fetch(hub)
    assert result.exit_code == 0, result.output
    answers.clear()  # the build asks nobody

    built = hub.build()

    assert built.error is None
    index = built.page("postmortems/")
    assert (
        '<a href="https://payments.example/postmortems/pay-7/">The pool ran dry &lt;b&gt;&amp;</a>'
        in index
    )
    assert '<td data-label="Site">Payments</td>' in index
    assert '<td data-label="Site">Checkout team</td>' in index
    assert "2 incidents" in index
    assert 'href="https://payments.example/postmortems/pay-7/"' in built.page("postmortems/tasks/")
    assert "Alert on the <code>pool</code>" in built.page("postmortems/tasks/")
    assert "2025" in built.page("postmortems/years/2025/")
    # The site's own files tell of its own outages.
    own = json.loads((built.folder / "postmortems/postmortems.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in own["postmortems"]] == ["PM-1"]
    assert "pay-7" not in built.page().lower(), "pages do not leaf into another site"


def test_an_outage_can_repeat_one_of_another_site(hub: Site) -> None:
    give(hub, dataset(FIRST))
    hub.write(
        "postmortems/a.md", PAGE.replace("  detected_by", "  recurrence_of: PAY-7\n  detected_by")
    )

    built = hub.build()

    assert not [text for text in built.messages() if "PM602" in text]
    page = built.page()
    assert 'href="https://payments.example/postmortems/pay-7/"' in page
    assert "Alert on the" in page, "the task that would have been in time"
    assert "Payments" not in logged(built)


def test_equal_ids_and_paths_of_two_sites_are_not_an_error(hub: Site) -> None:
    give(hub, dataset({**FIRST, "id": "PM-1", "path": "postmortems/a.md"}))

    built = hub.build()

    assert "PM601" not in logged(built)
    assert built.page("postmortems/").count('class="pm-row') == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "It is not valid JSON"),
        (json.dumps({"version": 9, "postmortems": []}), "version 9"),
        (dataset({**FIRST, "started": "then"}), r"postmortems[0].started"),
        (None, "has not been fetched"),
        ("[]", "not a data set"),
        ("\udcff", "utf-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_site_builds(
    hub: Site, text: str | None, message: str
) -> None:
    if text is not None:
        give(hub, "")
        file_of(hub).write_bytes(text.encode("utf-8", "surrogateescape"))

    built = hub.build()

    assert built.error is None
    assert "postmortem-hub/payments.json:1:1: PM606" in logged(built)
    assert message in logged(built)
    assert "Checkout was down" in built.page("postmortems/")
    checked = CliRunner().invoke(main, ["check"])
    assert "payments.json:1:1" in checked.output
    assert "PM606" in checked.output


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "../x/", None])
def test_no_address_of_another_site_is_trusted(hub: Site, url: str | None) -> None:
    give(
        hub,
        dataset(
            {**FIRST, "url": url}
            if url is not None
            else {k: v for k, v in FIRST.items() if k != "url"}
        ),
    )

    built = hub.build(theme="material")

    for path in ("postmortems/", "postmortems/tasks/"):
        html = built.main(path)
        assert "The pool ran dry" in html
        assert "javascript" not in html
        assert 'href=""' not in html
        assert "<b>&" not in html


def test_what_is_broken_never_replaces_what_worked(
    hub: Site, server: tuple[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, answers = server
    hub.options["hub"] = [{"name": "Payments", "source": f"{address}/data"}]
    answers["/data"] = good = dataset(FIRST)
    assert fetch(hub).exit_code == 0
    assert "is unchanged." in fetch(hub).output

    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", (hub.root / "mkdocs.yml").as_uri())
        handler.end_headers()

    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(good[:50].encode())

    def silent(handler: BaseHTTPRequestHandler) -> None:
        threading.Event().wait(1.5)

    monkeypatch.setattr(hub_module, "MOST_BYTES", 2_000)
    for answer in ("{", dataset(FIRST, version=2), dataset({"title": "x", "id": "a"}, extra=1),
                   "x" * 3_000, redirect, half, silent, None):  # fmt: skip
        answers["/data"] = answer
        result = fetch(hub, "--timeout", "0.5")
        assert result.exit_code == 1, result.output
        assert "The previous file is kept." in result.output
        assert "Traceback" not in result.output
        assert file_of(hub).read_text(encoding="utf-8") == good
    assert [item.name for item in file_of(hub).parent.iterdir()] == ["payments.json"]


def test_paths_and_file_addresses_are_read_as_well(hub: Site) -> None:
    source = hub.root / "other site/postmortems.json"
    source.parent.mkdir()
    source.write_text(dataset(FIRST), encoding="utf-8")
    for number, written in enumerate(("other site/postmortems.json", source.as_uri(), str(source))):
        hub.options["hub"] = [{"name": f"S {number}", "source": written}]
        assert fetch(hub).exit_code == 0
        assert (hub.root / f"postmortem-hub/s-{number}.json").is_file()
    hub.options["hub"].append({"name": "Gone", "source": "gone.json"})
    result = fetch(hub)
    assert result.exit_code == 1
    assert "S 2: postmortem-hub/s-2.json is unchanged." in result.output
    assert fetch(hub, "S 2").exit_code == 0
    assert fetch(hub, "Unknown").exit_code == 2


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("Payments", "a list such as"),
        (["Payments"], "is expected, not"),
        ([{"name": "A"}], "`source` is missing"),
        ([{"name": "", "source": "x"}], "`name` is missing"),
        ([{"nme": "A", "source": "x"}], "Did you mean `name`"),
        ([{"name": "A", "source": "ftp://x/y"}], "`ftp:`"),
        ([{"name": "A b", "source": "x"}, {"name": "a-B", "source": "y"}], "is taken"),
    ],
)
def test_a_wrong_option_is_reported(value: object, message: str) -> None:
    settings, errors = read_options({"hub": value})

    assert message in " ".join(errors)
    assert len(settings.hub) < 2


def test_without_the_option_there_is_nothing_to_fetch(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    result = fetch(site)

    assert result.exit_code == 2
    assert "`hub` names no site" in result.output
    assert not (site.root / "postmortem-hub").exists()
