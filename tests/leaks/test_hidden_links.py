"""No link, entry of the navigation, reference or post names a page that is hidden."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.address import reference_key

HIDDEN = PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n").replace(
    "id: PM-1", "id: PM-2026-099"
)
NAME = "zqhiddenwv"
# So that every form of a link would lead somewhere.
CONFIG = {"site_url": "https://site.example/sub/"}


def build(site: Site, **config: object) -> tuple[bool, set[str]]:
    """Whether the build went well, and the files that name the page."""
    site.options = {"on_error": "warn", "panel": "always"}
    site.write(f"postmortems/{NAME}.md", HIDDEN)
    built = site.build(**{**CONFIG, **config})
    assert not [text for text in built.messages(logging.WARNING) if "not found" in text]
    return built.error is None, {
        file.relative_to(built.folder).as_posix()
        for file in built.folder.rglob("*")
        if file.is_file() and file.suffix != ".gz" and NAME.encode() in file.read_bytes().lower()
    }


@pytest.mark.parametrize(
    "link",
    [
        f"[there]({NAME}.md#top)",
        f"[there](./{NAME}.md)",
        f"[there][r]\n\n[r]: {NAME}.md",
        f'<a class="x" href="{NAME}.md">there</a>',
        f"<a href='../{NAME}/'>there</a>",
        f"<a href=../{NAME}/#top>there</a>",
        f'<a href="/sub/postmortems/{NAME}/">there</a>',
        f'<a href="https://site.example/sub/postmortems/{NAME}/">there</a>',
        f"[there](https://site.example/sub/postmortems/{NAME}/index.html)",
        f"[there](http://SITE.example/sub/postmortems/{NAME})",
        f'<div markdown="1" ><a href="../{NAME.upper()}/">there</a></div>',
        f'[there](../postmortems/{NAME}.md "Title")',
    ],
)
def test_a_link_to_a_hidden_page_becomes_its_text(site: Site, link: str) -> None:
    site.write("postmortems/a.md", f"{PAGE}\n## More\n\nSee {link}\n")

    assert build(site) == (True, set())
    assert "there" in Path(site.root, "site/postmortems/a/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "link",
    [
        f"<https://site.example/sub/postmortems/{NAME}/>",
        f"[{NAME}]({NAME}.md)",
        f"[`{NAME}.md`]({NAME}.md)",
        f"[**../postmortems/{NAME}.md**]({NAME}.md)",
        f"![{NAME}.md]({NAME}.md)",
    ],
)
def test_a_link_with_the_address_as_its_text_leaves_neither(site: Site, link: str) -> None:
    site.write("postmortems/a.md", f"{PAGE}\n## More\n\nSee {link} there.\n")

    assert build(site) == (True, set())


@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize(
    "link",
    [
        "[[{}]]",
        "<p data-target='../{}/'>x</p>",
        "<a ping=../{}/>x</a>",
        "<i title='0;url={}/'>",
        "<style>a {{ background: url(../{}/) }}</style>",
    ],
)
def test_the_name_of_a_hidden_file_alone_is_a_leak(site: Site, link: str, is_written: bool) -> None:
    text = link.format("zq-hidden-7wv") if is_written else "Text."
    site.write("postmortems/a.md", f"{PAGE}\n## More\n\n{text}\n")
    (site.root / "hook.py").write_text(
        f"def on_post_page(output, **_):\n    return output + {link.format('zq-hidden-7wv')!r}\n",
        encoding="utf-8",
    )
    site.options = {"on_error": "warn"}
    site.write("postmortems/zq-hidden-7wv.md", HIDDEN)

    built = site.build(hooks=["hook.py"])

    assert built.error is not None
    assert not list(built.folder.rglob("*.html"))


@pytest.mark.parametrize(
    "entry",
    [
        f"postmortems/{NAME}.md",
        f"./postmortems/{NAME}.md",
        f"postmortems\\{NAME}.md",
        f"/postmortems/{NAME}.md",
        f"postmortems/../postmortems/{NAME}.md",
        f"https://site.example/sub/postmortems/{NAME}/",
        f"/sub/postmortems/{NAME}/",
    ],
)
def test_the_navigation_names_no_hidden_page(site: Site, entry: str) -> None:
    nav = [{"Home": "index.md"}, {"More": [{f"About {NAME}": entry}]}]
    site.write("index.md", "# Home\n")

    assert build(site, nav=nav) == (True, set())


def test_a_navigation_that_another_plugin_makes_is_filtered_too(site: Site) -> None:
    site.write("index.md", "# Home\n")
    (site.root / "hook.py").write_text(
        "from mkdocs.structure.nav import Link, Section\n"
        "def on_nav(nav, **_):\n"
        f"    link = Link('About {NAME}', '/sub/postmortems/{NAME}/')\n"
        "    nav.items.append(Section('More', [link]))\n"
        "    return nav\n",
        encoding="utf-8",
    )

    assert build(site, hooks=["hook.py"]) == (True, set())


@pytest.mark.parametrize(
    "reference", ["PM-2026-099", "pm-2026-099", "PM 2026 099 ", f"postmortems/{NAME}.md", NAME]
)
def test_a_reference_to_a_hidden_outage_goes_however_it_is_spelt(
    site: Site, reference: str
) -> None:
    site.write("postmortems/a.md", PAGE.replace("  id: PM-1\n", f'  related: ["{reference}"]\n'))

    ok, named = build(site)

    text = Path(site.root, "site/postmortems/a/index.html").read_text(encoding="utf-8")
    assert (ok, named) == (True, set())
    assert "2026-099" not in text.lower()
    assert "2026 099" not in text


@pytest.mark.parametrize("plugins", [["blog", "search"], ["search", "blog"]])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_internal_post_of_a_blog_is_not_published(
    site: Site, plugins: list[str], is_first: bool
) -> None:
    site.options = {"on_error": "warn"}
    site.write("blog/index.md", "# Blog\n")
    site.write("blog/posts/open.md", "---\ndate: 2026-03-01\n---\n# Open\n\nText.\n")
    post = HIDDEN.replace("---\n", "---\ndate: 2026-03-01\n", 1).replace("We look", f"{NAME} looks")
    site.write("blog/posts/secret.md", post)
    ours = {"postmortem": {"today": "2026-11-24", **site.options}}

    built = site.build(
        theme={"name": "material", "font": False},
        plugins=[ours, *plugins] if is_first else [*plugins, ours],
    )

    assert built.error is None
    assert "Open" in built.page("blog")
    files = [file for file in built.folder.rglob("*") if file.is_file()]
    assert not [file for file in files if NAME.encode() in file.read_bytes()]


@pytest.mark.parametrize("name", ["summary", "timeline"])
@pytest.mark.parametrize("typed", ["PM-2026-099", "pm 2026 099", "PM-2026-098", f"{NAME}.md"])
def test_a_directive_reveals_no_hidden_id(site: Site, name: str, typed: str) -> None:
    site.write("talk.md", f"# Talk\n\n<!-- postmortem:{name} {{id: {typed}}} -->\n")

    build(site)

    shown = Path(site.root, "site/talk/index.html").read_text(encoding="utf-8")
    assert "PM-2026-099" not in shown.upper().replace(" ", "-")
    assert ("PM602" in shown) is (typed == "PM-2026-098")


@pytest.mark.parametrize(
    "written",
    [
        "PM-2026-014",
        " pm 2026 014 ",
        "postmortems/pm-2026-014.md",
        "..\\postmortems\\PM-2026-014.md",
        "/postmortems/pm-2026-014/",
        "postmortems/pm-2026-014.html#timeline",
        "postmortems/pm-2026-014/index.html?x=1",
        "postmortems/pm-2026-014/README.md",
    ],
)
def test_a_reference_to_a_hidden_page_is_known_in_every_spelling(written: str) -> None:
    assert reference_key(written) == "pm-2026-014"


@pytest.mark.parametrize("written", ["PM-2026-015", "pm-2026-014.v2", "pm-2026-014/notes.md"])
def test_a_reference_to_another_page_is_another_one(written: str) -> None:
    assert reference_key(written) != "pm-2026-014"


@pytest.mark.parametrize(
    "link",
    [
        "See [that outage](zqhiddenwv.md#top 'Title').",
        "See ![that outage](<./zqhiddenwv.md>).",
        "See [that outage][it].\n\n[it]: ../postmortems/zqhiddenwv.md",
        'See <a href="../zqhiddenwv/">that outage</a>.',
    ],
)
def test_a_copy_of_a_page_has_no_address_of_a_hidden_one(
    site: Site, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    site.write("postmortems/a.md", PAGE.replace("The pool is a plain number.", link))
    site.write(f"postmortems/{NAME}.md", HIDDEN)
    site.write_config()
    monkeypatch.chdir(site.root)

    for target in ("gfm", "html", "confluence-storage"):
        result = CliRunner().invoke(main, ["export", "page", "PM-1", "--to", target])
        assert result.exit_code == 0, result.output
        assert "that outage" in result.stdout
        assert NAME not in result.stdout
