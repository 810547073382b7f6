"""What plugins beside ours get to know of made pages; `make hosts` runs the plugins themselves."""

from __future__ import annotations

import json

import pytest
from drawn_site import PAGE, Site

# A plugin under the name of another, with the attributes that ours looks at.
HOOK = """
from mkdocs.plugins import BasePlugin

class Beside(BasePlugin):
    current_language = {language!r}
    default_language = "en"

def on_config(config):
    config.plugins[{name!r}] = Beside()

def on_page_context(context, page, config, nav):
    print("seen", page.file.src_uri, page.meta.get("draft"))
"""


def beside(site: Site, name: str, language: str | None = None) -> str:
    hook = site.root / "hook.py"
    hook.write_text(HOOK.format(name=name, language=language), encoding="utf-8")
    site.write("postmortems/a.md", PAGE)
    return str(hook)


def test_made_pages_lie_in_the_language_that_is_built(site: Site) -> None:
    built = site.build(hooks=[beside(site, "i18n", "de")])

    index = built.page("de/postmortems/")
    assert "Vorfälle" in index
    assert 'href="services/checkout/"' in index
    assert 'href="../../postmortems/a/"' in index
    assert (built.folder / "de/postmortems/services/checkout/index.html").exists()
    data = json.loads((built.folder / "de/postmortems/postmortems.json").read_text("utf-8"))
    assert len(data["postmortems"]) == 1
    assert not (built.folder / "postmortems/index.html").exists()
    # All languages share them.
    assert (built.folder / "assets/mkdocs-postmortem/postmortem.css").exists()


def test_the_default_language_stays_where_it_is(site: Site) -> None:
    built = site.build(hooks=[beside(site, "i18n", "en")])

    assert "Postmortems" in built.page("postmortems/")
    assert not (built.folder / "en").exists()


@pytest.mark.parametrize("name", ["rss", "other"])
def test_made_pages_stay_out_of_the_feeds_of_rss(
    site: Site, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.build(hooks=[beside(site, name)])

    seen = capsys.readouterr().out
    assert ("seen postmortems/tasks.md True" in seen) is (name == "rss")
    assert "seen postmortems/a.md None" in seen


def test_icons_have_a_size_without_our_stylesheet(site: Site) -> None:
    # Backstage's reader takes it away; a picture without a size fills the page then.
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    icons = built.page().count('<svg class="pm-icon"')
    assert icons
    assert built.page().count('width="18" height="18"') == icons


@pytest.mark.parametrize(("language", "count"), [("en", 1), ("de", 0)])
def test_an_excluded_page_is_named_with_the_default_language(
    site: Site, language: str, count: int
) -> None:
    hook = beside(site, "i18n", language)
    site.write("old/b.md", PAGE)

    built = site.build(hooks=[hook], exclude_docs="old/\n")

    assert sum("PM007" in text for text in built.messages()) == count


CONVERTS_INSIDE = """
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Inside(Preprocessor):
    def run(self, lines):
        inner = Markdown(extensions=self.extensions)
        inner.treeprocessors.register(self.md.treeprocessors["relpath"], "relpath", 0)
        return [*lines, "", self.md.htmlStash.store(inner.convert("A docstring."))]

class Beside(Extension):
    def extendMarkdown(self, md):
        inside = Inside(md)
        inside.extensions = list(self.extensions)
        md.preprocessors.register(inside, "inside", 5)

def on_config(config):
    beside = Beside()
    beside.extensions = list(config["markdown_extensions"])
    config["markdown_extensions"].append(beside)
"""


def test_a_conversion_inside_a_page_gets_no_parts_of_the_page(
    site: Site,
) -> None:
    # mkdocstrings converts docstrings with all extensions and the page that they are on.
    (site.root / "hook.py").write_text(CONVERTS_INSIDE, encoding="utf-8")
    site.write("postmortems/a.md", PAGE)

    built = site.build(hooks=["hook.py"])

    assert "A docstring." in built.page()
    assert built.page().count('class="pm-summary') == 1
