"""PagerDuty: incidents, log entries, notes, alerts and change events.

Fields by PagerDuty's OpenAPI description (``reference/REST/openapiv3.json``).
"""

from mkdocs_postmortem.importing.source import Events, Prose, Shape, Source
from mkdocs_postmortem.model.kind import Kind

_LOG = frozenset({"agent", "channel", "created_at"})

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
        ),
        Shape(
            _LOG,
            where="type == 'trigger_log_entry'",
            id="incident.id",
            times={"detected": "created_at"},
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="channel.summary || summary",
                    type="type",
                    kinds={"trigger_log_entry": Kind.DETECTED},
                ),
            ),
        ),
        Shape(
            _LOG,
            where="type == 'acknowledge_log_entry'",
            id="incident.id",
            times={"acknowledged": "created_at"},
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="summary",
                    type="type",
                    kinds={"acknowledge_log_entry": Kind.ACKNOWLEDGED},
                ),
            ),
        ),
        Shape(
            _LOG,
            id="incident.id",
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="channel.summary || note || summary",
                    type="type",
                    kinds={
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
