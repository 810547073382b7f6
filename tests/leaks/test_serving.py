"""A server forgets what becomes internal while it runs, and shows it again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from drawn_site import PAGE, Site
from mkdocs.config.defaults import MkDocsConfig

WORD = "zq101wv"
PUBLIC = PAGE.replace("We look", f"[{WORD}](graph.png) We look").replace("id: PM-1", "id: PM-7")
EDITS = {
    "page": ("postmortem:\n", "postmortem:\n  visibility: internal\n"),
    "line": (
        f"[{WORD}](graph.png)",
        f"<!-- internal -->[{WORD}](graph.png)<!-- /internal -->",
    ),
}


@pytest.fixture(autouse=True)
def _server() -> Iterator[None]:
    """MkDocs keeps plugins between the builds of a process."""
    MkDocsConfig.plugins.plugin_cache = {}
    yield
    MkDocsConfig.plugins.plugin_cache = {}


@pytest.mark.parametrize("dirty", [False, True])
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
@pytest.mark.parametrize("edit", ["page", "line"])
def test_what_turns_internal_is_served_no_more(
    site: Site, edit: str, theme: str, dirty: bool
) -> None:
    site.options = {"on_error": "warn"}
    site.config = {"theme": {"name": theme}, "plugins": ["search", {"postmortem": site.options}]}
    site.write("index.md", "# Home\n\n[all](postmortems/index.md)\n")
    site.write("postmortems/b.md", PAGE.replace("id: PM-1", "id: PM-2\n  related: PM-7"))
    site.write("postmortems/graph.png", b"\x89PNG")

    def served(text: str) -> set[str]:
        site.write("postmortems/a.md", text)
        built = site.build("serve", dirty=dirty)
        assert built.error is None
        files = [file for file in built.folder.rglob("*") if file.is_file()]
        return {
            file.relative_to(built.folder).as_posix()
            for file in files
            if file.suffix not in (".png", ".gz") and WORD.encode() in file.read_bytes()
        }

    public = served(PUBLIC)
    assert "postmortems/a/index.html" in public
    assert served(PUBLIC.replace(*EDITS[edit])) == set()
    assert (site.root / "site/postmortems/a/index.html").exists() == (edit != "page")
    assert served(PUBLIC) == public
    page = site.root / "site/postmortems/b/index.html"
    assert "PM707" not in page.read_text(encoding="utf-8")
