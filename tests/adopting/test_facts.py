"""Title and zone of a foreign postmortem: what states them, and what does not."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.adopting.facts import marks_of, read_facts
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.head_labels import Fact


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Checkout was down\n\n## Summary\n", "Checkout was down"),
        ("Checkout was down\n=====\n\n## Summary\n", "Checkout was down"),
        ("# Owner: @dana\n\n# Checkout was down\n", "Checkout was down"),
        ("# Title:\n\n### Checkout was down\n", "Checkout was down"),
        ("## Status\n\nDone.\n\n## Checkout: all of it was down\n", "Checkout: all of it was down"),
        ("**Title:** Checkout was down\n\n## Summary\n", "Checkout was down"),
        ("| Event | Checkout was down |\n|---|---|\n| Status | done |\n", "Checkout was down"),
        (
            "Checkout was down for us all\nIssue Summary\nShoppers saw it.\n",
            "Checkout was down for us all",
        ),
        ("# Owner: @dana\n\n## Meeting: none\n\n## Summary\n\nIt was down.\n", None),
        ("| Event | 20260503_checkout |\n|---|---|\n| Status | done |\n", None),
        ("https://blog.example/postmortem-of-checkout\n\nIssue Summary\n", None),
        ("Shoppers saw an error page for an hour.\n\n## Timeline\n", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    found = read_facts("a.md", text, Settings()).title

    assert (found.value if found else None) == title


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("All times are CET.\n\n## Timeline\n\n- 2026-05-03 14:05 Logins fail.\n", "CET"),
        ("Timezone: EAT\n\n## Timeline\n\n- 2026-05-03 14:05 Logins fail.\n", "EAT"),
        ("The times of the store are in UTC.\n\n## Root cause\n\nA number.\n", None),
        ("The `time` of `TZ` (`UTC`).\n\n## Timeline\n\n- 2026-05-03 14:05 Logins fail.\n", None),
    ],
)
def test_zones(text: str, zone: str | None) -> None:
    found = read_facts("a.md", f"# Checkout was down\n\n{text}", Settings()).zone

    assert (found.value if found else None) == zone


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("# Vulnerability in the shop\n\n## Fix\n\nA patch.\n", ("title", "fix")),
        ("# The shop\n\n## Fix\n\nA patch.\n", ()),
        ("# The shop\n\nOn 2026-05-03 at 14:05 UTC the shop went down.\n", ("times",)),
        ("# The shop\n\nSeverity: S2\n", ("severity",)),
        ("# The shop\n\nBeginn: 03.05.2026, 14:05 Uhr\n", ("times",)),
        ("# Roadmap\n\n- Start: 2026-05-03\n- End: 2026-06-03\n", ()),
        ("# The shop\n\n## Timeline\n\n- 14:05 A talk.\n- 15:00 A break.\n", ("timeline",)),
    ],
)
def test_marks_of_a_postmortem(text: str, marks: tuple[str, ...]) -> None:
    assert marks_of(read_facts("a.md", text, Settings())) == marks


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("docs/incidents/2026-05-03-shop.md", ("folder", "date")),
        ("docs/post_mortems/2026/03-05-2026.md", ("folder", "date")),
        ("docs/incidents/process.md", ()),
        ("docs/blog/2026-05-03-shop.md", ()),
    ],
)
def test_a_dated_file_in_a_folder_of_incidents_is_one(path: str, marks: tuple[str, ...]) -> None:
    assert marks_of(read_facts(path, "# The shop\n\nIt was slow.\n", Settings())) == marks


def test_the_parts_of_a_list_of_events_are_not_the_whole_incident() -> None:
    events = "- **2026-05-03 21:10 UTC**: A.\n- **22:00 - 23:30**: B.\n- **23:40**: C.\n"
    facts = read_facts("a.md", f"# The shop\n\n## Was ist passiert\n\n{events}", Settings())

    assert facts.started is None
    assert facts.resolved is None


def test_an_entry_that_looks_back_at_the_onset_is_not_the_onset() -> None:
    entry = "- 19:00 The issues started on 2026-02-12 at 15:00.\n- 20:00 More.\n"
    text = f"# The shop\n\n## Timeline (UTC)\n\n- 2026-02-20 18:00 A talk.\n{entry}"

    assert read_facts("a.md", text, Settings()).started is None


def test_a_page_in_german() -> None:
    head = "**Betroffene Systeme:** Bestellung, Lager\n\nKritikalität: hoch\n\n## Auswirkung\n\n"
    body = "Rund 25 % der Kunden.\n\n## Ablauf (MESZ)\n\n- 2026-05-03 14:05 A.\n- 14:10 B.\n"
    facts = read_facts("a.md", f"# Ausfall\n\n{head}{body}", Settings())

    found = (facts.services, facts.severity, facts.users, facts.zone)
    assert [fact and fact.value for fact in found] == ["Bestellung, Lager", "hoch", "25%", "MESZ"]
    assert len(facts.timeline.entries) == 2


def test_users_may_be_stated_above_the_sections() -> None:
    text = "# Störung\n\nBetroffen: ca. 30 % der Kunden\n\n## Was ist passiert?\n\nEin Update.\n"
    users = read_facts("a.md", text, Settings()).users

    assert users is not None
    assert (users.value, users.line) == ("30%", 3)


@pytest.mark.parametrize(
    "said", ["At 17:03 (15:03 UTC) a mail came.", "Date: Tue, 1 Nov 2022 07:32:16 GMT"]
)
@pytest.mark.parametrize("form", ["{}", "- {}", "> {}", "**{}**"])
def test_the_zone_of_another_clock_is_not_that_of_the_page(said: str, form: str) -> None:
    text = f"# Down\n\nThe shop was down from 19:31 to 19:44.\n\n{form.format(said)}\n"

    assert read_facts("a.md", text, Settings()).zone is None


@pytest.mark.parametrize("form", ["# {}", "# {} #", "#  **{}**", "{}\n===="])
@pytest.mark.parametrize("title", ["Retrospective: Drop #1", "Postmortem: 12 lost orders"])
def test_a_title_may_begin_with_the_name_of_a_section(form: str, title: str) -> None:
    text = f"{form.format(title)}\n\n## Summary\n\nOn May 3, 2026, the shop was down at 9:12 UTC.\n"
    facts = read_facts("a.md", text, Settings())

    assert facts.title == Fact(title, 1)
    assert str(facts.started and facts.started.value) == "2026-05-03T09:12"


@pytest.mark.parametrize("name", ["Overview", "Retrospective", "Cause"])
def test_the_bare_name_of_a_section_is_not_a_title(name: str) -> None:
    text = f"# {name}\n\nIt was slow.\n\n## Root cause\n\nA disk.\n"

    assert read_facts("a.md", text, Settings()).title is None
