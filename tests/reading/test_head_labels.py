"""Labelled values at the head of a page: the same answer in every form that people give them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.reading.head_labels import Subject, find_labelled, subject_of
from mkdocs_postmortem.reading.head_values import names_in
from mkdocs_postmortem.reading.source import number_lines

LABELS = {
    Subject.START: ["Start", "Outage started", "Incident start time", "Beginn", "Début", "Inicio"],
    Subject.END: ["End", "Resolved", "Service restored", "Ende", "Fin", "復旧日時", "结束时间"],
    Subject.DETECTED: ["Detected", "First reported", "Erkannt", "検知日時", "发现时间"],
    Subject.DURATION: [
        "Duration",
        "Total downtime",
        "Time to recovery",
        "Dauer",
        "Durée",
        "持续时间",
    ],
    Subject.SEVERITY: ["Severity", "Priority", "Schweregrad", "Gravité", "重大度", "严重级别"],
    Subject.SERVICES: ["Affected services", "Systems", "影響サービス"],
    Subject.AUTHORS: ["Author(s)", "Auteur", "作成者"],
    Subject.USERS: [
        "Customers affected",
        "Betroffene Nutzer",
        "Clients touchés",
        "Usuarios afectados",
        "Usuários afetados",
        "影響を受けたユーザー",
        "受影响的用户数",
        "المستخدمون المتأثرون",
    ],
    Subject.STATUS: ["Status", "Estado", "状态"],
}
FORMS = [
    "{label}: {value}",
    "{label}： {value}",
    "**{label}:** {value}",
    "**{label}**: {value}",
    "- {label}: {value}",
    "* **{label}**: `{value}`",
    "| {label} | {value} |",
    "|   **{label}**   |   {value}   |",
    "{label} | {value}",
    "## {label}: {value}",
    "## {label}\n\n{value}",
    "**{label}:**\n{value}",
    "> {label}: {value}",
]
cases = st.sampled_from([(subject, label) for subject, names in LABELS.items() for label in names])


@given(
    cases,
    st.sampled_from(FORMS),
    st.sampled_from([str, str.upper, str.lower]),
    st.sampled_from(["2026-03-14 09:12", "SEV2", "checkout"]),
)
def test_every_form_says_the_same(
    case: tuple[Subject, str], form: str, change: Callable[[str], str], value: str
) -> None:
    subject, label = case
    lines = number_lines(form.format(label=change(label), value=value).split("\n"))

    assert [(item.subject, item.value) for item in find_labelled(lines)] == [(subject, value)]


@pytest.mark.parametrize(
    "label",
    ["Impact", "Root cause", "Trigger", "Created", "Date published", "Team", "Related issues", ""],
)
def test_other_labels_say_nothing_of_it(label: str) -> None:
    assert subject_of(label) is None


def test_one_row_below_a_header_of_labels_is_read() -> None:
    table = "| Severity | Start | End |\n|---|---|---|\n| P2 | 10:00 | 11:00 |"
    found = find_labelled(number_lines(table.split("\n")))

    assert [(item.subject.value, item.value) for item in found] == [
        ("severity", "P2"),
        ("start", "10:00"),
        ("end", "11:00"),
    ]


def test_several_labels_may_share_a_line() -> None:
    found = find_labelled(number_lines(["**Start:** 10:00 UTC, **End:** 11:00 UTC"]))

    assert [item.value for item in found] == ["10:00 UTC", "11:00 UTC"]


def test_placeholders_are_not_values() -> None:
    assert not list(find_labelled(number_lines(["**Duration:** [Time from start to end]"])))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("| Services | Count |\n|---|---|\n| checkout | 3 |\n", None),
        ("| Services | checkout |\n|---|---|\n| Severity | SEV2 |\n", "checkout"),
        ("| Services | checkout |\n|---|---|\n", "checkout"),
        ("Services: N/A\n", None),
    ],
)
def test_names_of_columns_and_words_for_nothing_are_not_values(
    text: str, value: str | None
) -> None:
    found = {item.subject: item.value for item in find_labelled(number_lines(text.split("\n")))}

    assert found.get(Subject.SERVICES) == value


@pytest.mark.parametrize(
    "value", ["web（`/search` only, beta）, api", "web (all of it), api", "web, api (in part"]
)
def test_what_explains_a_name_is_not_a_name(value: str) -> None:
    (found,) = find_labelled(number_lines([f"Services: {value}"]))

    assert names_in(found.value) == ["web", "api"]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Start: 10:00 UTC End: 11:00 UTC", [("start", "10:00 UTC"), ("end", "11:00 UTC")]),
        ("Date: 2026-01-02 Start: 10:00", [("date", "2026-01-02"), ("start", "10:00")]),
        ("TIME TO RECOVERY: 12 min", [("duration", "12 min")]),
    ],
)
def test_labels_in_one_line_keep_their_zones(line: str, values: list[tuple[str, str]]) -> None:
    found = find_labelled(number_lines([line]))

    assert [(item.subject.value, item.value) for item in found] == values
