"""A server converts a page again only if the converter would get something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from drawn_site import Built, Site
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as HostPage

Page = Callable[..., str]
OURS = {"postmortem": {"today": "2026-11-24", "on_error": "warn"}}


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The pages that were converted, by their paths."""
    MkDocsConfig.plugins.plugin_cache = {}  # the plugin of another test has another cache
    found: list[str] = []
    render = HostPage.render

    def counted(page: HostPage, *args: Any) -> None:
        found.append(page.file.src_uri)
        render(page, *args)

    monkeypatch.setattr(HostPage, "render", counted)
    yield found
    MkDocsConfig.plugins.plugin_cache = {}


@pytest.fixture
def archive(site: Site, page: Page) -> Site:
    site.write("postmortems/a.md", page())
    again = page(("PM-1", "PM-2\n  related: [PM-1]"), ("was down", "again"), ("-14", "-15"))
    site.write("postmortems/b.md", again)
    return site


def serve(site: Site, **options: Any) -> Built:
    built = site.build(command="serve", plugins=[OURS], **options)
    assert built.error is None
    return built


def test_after_an_edit_one_page_is_converted(
    archive: Site, page: Page, converted: list[str]
) -> None:
    before = serve(archive).main("postmortems/b/")
    converted.clear()

    archive.write("postmortems/a.md", page(("was down", "was slow")))
    after = serve(archive).main("postmortems/b/")

    assert [path for path in converted if path != "index.md"] == ["postmortems/a.md"]
    # What a page shows of others is never old.
    assert "was slow" in after
    assert "was slow" not in before


def test_a_page_with_another_pages_text_is_converted_with_it(
    archive: Site, page: Page, converted: list[str]
) -> None:
    serve(archive)
    converted.clear()

    archive.write("postmortems/a.md", page(("Check the number", "Check the **pool**")))
    built = serve(archive)

    assert "postmortems/a.md" in converted
    assert "postmortems/tasks.md" in converted
    assert "postmortems/b.md" not in converted
    assert "Check the <strong>pool</strong>" in built.page("postmortems/tasks/")


def test_a_new_page_may_be_where_a_link_leads(
    archive: Site, page: Page, converted: list[str]
) -> None:
    archive.write(
        "postmortems/a.md", page(("## Timeline\n", "See [it](../new.md).\n\n## Timeline\n"))
    )
    first = serve(archive)
    again = serve(archive)
    archive.write("new.md", "# New\n")
    last = serve(archive)

    # What was said of a page is said as long as it is so.
    for built, is_said in ((first, True), (again, True), (last, False)):
        assert any("new.md" in text for text in built.messages()) is is_said


def test_an_extension_that_may_read_files_has_pages_converted_each_time(
    archive: Site, converted: list[str]
) -> None:
    options = {"markdown_extensions": ["pymdownx.snippets"]}
    built = serve(archive, **options)
    converted.clear()
    serve(archive, **options)

    assert "postmortems/b.md" in converted
    logged = [record.getMessage() for record in built.log]
    assert any("because of the extension pymdownx.snippets" in text for text in logged)


def test_a_build_keeps_no_conversion(archive: Site, converted: list[str]) -> None:
    for _ in range(2):
        converted.clear()
        assert archive.build(plugins=[OURS]).error is None
        assert "postmortems/b.md" in converted
