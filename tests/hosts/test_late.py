"""What pages say between their conversion and their theme, and what searches and plugins get."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from drawn_site import Built, Site

Page = Callable[..., str]
# A hook that writes down what it reads of each page in an event.
READS = {
    "on_page_content": "def on_page_content(html, page, **_):\n    note(page, html)\n",
    "on_env": """
def on_env(env, config, files):
    for file in files.documentation_pages():
        note(file.page, file.page.content)
""",
    "on_page_context": """
def on_page_context(context, page, **_):
    note(page, page.content)
""",
    "on_post_page": """
def on_post_page(output, page, **_):
    note(page, page.content)
""",
}
NOTE = """
SEEN = {}

def note(page, text):
    SEEN[page.file.src_uri] = text

def on_post_build(config):
    from pathlib import Path
    Path(config.site_dir, "seen.html").write_text(SEEN["postmortems/a.md"], encoding="utf-8")
"""
WAITS = """
def on_nav(nav, config, files):
    FILES.append(files)

FILES = []

def on_post_template(output, template_name, config):
    page = FILES[-1].get_file_from_path("postmortems/a.md").page
    note(page, page.content)
"""


@pytest.fixture
def pages(site: Site, page: Page) -> Site:
    site.write("postmortems/a.md", page())
    return site


def with_hook(site: Site, code: str, search: bool = False) -> Built:
    hook = site.root / "hook.py"
    hook.write_text(NOTE + code, encoding="utf-8")
    plugins = [*(["search"] if search else []), {"postmortem": {"today": "2026-11-24"}}]
    return site.build(hooks=[str(hook)], plugins=plugins)


def entries(built: Built, location: str) -> str:
    index = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))
    return " ".join(doc["text"] for doc in index["docs"] if doc["location"].startswith(location))


@pytest.mark.parametrize("hook", ["", READS["on_env"], READS["on_page_context"]])
def test_a_search_reads_the_words_of_box_and_timeline(pages: Site, hook: str) -> None:
    built = with_hook(pages, hook or "SEEN['postmortems/a.md'] = ''", search=True)
    text = entries(built, "postmortems/a/")

    assert "SEV2" in text
    assert "Misleading path" in text
    assert "pm-" not in text
    assert "Other outages" not in text  # the links at the end of the page
    assert "SEV2" not in entries(built, "postmortems/years/")


@pytest.mark.parametrize("event", READS)
def test_a_hook_that_reads_content_gets_all_of_it(pages: Site, event: str) -> None:
    before = pages.build().page()

    built = with_hook(pages, READS[event])
    seen = (built.folder / "seen.html").read_text("utf-8")

    assert 'class="pm-summary' in seen
    assert seen.count('class="pm-entry__head"') == 7
    assert built.page() == before


def test_what_a_search_plugin_does_to_the_content_stays(pages: Site) -> None:
    built = pages.build(
        theme={"name": "material", "font": False},
        plugins=["search", {"postmortem": {"today": "2026-11-24"}}],
    )

    assert built.main().count('class="pm-entry__head"') == 7
    assert "<!--pm-" not in built.page()
    assert "<!--/pm-" not in built.page()


def test_content_waits_without_its_fragments(pages: Site) -> None:
    built = with_hook(pages, WAITS)

    waited = (built.folder / "seen.html").read_text("utf-8")
    assert "The deploy lowers the pool size." in waited
    assert "pm-entry__head" not in waited


def test_an_authors_comment_is_not_a_placeholder(site: Site, page: Page) -> None:
    comments = "## Timeline\n\n<!--pm:0--> mine\n\n<!--pm--> too <!--/pm--> &#2;pm-fragment:0&#3;\n"
    site.write("postmortems/a.md", page(("## Timeline\n", comments)))

    built = site.build(plugins=["search", {"postmortem": {"today": "2026-11-24"}}])

    assert "mine" in built.main()
    assert "too" in built.main()
    assert built.main().count('class="pm-entry__head"') == 7
    assert built.main().count('<section class="pm-summary') == 1
