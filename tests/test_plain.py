"""What the cache of `check` writes is read back as it was, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drawn_site import PAGE

from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.project.check_cache import from_plain, to_plain
from mkdocs_postmortem.reading.page import read_page

ARCHIVE = Path(__file__).resolve().parents[1] / "docs/postmortems"


@pytest.mark.parametrize("change", ["Europe/Paris", "UTC", "-03:30", "CET", "Nowhere/Else"])
def test_a_record_comes_back_whole(change: str) -> None:
    page = read_page("a.md", PAGE.replace("Europe/Paris", change).encode(), Settings())

    assert page is not None
    assert page.record is not None
    assert again(page.record) == page.record


def test_so_does_each_of_the_examples() -> None:
    pages = [read_page(file.name, file.read_bytes(), Settings()) for file in ARCHIVE.glob("*.md")]
    records = [page.record for page in pages if page and page.record]

    assert len(records) > 3
    assert [again(record) for record in records] == records


def again(record: Postmortem) -> Postmortem:
    return from_plain(Postmortem, json.loads(json.dumps(record, default=to_plain)))


@pytest.mark.parametrize("data", [None, 1, "x", {}, [], ["a"] * 31, [["a"]] * 31])
def test_other_data_is_refused(data: object) -> None:
    with pytest.raises((TypeError, ValueError, AttributeError)):
        from_plain(Postmortem, data)
