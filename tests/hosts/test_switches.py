"""The switches and settings of MkDocs that change what a build sees, each with our pages in it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
import yaml
from drawn_site import PAGE, Built, Site
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_postmortem.model.address import page_address
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.publishing.generated_files import is_below
from mkdocs_postmortem.rendering.links import relative

Page = Callable[..., str]
QUIET = {"rules": {"length": "off", "no-misleading-path": "off", "task-overdue": "off"}}


@pytest.fixture
def archive(site: Site, page: Page) -> Site:
    site.options = QUIET
    site.write("postmortems/a.md", PAGE)
    again = page(("PM-1", "PM-2\n  related: [PM-1]"), ("was down", "again"), ("-14", "-15"))
    site.write("postmortems/b.md", again)
    return site


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """MkDocs' own command line."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", *arguments],
        cwd=site.root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_another_site_dir_takes_everything_and_the_docs_stay(
    archive: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive.write_config()
    before = tree(archive.root)
    out = tmp_path_factory.mktemp("out") / "deep/site"

    done = run(archive, "-q", "--strict", "-d", str(out))

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # -q, and nothing to say
    assert tree(archive.root) == before
    assert (out / "postmortems/index.html").exists()
    assert (out / "postmortems/postmortems.json").exists()


def test_quiet_still_says_errors_and_fails(archive: Site, page: Page) -> None:
    archive.write("postmortems/c.md", page(("09:59\n", "25:59\n"), ("PM-1", "PM-3")))
    archive.write_config()

    done = run(archive, "-q")

    assert done.returncode == 1
    assert "postmortems/c.md:" in done.stderr
    assert "Traceback" not in done.stderr


def test_strict_counts_nothing_that_quiet_has_silenced(archive: Site, page: Page) -> None:
    # MkDocs' own doing: with -q, no warning gets as far as its counter. CI should not use both.
    archive.write("postmortems/c.md", page(("  users_affected: 35%\n", ""), ("PM-1", "PM-3")))
    archive.write_config()

    assert run(archive, "--strict", "-q").returncode == 0
    assert run(archive, "--strict").returncode == 1


def test_strict_fails_at_a_warning_that_a_plain_build_only_tells(archive: Site, page: Page) -> None:
    archive.write("postmortems/c.md", page(("  users_affected: 35%\n", ""), ("PM-1", "PM-3")))

    plain, strict = archive.build(), archive.build(strict=True)

    assert plain.error is None
    assert any("postmortems/c.md" in text for text in plain.messages())
    assert strict.error is not None


def test_a_dirty_build_renders_what_changed_and_keeps_the_lists_whole(
    archive: Site, page: Page
) -> None:
    archive.build()
    archive.write("postmortems/c.md", page(("PM-1", "PM-3"), ("was down", "is slow")))
    config = load_config(
        str(archive.write_config()), site_dir=str(archive.root / "site"), docs_dir=None
    )
    config.plugins.on_startup(command="build", dirty=True)
    build(config, dirty=True)
    built = Built(archive.root / "site", [])

    index = built.page("postmortems/")
    assert all(title in index for title in ("Checkout was down", "Checkout again", "is slow"))
    assert "3 incidents" in index
    assert "pm-summary" in built.page("postmortems/c/")
    data = json.loads((built.folder / "postmortems/postmortems.json").read_text())
    assert len(data["postmortems"]) == 3


def test_a_dirty_build_goes_on_when_a_page_became_a_link_to_nothing(archive: Site) -> None:
    archive.build()
    page = archive.root / "docs/postmortems/a.md"
    page.unlink()
    page.symlink_to("nowhere.md")

    built = archive.build(dirty=True)

    assert any("postmortems/a.md" in text for text in built.messages())


def test_addresses_without_folders(archive: Site) -> None:
    built = archive.build(use_directory_urls=False, site_url="https://e.example/sub/path/")

    index = (built.folder / "postmortems/index.html").read_text()
    page = (built.folder / "postmortems/a.html").read_text()
    data = json.loads((built.folder / "postmortems/postmortems.json").read_text())
    assert 'href="../postmortems/a.html"' in index
    assert 'href="services/checkout.html"' in index
    assert 'class="pm-pager__link pm-pager__index" href="index.html"' in page
    assert 'href="../assets/mkdocs-postmortem/postmortem.css"' in page
    assert {item["url"] for item in data["postmortems"]} == {
        "https://e.example/sub/path/postmortems/a.html",
        "https://e.example/sub/path/postmortems/b.html",
    }


def test_a_site_below_a_path_has_no_link_from_the_root(archive: Site) -> None:
    built = archive.build(site_url="https://e.example/docs")

    feed = json.loads((built.folder / "postmortems/feed.json").read_text())
    assert feed["feed_url"] == "https://e.example/docs/postmortems/feed.json"
    assert all(item["url"].startswith("https://e.example/docs/post") for item in feed["items"])
    for path in ("postmortems/", "postmortems/a/", "postmortems/tasks/"):
        own = [line for line in built.page(path).splitlines() if "pm-" in line]
        assert own
        assert not [line for line in own if 'href="/' in line or 'src="/' in line]


def test_excluded_pages_are_not_listed_but_named(archive: Site) -> None:
    archive.write("postmortems/broken.md", PAGE.replace("09:59\n", "25:59\n"))

    built = archive.build(exclude_docs="broken.md\nb.md\n")

    logged = built.messages()
    assert ["PM007" in text for text in logged] == [True, True]
    assert "postmortems/b.md" in logged[0]
    assert "postmortems/broken.md" in logged[1]
    assert "Checkout again" not in built.page("postmortems/")
    assert not (built.folder / "postmortems/b").exists()


@pytest.mark.parametrize("command", ["build", "serve"])
def test_drafts_are_listed_only_while_serving(archive: Site, command: str) -> None:
    out = archive.root / "site"
    file = archive.write_config(draft_docs="postmortems/b.md\n")
    config = load_config(str(file), site_dir=str(out))
    config.plugins.on_startup(command=command, dirty=False)
    url = "http://127.0.0.1:8000/" if command == "serve" else None
    build(config, serve_url=url)

    index = Built(out, []).page("postmortems/")
    assert ("Checkout again" in index) is (command == "serve")


def test_inherited_options_count(archive: Site) -> None:
    base = {
        "site_name": "Base",
        "theme": "mkdocs",
        "plugins": {"postmortem": {"today": "2026-11-24", "pages": ["year"], **QUIET}},
    }
    (archive.root / "base.yml").write_text(yaml.safe_dump(base))
    (archive.root / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nsite_name: Ours\nplugins:\n  postmortem:\n    publish: [csv]\n"
    )

    done = run(archive, "--strict")

    assert done.returncode == 0, done.stderr
    made = {path.name for path in (archive.root / "site/postmortems").iterdir()}
    assert {"years", "postmortems.csv"} <= made
    assert not made & {"services", "tasks", "postmortems.json"}


def test_a_hook_that_changes_the_text_keeps_its_timeline(archive: Site) -> None:
    hook = archive.root / "hook.py"
    hook.write_text(
        "def on_page_markdown(markdown, **_):\n"
        "    changed = markdown.replace('at the graphs', 'at *all* graphs')\n"
        "    return changed + '\\n\\nFrom a hook.\\n'\n"
        "def on_files(files, config):\n"
        "    return files\n"
    )

    built = archive.build(hooks=[str(hook)])

    page = built.page()
    assert "From a hook." in page
    assert "<em>all</em> graphs" in page
    assert page.count('class="pm-entry pm-entry--') >= 6
    assert built.messages() == []


def test_hooks_can_add_and_take_away_postmortems(archive: Site) -> None:
    hook = archive.root / "hook.py"
    hook.write_text(
        "def on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('postmortems/b.md'))\n"
        "    return files\n"
    )

    built = archive.build(hooks=[str(hook)])

    assert "Checkout again" not in built.page("postmortems/")


@pytest.mark.parametrize("form", ["absolute", "outside"])
def test_the_docs_may_lie_elsewhere(
    archive: Site, form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    position = tmp_path_factory.mktemp("elsewhere") / "pages"
    (archive.root / "docs").rename(position)
    docs = str(position) if form == "absolute" else relative(str(position), f"{archive.root}/x")

    built = archive.build(docs_dir=docs)
    checked = subprocess.run(
        [sys.executable, "-m", "mkdocs_postmortem", "check"],
        cwd=archive.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.messages(logging.WARNING) == []
    assert "2 incidents" in built.page("postmortems/")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "2 postmortems" in checked.stdout


@pytest.mark.parametrize(
    "folder", ["outages\\2026", "outages/2026/", ".\\outages\\2026", "./outages/2026"]
)
def test_a_folder_is_found_however_it_is_typed(site: Site, folder: str) -> None:
    # Windows shells complete paths with backslashes; MkDocs' source paths have none.
    site.options = {**QUIET, "folder": folder, "exclude": "outages\\2026\\note.md"}
    site.write("outages/2026/a.md", PAGE)
    site.write("outages/2026/note.md", "# A note\n")

    built = site.build()

    assert built.messages() == []
    assert "Checkout was down" in built.page("outages/2026/")


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [("C:\\docs\\out", "below the docs folder"), ("/srv/out", "below"), ("../out", "below")],
)
def test_a_folder_outside_the_docs_is_a_fault(folder: str, wanted: str) -> None:
    (fault,) = read_options({"folder": folder})[1]

    assert wanted in fault


def test_windows_paths_become_paths_of_the_site() -> None:
    """What a Windows checkout gives, by the rules of its paths; nothing here needs Windows.

    Source paths come from MkDocs or from ``as_posix``; addresses and links are made of them with
    ``posixpath`` alone. The list of made files takes only paths that mean the same everywhere.
    """
    docs = PureWindowsPath("C:\\work\\docs")
    file = PureWindowsPath("C:\\work\\docs\\postmortems\\2026\\a b.md")
    path = file.relative_to(docs).as_posix()

    assert path == "postmortems/2026/a b.md"
    assert page_address(path, "https://e.example/") == "https://e.example/postmortems/2026/a%20b/"
    assert relative("postmortems/index.md", path) == "../index.md"
    assert is_below(path)
    for hostile in ("..\\x", "C:\\x", "C:x", "\\\\host\\share", "a\\..\\..\\x", "/x", "a/../../x"):
        assert not is_below(hostile)
    assert str(PureWindowsPath(docs, PurePosixPath(path))) == str(file)
