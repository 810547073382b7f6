"""PagerDuty: incidents, log entries, notes, alerts, change events, past and related incidents.

Fields by PagerDuty's OpenAPI description (``reference/REST/openapiv3.json``).
"""

from mkdocs_postmortem.importing.source import Events, Prose, Shape, Source
from mkdocs_postmortem.model.timeline import Kind

PAGERDUTY = Source(
    "pagerduty",
    "PagerDuty",
    (
        Shape(
            frozenset({"incident_number", "urgency"}),
            id="id",
            name="incident_number",
            title="title || summary",
            url="html_url",
            severity="priority.summary || priority.name",
            services="service.summary",
            times={"resolved": "resolved_at"},
            guesses={"started": "created_at"},
            events=(
                Events("notes[]", at="created_at", text="content", person="user.summary"),
                Events(
                    "related_change_events[]",
                    at="timestamp",
                    text="summary",
                    template="Change: {}",
                ),
            ),
            texts=(Prose("summary", "body.details"),),
            others=(
                "assignments[].['Assigned to', assignee.summary]",
                "teams[].['Team', summary]",
                "custom_fields[].[display_name || name, value]",
            ),
        ),
        # The answers on past and related incidents do not name the incident that was asked for.
        Shape(
            frozenset({"incident", "score"}),
            others=("[['Past incident', incident.title, incident.id]]",),
        ),
        Shape(
            frozenset({"incident", "relationships"}),
            others=("[['Related incident', incident.title, incident.id]]",),
        ),
        Shape(
            frozenset({"agent", "channel", "created_at"}),
            id="incident.id",
            times={
                "detected": "[@][?type == 'trigger_log_entry'].created_at",
                "acknowledged": "[@][?type == 'acknowledge_log_entry'].created_at",
            },
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="channel.summary || note || summary",
                    type="type",
                    kinds={
                        "trigger_log_entry": Kind.DETECTED,
                        "acknowledge_log_entry": Kind.ACKNOWLEDGED,
                        "escalate_log_entry": Kind.ESCALATED,
                        "resolve_log_entry": Kind.RESOLVED,
                    },
                    noise=frozenset(
                        {
                            "assign_log_entry",
                            "custom_field_value_change_log_entry",
                            "delegate_log_entry",
                            "exhaust_escalation_path_log_entry",
                            "field_value_change_log_entry",
                            "notify_log_entry",
                            "reach_ack_limit_log_entry",
                            "reach_trigger_limit_log_entry",
                            "repeat_escalation_path_log_entry",
                            "snooze_log_entry",
                            "unacknowledge_log_entry",
                            "urgency_change_log_entry",
                        }
                    ),
                    person="agent.summary",
                ),
            ),
        ),
        Shape(
            frozenset({"content", "user", "created_at"}),
            events=(Events("@", at="created_at", text="content", person="user.summary"),),
        ),
        Shape(
            frozenset({"alert_key", "created_at"}),
            id="incident.id",
            events=(Events("@", at="created_at", text="summary", template="Alert: {}"),),
        ),
    ),
)
