"""A head from its mould is what the template gives."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.model.kind import Kind
from mkdocs_postmortem.model.moment import Moment
from mkdocs_postmortem.model.position import Position
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.rendering import EntryView, render_heads
from mkdocs_postmortem.rendering.times import ShownTime

WORDS = st.one_of(st.just(""), st.text("ab09:+−<>&\"'{}%\x00\x07\u202e é\u202f", max_size=8))
TIMES = st.builds(
    ShownTime, clock=WORDS, day=WORDS, zone=WORDS, machine=WORDS, estimated=st.booleans()
)
ENTRIES = st.builds(
    Entry,
    moment=st.just(Moment("", Position(1))),
    kind=st.sampled_from(Kind),
    text=st.just(""),
    position=st.just(Position(1)),
    end_line=st.just(1),
    form=st.just(Form.BULLET),
    label=st.sampled_from(["", "Action"]),
)
VIEWS = st.builds(
    EntryView,
    entry=ENTRIES,
    anchor=WORDS,
    time=TIMES,
    until=st.none() | TIMES,
    day=WORDS,
    day_iso=WORDS,
    offset=WORDS,
    cost=WORDS,
    zone_note=WORDS,
    page=WORDS,
)
NO_TEMPLATES = (Path("no-such-folder"),)


@given(st.lists(VIEWS, max_size=3), st.sampled_from(["en", "de", "ar", "ja"]))
def test_a_mould_gives_what_the_template_gives(views: list[EntryView], language: str) -> None:
    heads = render_heads(views, language=language)

    assert list(map(str, heads)) == render_heads(views, NO_TEMPLATES, language)


def test_a_value_that_looks_like_a_mark_stays_a_value() -> None:
    time = ShownTime("pm0open1end", "", "", "", estimated=False)
    entry = Entry(Moment("", Position(1)), Kind.NOTE, "", Position(1), 1, Form.BULLET)
    view = EntryView(entry, "pm0open8end", time, None, "", "", "", "")

    assert [str(render_heads([view])[0])] == render_heads([view], NO_TEMPLATES)
