"""Pages from stressed people: a clear error at its place, and the other pages unaffected."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

Page = Callable[..., str]

DEEP = "---\npostmortem:\n  x: " + "[" * 100_000 + "\n---\n# Deep\n"
LIST_DEEP = "---\npostmortem:\n  x:\n    " + "- " * 90_000 + "\n---\n# Deep\n"
BOMB = (
    "---\npostmortem:\n  a0: &a0 [x, x]\n"
    + "".join(f"  a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    + "---\n# Bomb\n"
)


@pytest.mark.parametrize(
    ("text", "position", "code"),
    [
        ("---\npostmortem:\n  title: a: b\n---\n# T\n", "3:11", "PM002"),
        ("---\npostmortem: [a, b]\n---\n# T\n", "2:13", "PM102"),
        ("---\npostmortem: 3\n---\n# T\n", "2:13", "PM102"),
        ("---\npostmortem:\nseverity: SEV2\nservices: [a]\n---\n# T\n", "3:1", "PM102"),
        ("postmortem:\n  severity: SEV2\n---\n# T\n", "1:1", "PM002"),
        ("", "1:1", "PM005"),
        ("# Only a title\n", "1:1", "PM005"),
        (b"---\npostmortem:\n  impact: caf\xe9\n---\n# T\n", "3:14", "PM001"),
        ("# T\n".encode("utf-16"), "1:1", "PM001"),
        ("---\npostmortem:\n  impact: " + "x" * 1_000_000 + "\n---\n# T\n", "1:1", "PM004"),
        (DEEP, "1:1", "PM004"),
        (LIST_DEEP, "1:1", "PM004"),
        (BOMB, "1:1", "PM004"),
        ("---\npostmortem:\n  services: {a: 1}\n---\n# T\n", "3:13", "PM102"),
        ("---\npostmortem:\n  timezone: CST\n---\n# T\n", "3:13", "PM205"),
        ("---\npostmortem:\n  timezone: Mars/Base\n---\n# T\n", "3:13", "PM205"),
        ("---\npostmortem:\n  started: yesterday\n---\n# T\n", "3:12", "PM201"),
        ("---\npostmortem:\n  severty: SEV2\n---\n# T\n", "3:3", "PM101"),
        ("---\npostmortem:\n  duration: 1h\n---\n# T\n", "3:3", "PM101"),
        (
            "---\npostmortem:\n  timezone: Europe/Paris\n  started: 2026-03-29 02:30\n---\n# T\n",
            "4:12",
            "PM204",
        ),
        (
            "---\npostmortem:\n  timezone: Europe/Paris\n  started: 2025-10-26 02:30\n---\n# T\n",
            "4:12",
            "PM203",
        ),
        (
            "---\npostmortem:\n  timezone: UTC\n  started: 2026-03-14 09:12\n"
            "  resolved: 2026-03-13 09:12\n---\n# T\n",
            "5:13",
            "PM208",
        ),
    ],
)
def test_each_has_its_error_at_its_place(
    site: Site, text: str | bytes, position: str, code: str
) -> None:
    site.options = {"on_error": "warn", "panel": "always"}
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/bad.md", text)

    built = site.build()

    logged = [message for message in built.messages() if "bad.md" in message]
    assert any(f"bad.md:{position}: {code} " in message for message in logged), logged
    assert "pm-problems" in built.page("postmortems/bad/")
    assert "47 min" in built.page()
    assert "Checkout was down" in built.page("postmortems/")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(site: Site, end: str) -> None:
    site.write("postmortems/a.md", PAGE.replace("\n", end).encode())

    assert site.build(theme="material").main().count('class="pm-entry ') == 7


@pytest.mark.skipif(os.name != "posix", reason="makes symbolic links")
@pytest.mark.parametrize("target", ["nowhere.md", "b.md"])
def test_a_link_that_leads_nowhere_leaves_the_others(site: Site, page: Page, target: str) -> None:
    site.write("postmortems/a.md", page())
    (site.root / "docs" / "postmortems" / "b.md").symlink_to(target)
    site.options["on_error"] = "warn"
    built = site.build()
    assert built.error is None
    assert any("b.md:1:1: PM001" in text for text in built.messages())
    assert "pm-summary" in built.page()


def test_a_byte_order_mark_is_skipped(site: Site) -> None:
    site.write("postmortems/a.md", b"\xef\xbb\xbf" + PAGE.encode())

    assert "pm-summary" in site.build().page()


def test_a_page_that_vanishes_leaves_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mkdocs_postmortem.hosts.mkdocs import plugin

    site.write("postmortems/a.md", PAGE)
    gone = site.write("postmortems/gone.md", PAGE)
    vanish = plugin.remove_vanished

    def after_listing(files: object) -> None:
        gone.unlink(missing_ok=True)
        vanish(files)  # type: ignore[arg-type]

    monkeypatch.setattr(plugin, "remove_vanished", after_listing)
    built = site.build()

    assert any("gone.md vanished" in message for message in built.messages())
    assert "47 min" in built.page()


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Checkout was down", f"title: '{SCRIPT}'"),
        ("services: [checkout]", f"services: ['{SCRIPT}']"),
        ("impact: Shoppers saw a 502 page.", f"impact: '{SCRIPT}'"),
        ("impact: Shoppers saw a 502 page.", 'impact: "[x](javascript:alert(1))"'),
        ("impact: Shoppers saw a 502 page.", 'impact: "x {: onclick=alert(1) }"'),
        ("impact: Shoppers saw a 502 page.", 'impact: "![x](data:text/html,1)"'),
        ("root_cause: The pool was too small.", f"root_cause: '{SCRIPT}'"),
        ("users_affected: 35%", f"users_affected: '35% {SCRIPT}'"),
        ("detected_by: monitor", f"trigger: '{SCRIPT}'"),
        ("detected_by: monitor", f"causes: ['{SCRIPT}']"),
        ("detected_by: monitor", f"authors: ['{SCRIPT}']"),
    ],
)
def test_markup_in_a_field_is_text(site: Site, page: Page, old: str, new: str) -> None:
    site.options = {"on_error": "warn"}
    site.write("postmortems/a.md", page((old, new)))

    built = site.build(theme="material", markdown_extensions=["attr_list"])

    for path in ("postmortems/a/", "postmortems/"):
        html = built.main(path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "onclick=" not in html.replace("{: onclick=", "")
        assert 'href="javascript' not in html
        assert 'src="data' not in html


@pytest.mark.parametrize(
    "text", ["<![x", "<![", "a <![\ufffdb", "<![CDATAx[", "<![cdata[", "<![if"]
)
def test_what_python_s_reader_of_html_gives_up_at_is_text(
    site: Site, page: Page, text: str
) -> None:
    here = page(("We look at the graphs.", f"We look {text} again."), ("The pool is", f"{text} is"))
    site.write("postmortems/a.md", f"{here}\n```\n{text} code\n```\n\n<div>\n{text} raw\n</div>\n")
    built = site.build()
    assert built.error is None
    shown = text.replace("<", "&lt;")
    assert f"We look {shown} again." in built.main() or text.endswith("cdata[")
    assert f"{shown} code" in built.main()
    assert "pm-declaration" not in built.page()


def test_control_characters_do_not_break_a_page(site: Site, page: Page) -> None:
    gone = ("  root_cause: The pool was too small.\n", "")
    site.write("postmortems/a.md", page(gone, ("a plain number", "a \x0b plain \x7f number")))

    built = site.build()

    assert "a \ufffd plain \ufffd number" in built.page()


def test_every_problem_of_every_page_is_reported_at_once(site: Site, page: Page) -> None:
    for name in "abc":
        text = page(("PM-1", f"PM-{name}"), ("severity: SEV2", "severity: 9"), ("35%", "half"))
        site.write(f"postmortems/{name}.md", text)

    logged = "\n".join(site.build().messages(logging.WARNING))

    for name in "abc":
        assert f"{name}.md:5:13: PM103" in logged
        assert f"{name}.md:13:19: PM402" in logged


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes pipes and devices")
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("pipe", "Not a regular file"),
        ("device", "Not a regular file"),
        ("circle", "Too many levels of symbolic links"),
        ("nowhere", "No such file"),
        ("large", "Larger than 20 MB"),
    ],
)
def test_what_is_not_a_page_is_an_error_of_build_and_check(
    site: Site, kind: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.options = {"on_error": "warn"}
    file = site.write("postmortems/a.md", "")
    if kind == "large":
        os.truncate(file, 21_000_000)
    else:
        file.unlink()
        target = {"device": "/dev/zero", "circle": "a.md", "nowhere": "b.md"}.get(kind)
        file.symlink_to(target) if target else os.mkfifo(file)
    monkeypatch.chdir(site.root)

    built = site.build()
    checked = CliRunner().invoke(main, ["check"])

    assert built.error is None
    assert any("PM001" in text and message in text for text in built.messages())
    assert checked.exit_code == 1
    assert message in checked.output
