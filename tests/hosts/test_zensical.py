"""``mkdocs-postmortem zensical``: Zensical itself builds and serves the archive."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from host_checks import CHECKS, Built, doubled_ids

pytest.importorskip("zensical", reason="Zensical is not installed")

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """\
[project]
site_name = "Docs"
[project.theme]
font = false
[project.plugins.postmortem]
today = 2026-11-24
timezone = "UTC"
rules = {task-overdue = "off", open-after-repeat = "off"}
"""
COMMAND = (sys.executable, "-m", "mkdocs_postmortem", "zensical")
AGAIN = "docs/postmortems/2026-03-14-checkout-pool-again.md"
FIRST = "postmortems/2024-11-19-checkout-pool-exhausted/index.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "docs/postmortems", tmp_path / "docs/postmortems")
    (tmp_path / "docs/index.md").write_text("# Home\n\n[All](postmortems/index.md)\n")
    (tmp_path / "zensical.toml").write_text(CONFIG)
    return tmp_path


def build(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "build", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


def edit(root: Path, old: str, new: str) -> None:
    page = root / AGAIN
    page.write_text(page.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_build_needs_nothing_but_the_plugins_block(root: Path) -> None:
    before = sorted(root.rglob("*"))

    done = build(root, "--strict")

    assert done.returncode == 0, done.stderr
    assert "Added to the configuration: extra_css" in done.stdout
    after = {path for path in root.rglob("*") if path.relative_to(root).parts[0] == "docs"}
    assert after == {path for path in before if path.relative_to(root).parts[0] == "docs"}
    assert not (root / ".postmortem.yml").exists()
    index = (root / "site/postmortems/index.html").read_text(encoding="utf-8")
    assert index.count("pm-row") >= 11
    first = (root / "site" / FIRST).read_text(encoding="utf-8")
    assert "pm-summary" in first
    assert "Checkout refused orders again" in first
    home = (root / "site/index.html").read_text(encoding="utf-8")
    assert "Search reindex" not in home
    assert "2026-08-19-accounts-dns" not in home


def test_a_site_for_the_public_has_nothing_internal(root: Path) -> None:
    sentence = "Zebra ledger of Example Bank lost nine rows."
    edit(root, "postmortem:\n", "postmortem:\n  visibility: internal\n")
    other = root / "docs" / FIRST.replace("/index.html", ".md")
    other.write_text(f"{other.read_text()}\n<!-- internal -->\n{sentence}\n<!-- /internal -->\n")

    done = build(root)

    assert done.returncode == 0, done.stderr
    texts = [file.read_text(errors="replace") for file in (root / "site").rglob("*.*")]
    assert not any("Zebra ledger" in text or Path(AGAIN).stem in text for text in texts)
    assert (root / "site" / FIRST).exists()

    (root / "docs/notes.txt").write_text(f"Copied by hand: {sentence}\n")
    done = build(root)

    assert done.returncode == 1
    assert "PM707 notes.txt:1:" in done.stderr
    assert "Zebra" not in done.stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize("is_flat", [False, True], ids=["folders", "files"])
def test_every_link_leads_somewhere(root: Path, is_flat: bool) -> None:
    if is_flat:
        text = CONFIG.replace("[project]\n", "[project]\nuse_directory_urls = false\n", 1)
        (root / "zensical.toml").write_text(text)
    assert build(root).returncode == 0
    built = Built(root / "site", suffix=".html" if is_flat else "/index.html", search="search.json")

    for check in (*CHECKS.values(), doubled_ids):
        assert list(check(built)) == []


def test_a_page_that_zensical_has_kept_shows_what_changed_elsewhere(root: Path) -> None:
    assert build(root).returncode == 0
    edit(root, "title: Checkout refused orders again after a pool change", "title: A new title")

    assert build(root).returncode == 0

    assert "A new title" in (root / "site" / FIRST).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "arguments", "code"),
    [
        ("severity: SEV2", "severity: SEV99", (), 1),
        ("  users_affected: 28%\n", "", ("--strict",), 1),
        ("  users_affected: 28%\n", "", (), 0),
        ("", "", ("--no-such-option",), 2),
    ],
    ids=["an error", "a strict warning", "a warning", "an option of Zensical's"],
)
def test_it_ends_as_a_build_of_mkdocs_does(
    root: Path, old: str, new: str, arguments: tuple[str, ...], code: int
) -> None:
    edit(root, old, new)

    done = build(root, *arguments)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (root / "site").exists() is (code == 0)


def test_a_server_takes_over_what_is_saved_and_shows_problems(root: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [*COMMAND, "serve", "-a", f"localhost:{port}"]
    with (root / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=root, stdout=log, stderr=log)

    def wait(holds: Callable[[], bool]) -> None:
        """Until it holds. A busy machine may be slow; a server that has ended never gets there."""
        for _ in range(3_000):
            if holds():
                return
            assert server.poll() is None, (root / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        pytest.fail((root / "log").read_text(encoding="utf-8"))

    try:
        address = f"http://localhost:{port}/postmortems"
        wait(lambda: "Checkout refused orders again" in read(f"{address}/"))
        edit(root, "title: Checkout refused orders again after a pool change", "title: Renamed")
        wait(lambda: "Renamed" in read(f"{address}/"))
        wait(lambda: "Renamed" in read(f"{address}/2024-11-19-checkout-pool-exhausted/"))
        edit(root, "severity: SEV2", "severity: SEV99")
        wait(lambda: "severity: SEV99" in read(f"{address}/2026-03-14-checkout-pool-again/"))
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert "SEV99" in (root / "log").read_text(encoding="utf-8")
    assert not (root / ".postmortem.yml").exists()


def read(address: str) -> str:
    try:
        with urlopen(address) as answer:  # noqa: S310 - the server above
            return str(answer.read().decode())
    except (URLError, OSError):
        return ""
