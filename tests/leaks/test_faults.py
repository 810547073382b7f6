"""What is wrong with a marker or a field hides more, and is never a silent publication."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schemas

Page = Callable[..., str]
WARN = {"on_error": "warn", "panel": "always"}
HIDDEN = "zqzq"
BROKEN = PAGE.replace("title: Checkout", "title: a: b")


def with_line(line: str, *, below: str = "postmortem:\n") -> str:
    return PAGE.replace(below, f"{below}{line}\n").replace("Shoppers saw", f"{HIDDEN} saw")


def published(site: Site, path: str = "postmortems/a") -> tuple[bool, bool]:
    """Whether the page exists, and whether the secret stands anywhere."""
    files = [file for file in (site.root / "site").rglob("*") if file.is_file()]
    found = any(HIDDEN.encode() in file.read_bytes() for file in files)
    return (site.root / "site" / path).exists(), found


@pytest.mark.parametrize(
    "line",
    [
        "  visibility: internal",
        "  visibility: Internal",
        "  visibility: intern",
        "  visibility: private",
        "  visibility:",
        "  visibility: [internal]",
        "  visibilty: internal",
        "  Visibility: internal",
    ],
)
def test_any_visibility_but_public_hides_the_page(site: Site, line: str) -> None:
    site.options = WARN
    site.write("postmortems/a.md", with_line(line))

    built = site.build()

    assert published(site) == (False, False)
    assert bool(built.messages(logging.ERROR)) == (line != "  visibility: internal")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (with_line("visibility: internal", below="Checkout was down\n"), "PM704"),
        (with_line("  note: <!-- internal -->x<!-- /internal -->"), "PM704"),
        (with_line("  visibility: internal").replace("id: PM", "id: a: PM"), "PM002"),
        (with_line("  visibility: internal").replace("\n---\n", "\n"), "PM002"),
        (f"---\npostmortem: {{{HIDDEN}, visibility: internal\n---\n# {HIDDEN}\n", "PM002"),
        (f"---\npostmortem: [visibility, internal]\n---\n# {HIDDEN}\n", "PM102"),
        (f"---\nvisibility: internal\n---\n# {HIDDEN}\n", "PM704"),
        (f"\n---\npostmortem:\n  visibility: internal\n---\n# {HIDDEN}\n", "PM002"),
    ],
)  # fmt: skip
def test_front_matter_that_could_be_internal_hides_the_page(
    site: Site, text: str, code: str
) -> None:
    site.options = WARN
    site.write("postmortems/a.md", text)

    built = site.build()

    assert published(site) == (False, False)
    assert any(code in text for text in built.messages())


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_bytes_that_nobody_can_read_are_not_published(site: Site, encoding: str) -> None:
    site.options = WARN
    site.write("postmortems/a.md", with_line("  visibility: internal # é").encode(encoding))

    site.build()

    assert published(site)[1] is False
    assert HIDDEN.encode("utf-16-le") not in (site.root / "site/index.html").read_bytes()
    assert published(site)[0] is False


def test_broken_front_matter_without_a_word_on_it_is_shown_as_ever(site: Site) -> None:
    site.options = WARN
    site.write("postmortems/a.md", BROKEN)

    site.build()

    assert published(site)[0] is True


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  internals: {impact: zqzq}", "PM101"),
        ("  Internal: {impact: zqzq}", "PM101"),
        ("  internal: zqzq", "PM102"),
        ("  internal: [zqzq]", "PM102"),
        ("  internal: {visibility: zqzq}", "PM101"),
        ("  internal: {id: zqzq}", "PM101"),
        ("  internal: {severty: zqzq}", "PM101"),
    ],
)
def test_internal_fields_with_a_fault_stay_internal(site: Site, line: str, code: str) -> None:
    site.options = WARN
    site.write("postmortems/a.md", PAGE.replace("postmortem:\n", f"postmortem:\n{line}\n"))

    built = site.build()

    assert published(site) == (True, False)
    assert any(code in text for text in built.messages(logging.ERROR))


META = """\
import json
def on_post_page(output, page, **_):
    return output + json.dumps(page.meta, default=str) + page.markdown
