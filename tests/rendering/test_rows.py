"""Rows are made once: what they give is what their templates give, in pages and in row files."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.index import IndexRow
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.mould import Cast, Name, PagePath, cast
from mkdocs_postmortem.rendering.row_file import _parsed, cells_of, row_data
from mkdocs_postmortem.rendering.rows import Row
from mkdocs_postmortem.rendering.task_list import TaskRow

WORDS = st.one_of(
    st.just(""),
    st.sampled_from(
        ["pm0open0end", "35%", "a\nb", "*a* `b`", "[x](javascript:y)", "<!--pm-rows-->"]
    ),
    st.text("ab09:<>&\"'{}%\x00\u202e é\u202f*_`[]()", max_size=8),
)
ADDRESSES = st.one_of(
    WORDS,
    st.sampled_from(["a/b.md", "https://t.example/?a=b&c", "javascript:x", "//[", "mailto:a"]),
)
PATHS = ADDRESSES.map(PagePath)


def several(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=2).map(tuple)


def rows_of(kind: type, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    texts = {name: WORDS for name, type_ in kind.__annotations__.items() if type_ == "str"}
    flags = {name: st.booleans() for name, type_ in kind.__annotations__.items() if type_ == "bool"}
    return st.builds(kind, **{**texts, **flags, **own})


INDEX_ROWS = rows_of(
    IndexRow,
    href=PATHS,
    services=several(st.tuples(WORDS, PATHS)),
    custom=several(st.tuples(WORDS, WORDS)),
    status=st.none() | st.sampled_from(["draft", "published"]).map(Name),
)
TASK_ROWS = rows_of(
    TaskRow,
    ticket=st.builds(Link, href=ADDRESSES, text=WORDS),
    owners=several(WORDS),
    services=several(WORDS),
    state=st.sampled_from(["open", "in_progress", "done", "wont_do"]).map(Name),
    outage=st.builds(Link, href=PATHS, text=WORDS, day=WORDS),
)
ROWS = st.one_of(
    st.tuples(st.just("index_rows.html"), INDEX_ROWS, st.booleans()),
    st.tuples(st.just("tasks_rows.html"), TASK_ROWS, st.booleans()),
)
LANGUAGES = st.sampled_from(["en", "ar", "ja"])


@given(ROWS, LANGUAGES)
def test_a_row_is_what_its_template_gives(row: tuple[str, Any, bool], language: str) -> None:
    template, view, has_sites = row
    made = cast(template, (), language, {"rows": (view,), "has_sites": has_sites})
    filled = fill(template, (), language, rows=(view,), has_sites=has_sites)

    assert str(made) == filled
    assert isinstance(made, Cast)
    # Those that are found without a look at the markup are those that stand in it.
    assert cells_of(made) == _parsed(filled)[0]


def test_a_row_leads_to_where_a_list_needs_it() -> None:
    made = cast("index_rows.html", (), "en", {"rows": (EXAMPLE,), "has_sites": False})
    assert isinstance(made, Cast)
    positions = tuple(n for n, text in enumerate(made.texts) if isinstance(text, PagePath))
    row = Row(made, positions)

    assert '<a href="../a.md">' in str(row.linked(lambda path: f"../{path}"))
    assert '<a href="x">' in str(row.linked(lambda _: "x"))


def test_attributes_are_in_the_order_of_the_template() -> None:
    made = cast("index_rows.html", (), "en", {"rows": (EXAMPLE,), "has_sites": False})
    assert isinstance(made, Cast)
    text = row_data([cells_of(made)], [{}], "../")

    assert text.index('"class"') < text.index('"data-id"') < text.index('"data-seconds"')


EXAMPLE = IndexRow(
    **{name: "1" for name, kind in IndexRow.__annotations__.items() if kind == "str"}
    | {
        "href": PagePath("a.md"),
        "services": (),
        "custom": (),
        "is_ongoing": False,
        "has_no_end": False,
        "status": None,
    }
)
