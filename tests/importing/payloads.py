"""Exports as the tools write them, in our own words and values."""

from __future__ import annotations

from typing import Any


def log_entry(kind: str, at: str, text: str, person: str = "checkout") -> dict[str, Any]:
    return {
        "id": f"L-{kind}",
        "type": f"{kind}_log_entry",
        "summary": text,
        "created_at": at,
        "agent": {"type": "user_reference", "summary": person},
        "channel": {"type": "web"},
        "incident": {"id": "PX1"},
    }


PAGERDUTY: dict[str, Any] = {
    "incident": {
        "id": "PX1",
        "incident_number": 77,
        "title": "Checkout answered 502",
        "status": "resolved",
        "urgency": "high",
        "created_at": "2026-03-14T08:12:10Z",
        "resolved_at": "2026-03-14T09:40:00Z",
        "service": {"id": "S1", "summary": "checkout"},
        "priority": {"summary": "P2"},
        "html_url": "https://acme.example/incidents/PX1",
    },
    "log_entries": [
        log_entry("resolve", "2026-03-14T09:40:00Z", "Resolved by Dana Roy", "Dana Roy"),
        log_entry("acknowledge", "2026-03-14T08:15:00Z", "Acknowledged by Dana Roy", "Dana Roy"),
        log_entry("notify", "2026-03-14T08:13:00Z", "Called Dana Roy"),
        log_entry("trigger", "2026-03-14T08:12:10Z", "5xx rate above 5 %"),
    ],
    "notes": [
        {
            "id": "N1",
            "user": {"summary": "Dana Roy"},
            "content": "Rolled back build 4512, told dana@acme.example",
            "created_at": "2026-03-14T09:05:00Z",
        }
    ],
}

OPSGENIE: dict[str, Any] = {
    "data": {
        "postmortemId": "pm1",
        "title": "Search was slow",
        "severity": "P3",
        "startTime": "2026-01-05T10:00:00Z",
        "endTime": 1767610800000,
        "respondTime": "2026-01-05T10:05:00Z",
        "rootIncident": {"id": "i1", "tinyId": "42", "creationTime": "2026-01-05T10:03:00Z"},
        "affectedServices": [{"name": "search"}],
        "jiraIssues": [
            {
                "key": "OPS-4",
                "summary": "Add an alert",
                "url": "https://jira.example/browse/OPS-4",
                "assignee": {"displayName": "Kim Lee"},
                "status": {"name": "Done"},
            }
        ],
        "executiveSummary": {
            "type": "doc",
            "content": [
                {
                    "type": "paragraph",
                    "content": [
                        {"type": "text", "text": "Search took "},
                        {"type": "text", "text": "nine seconds", "marks": [{"type": "strong"}]},
                    ],
                }
            ],
        },
    }
}

INCIDENT_IO: dict[str, Any] = {
    "incidents": [
        {
            "id": "01A",
            "reference": "INC-9",
            "name": "Login failed",
            "summary": "Users *could not* log in.",
            "mode": "standard",
            "visibility": "private",
            "severity": {"name": "SEV1"},
            "incident_status": {"name": "Closed", "category": "closed"},
            "created_at": "2026-05-01T10:10:00Z",
            "permalink": "https://app.incident.example/9",
            "incident_timestamp_values": [
                {
                    "incident_timestamp": {"name": "Impact started at"},
                    "value": {"value": "2026-05-01T10:00:00Z"},
                },
                {
                    "incident_timestamp": {"name": "Resolved at"},
                    "value": {"value": "2026-05-01T11:00:00Z"},
                },
            ],
            "custom_field_entries": [
                {
                    "custom_field": {"name": "Affected services"},
                    "values": [{"value_option": {"value": "login"}}],
                }
            ],
        }
    ],
    "follow_ups": [
        {
            "id": "f1",
            "incident_id": "01A",
            "title": "Add a canary",
            "status": "outstanding",
            "assignee": {"name": "Kim Lee", "email": "kim@acme.example"},
        }
    ],
    "incident_updates": [
        {
            "incident_id": "01A",
            "message": "Rolled back.",
            "new_incident_status": {"name": "Monitoring"},
            "created_at": "2026-05-01T10:50:00Z",
        }
    ],
}

STATUSPAGE: dict[str, Any] = {
    "page": {"id": "p", "name": "Acme", "time_zone": "America/Chicago"},
    "incidents": [
        {
            "id": "sp1",
            "name": "API errors",
            "status": "resolved",
            "impact": "major",
            "created_at": "2026-02-01T10:02:00.000-06:00",
            "started_at": "2026-02-01T10:00:00.000-06:00",
            "monitoring_at": None,
            "resolved_at": "2026-02-01T11:00:00.000-06:00",
            "shortlink": "https://status.example/sp1",
            "components": [{"name": "API"}],
            "incident_updates": [
                {
                    "id": "u2",
                    "status": "resolved",
                    "body": "All is <b>well</b>.",
                    "created_at": "2026-02-01T11:00:00.000-06:00",
                    "display_at": "2026-02-01T11:00:00.000-06:00",
                },
                {
                    "id": "u1",
                    "status": "investigating",
                    "body": "We look into errors.",
                    "created_at": "2026-02-01T10:05:00.000-06:00",
                    "display_at": None,
                },
            ],
        }
    ],
}

EXPORTS: dict[str, dict[str, Any]] = {
    "pagerduty": PAGERDUTY,
    "opsgenie": OPSGENIE,
    "incident.io": INCIDENT_IO,
    "statuspage": STATUSPAGE,
}
