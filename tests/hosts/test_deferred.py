"""What pages say between their conversion and their theme, and what searches and plugins get."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from drawn_site import Built, Site

from mkdocs_postmortem.hosts.mkdocs.deferred import Deferred

Page = Callable[..., str]
SEES = """
seen = {}

def on_page_content(html, page, **_):
    seen[page.file.src_uri] = html
    return html

def on_post_build(config, **_):
    import pathlib
    text = "".join(seen.values())
    pathlib.Path(config.site_dir, "seen.html").write_text(text, encoding="utf-8")
"""
BEHIND = """
def on_post_page(output, page, config):
    with open(config.site_dir + "/late.html", "a", encoding="utf-8") as file:
        file.write(page.content)
    return output
"""
WAITS = """
def on_post_build(config):
    from pathlib import Path
    Path(config.site_dir, "waited.html").write_text(WAITED["a"], encoding="utf-8")

WAITED = {}

def on_nav(nav, config, files):
    WAITED["files"] = files

def on_post_template(output, template_name, config):
    page = WAITED["files"].get_file_from_path("postmortems/a.md").page
    WAITED["a"] = page.content
    return output
"""


@pytest.fixture
def pages(site: Site, page: Page) -> Site:
    site.write("postmortems/a.md", page())
    return site


def with_hook(site: Site, code: str) -> Built:
    hook = site.root / "hook.py"
    hook.write_text(code, encoding="utf-8")
    return site.build(hooks=[str(hook)])


def test_a_search_reads_the_words_of_box_and_timeline(pages: Site) -> None:
    built = pages.build(plugins=["search", {"postmortem": {"today": "2026-11-24"}}])
    index = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))
    text = " ".join(doc["text"] for doc in index["docs"] if doc["location"] == "postmortems/a/")

    assert "SEV2" in text
    assert "Misleading path" in text
    assert "pm-" not in text


def test_a_hook_that_reads_content_gets_all_of_it(pages: Site) -> None:
    before = pages.build().page()

    built = with_hook(pages, SEES)
    seen = (built.folder / "seen.html").read_text("utf-8")

    assert 'class="pm-summary' in seen
    assert 'class="pm-entry__head"' in seen
    assert built.page() == before


def test_a_hook_behind_the_theme_gets_all_of_it(pages: Site) -> None:
    built = with_hook(pages, BEHIND)

    assert 'class="pm-summary' in (built.folder / "late.html").read_text("utf-8")


def test_content_waits_without_its_fragments(pages: Site) -> None:
    built = with_hook(pages, WAITS)

    waited = (built.folder / "waited.html").read_text("utf-8")
    assert "The deploy lowers the pool size." in waited
    assert "Misleading path" in waited
    assert "pm-entry__head" not in waited


def test_an_authors_comment_is_no_slot(site: Site, page: Page) -> None:
    comments = "## Timeline\n\n<!--pm:0--> mine\n\n<!--pm--> too <!--/pm-->\n"
    site.write("postmortems/a.md", page(("## Timeline\n", comments)))

    built = site.build()

    assert "mine" in built.main()
    assert "too" in built.main()
    assert built.main().count('class="pm-entry__head"') == 7
    assert built.main().count('<section class="pm-summary') == 1


def test_content_comes_back_as_it_was() -> None:
    content = "<h1>T</h1><!--pm--><p>→ é</p><!--/pm-->text<!--pm--><b>x</b><!--/pm-->"
    deferred = Deferred()
    deferred.begin(is_early=False)

    short = deferred.put_aside("a.md", content)
    whole = deferred.put_back("a.md", short.replace("text", "TEXT"))

    assert short == "<h1>T</h1><!--pm:0-->→ é<!--/pm-->text<!--pm:1-->x<!--/pm-->"
    assert whole == "<h1>T</h1><p>→ é</p>TEXT<b>x</b>"
    assert deferred.short("a.md", whole) == short.replace("text", "TEXT")


def test_a_list_waits_behind_its_title() -> None:
    deferred = Deferred()
    deferred.begin(is_early=False)
    deferred.keep("a.md", {0: "<ul>→</ul>"})
    content = "<h1>T</h1><h2>By year</h2><!--pm:0--><!--/pm-->"

    short = deferred.put_aside("a.md", content, is_list=True)

    assert "By year" not in short
    assert deferred.put_aside("a.md", short, is_list=True) == short
    assert deferred.put_back("a.md", short) == "<h1>T</h1><h2>By year</h2><ul>→</ul>"


def test_an_unknown_number_is_an_authors() -> None:
    deferred = Deferred()
    deferred.begin(is_early=False)
    deferred.keep("a.md", {0: "x"})

    assert deferred.put_back("a.md", "<!--pm:7-->a<!--/pm-->") == "<!--pm:7-->a<!--/pm-->"


def test_a_page_that_is_converted_again_has_its_new_fragments() -> None:
    deferred = Deferred()
    deferred.begin(is_early=True)

    for text in ("one", "two"):
        short = deferred.put_aside("a.md", f"<!--pm--><b>{text}</b><!--/pm-->")
        assert deferred.put_back("a.md", short) == f"<b>{text}</b>"
