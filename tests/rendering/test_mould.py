"""What a mould casts is what the template gives, whatever the values say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from mkdocs_postmortem.rendering import TemplateError
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.mould import Name, cast, mark
from mkdocs_postmortem.rendering.repeats import MissedView, RepeatView
from mkdocs_postmortem.rendering.summary import Users
from mkdocs_postmortem.rendering.times import ShownTime

WORDS = st.one_of(
    st.just(""),
    st.sampled_from([mark(0), mark(3), "35%", "a\nb", "→"]),
    st.text("ab09:<>&\"'{}%\x00\u202e é\u202f", max_size=6),
)
LINKS = st.builds(Link, href=WORDS, text=WORDS, day=WORDS)
TIMES = st.builds(
    ShownTime, clock=WORDS, day=WORDS, zone=WORDS, machine=WORDS, estimated=st.booleans()
)
MISSED = st.builds(
    MissedView,
    text=WORDS,
    owners=WORDS,
    due=WORDS,
    state=WORDS,
    reason=WORDS,
    is_late=st.booleans(),
    is_open=st.booleans(),
)


def several(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=most).map(tuple)


REPEATS = st.builds(
    RepeatView,
    link=LINKS,
    is_declared=st.booleans(),
    gap=WORDS,
    evidence=several(WORDS),
    missed=several(MISSED),
)
PHASES = st.sampled_from(
    ["undetected", "detected", "mitigated", "undivided", "ongoing", "end_not_stated"]
)
TEXTS = (
    "key", "id", "severity", "impact", "root_cause", "zone", "duration", "time_to_detect",
    "time_to_mitigate", "time_to_resolve", "phases_text", "detected_by", "trigger", "causes",
    "misleading", "tasks", "overdue", "authors",
)  # fmt: skip
SUMMARIES = st.fixed_dictionaries(
    {
        **dict.fromkeys(TEXTS, WORDS),
        "quoted": st.none() | LINKS,
        "source": st.none() | LINKS,
        "severity_rank": st.integers(0, 4),
        "status": st.none() | st.sampled_from(["draft", "published"]).map(Name),
        "services": several(st.tuples(WORDS, WORDS)),
        "start": st.none() | TIMES,
        "end": st.none() | TIMES,
        "days": st.tuples(WORDS, WORDS),
        "has_two_zones": st.booleans(),
        "is_ongoing": st.booleans(),
        "measures": several(st.tuples(WORDS, WORDS, WORDS)),
        "phases": several(st.tuples(PHASES.map(Name), WORDS, WORDS, WORDS), 4),
        "users": st.builds(Users, figure=WORDS, words=WORDS),
        "earlier": several(LINKS),
        "later": several(LINKS),
        "custom": several(st.tuples(WORDS, WORDS)),
    }
)
FEET = st.fixed_dictionaries(
    {
        "earlier": several(REPEATS),
        "later": several(REPEATS),
        "related": several(LINKS),
        "index": WORDS,
        "older": st.none() | LINKS,
        "newer": st.none() | LINKS,
    }
)


def is_equal(template: str, values: dict[str, Any], language: str = "en") -> bool:
    return str(cast(template, (), language, values)) == fill(template, (), language, **values)


@given(SUMMARIES, st.sampled_from(["en", "de", "ar", "ja"]))
def test_a_box_is_what_its_template_gives(values: dict[str, Any], language: str) -> None:
    # Nobody calls this without a start or an end that has a clock, and a zone's name with it.
    if values["start"] is None and values["end"] is not None and values["end"].clock:
        return
    assert is_equal("summary.html", values, language)


@given(FEET, st.sampled_from(["en", "de", "ar", "ja"]))
def test_a_foot_is_what_its_template_gives(values: dict[str, Any], language: str) -> None:
    assert is_equal("foot.html", values, language)


@pytest.mark.parametrize("markup", [Markup(), Markup("<b>&amp;</b>"), Markup("<b>\x00</b>")])
def test_markup_stays_markup(tmp_path: Path, markup: Markup) -> None:
    values = {"earlier": (), "later": (), "related": (Link("a", markup),), "index": ""}
    values |= {"older": None, "newer": None}
    assert is_equal("foot.html", values)


def test_a_template_of_a_themes_gets_the_values_themselves(tmp_path: Path) -> None:
    (tmp_path / "postmortem").mkdir()
    (tmp_path / "postmortem/foot.html").write_text("{{ index | upper }} {{ 'x' if index == 'a' }}")

    assert cast("foot.html", (tmp_path,), "en", {"index": "a"}) == "A x"


def test_a_fault_names_the_template() -> None:
    with pytest.raises(TemplateError, match=r"postmortem/foot\.html: 'earlier' is undefined"):
        cast("foot.html", (), "en", {"index": "a"})
