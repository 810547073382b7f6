"""The configuration that is derived for Zensical, and the folder that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from drawn_site import PAGE

from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.project.generated import generate
from mkdocs_postmortem.project.project import load_project
from mkdocs_postmortem.project.zensical import Staging

DEFAULT = "abbr: {}\npymdownx.emoji:\n  emoji_index: !!python/name:zensical.emoji ''\n"
PLUGIN = "plugins:\n  - postmortem:\n      timezone: UTC\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in ("index.md", "guide/b.md", "guide/index.md", "a.md", "on-call/x.md"):
        (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / path).write_text("# Page\n")
    (tmp_path / "docs/postmortems").mkdir()
    (tmp_path / "docs/postmortems/one.md").write_text(PAGE)
    (tmp_path / "docs/logo.svg").write_text("<svg/>")
    return tmp_path


def stage(root: Path, config: str, text: str) -> tuple[Staging, str, list[str]]:
    file = root / config
    file.write_text(text, encoding="utf-8")
    project = load_project(file)
    checker = project.checker()
    site = check_site(project.files(), checker)
    made = generate(project, site, checker, "postmortems", project.strangers("postmortems", ()))
    staging = Staging(file)
    staging.fill(project, site, made)
    added = staging.configure(project, site, made, DEFAULT)
    return staging, staging.config.read_text(encoding="utf-8"), added


def files(folder: Path) -> set[str]:
    return {item.relative_to(folder).as_posix() for item in folder.rglob("*") if item.is_file()}


def test_docs_and_generated_pages_are_put_together_and_the_docs_stay(root: Path) -> None:
    before = files(root / "docs")

    staging, *_ = stage(root, "mkdocs.yml", f"site_name: Docs\n{PLUGIN}")

    assert files(root / "docs") == before
    assert before | {"postmortems/index.md", "postmortems/tasks.md"} <= files(staging.docs)
    (root / "docs/a.md").unlink()
    (root / "docs/index.md").write_text("# Changed\n")
    stage(root, "mkdocs.yml", f"site_name: Docs\n{PLUGIN}")
    assert "a.md" not in files(staging.docs)
    assert (staging.docs / "index.md").read_text() == "# Changed\n"


def test_the_watched_file_changes_with_the_archive_only(root: Path) -> None:
    text = f"site_name: Docs\n{PLUGIN}"
    mark = stage(root, "mkdocs.yml", text)[0].root / ".postmortem/state"
    first = mark.stat().st_mtime

    (root / "docs/a.md").write_text("# Another\n")
    stage(root, "mkdocs.yml", text)
    assert mark.stat().st_mtime == first
    (root / "docs/postmortems/one.md").write_text(PAGE.replace("was down", "was slow"))
    stage(root, "mkdocs.yml", text)

    assert mark.stat().st_mtime != first


def test_the_automatic_navigation_leaves_out_postmortems(root: Path) -> None:
    _, text, added = stage(root, "mkdocs.yml", f"site_name: Docs\n{PLUGIN}")

    assert yaml.safe_load(text.replace("!!python/name:zensical.emoji", ""))["nav"] == [
        "index.md",
        "a.md",
        {"Guide": ["guide/index.md", "guide/b.md"]},
        {"On call": ["on-call/x.md"]},
        {"Postmortems": ["postmortems/index.md"]},
    ]
    assert "nav: all pages but the postmortems" in added


def test_tags_inheritance_and_the_sites_own_lists_are_kept(root: Path) -> None:
    (root / "base.yml").write_text(
        "extra_css: [own.css]\ntheme:\n  name: material\n  font: false\n"
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:a.b\n  - mkdocs_postmortem\n"
    )
    own = f"INHERIT: base.yml\nsite_name: !ENV [NAME, Docs]\nrepo_url: https://github.com/a/b\n{PLUGIN}"

    _, text, _ = stage(root, "mkdocs.yml", f"{own}nav: [index.md]\ntheme:\n  language: de\n")

    assert "!ENV" in text
    assert "!!python/name:a.b" in text
    data = yaml.safe_load(text.replace("!ENV", "").replace("!!python/name:a.b", ""))
    assert data["extra_css"] == ["own.css", "postmortems/assets/postmortem.css"]
    assert data["theme"] == {"name": "material", "font": False, "language": "de"}
    assert [*map(str, data["markdown_extensions"])][1:] == [
        "{'mkdocs_postmortem': {'config_file': 'mkdocs.yml', 'generated': '.postmortem/docs'}}"
    ]
    assert data["nav"] == ["index.md"]
    assert data["edit_uri"] == "edit/master/docs/"
    assert "INHERIT" not in data


def test_a_toml_configuration_keeps_zensicals_own_extensions(root: Path) -> None:
    config = (
        '[project]\nsite_name = "Docs: all"\n[project.plugins.postmortem]\ntoday = 2026-11-24\n'
    )

    _, text, added = stage(root, "zensical.toml", config)

    assert "!!python/name:zensical.emoji" in text
    data = yaml.safe_load(text.replace("!!python/name:zensical.emoji", ""))
    assert data["site_name"] == "Docs: all"
    assert [*data["markdown_extensions"]] == ["abbr", "pymdownx.emoji", "mkdocs_postmortem"]
    assert added[0] == "extra_css: postmortems/assets/postmortem.css"