"""


def test_internal_fields_next_to_the_mapping_stay_internal(site: Site) -> None:
    site.options = WARN
    site.write("postmortems/a.md", f"---\ninternal: {{impact: {HIDDEN}}}\n{PAGE[4:]}")
    (site.root / "hook.py").write_text(META, encoding="utf-8")

    built = site.build(hooks=["hook.py"])

    assert published(site) == (True, False)
    assert any("PM704" in text for text in built.messages(logging.ERROR))


def test_plugins_get_the_front_matter_of_the_audience(site: Site) -> None:
    site.options = WARN
    text = with_line(f"  internal: {{services: [{HIDDEN}]}}").replace(f"{HIDDEN} saw", "Nobody saw")
    site.write("postmortems/a.md", text.replace("---\ntitle", "---\ndate: 2026-03-14\ntitle"))
    (site.root / "hook.py").write_text(META, encoding="utf-8")

    built = site.build(hooks=["hook.py"])

    assert published(site) == (True, False)
    assert '"date": "2026-03-14"' in built.page()
    assert '"severity": "SEV2"' in built.page()


@pytest.mark.parametrize("on_error", ["warn", "fail"])
@pytest.mark.parametrize("path", ["postmortems/a.md", "guide.md"])
def test_an_open_block_hides_the_rest_of_any_page(site: Site, path: str, on_error: str) -> None:
    site.options = {**WARN, "on_error": on_error}
    site.write(path, f"{PAGE}\n<!-- internal -->\n## {HIDDEN}\n\n{HIDDEN}\n")

    built = site.build()

    assert (built.error is not None) == (on_error == "fail")
    assert published(site)[1] is False
    (message,) = [text for text in built.messages(logging.ERROR) if "PM701" in text]
    assert f"{path}:37:1" in message


def test_a_block_that_another_plugin_writes_is_left_out(site: Site) -> None:
    (site.root / "hook.py").write_text(
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        f"    text = '# Made\\n\\n<!-- internal -->{HIDDEN}<!-- /internal -->\\n'\n"
        "    files.append(File.generated(config, 'made.md', content=text))\n"
        "    return files\n"
        "def on_page_markdown(markdown, page, **_):\n"
        f"    return markdown + '\\n<!-- internal -->{HIDDEN}<!-- /internal -->\\n'\n",
        encoding="utf-8",
    )

    built = site.build(hooks=["hook.py"])

    assert "Made" in built.page("made")
    assert published(site)[1] is False


def test_a_marker_that_comes_through_fails_the_build(site: Site) -> None:
    (site.root / "hook.py").write_text(
        "def on_page_content(html, **_):\n"
        f"    return html + '<!-- internal -->{HIDDEN}<!-- /internal -->'\n",
        encoding="utf-8",
    )

    built = site.build(hooks=["hook.py"])

    assert published(site)[1] is False
    assert built.error is not None
    assert any("index.html has a marker" in text for text in built.messages(logging.ERROR))


def test_the_public_view_is_checked_too(site: Site, page: Page) -> None:
    text = page(("## Root cause", "<!-- internal -->\n## Root cause"))
    text = text.replace("## Corrective", "<!-- /internal -->\n## Corrective")
    site.write("postmortems/a.md", text)

    built = site.build()

    (message,) = [text for text in built.messages() if "PM706" in text and "resolution" in text]
    assert "In what the public sees: There is no section on the resolution." in message


@pytest.mark.parametrize(
    ("opening", "closing", "code"),
    [
        ("<!-- internal -->", "<!-- /Internal -->", "PM704"),
        ("<!-- internal -->", "", "PM701"),
        ("<!-- internal -->\n\n<!-- internal -->", "<!-- /internal -->", "PM702"),
        ("", "<!-- /internal -->", "PM703"),
    ],
)
def test_a_faulty_marker_is_reported_without_what_follows_from_it(
    site: Site, page: Page, opening: str, closing: str, code: str
) -> None:
    text = page(("## Root cause", f"{opening}\n\n## Root cause"))
    site.write("postmortems/a.md", text.replace("## Corrective", f"{closing}\n\n## Corrective"))

    found = " ".join(site.build().messages())

    assert code in found
    assert "PM706" not in found


def test_a_field_that_the_schema_keeps_internal_is_not_missed(site: Site, page: Page) -> None:
    (site.root / "s.yaml").write_text(
        "$ref: https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json\n"
        "properties: {customer: {x-postmortem: {visibility: internal}}}\nrequired: [customer]\n",
        encoding="utf-8",
    )
    site.options = {"schema": "s.yaml"}
    site.write("postmortems/a.md", page(("  id:", f"  customer: {HIDDEN}\n  id:")))

    built = site.build()

    assert built.error is None
    assert published(site) == (True, False)
    assert not any("PM706" in text for text in built.messages())


@pytest.mark.parametrize(
    "schema",
    [
        "properties: {impact: {x-postmortem: {visibility: internal}}}",
        "$defs: {a: {x-postmortem: {visibility: internal}}}",
        "properties: {a: {x-postmortem: {visibility: intern}}}",
        "properties: {a: {x-postmortem: {visibilty: internal}}}",
        "properties: {a: {properties: {b: {x-postmortem: {visibility: internal}}}}}",
    ],
)
def test_a_schema_cannot_seem_to_hide_something(site: Site, schema: str) -> None:
    file = site.root / "s.yaml"
    file.write_text(
        f"$ref: https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json\n{schema}\n",
        encoding="utf-8",
    )

    with pytest.raises(CustomSchemaError, match="x-postmortem"):
        load_schemas(file)


def test_a_schema_that_broke_while_serving_hides_all_of_its_fields(site: Site, page: Page) -> None:
    site.options = {**WARN, "schema": "s.yaml"}
    (site.root / "s.yaml").write_text("properties: [", encoding="utf-8")
    site.write("postmortems/a.md", page(("  id:", f"  customer: {HIDDEN}\n  id:")))

    site.build(command="serve")

    assert published(site) == (True, False)


def test_a_wrong_audience_is_an_error(site: Site) -> None:
    site.options = {"audience": "everybody"}

    assert site.build().error is not None


HEAD = "postmortem:\n  visibility: internal\n  id: a\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("postmortems/a.md", f"---\n{HEAD.title()}---\n# {HIDDEN}\n"),
        ("postmortems/a.md", f"---\n{HEAD.replace('postmortem', 'post-mortem')}---\n# {HIDDEN}\n"),
        ("outages/a.md", f"---\n{HEAD.replace('postmortem', 'Postmortems')}---\n# {HIDDEN}\n"),
        ("postmortems/a.md", f"---\n---\n{HEAD}---\n# {HIDDEN}\n"),
        ("postmortems/a.md", f'+++\n[postmortem]\nvisibility = "internal"\n+++\n# {HIDDEN}\n'),
        ("postmortems/a.md", f'{{"postmortem": {{"visibility": "internal"}}}}\n\n# {HIDDEN}\n'),
        ("postmortems/a.md", f"visibility: internal\nid: a\n\n# {HIDDEN}\n"),
        ("postmortems/a.md", f"---\n{HEAD}  visibility: public\n---\n# {HIDDEN}\n"),
        (
            "postmortems/a.md",
            f"---\nx: &x {{visibility: internal}}\npostmortem:\n  <<: *x\n---\n# {HIDDEN}\n",
        ),
        ("guide.md", f"---\ntitle: G <!-- internal -->{HIDDEN}<!-- /internal -->\n---\n# G\n"),
        ("guide.md", f"---\ntags: ['<!-- internal -->{HIDDEN}<!-- /internal -->']\n---\n# G\n"),
    ],
)
def test_in_doubt_a_page_is_hidden_and_an_error(site: Site, path: str, text: str) -> None:
    site.options = WARN
    site.write(path, text)

    built = site.build()

    assert built.error is None
    assert published(site, path.removesuffix(".md")) == (False, False)
    assert any(path in text and "PM" in text for text in built.messages(logging.ERROR))


def test_a_page_with_internal_in_its_prose_is_in_no_doubt(site: Site) -> None:
    site.options = WARN
    site.write("postmortems/a.md", PAGE.replace("We look", "Error: internal server error. We look"))
    site.write("guide.md", "# Guide\n\nVisibility: internal traffic is not visible.\n")

    site.build()

    assert published(site)[0] is True
    assert published(site, "guide")[0] is True
