"""Exports of the tools that are not in ``payloads``, in our own words and values."""

from __future__ import annotations

from typing import Any


def resource(kind: str, own_id: str, /, **attributes: Any) -> dict[str, Any]:
    """A resource of JSON:API."""
    return {"id": own_id, "type": kind, "attributes": attributes}


DATADOG: dict[str, Any] = {
    "data": [
        resource(
            "incidents",
            "7f0c",
            public_id=31,
            title="Search returned stale pages",
            severity="SEV-3",
            state="resolved",
            visibility="organization",
            is_test=False,
            customer_impacted=True,
            customer_impact_scope="One in ten searches showed pages of the day before.",
            customer_impact_start="2026-05-02T06:10:00+00:00",
            customer_impact_end="2026-05-02T07:00:00+00:00",
            detected="2026-05-02T06:31:00+00:00",
            declared="2026-05-02T06:40:00+00:00",
            created="2026-05-02T06:40:00+00:00",
            resolved="2026-05-02T08:15:00+00:00",
            fields={
                "services": {"type": "autocomplete", "value": ["search"]},
                "detection_method": {"type": "dropdown", "value": "customer"},
                "root_cause": {"type": "textbox", "value": "A replica stopped to follow."},
            },
        ),
        resource(
            "incident_todos",
            "t1",
            incident_id="7f0c",
            content="Alert on the lag of replicas",
            assignees=["@kim@acme.example"],
            due_date="2026-06-01T00:00:00+00:00",
            completed=None,
        ),
        {
            **resource(
                "incident_impacts",
                "im1",
                description="Stale results",
                start_at="2026-05-02T06:10:00+00:00",
                end_at="2026-05-02T07:00:00+00:00",
            ),
            "relationships": {"incident": {"data": {"id": "7f0c", "type": "incidents"}}},
        },
        {
            **resource(
                "incident_timeline_cells",
                "c1",
                cell_type="markdown",
                content={"content": "Restarted the replica"},
                display_time="2026-05-02T06:55:00+00:00",
            ),
            "relationships": {"incident": {"data": {"id": "7f0c", "type": "incidents"}}},
        },
    ]
}

FIREHYDRANT: dict[str, Any] = {
    "incident": {
        "id": "fh-1",
        "number": 12,
        "name": "Mail was late",
        "summary": "The queue of outgoing mail grew.",
        "customers_impacted": 1200,
        "customer_impact_summary": "Receipts arrived an hour late.",
        "severity": "SEV2",
        "current_milestone": "resolved",
        "created_at": "2026-02-01T12:30:00.000Z",
        "started_at": "2026-02-01T12:00:00.000Z",
        "discarded_at": None,
        "incident_url": "https://app.firehydrant.example/incidents/fh-1",
        "services": [{"id": "s", "name": "mailer"}],
        "lifecycle_phases": [
            {
                "name": "Active",
                "milestones": [
                    {"slug": "detected", "occurred_at": "2026-02-01T12:25:00.000Z"},
                    {"slug": "mitigated", "occurred_at": None},
                ],
            },
            {
                "name": "Post-incident",
                "milestones": [{"slug": "resolved", "occurred_at": "2026-02-01T13:40:00.000Z"}],
            },
        ],
        "incident_tickets": [
            {
                "id": "k1",
                "summary": "Cap the size of the queue",
                "type": "follow_up",
                "state": "cancelled",
                "assignees": [{"name": "Kim Lee", "email": "kim@acme.example"}],
                "due_at": "2026-03-01T00:00:00.000Z",
                "link": {"href_url": "https://tracker.example/MAIL-7"},
            }
        ],
    },
    "events": [
        {
            "id": "e1",
            "incident_id": "fh-1",
            "type": "note",
            "occurred_at": "2026-02-01T13:05:00.000Z",
            "data": {"body": "Doubled the workers"},
            "author": {"name": "Kim Lee"},
        },
        {
            "id": "e2",
            "incident_id": "fh-1",
            "type": "generic_chat_message",
            "occurred_at": "2026-02-01T12:40:00.000Z",
            "data": {"body": "is the disk full?"},
            "author": {"name": "Kim Lee"},
        },
    ],
    "retrospective": {"markdown": "# Why\n\nThe workers waited for a lock."},
}

ROOTLY: dict[str, Any] = {
    "data": [
        resource(
            "incidents",
            "r-9",
            sequential_id=9,
            title="Login failed in Asia",
            slug="login-failed-in-asia",
            kind="normal",
            private=True,
            summary="Sessions could not be stored.",
            url="https://rootly.example/incidents/9",
            severity={"data": {"id": "x", "attributes": {"name": "SEV1"}}},
            services=[{"data": {"id": "y", "attributes": {"name": "login"}}}],
            created_at="2026-04-03T09:00:10.120+09:00",
            started_at="2026-04-03T09:00:09.000+09:00",
            detected_at="2026-04-03T08:50:00.000+09:00",
            acknowledged_at=None,
            mitigated_at="2026-04-03T09:45:00.000+09:00",
            resolved_at="2026-04-03T10:20:00.000+09:00",
            resolution_message="A new cluster took over.",
        ),
        {
            **resource(
                "incident_events",
                "v1",
                event="<p>Failed over to <b>Osaka</b></p>",
                occurred_at="2026-04-03T09:40:00.000+09:00",
                visibility="internal",
            ),
            "relationships": {"incident": {"data": {"id": "r-9"}}},
        },
        {
            **resource(
                "incident_action_items",
                "a1",
                summary="Test the failover each month",
                kind="follow_up",
                status="done",
                due_date="2026-05-01",
                jira_issue_url="https://jira.example/browse/ID-3",
            ),
            "relationships": {"incident": {"data": {"id": "r-9"}}},
        },
    ]
}

