"""A server fills a page into the theme again only if the theme would make something else of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import jinja2
import pytest
from drawn_site import Built, Site
from mkdocs.config.defaults import MkDocsConfig

Page = Callable[..., str]
OURS = {"postmortem": {"today": "2026-11-24", "on_error": "warn"}}
A, B, TASKS = "postmortems/a.md", "postmortems/b.md", "postmortems/tasks.md"


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that went through the theme, by their paths."""
    MkDocsConfig.plugins.plugin_cache = {}  # the plugin of another test has another cache
    found: list[str] = []
    render = jinja2.Template.render

    def counted(template: jinja2.Template, *args: Any, **named: Any) -> str:
        page = dict(*args, **named).get("page")
        if hasattr(page, "file"):
            found.append(page.file.src_uri)
        return render(template, *args, **named)

    monkeypatch.setattr(jinja2.Template, "render", counted)
    yield found
    MkDocsConfig.plugins.plugin_cache = {}


@pytest.fixture
def archive(site: Site, page: Page) -> Site:
    site.write(A, page())
    site.write(
        B, page(("PM-1", "PM-2"), ("was down", "was late"), ("-14", "-15"), ("checkout", "search"))
    )
    return site


def serve(site: Site, **options: Any) -> Built:
    built = site.build(command="serve", **{"plugins": ["search", OURS], **options})
    assert built.error is None
    return built


def serve_dirty(site: Site) -> Built:
    return serve(site, dirty=True)


def override(site: Site, text: str) -> dict[str, Any]:
    folder = site.root / "overrides"
    folder.mkdir(exist_ok=True)
    (folder / "main.html").write_text(text, encoding="utf-8")
    return {"theme": {"name": "mkdocs", "custom_dir": "overrides"}}


def logged(built: Built) -> list[str]:
    return [text for text in built.messages(20) if "through the theme again" in text]


def test_after_an_edit_its_page_and_the_lists_that_name_it_are_filled(
    archive: Site, page: Page, filled: list[str]
) -> None:
    built = serve(archive)
    assert logged(built) == []
    before = built.page("postmortems/b/")
    filled.clear()

    archive.write(A, page(("SEV2", "SEV1")))
    after = serve(archive)

    assert A in filled
    assert B not in filled
    assert "postmortems/services/checkout.md" in filled
    assert "postmortems/services/search.md" not in filled
    assert after.page("postmortems/b/") == before


def test_the_index_of_a_search_has_the_entries_of_kept_pages(
    archive: Site, filled: list[str]
) -> None:
    first, again = (
        json.loads((serve(archive).folder / "search/search_index.json").read_text("utf-8"))
        for _ in range(2)
    )

    assert again == first
    assert any("The pool is a plain number" in entry["text"] for entry in again["docs"])


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{% extends 'base.html' %}", 0),
        ("{% extends 'base.html' %}{% block footer %}{{ pages | length }}{% endblock %}", 1),
        ("{% extends 'base.html' %}{% block footer %}{{ build_date_utc }}{% endblock %}", 1),
        ("{% extends 'base.html' %}{% set next = page.next_page %}{{ next.content }}", 1),
        ("{% extends 'base.html' %}{{ nav.pages | map(attribute='markdown') | join }}", 1),
        ("{% extends 'base.html' %}{{ config.plugins.search.search_index }}", 1),
    ],
)
def test_a_template_that_reads_what_no_key_has_turns_it_off(
    archive: Site, filled: list[str], template: str, number: int
) -> None:
    options = override(archive, template)
    built = serve(archive, **options)
    filled.clear()
    serve(archive, **options)

    assert len(logged(built)) == number
    assert (B in filled) is bool(number)
    assert number == 0 or "because of the template main.html" in logged(built)[0]


@pytest.mark.parametrize("event", ["on_page_context(context, **_)", "on_env(env, **_)"])
def test_a_hook_with_a_say_in_the_context_turns_it_off(
    archive: Site, filled: list[str], event: str
) -> None:
    (archive.root / "hook.py").write_text(f"def {event}:\n    pass\n", encoding="utf-8")
    built = serve(archive, hooks=["hook.py"])
    filled.clear()
    serve(archive, hooks=["hook.py"])

    assert "because of the plugin" in logged(built)[0]
    assert B in filled


def test_other_hooks_are_not_an_obstacle(archive: Site, filled: list[str]) -> None:
    (archive.root / "hook.py").write_text("def on_post_build(**_):\n    pass\n", "utf-8")
    serve(archive, hooks=["hook.py"])
    filled.clear()
    built = serve(archive, hooks=["hook.py"])

    assert logged(built) == []
    assert B not in filled


def test_what_a_theme_shows_is_never_old(archive: Site, filled: list[str]) -> None:
    options = override(archive, "{% extends 'base.html' %}{# one #}")
    for change in ("site_name: New", "nav", "template"):
        serve(archive, **options)
        filled.clear()
        if change == "nav":
            options["nav"] = [{"Home at last": "index.md"}]
            archive.write("index.md", "# Home\n")
        elif change == "template":
            override(archive, "{% extends 'base.html' %}{% block footer %}two{% endblock %}")
        else:
            options["site_name"] = "New"
        built = serve(archive, **options)
        assert B in filled, change
    assert "two" in built.page("postmortems/b/")


def test_a_build_keeps_no_output(archive: Site, filled: list[str]) -> None:
    for _ in range(2):
        filled.clear()
        assert archive.build(plugins=["search", OURS]).error is None
        assert B in filled


def test_a_dirty_build_writes_no_data_again_that_is_there(
    archive: Site, page: Page, filled: list[str]
) -> None:
    MkDocsConfig.plugins.plugin_cache = {}
    folder = serve_dirty(archive).folder / "postmortems"
    data, other = folder / "postmortems.json", folder / "records/pm-2.json"
    times = data.stat().st_mtime_ns, other.stat().st_mtime_ns

    archive.write(A, page(("SEV2", "SEV1")))
    other_text = other.read_bytes()
    serve_dirty(archive)

    assert data.stat().st_mtime_ns > times[0]
    assert (other.stat().st_mtime_ns, other.read_bytes()) == (times[1], other_text)


def test_a_dirty_build_writes_only_the_lists_again_that_name_what_has_changed(
    archive: Site, page: Page, filled: list[str]
) -> None:
    MkDocsConfig.plugins.plugin_cache = {}
    plain = page(("Shoppers saw", "Nobody saw"))
    for text in (plain, plain.replace("## ", "More prose.\n\n## ", 1)):
        # The navigation of a dirty build lacks the titles of the pages that it leaves out.
        archive.write(A, text)
        serve_dirty(archive)
    filled.clear()
    archive.write(A, plain)
    serve_dirty(archive)
    assert filled == [A]

    filled.clear()
    archive.write(A, page(("SEV2", "SEV1")))
    folder = serve_dirty(archive).folder
    assert {A, "postmortems/index.md", "postmortems/years/2026.md"} <= {*filled}
    assert "SEV1" in (folder / "postmortems/years/2026/index.html").read_text()

    (folder / "postmortems/index.html").unlink()
    serve_dirty(archive)
    assert (folder / "postmortems/index.html").is_file()
