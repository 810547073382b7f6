"""One message for a folder of pages that are no postmortems yet."""

from __future__ import annotations

from mkdocs_postmortem.checking.checker import merge_by_folder
from mkdocs_postmortem.model.problem import Level, Position, Problem


def problem(path: str, code: str = "PM005") -> Problem:
    return Problem(path, Position(1), Level.WARNING, code, "Single.")


def test_pages_of_a_folder_have_one_message_with_their_number_and_the_command() -> None:
    found = [problem(f"postmortems/{name}.md") for name in "abcde"]

    (merged,) = merge_by_folder(found, "docs")

    assert merged.path == "postmortems/a.md"
    assert merged.level is Level.WARNING
    assert "5 pages in `docs/postmortems`" in merged.message
    assert "a.md, b.md, c.md and 2 more" in merged.message
    assert "`mkdocs-postmortem adopt docs/postmortems`" in merged.fix


def test_everything_else_stays_as_it_is_and_in_order() -> None:
    alone, other = problem("a/x.md"), problem("b/y.md", "PM101")
    pages = [problem("b/x.md"), problem("b/y.md")]

    merged = merge_by_folder([alone, pages[0], other, pages[1]])

    assert [merged[0], merged[2]] == [alone, other]
    assert [item.path for item in merged] == ["a/x.md", "b/x.md", "b/y.md"]
    assert "2 pages in `b`" in merged[1].message
