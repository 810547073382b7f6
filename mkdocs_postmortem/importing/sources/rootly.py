"""Rootly: incidents, events, action items, retrospectives.

Fields by ``swagger.json`` of rootly-go.
"""

from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source

_RESOURCE = frozenset({"type", "attributes"})
_INCIDENT = "relationships.incident.data.id || attributes.incident_id"

ROOTLY = Source(
    "rootly",
    "Rootly",
    (
        Shape(
            _RESOURCE,
            where="type == 'incidents'",
            id="id",
            name="attributes.sequential_id || attributes.slug",
            title="attributes.title",
            url="attributes.url || attributes.short_url",
            severity=(
                "attributes.severity.data.attributes.name || attributes.severity.attributes.name"
                " || attributes.severity.name"
            ),
            services="attributes.services[].[data.attributes.name, attributes.name, name][]",
            private="attributes.private",
            test="contains(['test', 'test_sub', 'example', 'example_sub'], attributes.kind)",
            created="attributes.created_at",
            times={
                name: f"attributes.{name}_at"
                for name in ("started", "detected", "acknowledged", "mitigated", "resolved")
            },
            guesses={"started": "attributes.in_triage_at || attributes.created_at"},
            texts=(
                Prose("summary", "attributes.summary"),
                Prose("resolution", "attributes.mitigation_message"),
                Prose("resolution", "attributes.resolution_message"),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_events'",
            id=_INCIDENT,
            events=(
                Events(
                    "attributes",
                    at="occurred_at || created_at",
                    text="event",
                    to_markdown=markup.plain_html,
                ),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_action_items'",
            id=_INCIDENT,
            actions=(
                Actions(
                    "attributes",
                    text="summary",
                    owner="[assigned_to.email, assigned_to.name, assigned_to]",
                    due="due_date",
                    url="jira_issue_url",
                    state="status",
                    done=("done",),
                    dropped=("cancelled",),
                ),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_post_mortems'",
            id=_INCIDENT,
            texts=(Prose("document", "attributes.content", markup.html),),
        ),
    ),
)
