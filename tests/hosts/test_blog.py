"""Posts of Material's blog that are postmortems."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

ADDRESS = "blog/2026/03/20/checkout-was-down/"


def post(day: str = "2026-03-20", also: str = "", **changes: str) -> str:
    text = PAGE
    for old, new in changes.items():
        text = text.replace(old.replace("_", "-"), new)
    return text.replace("---\n", f"---\ndate: {day}\n{also}", 1)


@pytest.fixture
def blog(site: Site) -> Site:
    site.config = {"theme": "material", "plugins": ["search", "blog", {"postmortem": {}}]}
    site.write("blog/posts/a.md", post(also="categories: [payments]\n"))
    return site


def test_a_post_is_a_postmortem_on_its_page_and_in_the_index(blog: Site) -> None:
    blog.write("index.md", "# Home\n\n<!-- postmortem:timeline {id: PM-1} -->\n")

    built = blog.build()

    assert [text for text in built.messages() if "PM401" not in text] == []
    assert "pm-summary" in built.main(ADDRESS)
    assert "pm-timeline" in built.main(ADDRESS)
    assert f'href="../{ADDRESS}"' in built.page("postmortems/")
    assert "pm-timeline" in built.page("")


def test_the_blog_lists_the_beginning_of_a_post_as_it_was_written(blog: Site) -> None:
    built = blog.build()

    excerpt = built.main("blog/")
    assert "The deploy lowers the pool size" in excerpt
    assert "pm-timeline" not in excerpt
    assert "pm-summary" not in excerpt


def test_build_and_check_find_the_same_problems(
    blog: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.write("blog/posts/a.md", post().replace("severity: SEV2", "severity: SEV9"))
    built = blog.build()
    monkeypatch.chdir(blog.root)

    checked = CliRunner().invoke(main, ["check", "--level", "error"]).output

    (message,) = [text for text in built.messages() if "PM103" in text]
    assert "blog/posts/a.md:6:13" in message
    assert "blog/posts/a.md:6:13: error PM103" in checked


def test_nothing_of_an_internal_post_is_in_the_blog(blog: Site) -> None:
    hidden = post("2026-03-22", also="categories: [secretcategory]\n", PM_1="PM-2")
    blog.write(
        "blog/posts/hidden.md",
        hidden.replace("  id:", "  visibility: internal\n  id:").replace("was down", "secrettitle"),
    )
    block = "<!-- internal -->\nsecretblock\n<!-- /internal -->\n\n## Timeline"
    blog.write(
        "blog/posts/b.md",
        post("2026-03-23", PM_1="PM-3")
        .replace("## Timeline", block)
        .replace("  id:", "  internal: {trigger: secrettrigger}\n  id:"),
    )

    built = blog.build()

    assert built.error is None, built.messages()
    assert "pm-summary" in built.main("blog/2026/03/23/checkout-was-down/")
    assert not [file for file in _texts(built.folder) if "secret" in file.read_text("utf-8")]


def _texts(folder: Path) -> list[Path]:
    return [
        file
        for file in folder.rglob("*")
        if file.suffix in (".html", ".json", ".xml") and "assets" not in file.parts
    ]
