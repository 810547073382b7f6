"""The field's other words for our options and directives."""

from __future__ import annotations

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.reading.directives import read_directive

METRIC = {"name": "Time to page", "from": "detected", "to": "acknowledged"}


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ({"metrics": [METRIC]}, {"measures": [METRIC]}),
        ({"recurrence_days": 90}, {"repeat_days": 90}),
        ({"pages": ["action_items", "recurrences"]}, {"pages": ["tasks", "repeats"]}),
        ({"recurrence_days": 90, "repeat_days": None}, {"repeat_days": 90}),  # as a host gives them
    ],
)
def test_an_option_has_the_same_meaning_under_another_name(
    written: dict[str, object], same: dict[str, object]
) -> None:
    assert read_options(written) == read_options(same)
    assert read_options(written)[1] == []


def test_an_option_under_two_names_is_an_error() -> None:
    _, errors = read_options({"recurrence_days": 90, "repeat_days": 60})

    assert errors == ["recurrence_days: this is `repeat_days` under another name. Give only one."]


@pytest.mark.parametrize(
    ("written", "name"),
    [("incidents", "index"), ("action-items", "tasks"), ("recurrences", "repeats")],
)
def test_a_directive_has_the_same_meaning_under_another_name(written: str, name: str) -> None:
    directive = read_directive(f"<!-- postmortem:{written} -->")

    assert directive is not None
    assert (directive.name, directive.error) == (name, None)


def test_a_build_takes_the_other_names(site: Site) -> None:
    site.options = {"metrics": [METRIC], "recurrence_days": 90}
    site.write("postmortems/a.md", PAGE)
    site.write("list.md", "# List\n\n<!-- postmortem:action-items -->\n")

    built = site.build()

    assert built.error is None
    assert not [text for text in built.messages() if "metrics" in text or "recurrence" in text]
    assert "Check the number" in built.page("list/")
