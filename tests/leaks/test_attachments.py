"""A file that only withheld text names is withheld as well."""

from __future__ import annotations

import logging

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog.attachments import withheld_files
from mkdocs_postmortem.catalog.audience import Withheld

HIDDEN = PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n")


@pytest.mark.parametrize(
    "link",
    [
        "![Graph](img/graph.png)",
        "![Graph](./img/graph.png 'Title')",
        "![Graph](../a/img/graph.png){ width=300 }",
        "[Graph](/a/img/graph.png?raw=1#top)",
        "[Graph][g]\n\n[g]: img/graph.png",
        "[Graph](<img/graph.png>)",
        '<img src="../img/graph.png" alt="">',
        "<img src=img/graph.png>",
        "<img srcset='img/graph.png 2x, other.png'>",
        "[Graph](img/gr%61ph.png)",
        "![](img&#47;graph.png)",
        "[[graph.png]]",
        "{{ figure('graph.png') }}",
    ],
)
def test_a_file_is_found_however_it_is_named(link: str) -> None:
    hidden = Withheld("a/h.md", tuple(enumerate(link.split("\n"), 7)), is_hidden=True)
    paths = ["a/img/graph.png", "a/img/logo.png", "a/extra.css"]

    def find(public: str, style: str = "") -> set[str]:
        texts = [("a/p.md", public), ("a/extra.css", style)]
        return withheld_files(paths, [hidden], ["a/p.md"], lambda: texts)

    assert find("Public.") == {"a/img/graph.png"}
    assert find(link) == set()
    assert find("Public.", "a { background: url(img/graph.png) }") == set()


def test_files_of_one_name_are_distinguished_by_their_folders() -> None:
    hidden = Withheld("2026/b.md", ((7, "![](img/graph.png)"),), is_hidden=True)
    paths = ["2025/img/graph.png", "2026/img/graph.png"]

    texts = [("2025/a.md", "![](img/graph.png)"), ("2026/c.md", "")]

    found = withheld_files(paths, [hidden], dict(texts), lambda: texts)

    assert found == {"2026/img/graph.png"}


def test_the_files_in_the_folder_of_a_hidden_page_are_withheld() -> None:
    hidden = Withheld("outages/acme/index.md", (), is_hidden=True)
    paths = ["outages/acme/raw/data.csv", "outages/acme/plan.png", "outages/other/a.png", "b.png"]

    texts = [("outages/index.md", "[plan](acme/plan.png)"), ("outages/other/index.md", "")]

    found = withheld_files(paths, [hidden], dict(texts), lambda: texts)

    assert found == {"outages/acme/raw/data.csv"}


def test_neither_bytes_nor_names_of_attachments_are_published(site: Site) -> None:
    site.options = {"on_error": "warn"}
    links = "![](graph.png) [rows](rows.csv) ![](../assets/logo.png) ![](shared.png)"
    site.write("index.md", "# Home\n")
    site.write("postmortems/h.md", HIDDEN.replace("We look", f"{links} We look"))
    block = "<!-- internal -->![](bill.png)<!-- /internal --> ![](shared.png)"
    site.write("postmortems/a.md", PAGE.replace("id: PM-1", "id: A").replace("We look", block))
    names = ("postmortems/graph.png", "postmortems/rows.csv", "postmortems/bill.png")
    for name in (*names, "postmortems/shared.png", "assets/logo.png", "postmortems/unnamed.png"):
        site.write(name, b"\x89PNG")

    built = site.build(theme={"name": "mkdocs", "logo": "assets/logo.png"})

    assert built.error is None
    assert [name for name in names if (built.folder / name).exists()] == []
    for kept in ("postmortems/shared.png", "assets/logo.png", "postmortems/unnamed.png"):
        assert (built.folder / kept).exists()
    assert any("and 3 of their files left out" in one for one in built.messages(logging.INFO))
    site.options["audience"] = "internal"
    assert all((site.build().folder / name).exists() for name in names)
