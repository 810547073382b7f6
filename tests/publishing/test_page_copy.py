"""A page for another tool: Markdown, HTML, and the storage format of Confluence."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE

from mkdocs_postmortem.cli import main

BODY = """
<!-- A prompt of the draft -->

See <!-- why? --> [the other](b.md#x), ![a graph](img/a.png), <b>this</b> and
[that](javascript:alert(1)).

```python
if a < b and "]]>":
    pass
```

- [x] Done (@lee)
- [ ] Not yet
- [/] Half
- [-] Never (won't do: too dear)

[graph]: ../graphs/pool.svg
"""
CONFLUENCE = '<r xmlns:ac="ac" xmlns:ri="ri">{}</r>'
AC, RI = "{ac}", "{ri}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Acme\nsite_url: https://acme.example/\nplugins: [postmortem]\n"
    )
    folder = tmp_path / "docs" / "postmortems"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(PAGE + BODY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def test_markdown_has_the_facts_below_the_title(site: Path) -> None:
    text = run("page", "PM-1", "--to", "gfm").output

    assert text.startswith("# Checkout was down\n\n- **Severity:** SEV2\n")
    assert "- **Started:** 2026-03-14 09:12 CET" in text
    assert "- **Duration:** 47 min" in text
    assert "- 09:31 **Misleading path:** The processor shows a delay." in text
    assert "postmortem:" not in text
    assert "A prompt" not in text


def test_markdown_reads_the_same_without_the_site(site: Path) -> None:
    text = run("page", "PM-1", "--to", "gfm").output

    assert "See  [the other](https://acme.example/postmortems/b/#x)" in text
    assert "![a graph](https://acme.example/postmortems/img/a.png)" in text
    assert "[graph]: https://acme.example/graphs/pool.svg" in text
    assert "- [ ] **In progress:** Half" in text
    assert "- [x] **Won't do:** Never (won't do: too dear)" in text


def test_a_site_without_an_address_keeps_its_links_and_says_so(site: Path) -> None:
    (site / "mkdocs.yml").write_text("site_name: Acme\nplugins: [postmortem]\n")

    result = run("page", "PM-1", "--to", "gfm")

    assert "[the other](b.md#x)" in result.stdout
    assert "with `site_url` they become absolute" in result.stderr


def test_html_has_safe_links_that_lead_to_the_site(site: Path) -> None:
    text = run("page", "PM-1", "--to", "html").output

    assert 'href="https://acme.example/postmortems/b/#x"' in text
    assert 'src="https://acme.example/postmortems/img/a.png"' in text
    assert "why?" not in text
    assert "&lt;b&gt;this&lt;/b&gt;" in text
    assert "javascript:" not in text
    assert "<a>that</a>" in text


def test_confluence_gets_its_macros(site: Path) -> None:
    text = run("page", "PM-1", "--to", "confluence-storage").output

    root = ET.fromstring(CONFLUENCE.format(text))  # noqa: S314
    macro = root.find(f".//{AC}structured-macro")
    assert macro is not None
    assert macro.findtext(f"{AC}parameter") == "python"
    assert macro.findtext(f"{AC}plain-text-body") == 'if a < b and "]]>":\n    pass'
    states = [item.text for item in root.iter(f"{AC}task-status")]
    assert states[-4:] == ["complete", "incomplete", "incomplete", "complete"]
    assert "Done (@lee)" in [body.text for body in root.iter(f"{AC}task-body")]
    assert root.find(f".//{RI}url") is not None


def test_an_unknown_id_names_the_nearest(site: Path) -> None:
    result = run("page", "PM-2", "--to", "gfm")

    assert result.exit_code == 1
    assert "Did you mean `PM-1`?" in result.output


@pytest.mark.parametrize(
    "arguments", [("page",), ("page", "PM-1"), ("json", "PM-1", "--to", "gfm")]
)
def test_a_page_needs_its_id_and_format(site: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("target", ["gfm", "html", "confluence-storage"])
def test_the_public_gets_nothing_internal(site: Path, target: str) -> None:
    blocks = (
        "<!-- internal -->\nThe key was in a wiki.\n<!-- /internal -->\n\n"
        "For <!-- internal -->Example Bank<!-- /internal -->.\n"
    )
    page = PAGE.replace("PM-1", "PM-7").replace("  impact:", "  visibility: internal\n  impact:")
    folder = site / "docs" / "postmortems"
    (folder / "a.md").write_text(f"{PAGE}\n{blocks}")
    (folder / "b.md").write_text(page)

    public = run("page", "PM-1", "--to", target, "--audience", "public")
    internal = run("page", "PM-1", "--to", target, "--audience", "internal")

    assert "The key was" not in public.stdout
    assert "Example Bank" not in public.stdout
    assert "Example Bank" in internal.stdout
    assert "The key was" in internal.stdout
    assert run("page", "PM-7", "--to", target, "--audience", "public").exit_code == 1
