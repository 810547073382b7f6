"""A server that remembers what it read shows, after any edit, what a clean build would."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from remembered import Remembered

from mkdocs_postmortem.catalog import check_pages
from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.settings import Settings, read_today


def test_after_any_edits_it_is_what_a_clean_build_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short round of ``make edits``."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    monkeypatch.setattr(logging.getLogger("mkdocs"), "disabled", True)
    remembered = Remembered(tmp_path / "site", seed=6)

    remembered.run(25, compare_every=3)

    assert remembered.compared >= 3


def test_only_changed_pages_are_read_and_checked_again(
    tmp_path: Path, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = check_pages.read_page

    def counted(path: str, raw: bytes, settings: Settings) -> object:
        read.append(path)
        return whole(path, raw, settings)

    monkeypatch.setattr(check_pages, "read_page", counted)
    files = [(f"postmortems/{name}.md", tmp_path / f"{name}.md") for name in "abc"]
    for path, file in files:
        file.write_text(page().replace("PM-1", path), encoding="utf-8")
    checker = Checker(Settings(), load_schemas(), read_today(None))
    kept = Cache()
    first = check_site(files, checker, cache=kept)
    assert read == [path for path, _ in files]
    read.clear()

    files[1][1].write_text(page(("35%", "36%")), encoding="utf-8")
    second = check_site(files, checker, cache=kept)
    assert read == ["postmortems/b.md"]
    assert second.pages["postmortems/a.md"] is first.pages["postmortems/a.md"]

    files[0][1].rename(tmp_path / "d.md")
    assert set(check_site(files[1:], checker, cache=kept).pages) == {files[1][0], files[2][0]}
    read.clear()
    other = Checker(Settings(words=(1, 2)), load_schemas(), read_today(None))
    check_site(files[1:], other, cache=kept)
    assert read == ["postmortems/b.md", "postmortems/c.md"]
