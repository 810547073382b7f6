"""What the mapping of each source takes from an export, and what it leaves to a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from importing.other_payloads import (
    DATADOG,
    FIREHYDRANT,
    GITHUB,
    GITLAB,
    GRAFANA,
    OTHERS,
    ROOTLY,
    SLACK,
)

from mkdocs_postmortem.importing.extract import find_incidents
from mkdocs_postmortem.importing.incident import Incident, Weight
from mkdocs_postmortem.importing.page import ImportOptions, write_page
from mkdocs_postmortem.importing.payload import Document, PayloadError
from mkdocs_postmortem.importing.source import SOURCES
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import named_zone


def incidents(*values: Any, name: str = "export.json") -> list[Incident]:
    documents = [Document(name, "$", value) for value in values]
    found = list(find_incidents(documents, SOURCES.values()))
    assert not [item for item in found if isinstance(item, PayloadError)]
    return [item for item in found if isinstance(item, Incident)]


def only(*values: Any, name: str = "export.json") -> Incident:
    (incident,) = incidents(*values, name=name)
    return incident


def draft(incident: Incident, **options: Any) -> str:
    zone = named_zone("UTC")
    assert zone
    given = ImportOptions(zone, Settings().severities, date(2026, 11, 24), **options)
    return write_page(incident, given).text


def times(incident: Incident) -> dict[str, str]:
    return {name: f"{fact.value:%H:%M}" for name, fact in incident.times.items()}


def test_each_tool_is_known_by_its_shape() -> None:
    for tool, export in OTHERS.items():
        assert only(export).tool == tool


def test_opsgenie_has_the_impact_and_the_timeline() -> None:
    incident = {
        "id": "og-1",
        "tinyId": "12",
        "message": "Search was slow",
        "priority": "P2",
        "createdAt": "2026-03-01T10:05:00Z",
        "impactStartDate": "2026-03-01T09:50:00Z",
        "links": {"web": "https://acme.app.opsgenie.example/incident/og-1"},
    }
    at = "2026-03-01T10:20:00Z"
    entries = [
        {
            "group": "custom",
            "type": "CustomUserEntry",
            "eventTime": at,
            "title": {"type": "plain_text", "content": "Added an entry"},
            "description": {"type": "plain_text", "content": "Rebuilt the index"},
        },
        {"group": "alert", "type": "A", "eventTime": at, "title": {"content": "Alerted Kim"}},
        {"group": "incident", "type": "S", "eventTime": at, "title": {"content": "Resolved it"}},
        {
            "group": "custom",
            "type": "C",
            "eventTime": at,
            "hidden": True,
            "title": {"content": "x"},
        },
    ]

    found = only([{"data": incident}, {"data": {"entries": entries}}])

    assert times(found) == {"started": "09:50"}
    assert (
        "<!-- Left out: 1 event that machines wrote; --all-events keeps them. -->\n\n"
        "- 2026-03-01 10:20 Rebuilt the index\n- 2026-03-01 10:20 Resolved it\n\n##"
    ) in draft(found)


def test_datadog_states_the_impact() -> None:
    incident = only(DATADOG)

    assert times(incident) == {
        "started": "06:10",
        "detected": "06:31",
        "mitigated": "07:00",
        "resolved": "08:15",
    }
    text = draft(incident, people={"@kim@acme.example": "kim"})
    assert "- [ ] Alert on the lag of replicas (@kim, due 2026-06-01)" in text
    assert "- 2026-05-02 06:55 Restarted the replica" in text
    assert "- 2026-05-02 07:00 Stale results (the impact ends)" in text
    assert "A replica stopped to follow." in text
    assert "detected_by: customer  # attributes.fields.detection_method.value: customer" in text
    assert incident.services == ("search",)


def test_firehydrant_has_milestones_tickets_and_a_retrospective() -> None:
    incident = only(FIREHYDRANT)

    assert times(incident) == {"started": "12:00", "detected": "12:25", "resolved": "13:40"}
    text = draft(incident)
    assert "- [-] Cap the size of the queue (@kim-lee, due 2026-03-01, [MAIL-7](" in text
    assert ", won't do: dropped in FireHydrant)" in text
    assert "## Text from FireHydrant\n\n#### Why\n\nThe workers waited for a lock." in text
    assert "users_affected: '1200'  # customers_impacted: 1200" in text
    assert "- 2026-02-01 13:05 Doubled the workers" in text
    weights = {event.text: event.weight for event in incident.events}
    assert weights["is the disk full?"] is Weight.CANDIDATE


def test_a_start_that_is_the_opening_of_the_record_is_a_guess() -> None:
    incident = only(ROOTLY)

    assert "started" not in incident.times
    assert "# started: 2026-04-03 00:00  # A guess: this is attributes.started_at." in draft(
        incident
    )


def test_rootly_is_read_with_events_and_action_items() -> None:
    text = draft(only(ROOTLY))

    assert "visibility: internal" in text
    assert "severity: SEV1" in text
    assert "- 2026-04-03 00:40 Failed over to Osaka" in text
    assert "- [x] Test the failover each month (due 2026-05-01, [ID-3](" in text
    assert "A new cluster took over." in text


def test_grafana_keeps_what_people_noted() -> None:
    incident = only(GRAFANA)

    assert times(incident) == {"started": "09:30", "resolved": "10:45"}
    text = draft(incident)
    assert "# severity: TODO. The export says Minor" in text
    assert "Rolled the proxy back" in text
    assert "Kim created the incident" not in text
    assert "Assign an investigator" not in text
    assert "- [ ] Pin the proxy's version (@kim-lee)" in text
    assert "url:" not in text


def test_an_issue_is_neither_the_start_nor_the_end_of_an_outage() -> None:
    for export in (GITHUB, GITLAB):
        incident = only(export)
        assert not incident.times
        assert set(incident.guesses) == {"started", "resolved"}
        assert "severity: SEV2" in draft(incident)


def test_comments_of_people_become_entries() -> None:
    github, gitlab = draft(only(GITHUB)), draft(only(GITLAB))

    assert "- 2026-08-01 08:10 Restarted the scheduler" in github
    assert "Linked to a build" not in github
    assert "- 2026-09-01 08:30 Freed the disk" in gitlab
    assert "changed the description" not in gitlab
    assert "visibility: internal" in gitlab


def test_the_command_line_of_github_names_fields_otherwise() -> None:
    incident = only(
        {
            "number": 8,
            "title": "Builds hang",
            "body": "",
            "url": "https://github.example/acme/ops/issues/8",
            "labels": [{"name": "P1"}],
            "createdAt": "2026-08-01T07:00:00Z",
            "closedAt": None,
            "comments": [
                {
                    "author": {"login": "kim"},
                    "body": "Restarted",
                    "createdAt": "2026-08-01T08:10:00Z",
                }
            ],
        }
    )

    assert "- 2026-08-01 08:10 Restarted" in draft(incident)
    assert "severity: SEV1" in draft(incident)


def test_what_names_no_incident_goes_to_the_nearest() -> None:
    def bundle(number: int) -> dict[str, Any]:
        incident = {"incident_number": number, "urgency": "high", "title": "a", "id": f"P{number}"}
        at = "2026-03-14T08:00:00Z"
        notes = [{"content": f"Note {number}", "user": {}, "created_at": at}]
        return {"incident": incident, "notes": notes}

    found = incidents([bundle(1), bundle(2)])

    assert [[event.text for event in item.events] for item in found] == [["Note 1"], ["Note 2"]]


def test_messages_of_slack_are_candidates_without_names() -> None:
    incident = only(SLACK, name="export.zip!inc-8/2026-08-01.json")
    text = draft(incident)

    assert incident.title == "Channel inc-8"
    assert incident.id == "inc-8"
    assert "<!-- Messages to choose from:\n- 2026-08-01 08:00 (someone) see this graph" in text
    assert "U123" not in text
    assert "U456" not in text
    assert "joined" not in text


def test_a_long_channel_says_what_is_only_in_the_export() -> None:
    messages = [
        {"type": "message", "text": f"m{number}", "ts": f"{1785571200 + number}.0001"}
        for number in range(5_003)
    ]

    text = draft(only(messages))

    assert "m4999\n… and 3 more in the export.\n-->" in text


def test_a_start_of_opsgenie_that_is_the_creation_is_a_guess() -> None:
    at = "2026-03-01T10:05:00Z"
    incident = only(
        {"id": "o", "tinyId": "1", "message": "a", "createdAt": at, "impactStartDate": at}
    )

    assert not incident.times
    assert incident.guesses["started"].field == "impactStartDate"


def test_messages_of_slack_go_to_the_only_incident() -> None:
    incident = only(GITHUB, SLACK)

    assert incident.tool == "github"
    assert "(someone) see this graph" in draft(incident)


def test_two_channels_are_two_incidents() -> None:
    documents = [
        Document(f"a.zip!{name}/2026-08-01.json", "$", SLACK) for name in ("inc-8", "inc-9")
    ]
    lists = [
        Document("a.zip!users.json", "$", [{"id": "U123", "profile": {"real_name": "Kim"}}]),
        Document("a.zip!channels.json", "$", [{"id": "C1", "created": 1, "members": []}]),
        Document("a.zip!inc-8/2026-08-02.json", "$", []),
    ]

    found = list(find_incidents([*lists, *documents], SOURCES.values()))

    assert [item.id for item in found if isinstance(item, Incident)] == ["inc-8", "inc-9"]
    assert len(found) == 2


def test_the_earliest_entry_of_a_log_is_the_detection() -> None:
    def entry(kind: str, at: str) -> dict[str, Any]:
        return {
            "type": f"{kind}_log_entry",
            "created_at": f"2026-03-14T{at}:00Z",
            "summary": kind,
            "agent": {},
            "channel": {},
            "incident": {"id": "P1"},
        }

    newest_first = [
        entry("resolve", "10:00"),
        entry("acknowledge", "09:30"),
        entry("acknowledge", "09:10"),
        entry("trigger", "09:20"),
        entry("trigger", "09:00"),
    ]
    incident = {"incident_number": 1, "urgency": "high", "title": "a", "id": "P1"}

    found = only({"incident": incident, "log_entries": newest_first})

    assert times(found) == {"detected": "09:00", "acknowledged": "09:10"}
    assert "detected: 2026-03-14 09:00  # trigger_log_entry: 2026-03-14T09:00:00+00:00" in draft(
        found
    )


def test_pagerduty_names_past_and_related_incidents() -> None:
    def other(name: str) -> dict[str, Any]:
        return {"id": name, "title": f"Outage {name}", "created_at": "2025-01-01T00:00:00Z"}

    incident = {
        "incident_number": 1,
        "urgency": "high",
        "title": "a",
        "id": "P1",
        "teams": [{"summary": "Payments"}],
        "custom_fields": [{"name": "region", "display_name": "Region", "value": ["eu", "us"]}],
    }
    past = {"past_incidents": [{"incident": other("P7"), "score": 46.8}], "total": 1}
    related = {"related_incidents": [{"incident": other("P8"), "relationships": []}]}

    found = only({"incident": incident}, past, related)

    assert (
        "  # Also in PagerDuty:\n"
        "  #   Team: Payments\n"
        "  #   Region: eu, us\n"
        "  #   Past incident: Outage P7, P7\n"
        "  #   Related incident: Outage P8, P8\n"
    ) in draft(found)


def test_incident_io_has_roles_and_custom_fields() -> None:
    def field(name: str, **value: Any) -> dict[str, Any]:
        return {"custom_field": {"name": name}, "values": [value]}

    incident = {
        "id": "01",
        "reference": "INC-1",
        "name": "a",
        "incident_status": {},
        "incident_role_assignments": [
            {
                "role": {"name": "Incident lead"},
                "assignee": {"name": "Kim Lee", "email": "kim@acme.example"},
            },
            {"role": {"name": "Scribe"}, "assignee": None},
        ],
        "custom_field_entries": [
            field("Affected services", value_catalog_entry={"name": "login"}),
            field("Region", value_option={"value": "eu-west-1"}),
            field("Customers", value_numeric="12"),
            field("Empty"),
        ],
    }

    found = only({"incident": incident})

    assert found.services == ("login",)
    text = draft(found)
    assert (
        "  #   Incident lead: Kim Lee\n  #   Region: eu-west-1\n  #   Customers: 12\n  source:"
    ) in text
    assert "kim@" not in text


def test_a_label_names_a_service() -> None:
    labels = ["service::checkout", "Service: search", "component/mail", "services", "sev1"]
    github = {**GITHUB["issue"], "labels": [{"name": name} for name in labels]}
    gitlab = {**GITLAB["issue"], "labels": labels}

    for issue in (github, gitlab):
        found = only({"issue": issue})
        assert found.services == ("checkout", "search", "mail")
        assert "severity: SEV1" in draft(found)


def test_a_reaction_makes_messages_entries() -> None:
    messages = [
        {"type": "message", "text": "hello", "ts": "1785571200.0001"},
        {
            "type": "message",
            "text": "rolled back",
            "ts": "1785571260.0001",
            "reactions": [{"name": "pushpin", "users": ["U1"], "count": 1}],
        },
    ]

    text = draft(only(messages), reaction="pushpin")

    assert "<!-- Messages to choose from:\n- 2026" in text
    assert "-->\n\n- 2026-08-01 08:01 rolled back\n\n##" in text
    assert text.count("rolled back") == 1


def test_a_person_is_known_by_any_of_their_names() -> None:
    text = draft(only(FIREHYDRANT), people={"kim@acme.example": "kim"})

    assert "(@kim, due 2026-03-01" in text
