"""incident.io: incidents with roles and custom fields, updates, timeline, follow-ups, documents.

Fields by the generated client of incident-io/terraform-provider-incident (API version 2).
"""

from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source

_IS_SERVICE = "contains(custom_field.name, 'ervice')"
_VALUES = (
    "values[].[value_option.value, value_catalog_entry.name, value_text, value_numeric, value_link]"
)


def _timestamp(*names: str) -> str:
    """The value of the first incident timestamp with one of these names."""
    return " || ".join(
        f"(incident_timestamp_values[?incident_timestamp.name == '{name}'].value.value)[0]"
        for name in names
    )


INCIDENT_IO = Source(
    "incident.io",
    "incident.io",
    (
        Shape(
            frozenset({"reference", "incident_status"}),
            id="id",
            name="reference",
            title="name",
            url="permalink",
            severity="severity.name",
            services=f"custom_field_entries[?{_IS_SERVICE}].{_VALUES}",
            private="visibility == 'private'",
            test="contains(['test', 'tutorial'], mode)",
            times={
                "started": _timestamp("Impact started at", "Impact started"),
                "detected": _timestamp("Detected at"),
                "mitigated": _timestamp("Fixed at", "Mitigated at"),
                "resolved": _timestamp("Resolved at"),
            },
            # Reported and accepted are by the tool's own clock; identified is about the cause.
            guesses={
                "started": "created_at",
                "detected": _timestamp("Reported at"),
                "acknowledged": _timestamp("Accepted at"),
            },
            texts=(Prose("summary", "summary"),),
            others=(
                "incident_role_assignments[].[role.name, assignee.name]",
                f"custom_field_entries[?!{_IS_SERVICE}].[custom_field.name, {_VALUES}]",
            ),
        ),
        Shape(
            frozenset({"incident_id", "new_incident_status"}),
            id="incident_id",
            events=(
                Events(
                    "[@][?message]",
                    at="created_at",
                    text="message",
                    person="updater.user.name",
                ),
                Events(
                    "[@][?!message]",
                    at="created_at",
                    text="new_incident_status.name",
                    template="Status: {}",
                ),
            ),
        ),
        Shape(
            frozenset({"incident_id", "title", "status"}),
            where="!document_url && type != 'in_app' && type != 'external'",
            id="incident_id",
            actions=(
                Actions(
                    "[@][?status != 'deleted']",
                    text="title",
                    owner="[assignee.email, assignee.name]",
                    url="external_issue_reference.issue_permalink",
                    state="status",
                    done=("completed",),
                    dropped=("not_doing",),
                ),
            ),
        ),
        Shape(
            frozenset({"incident_id", "timestamp", "title"}),
            id="incident_id",
            events=(Events("@", at="timestamp", text="title"),),
        ),
        Shape(
            frozenset({"incident_id", "markdown"}),
            id="incident_id",
            texts=(Prose("document", "markdown"),),
        ),
    ),
)
