"""Pages that are postmortems as they are: ``match`` and ``fields``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.model.record import Postmortem, Status
from mkdocs_postmortem.reading.page import Page, public_page, read_page

OLD = """\
# Checkout answered 502

## Timeline

- 09:12 UTC Started: the pool is full.
- 09:59 UTC Resolved: the pool is larger.
"""


def checker(**options: Any) -> Checker:
    settings, faults = read_options(options)
    assert not faults
    return Checker(settings, load_schemas(), date(2026, 11, 24))


def read(text: str, path: str = "incidents/2026-03-14-checkout.md", **options: Any) -> Page | None:
    return read_page(path, text.encode(), checker(**options).settings)


def record(text: str, path: str = "incidents/2026-03-14-checkout.md", **options: Any) -> Postmortem:
    page = read(text, path, **options)
    assert page is not None
    assert page.record is not None
    return page.record


def problems(text: str, **options: Any) -> list[Problem]:
    page = read(text, **options)
    return checker(**options).problems([page] if page else [])


@pytest.mark.parametrize(
    ("pattern", "path", "matched"),
    [
        ("incidents/*.md", "incidents/a.md", True),
        ("incidents/**/*.md", "incidents/a.md", True),
        ("incidents/**/*.md", "incidents/2026/q1/a.md", True),
        ("postmortem-*.md", "teams/web/postmortem-1.md", True),
        ("incidents/*.md", "guide/a.md", False),
        ("incidents/*.md", "incidents/README.md", False),
        ("incidents/*.md", "incidents/template-short.md", False),
        ("incidents/*.md", "incidents/TEMPLATE.md", False),
        ("incidents/*.md", "incidents/Index.md", False),
        ("incidents/*/README.md", "incidents/2026-03-14/README.md", True),
        ("incidents/*.md", "incidents/left-out.md", False),
    ],
)
def test_match_names_pages_and_leaves_out_those_about_the_folder(
    pattern: str, path: str, matched: bool
) -> None:
    page = read(OLD, path, match=pattern, exclude="*/left-out.md")

    assert (page is not None and page.record is not None) is matched


def test_a_matched_page_gives_what_it_says_and_nothing_else() -> None:
    found = record(OLD, match="incidents/")

    assert found.title == "Checkout answered 502"
    assert found.day == date(2026, 3, 14)
    assert found.duration == timedelta(minutes=47)
    assert found.status is None


def test_levels_are_those_of_drafts_until_the_team_raises_them() -> None:
    soft = problems(OLD, match="incidents/")
    assert {item.code for item in soft} >= {"PM104", "PM105"}
    assert {item.level for item in soft} == {Level.INFO}

    raised = problems(OLD, match="incidents/", rules={"missing-value": "error"})
    assert {item.level for item in raised if item.code == "PM104"} == {Level.ERROR}


def test_a_folder_s_page_is_called_as_the_folder() -> None:
    found = record(OLD, "incidents/2026-03-14/index.md", match="incidents/*/index.md")

    assert found.id == "2026-03-14"


OWN = """\
---
systems: [checkout, search]
impact_level: SEV1
repaired_at: 2026-03-14 10:30 UTC
postmortem:
  impact: Shoppers saw a 502.
