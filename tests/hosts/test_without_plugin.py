"""The Markdown extension where no plugin feeds it: it finds the page and its archive by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mkdocs_postmortem.catalog import check_pages
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.hosts.markdown import standalone

TOML = """\
[project]
site_name = "Docs"
[project.theme]
custom_dir = "overrides"
[project.plugins.postmortem]
today = 2026-11-24
rules = {length = "off", no-misleading-path = "off", task-overdue = "off"}
"""


class Context(Extension):
    """The page as Zensical 0.1 leaves it; `make hosts` runs Zensical itself."""

    def __init__(self, root: Path, path: str) -> None:
        super().__init__()
        self.root, self.path = root, path

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        holder: Any = Preprocessor(md)
        holder.page = type("Page", (), {"path": self.path, "meta": {}})()
        holder.config = {"root_dir": str(self.root)}
        holder.run = lambda lines: lines
        md.preprocessors.register(holder, "rendering_context", 0)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zensical.toml").write_text(TOML)
    (tmp_path / "docs/postmortems").mkdir(parents=True)
    (tmp_path / "docs/postmortems/a.md").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(standalone, "_SECONDS", 0.0)
    return tmp_path


def render(root: Path, path: str, **options: Any) -> str:
    text = (root / "docs" / path).read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    return Markdown(
        extensions=[Context(root, path), "mkdocs_postmortem", "tables"],
        extension_configs={"mkdocs_postmortem": options},
    ).convert(body)


def generate(*arguments: str) -> None:
    done = CliRunner().invoke(main, ["generate", "--today", "2026-11-24", *arguments])
    assert done.exit_code == 0, done.output


def test_a_page_gets_its_box_and_timeline(root: Path) -> None:
    page = render(root, "postmortems/a.md")

    assert 'class="pm-summary pm-rank-2"' in page
    assert 'id="t-0912"' in page
    assert "pm-pager__index" not in page


def test_made_pages_hold_the_lists_and_link_to_each_other(root: Path) -> None:
    generate("outages")

    index = render(root, "outages/index.md")
    page = render(root, "postmortems/a.md")

    assert "Checkout was down" in index
    # Zensical makes addresses of them, as of every link that it finds in a rendered page.
    assert 'href="../postmortems/a.md"' in index
    assert 'href="services/checkout.md"' in index
    assert 'href="postmortems.json"' in index
    assert 'href="../outages/index.md"' in page
    assert "Check the number" in render(root, "outages/tasks.md")


def test_a_made_page_changes_with_the_archive_alone(root: Path) -> None:
    # A host that keeps rendered pages would show yesterday's list otherwise.
    generate()
    before = (root / "docs/postmortems/index.md").read_text()
    generate()
    assert (root / "docs/postmortems/index.md").read_text() == before

    (root / "docs/postmortems/b.md").write_text(PAGE.replace("PM-1", "PM-2"))
    generate()
    assert (root / "docs/postmortems/index.md").read_text() != before


def test_a_changed_file_is_read_again(root: Path) -> None:
    assert "Checkout was down" in render(root, "postmortems/a.md")
    file = root / "docs/postmortems/a.md"
    file.write_text(PAGE.replace("SEV2", "SEV1"))

    assert "pm-rank-1" in render(root, "postmortems/a.md")


def test_a_changed_page_is_current_within_the_same_second(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standalone, "_SECONDS", 1e9)
    render(root, "postmortems/a.md")
    file = root / "docs/postmortems/a.md"
    file.write_text(PAGE.replace("SEV2", "SEV1"))
    os.utime(file, ns=(1, 1))

    assert "pm-rank-1" in render(root, "postmortems/a.md")


def test_the_archive_is_read_once_for_all_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standalone, "_SECONDS", 1e9)
    reads: list[int] = []
    read = standalone.check_site
    monkeypatch.setattr(
        standalone, "check_site", lambda *all, **named: reads.append(1) or read(*all, **named)
    )
    for number in range(5):
        (root / f"docs/postmortems/{number}.md").write_text(PAGE.replace("PM-1", f"P-{number}"))

    for number in range(5):
        assert "pm-summary" in render(root, f"postmortems/{number}.md")

    assert len(reads) == 1


def test_an_unchanged_file_is_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standalone, "_SECONDS", 0.0)
    for number in range(5):
        (root / f"docs/postmortems/{number}.md").write_text(PAGE.replace("PM-1", f"P-{number}"))
    render(root, "postmortems/0.md")
    reads: list[str] = []
    read = check_pages.read_page
    monkeypatch.setattr(
        check_pages, "read_page", lambda path, *rest: reads.append(path) or read(path, *rest)
    )
    (root / "docs/postmortems/3.md").write_text(PAGE.replace("PM-1", "P-3").replace("SEV2", "SEV1"))

    assert "pm-rank-1" in render(root, "postmortems/3.md")
    assert reads == ["postmortems/3.md"]


def test_a_foreign_page_is_left_alone(root: Path) -> None:
    (root / "docs/other.md").write_text("# Other\n\n- [ ] a box\n\n- 09:12 **Started:** x\n")

    html = render(root, "other.md")
    assert "a box" in html
    assert "pm-" not in html


def test_text_that_is_not_a_page_of_a_site_is_left_alone() -> None:
    assert Markdown(extensions=["mkdocs_postmortem"]).convert("- 09:12 a") == (
        "<ul>\n<li>09:12 a</li>\n</ul>"
    )


def test_a_broken_configuration_is_reported_once(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (root / "zensical.toml").write_text(TOML.replace("today", "todya"))

    for _ in range(3):
        assert "pm-" not in render(root, "postmortems/a.md")

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "Did you mean `today`?" in caplog.text


def test_another_configuration_may_be_named(root: Path) -> None:
    (root / "zensical.toml").rename(root / "docs.toml")

    assert "pm-summary" in render(root, "postmortems/a.md", config_file="docs.toml")


def test_the_themes_templates_are_used_and_their_errors_reported(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = root / "overrides/postmortem"
    folder.mkdir(parents=True)
    (folder / "summary.html").write_text("<p>Ours</p>")
    (folder / "page_footer.html").write_text("<p>{{ nothing }}</p>")

    assert "<p>Ours</p>" in render(root, "postmortems/a.md")
    assert "page_footer.html" in caplog.text


def test_mkdocs_without_the_plugin_shows_the_boxes(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)

    built = site.build(plugins=[], markdown_extensions=["mkdocs_postmortem"])

    assert 'class="pm-summary pm-rank-2"' in built.page()


def test_with_plugin_and_extension_each_page_has_one_box(site: Site) -> None:
    # One mkdocs.yml for MkDocs and Zensical, while a team moves from one to the other.
    site.write("postmortems/a.md", PAGE)

    built = site.build(markdown_extensions=["mkdocs_postmortem"])

    assert built.page().count('class="pm-summary') == 1


def test_the_plugin_makes_anew_what_generate_has_written(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.options = {"rules": {"length": "off", "no-misleading-path": "off", "task-overdue": "off"}}
    site.write("postmortems/a.md", PAGE)
    site.write_config()
    monkeypatch.chdir(site.root)
    generate()

    built = site.build()

    assert built.messages() == []
    assert "Checkout was down" in built.page("postmortems/")
    assert 'href="services/checkout/"' in built.page("postmortems/")
