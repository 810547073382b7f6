"""``generate``: what it writes, what it leaves alone, what it takes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.publishing.generated_files import MANIFEST_NAME

CONFIG = """\
[project]
site_name = "Docs"
[project.plugins.postmortem]
folder = "postmortems"
rules = {length = "off", no-misleading-path = "off", task-overdue = "off"}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "zensical.toml").write_text(CONFIG)
    (tmp_path / "docs/postmortems").mkdir(parents=True)
    (tmp_path / "docs/postmortems/a.md").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["generate", "--today", "2026-11-24", *arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_pages_data_and_assets_are_written_once(root: Path) -> None:
    first = run()
    made = files(root / "docs/postmortems")
    times = {path: (root / "docs/postmortems" / path).stat().st_mtime_ns for path in made}
    second = run()

    assert first.exit_code == 0, first.output
    assert "0 removed, 0 unchanged" in first.output
    assert "0 written, 0 removed" in second.output
    assert {"index.md", "tasks.md", "services/checkout.md", "postmortems.json"} <= made.keys()
    assert {"records/pm-1.json", "assets/postmortem.css", "tasks.csv"} <= made.keys()
    assert b"<!-- postmortem:index -->" in made["index.md"]
    assert made["a.md"].decode() == PAGE
    assert {path: (root / "docs/postmortems" / path).stat().st_mtime_ns for path in made} == times


def test_it_says_what_the_configuration_lacks(root: Path) -> None:
    lacking = run("out").stderr
    assert "`extra_css` lacks out/assets/postmortem.css" in lacking
    assert "`markdown_extensions` lacks mkdocs_postmortem" in lacking

    (root / "zensical.toml").write_text(
        CONFIG.replace(
            "[project]",
            '[project]\nextra_css = ["out/assets/postmortem.css"]\nextra_javascript = '
            '["out/assets/postmortem.js", {path = "out/assets/lists.js"}]\n'
            "markdown_extensions = {mkdocs_postmortem = {}}",
        )
    )
    assert run("out").stderr == ""


def test_a_page_of_the_authors_stays(root: Path) -> None:
    mine = root / "docs/postmortems/tasks.md"
    mine.write_text("# My tasks\n")

    result = run()

    assert result.exit_code == 0
    assert mine.read_text() == "# My tasks\n"
    assert "postmortems/tasks.md: left unchanged" in result.stderr
    assert "postmortems/tasks.md" not in (root / "docs/postmortems" / MANIFEST_NAME).read_text()


def test_a_made_file_that_was_changed_by_hand_stays(root: Path) -> None:
    run()
    index = root / "docs/postmortems/index.md"
    index.write_text("# Mine now\n\n<!-- postmortem:index -->\n")

    result = run()

    assert index.read_text().startswith("# Mine now")
    assert "postmortems/index.md: left unchanged" in result.stderr


def test_what_is_no_longer_made_is_removed(root: Path) -> None:
    run()
    page = root / "docs/postmortems/a.md"
    page.write_text(PAGE.replace("[checkout]", "[search]"))

    result = run()

    services = root / "docs/postmortems/services"
    assert [file.name for file in services.iterdir()] == ["search.md"]
    assert "removed" in result.output
    page.unlink()
    run()
    assert not services.exists()
    assert (root / "docs/postmortems/index.md").exists()


def test_another_folder_takes_the_place_of_the_former(root: Path) -> None:
    run("old/place")
    result = run("new")

    assert result.exit_code == 0, result.output
    assert not (root / "docs/old").exists()
    assert (root / "docs/new/index.md").exists()
    manifest = json.loads((root / "docs/new" / MANIFEST_NAME).read_text())
    assert manifest["index"] == "new/index.md"
    assert ["tasks", "tasks", "new/tasks.md"] in manifest["lists"]


def test_a_folder_may_be_named_from_the_current_folder(root: Path) -> None:
    assert run("docs/out").exit_code == 0
    assert (root / "docs/out/index.md").exists()


@pytest.mark.parametrize("folder", ["../elsewhere", ".", "/etc", "docs"])
def test_a_folder_outside_the_docs_is_refused(root: Path, folder: str) -> None:
    before = files(root)
    result = run(folder)

    assert result.exit_code == 2
    assert "not a folder below the docs folder" in result.output
    assert files(root) == before


def test_a_killed_run_leaves_nothing_that_the_next_takes_for_foreign(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    (root / "docs/postmortems/a.md").write_text(PAGE.replace("was down", "was slow"))
    module = sys.modules["mkdocs_postmortem.publishing.generated_files"]
    write, calls = module.write_whole, []

    def failing(file: Path, data: bytes, **options: object) -> None:
        calls.append(file)
        if len(calls) == 4:
            raise OSError(28, "No space left on device", str(file))
        write(file, data, **options)

    monkeypatch.setattr(module, "write_whole", failing)
    broken = run()
    monkeypatch.undo()
    os.chdir(root)
    again = run()

    assert broken.exit_code == 1
    assert "No space left" in broken.output
    assert again.exit_code == 0
    assert "left as it is" not in again.output
    assert b"was slow" in files(root / "docs/postmortems")["postmortems.json"]


def test_check_fails_if_files_are_out_of_date(root: Path) -> None:
    assert run("--check").exit_code == 1
    assert not (root / "docs/postmortems/index.md").exists()
    run()
    assert run("--check").exit_code == 0
    (root / "docs/postmortems/a.md").write_text(PAGE.replace("[checkout]", "[search]"))

    result = run("--check")

    assert result.exit_code == 1
    assert "postmortems/services/checkout.md is no longer generated." in result.output
    assert "postmortems/services/search.md is missing or out of date." in result.output


def test_an_error_in_a_postmortem_stops_it(root: Path) -> None:
    (root / "docs/postmortems/a.md").write_text(PAGE.replace("09:59\n", "25:59\n"))

    result = run()

    assert result.exit_code == 1
    assert "postmortems/a.md:" in result.output
    assert "nothing was written" in result.output
    assert not (root / "docs/postmortems/index.md").exists()


def test_strict_stops_at_warnings_as_well(root: Path) -> None:
    text = PAGE.replace("  users_affected: 35%\n", "")
    (root / "docs/postmortems/a.md").write_text(text)

    assert run("--strict").exit_code == 1
    assert not (root / "docs/postmortems/index.md").exists()
    assert run().exit_code == 0


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"files": {"../../x": ["1"]}, "index": null, "lists": [], "data": {}}',
        '{"files": {"C:/x": ["1"]}, "index": null, "lists": [], "data": {}}',
        '{"files": {"a\\\\..\\\\x": ["1"]}, "index": null, "lists": [], "data": {}}',
    ],
)
def test_a_broken_manifest_is_reported(root: Path, text: str) -> None:
    (root / "docs/postmortems" / MANIFEST_NAME).write_text(text)

    result = run()

    assert result.exit_code == 2
    assert MANIFEST_NAME in result.output


def test_a_linked_folder_is_left_alone(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "docs/postmortems/services").symlink_to(outside, target_is_directory=True)

    run()

    assert list(outside.iterdir()) == []


def test_without_a_configuration_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run().exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_check_and_generate_work_where_mkdocs_is_not_installed(root: Path) -> None:
    code = (
        "import sys; sys.modules['mkdocs'] = None\n"
        "from mkdocs_postmortem.cli import main\nmain(sys.argv[1:])"
    )
    for command in (["check"], ["generate"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "docs/postmortems/index.md").exists()


def test_a_configuration_of_mkdocs_gets_a_warning(root: Path) -> None:
    (root / "zensical.toml").unlink()
    (root / "mkdocs.yml").write_text("site_name: Docs\nplugins: [postmortem]\n")

    assert "`generate` is for Zensical only" in run().output
    (root / "mkdocs.yml").write_text(
        "site_name: Docs\nplugins: [postmortem]\nmarkdown_extensions: [mkdocs_postmortem]\n"
    )
    assert "`generate` is for Zensical only" not in run().output
