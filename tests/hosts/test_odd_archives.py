"""Archives as they are: none, one, many, odd names, loops, twins, pages that are left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_site import PAGE, Site

SERVICES = (
    "a/b", "a b", "A-B", "../../etc", "\U0001f525", "\u05e9\u05dc\u05d5\u05dd", "<b>&\"'", "index",
    "x" * 300, ".", "con", "100 %", "?a#b", "\u202eabc",
)  # fmt: skip


def test_no_postmortem_at_all(site: Site) -> None:
    built = site.build()

    assert built.error is None
    assert built.messages() == []
    assert "There are no postmortems yet." in built.page("postmortems/")
    assert [item.name for item in (built.folder / "postmortems").iterdir()] == ["index.html"]


def test_one_postmortem(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)

    built = site.build()

    assert built.error is None
    assert built.page("postmortems/").count('class="pm-row') == 1
    assert "1 incident" in built.page("postmortems/")


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_every_service_has_a_page_of_its_own_whatever_its_name(site: Site, theme: str) -> None:
    for number, service in enumerate(SERVICES):
        text = PAGE.replace("PM-1", f"PM-{number}").replace(
            "[checkout]", json.dumps([service], ensure_ascii=False)
        )
        site.write(f"postmortems/{number}.md", text)
    site.options["on_error"] = "warn"

    built = site.build(theme=theme)

    assert built.error is None
    folder = built.folder / "postmortems/services"
    pages = sorted(folder.glob("**/index.html"))
    assert len(pages) == len(SERVICES)
    assert all(folder in (page.parent, page.parent.parent) for page in pages)
    assert all(page.read_text(encoding="utf-8").count('class="pm-row') == 2 for page in pages)
    # Each row of the index leads to a page that is there.
    index = built.page("postmortems/")
    assert index.count('<a class="pm-chip" href="../postmortems/services/') == len(SERVICES)
    assert '<b>&"' not in index
    assert not any("not found" in message for message in built.messages())


def test_twins_loops_and_a_day_to_come_are_named_and_shown(site: Site) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/twin.md", PAGE)
    for name, other in (("c", "d"), ("d", "c"), ("e", "e")):
        text = PAGE.replace("id: PM-1", f"id: {name}\n  recurrence_of: {other}")
        site.write(f"postmortems/{name}.md", text)
    later = PAGE.replace("PM-1", "later").replace("2026-03-14", "2031-03-14")
    site.write("postmortems/later.md", later)
    site.options["on_error"] = "warn"

    built = site.build()

    logged = "\n".join(built.messages())
    assert built.error is None
    assert "a.md:4:7: PM601" in logged
    assert "twin.md:4:7: PM601" in logged
    assert "e.md:5:18: PM602 A postmortem cannot refer to itself." in logged
    assert "later.md" in logged
    assert built.page("postmortems/").count('class="pm-row') == 6
    assert 'href="../d/"' in built.page("postmortems/c/")
    assert (built.folder / "postmortems/years/2031/index.html").is_file()
    ids = [json.loads(file.read_text(encoding="utf-8"))["id"] for file in records(built.folder)]
    assert sorted(ids) == ["PM-1", "c", "d", "e", "later"], "the first page has the id"


def records(folder: Path) -> list[Path]:
    return sorted((folder / "postmortems/records").iterdir())


@pytest.mark.parametrize(
    "leave_out",
    [
        {"draft_docs": "postmortems/hidden.md"},
        {"exclude_docs": "postmortems/hidden.md"},
        {"exclude_docs": "hidden*"},
    ],
)
def test_a_page_that_the_host_leaves_out_is_nowhere(
    site: Site, leave_out: dict[str, str], page: Callable[..., str]
) -> None:
    site.write("postmortems/a.md", PAGE)
    hidden = page(
        ("PM-1", "PM-2"), ("Checkout was down", "Not for you"), ("[checkout]", "[secret]")
    )
    site.write("postmortems/hidden.md", hidden)

    built = site.build(plugins=["search", {"postmortem": {"today": "2026-11-24"}}], **leave_out)

    assert built.error is None
    assert not (built.folder / "postmortems/hidden").exists()
    for file in built.folder.rglob("*"):
        if file.is_file():
            assert b"Not for you" not in file.read_bytes(), file
    assert not (built.folder / "postmortems/services/secret").exists()
