"""Configurations under other names and in sub-folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import find_project

WITH_PLUGIN = "site_name: A\nplugins: [postmortem]\n"


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (file.parent / "docs").mkdir(exist_ok=True)
    return file


def test_another_name_counts_if_no_usual_file_names_the_plugin(tmp_path: Path) -> None:
    other = write(tmp_path / "mkdocs-internal.yml", WITH_PLUGIN)
    write(tmp_path / "compose.yml", "services: {postmortem: {image: x}}\n")
    usual = write(tmp_path / "mkdocs.yml", "site_name: A\n")

    assert find_project(tmp_path / "docs").config == other

    usual.write_text(WITH_PLUGIN)
    assert find_project(tmp_path / "docs").config == usual


def test_a_plugin_that_the_usual_file_inherits_counts(tmp_path: Path) -> None:
    write(tmp_path / "base.yml", WITH_PLUGIN)
    usual = write(tmp_path / "mkdocs.yml", "INHERIT: base.yml\n")

    assert find_project(tmp_path).config == usual


def test_a_site_in_a_sub_folder_is_found_from_the_root_and_from_its_docs(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    config = write(tmp_path / "website" / "mkdocs.yml", f"{WITH_PLUGIN}docs_dir: ../handbook\n")
    pages = tmp_path / "handbook" / "incidents"
    pages.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()

    assert find_project(tmp_path).config == config
    assert find_project(pages).config == config
    assert find_project(tmp_path / "elsewhere").config is None


def test_of_several_files_none_is_guessed(tmp_path: Path) -> None:
    for name in ("public.yml", "internal.yml"):
        write(tmp_path / name, WITH_PLUGIN)

    with pytest.raises(ProjectError, match=r"internal\.yml.*public\.yml.*Choose one with -f"):
        find_project(tmp_path)

    assert find_project(tmp_path, config=tmp_path / "public.yml").config == tmp_path / "public.yml"