---
# Checkout
"""
FIELDS = {"services": ["system", "systems"], "severity": "impact_level", "resolved": "repaired_at"}


def test_fields_take_values_from_the_team_s_own_keys() -> None:
    found = record(OWN, fields=FIELDS)

    assert found.services == ("checkout", "search")
    assert found.severity == "SEV1"
    assert found.impact == "Shoppers saw a 502."


def test_values_below_postmortem_take_precedence() -> None:
    text = OWN.replace("  impact:", "  severity: SEV3\n  impact:")

    assert record(text, fields=FIELDS).severity == "SEV3"


def test_a_wrong_value_is_reported_at_the_team_s_own_key() -> None:
    (found,) = [
        item
        for item in problems(OWN.replace("SEV1", "terrible"), fields=FIELDS)
        if item.code == "PM103"
    ]

    assert (found.position.line, found.subject) == (3, "severity")


def test_without_a_mapping_fields_make_no_postmortem() -> None:
    text = OWN.replace("postmortem:\n  impact: Shoppers saw a 502.\n", "")

    assert read(text, "guide/a.md", fields=FIELDS) is None
    assert record(text, fields=FIELDS, match="incidents/").severity == "SEV1"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"resovled": "x"}, "Did you mean `resolved`"),
        ({"visibility": "x"}, "not a field"),
        ({"severity": 3}, "a front matter key"),
        ({"severity": []}, "a front matter key"),
        (["severity"], "a mapping"),
    ],
)
def test_a_wrong_mapping_is_an_error(fields: object, fault: str) -> None:
    _, faults = read_options({"fields": fields})

    assert fault in " ".join(faults)


SQUAD = "---\nteam: web\npostmortem: {}\n---\n# A\n"
SQUADS = {"fields": {"squad": "team"}, "schema": "own.json"}


def test_a_field_of_the_company_s_own_schema_may_have_a_key() -> None:
    settings, faults = read_options(SQUADS)
    assert not faults

    page = read_page("a.md", SQUAD.encode(), settings)

    assert page is not None
    assert page.record is not None
    assert page.record.custom == {"squad": "web"}


def test_a_key_that_holds_an_internal_field_is_left_out_for_the_public() -> None:
    settings, _ = read_options(SQUADS)
    page = read_page("a.md", SQUAD.encode(), settings)
    assert page is not None

    view = public_page(page, settings, {"squad"})

    assert view is not None
    assert view.source is not None
    assert "web" not in view.source


LABELS = {
    "Severity": "P2 (major)",
    "Start": "2026-03-14 09:12 UTC",
    "End": "2026-03-14 09:59 UTC",
    "Affected services": "checkout, payments",
    "Author": "Dana Roy",
    "Users affected": "35% of users",
    "Status": "In review",
}
HEADS = {
    "lines": "{label}: {value}\n\n",
    "list": "- **{label}:** {value}\n",
    "table": "| **{label}** | {value} |\n",
    "full width": "{label}：{value}\n\n",
    "headings": "### {label}: {value}\n\n",
}


@pytest.mark.parametrize("form", HEADS)
def test_a_matched_page_has_the_values_of_its_labels(form: str) -> None:
    items = [HEADS[form].format(label=label, value=value) for label, value in LABELS.items()]
    items.insert(1, "|---|---|\n" if form == "table" else "")

    record = matched("# Down\n\n" + "".join(items) + "\n## Root cause\n\nA number.\n")

    assert record.severity == "SEV2"
    assert record.services == ("checkout", "payments")
    assert record.authors == ("Dana Roy",)
    assert record.users_affected
    assert record.users_affected.percent == 35
    assert record.status is Status.IN_REVIEW
    assert record.duration == timedelta(minutes=47)


@pytest.mark.parametrize(
    ("line", "percent", "is_estimated"),
    [
        ("Customers affected: 4,200 of 60,000", 7.0, False),
        ("Betroffene Nutzer: ca. 40 %", 40.0, True),
        ("Users affected: none", 0.0, False),
    ],
)
def test_a_label_of_users_says_what_the_number_counts(
    line: str, percent: float, is_estimated: bool
) -> None:
    users = matched(f"# Down\n\n{line}\n").users_affected

    assert users is not None
    assert (users.percent, users.estimated) == (percent, is_estimated)


@pytest.mark.parametrize(
    "value", ["12 March", "2 hours", "all users in Europe", "no data", "3-4 %"]
)
def test_another_value_of_such_a_label_is_not_a_count(value: str) -> None:
    assert matched(f"# Down\n\nUsers affected: {value}\n").users_affected is None


def test_entries_in_capitals_begin_and_end_an_incident() -> None:
    entries = "- 10:02 OUTAGE BEGINS, the disk is full\n- 10:10 DNS, again\n- 11:22 INCIDENT ENDS\n"
    record = matched(f"# Down\n\nDate: 2026-03-14\n\n## Timeline (UTC)\n\n{entries}")

    assert record.duration == timedelta(minutes=80)
    assert [entry.text for entry in record.timeline.entries][:2] == [
        "the disk is full",
        "DNS, again",
    ]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("Duration: 1h 20m", 80),
        ("Dauer: ca. 2 Stunden", 120),
        ("Duration: 1h 20m\nEnd: 2026-03-14 09:59 UTC", 47),
        ("Duration: 1h 20m (until the rollback)", 80),
        ("Duration: at least 2 hours", None),
        ("Duration: 4h of failed logins, 7h in all", None),
        ("Duration: 1h 20m\nStatus: ongoing", None),
    ],
)
def test_a_labelled_length_gives_an_end_that_nothing_else_gives(
    said: str, minutes: int | None
) -> None:
    record = matched(f"# Down\n\nStart: 2026-03-14 09:12 UTC\n{said}\n")

    assert record.duration == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize("heading", ["Why", "Warum?", "Pourquoi ?", "¿Por qué?"])
def test_why_is_the_cause(heading: str) -> None:
    assert matched(f"# Down\n\n## {heading}\n\nThe disk was full.\n").root_cause


def test_front_matter_wins_and_later_sections_say_nothing() -> None:
    page = "---\npostmortem:\n  severity: SEV3\n---\n# Down\n\nSeverity: SEV1\n\n## Root cause\n\n"
    record = matched(page + "A number.\n\n- Start: 2026-01-01 10:00 UTC\n- Service: search\n")

    assert record.severity == "SEV3"
    assert not record.services
    assert not record.lifecycle.moments


def test_a_level_of_another_scale_is_not_a_severity() -> None:
    assert matched("# Down\n\nSeverity: huge\n").severity is None


def test_a_label_says_that_it_is_ongoing() -> None:
    record = matched("# Down\n\nStatus: Ongoing\nStart: 2026-03-14 09:12 UTC\n")

    assert record.lifecycle.is_ongoing
    assert record.status is None


def test_labels_in_an_internal_block_are_not_public() -> None:
    block = "<!-- internal -->\nSeverity: SEV1\n<!-- /internal -->\n"
    settings, _ = read_options({"match": ["incidents/"]})
    page = read_page("incidents/a.md", f"# Down\n\n{block}".encode(), settings)
    assert page
    assert page.record
    public = public_page(page, settings)

    assert page.record.severity == "SEV1"
    assert public
    assert public.record
    assert public.record.severity is None


@pytest.mark.parametrize(
    ("started", "resolved", "are_days"),
    [
        ("2026-06-10", "2026-06-12", True),
        ("2026-06-10", "2026-06-10", False),
        ("2026-06-12", "2026-06-10", False),
        ("2026-06-10", "ongoing", False),
        ("2026-06-10", "2026-06-12 10:00", False),
    ],
)
def test_start_and_end_may_both_be_days(started: str, resolved: str, are_days: bool) -> None:
    head = f"---\npostmortem:\n  timezone: UTC\n  started: {started}\n  resolved: {resolved}\n---\n"
    page = read_page("postmortems/a.md", f"{head}# Down\n".encode(), read_options({})[0])
    assert page
    assert page.record
    codes = [finding.code for finding in page.findings]

    assert ("PM201" in codes) is not are_days
    if are_days:
        days = [moment.day for moment in page.record.lifecycle.moments.values()]
        assert days == [date(2026, 6, 10), date(2026, 6, 12)]
        assert page.record.duration is None


def matched(text: str) -> Postmortem:
    settings, _ = read_options({"match": ["incidents/"]})
    page = read_page("incidents/a.md", text.encode(), settings)
    assert page
    assert page.record
    return page.record


@pytest.mark.parametrize(
    ("labels", "span"),
    [
        ("Start: 2026-03-14 (in the night)\nEnd: 2026-03-14, same session", None),
        ("Start: unknown\nEnd: 2026-03-14", None),
        ("Start: 2026-03-14\nEnd: 2026-03-16", ("2026-03-14", "2026-03-16")),
        ("Start: 2026-03-14 09:12 UTC\nEnd: 2026-03-15", ("2026-03-14 09:12 UTC", None)),
    ],
)
def test_days_of_a_matched_page_are_times_only_as_a_range(
    labels: str, span: tuple[str, str | None] | None
) -> None:
    text = f"# Checkout answered 502\n\n{labels}\n"
    found = record(text, match="incidents/").lifecycle.moments
    texts = {milestone.value: str(moment) for milestone, moment in found.items()}

    assert (texts.get("started"), texts.get("resolved")) == (span or (None, None))
    assert Level.ERROR not in {item.level for item in problems(text, match="incidents/")}