GRAFANA: dict[str, Any] = {
    "incident": {
        "incidentID": "g-5",
        "title": "Dashboards did not load",
        "severity": "Minor",
        "status": "resolved",
        "isDrill": False,
        "labels": [{"key": "service_name", "label": "dashboards"}, {"key": "team", "label": "a"}],
        "createdTime": "2026-07-01T10:00:00Z",
        "closedTime": "2026-07-01T12:00:00Z",
        "incidentStart": "2026-07-01T09:30:00Z",
        "incidentEnd": "2026-07-01T10:45:00Z",
        "overviewURL": "/a/grafana-irm-app/incidents/g-5",
        "summary": "A proxy dropped requests.",
        "taskList": {
            "tasks": [
                {"text": "Assign an investigator", "immutable": True, "status": "done"},
                {
                    "text": "Pin the proxy's version",
                    "immutable": False,
                    "status": "todo",
                    "assignedUser": {"name": "Kim Lee", "userID": "u1"},
                },
            ]
        },
    },
    "activityItems": [
        {
            "incidentID": "g-5",
            "activityKind": "incidentCreated",
            "body": "Kim created the incident",
            "eventTime": "2026-07-01T10:00:00Z",
            "relevance": "low",
        },
        {
            "incidentID": "g-5",
            "activityKind": "userNote",
            "body": "Rolled the proxy back",
            "eventTime": "2026-07-01T10:41:00Z",
            "user": {"name": "Kim Lee"},
        },
    ],
}

GITHUB: dict[str, Any] = {
    "issue": {
        "url": "https://api.github.example/repos/acme/ops/issues/8",
        "html_url": "https://github.example/acme/ops/issues/8",
        "number": 8,
        "title": "Builds hang",
        "user": {"login": "kim", "type": "User"},
        "labels": [{"name": "incident"}, {"name": "sev-2"}],
        "state": "closed",
        "created_at": "2026-08-01T07:00:00Z",
        "closed_at": "2026-08-01T11:00:00Z",
        "body": "Runners wait for a lock.\n\n- [ ] Add a timeout",
        "comments": 2,
    },
    "comments": [
        {
            "issue_url": "https://api.github.example/repos/acme/ops/issues/8",
            "user": {"login": "kim", "type": "User"},
            "body": "Restarted the\nscheduler",
            "created_at": "2026-08-01T08:10:00Z",
        },
        {
            "issue_url": "https://api.github.example/repos/acme/ops/issues/8",
            "user": {"login": "robot", "type": "Bot"},
            "body": "Linked to a build",
            "created_at": "2026-08-01T08:11:00Z",
        },
    ],
}

GITLAB: dict[str, Any] = {
    "issue": {
        "id": 501,
        "iid": 17,
        "title": "Registry is read-only",
        "description": "Pushes fail.",
        "labels": ["incident", "severity::2"],
        "state": "closed",
        "confidential": True,
        "created_at": "2026-09-01T07:00:00.000Z",
        "closed_at": "2026-09-01T09:00:00.000Z",
        "web_url": "https://gitlab.example/acme/ops/-/issues/17",
    },
    "notes": [
        {
            "id": 1,
            "noteable_id": 501,
            "noteable_type": "Issue",
            "system": False,
            "body": "Freed the disk",
            "author": {"username": "kim"},
            "created_at": "2026-09-01T08:30:00.000Z",
        },
        {
            "id": 2,
            "noteable_id": 501,
            "noteable_type": "Issue",
            "system": True,
            "body": "changed the description",
            "author": {"username": "kim"},
            "created_at": "2026-09-01T08:31:00.000Z",
        },
    ],
}

SLACK: list[dict[str, Any]] = [
    {
        "type": "message",
        "subtype": "channel_join",
        "user": "U123",
        "text": "<@U123> has joined the channel",
        "ts": "1785571100.000100",
    },
    {
        "type": "message",
        "user": "U123",
        "text": "<@U456> see <https://graphs.example/1|this graph>; a &lt; b",
        "ts": "1785571200.000200",
    },
]

OTHERS: dict[str, Any] = {
    "datadog": DATADOG,
    "firehydrant": FIREHYDRANT,
    "rootly": ROOTLY,
    "grafana": GRAFANA,
    "github": GITHUB,
    "gitlab": GITLAB,
    "slack": SLACK,
}
