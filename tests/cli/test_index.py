"""``index``: the archive as Markdown in a file that GitHub and GitLab show."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

AGAIN = (
    PAGE.replace("PM-1", "PM-2")
    .replace("Checkout was down", "Checkout [down] again")
    .replace("2026-03-14", "2026-06-01")
    .replace("  id:", "  recurrence_of: PM-1\n  id:")
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "incidents" / "first (1).md").write_text(PAGE)
    (tmp_path / "incidents" / "again.md").write_text(AGAIN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, today: str = "2026-07-01") -> Result:
    return CliRunner().invoke(main, ["index", *args, "--today", today], catch_exceptions=False)


def test_without_a_site_the_index_has_links_tasks_and_recurrences(folder: Path) -> None:
    file = folder / "README.md"

    assert run("README.md", "--write").exit_code == 0

    text = file.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert (
        "| 2026-03-14 | [Checkout was down](incidents/first%20%281%29.md) | SEV2 | checkout "
        "| 47 min | The pool was too small. |"
    ) in text
    assert r"[Checkout \[down\] again](incidents/again.md)" in text
    assert "| 2026-04-01 **overdue** | Check the number | dana |" in text
    assert "first%20%281%29.md) (2026-03-14) → [" in text
    assert "not done: Check the number (61 days overdue)" in text


def test_writing_keeps_the_rest_of_the_file_and_its_line_ends(folder: Path) -> None:
    file = folder / "README.md"
    file.write_bytes(b"\xef\xbb\xbf# Ours\r\n\r\nHello.\r\n")
    run("README.md", "--write")
    file.write_bytes(file.read_bytes() + b"\r\nBelow.\r\n")
    before = file.read_bytes()

    assert run("README.md", "--write").stderr == "README.md is up to date.\n"
    assert file.read_bytes() == before
    (folder / "incidents" / "again.md").unlink()
    run("README.md", "--write")

    after = file.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# Ours\r\n\r\nHello.\r\n")
    assert after.endswith(b"\r\n\r\nBelow.\r\n")
    assert b"again.md" not in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_check_fails_if_a_page_has_changed_and_not_because_a_day_has_passed(folder: Path) -> None:
    assert run("README.md", "--check").exit_code == 1
    run("README.md", "--write", today="2026-03-20")

    assert run("README.md", "--check", today="2026-03-20").output == ""
    late = run("README.md", "--check", today="2026-07-01")
    assert (late.exit_code, late.stdout) == (0, "")
    assert "which tasks are overdue" in late.stderr

    page = folder / "incidents" / "again.md"
    page.write_text(page.read_text().replace("severity: SEV2", "severity: SEV1"))
    stale = run("README.md", "--check", today="2026-03-20")
    assert stale.exit_code == 1
    assert "run `mkdocs-postmortem index README.md --write`" in stale.stdout


def test_pages_that_match_need_no_front_matter(folder: Path) -> None:
    for file in (folder / "incidents").iterdir():
        file.unlink()
    (folder / "incidents" / "2024-02-03-old.md").write_text("# Old one\n")

    refused = run("README.md", "--write")
    assert refused.exit_code == 2
    assert "--match 'incidents/*.md'" in refused.stderr
    assert "--match '*.md'" in run("incidents/README.md", "--write").stderr
    assert not (folder / "README.md").exists()

    result = run("README.md", "--match", "incidents/*.md")
    assert "| Date | Title |\n| --- | --- |" in result.stdout
    assert "| 2024-02-03 | [Old one](incidents/2024-02-03-old.md) |" in result.stdout


def test_links_lead_from_the_file_to_the_docs_folder(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", PAGE)

    result = run(str(site.root / "README.md"))

    assert "(docs/postmortems/a.md)" in result.stdout


def test_internal_pages_are_left_out_for_the_public(folder: Path) -> None:
    page = folder / "incidents" / "again.md"
    page.write_text(page.read_text().replace("  id:", "  visibility: internal\n  id:"))

    assert "again.md" not in run("README.md").stdout
    assert "again.md" in run("README.md", "--audience", "internal").stdout


def test_comments_in_code_are_examples_and_half_a_block_is_refused(folder: Path) -> None:
    run("README.md", "--write")
    file = folder / "README.md"
    begin = next(line for line in file.read_text().split("\n") if line.startswith("<!--"))
    file.write_text(f"# A\n\n```\n{begin}\n```\n")
    assert run("README.md", "--write").exit_code == 0
    assert file.read_text().startswith(f"# A\n\n```\n{begin}\n```\n\n{begin}\n")

    file.write_text(f"# A\n\n{begin}\n")
    refused = run("README.md", "--write")
    assert refused.exit_code == 2
    assert "line 3" in refused.stderr
    assert file.read_text() == f"# A\n\n{begin}\n"


def test_a_symbolic_link_stays_a_link(folder: Path) -> None:
    (folder / "target.md").write_text("# Target\n")
    (folder / "README.md").symlink_to("target.md")

    assert run("README.md", "--write").exit_code == 0
    assert (folder / "README.md").is_symlink()
    assert (folder / "target.md").read_text().startswith("# Target\n")
