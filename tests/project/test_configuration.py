"""The configuration of every host, read without the host."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from mkdocs_postmortem.project.configuration import ProjectError, find_config, read_config
from mkdocs_postmortem.project.project import find_project, load_project

TOML = """\
[project]
site_name = "Docs"
site_url = "https://e.example/docs"
docs_dir = "pages"
extra_css = ["a.css"]
extra_javascript = ["a.js", {path = "b.js", async = true}]

[project.theme]
custom_dir = "overrides"

[project.plugins.postmortem]
timezone = "Europe/Paris"
today = 2026-11-24

[project.markdown_extensions]
mkdocs_postmortem = {}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("docs", "pages"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_zensical_configuration_is_read(root: Path) -> None:
    (root / "zensical.toml").write_text(TOML)

    project = find_project(root / "pages")

    assert project.docs == root / "pages"
    assert project.settings.timezone is not None
    assert str(project.settings.today) == "2026-11-24"
    assert project.site_url == "https://e.example/docs/"
    assert project.custom_dirs == (root / "overrides",)
    assert project.listed("extra_javascript") == ["a.js", "b.js"]
    assert project.listed("markdown_extensions") == ["mkdocs_postmortem"]
    assert project.address("a/b.md") == "https://e.example/docs/a/b/"
    assert project.address("a/b c.json") == "https://e.example/docs/a/b%20c.json"


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml"])
def test_a_yaml_configuration_is_read(root: Path, name: str) -> None:
    (root / name).write_text("site_name: A\nplugins: [search, {postmortem: {words: [1, 2]}}]\n")

    assert find_project(root).settings.words == (1, 2)


def test_of_two_configurations_the_one_with_the_plugin_counts(root: Path) -> None:
    (root / "mkdocs.yml").write_text("site_name: A\n")
    assert find_config(root) == root / "mkdocs.yml"

    (root / "zensical.toml").write_text(TOML)
    assert find_config(root) == root / "zensical.toml"

    (root / "mkdocs.yml").write_text("site_name: A\nplugins: [postmortem]\n")
    assert find_config(root) == root / "mkdocs.yml"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[project\n", "not readable TOML"),
        ("project = 3\n", "no table|not a table"),
        ('[project.plugins.postmortem]\ntimzone = "UTC"\n', "Did you mean `timezone`"),
        ("[project.plugins.postmortem]\nwords = 3\n", "words"),
    ],
)
def test_a_broken_toml_says_what_is_wrong(root: Path, text: str, wanted: str) -> None:
    (root / "zensical.toml").write_text(text)

    with pytest.raises(ProjectError, match=wanted):
        load_project(root / "zensical.toml")


def test_a_configuration_that_is_not_utf8_says_so(root: Path) -> None:
    (root / "mkdocs.yml").write_bytes("site_name: Caf\xe9\n".encode("latin-1"))

    with pytest.raises(ProjectError, match="not UTF-8"):
        find_project(root)


def test_inherited_options_count(root: Path) -> None:
    (root / "base.yml").write_text("site_name: A\nplugins: {postmortem: {words: [1, 2]}}\n")
    (root / "mkdocs.yml").write_text("INHERIT: base.yml\nplugins: {postmortem: {folder: out}}\n")

    settings = find_project(root).settings

    assert settings.words == (1, 2)
    assert settings.folder == "out"


BASE = """
x: &x {a: 1, b: 2}
site_name: !ENV [UNSET_NAME, Base]
theme: {<<: *x, name: mkdocs, features: [a, b]}
extra: {<<: *x, b: 3, nested: {k: 1, l: [1, 2]}, day: 2026-01-02}
plugins: {search: {}, postmortem: {words: [1, 2], rules: {PM301: off}}}
"""
MIDDLE = """
INHERIT: !ENV [UNSET_FILE, base.yml]
y: &y {b: 9, c: 10}
theme: {<<: *y, locale: de}
extra: {<<: *y, nested: {l: [3]}}
"""
TOP = """
INHERIT: middle.yml
site_name: Top
extra: {nested: {m: ~}, day: null}
plugins: {postmortem: {folder: out, rules: {PM302: error}}}
"""


def test_what_is_inherited_is_read_as_mkdocs_reads_it(root: Path) -> None:
    (root / "base.yml").write_text(BASE)
    (root / "middle.yml").write_text(MIDDLE)
    (root / "mkdocs.yml").write_text(TOP)

    with (root / "mkdocs.yml").open("rb") as file:
        expected = yaml_load(file)

    assert read_config(root / "mkdocs.yml") == expected


def test_options_from_the_environment_are_read_as_the_build_reads_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "mkdocs.yml").write_text(
        'plugins: {postmortem: {timezone: !ENV [PM_TZ, "Europe/Paris"], words: [1, 2]}}\n'
    )

    default = find_project(root).settings.timezone
    monkeypatch.setenv("PM_TZ", "Asia/Tokyo")
    chosen = find_project(root).settings.timezone

    assert [zone and zone.name for zone in (default, chosen)] == ["Europe/Paris", "Asia/Tokyo"]
