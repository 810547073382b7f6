"""Datadog: incidents, impacts, to-dos, timeline cells, postmortem notebooks.

Fields by datadog-api-client-python (version 2 of the API), the notebook by version 1.
"""

from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source

_RESOURCE = frozenset({"type", "attributes"})
_INCIDENT = "attributes.incident_id || relationships.incident.data.id"

DATADOG = Source(
    "datadog",
    "Datadog",
    (
        Shape(
            _RESOURCE,
            where="type == 'incidents' && contains(keys(attributes), 'customer_impacted')",
            id="id",
            name="attributes.public_id",
            title="attributes.title",
            severity="attributes.severity",
            services="attributes.fields.services.value",
            private="attributes.visibility == 'private'",
            test="attributes.is_test",
            times={
                "started": "attributes.customer_impact_start",
                "detected": "attributes.detected",
                "mitigated": "attributes.customer_impact_end",
                "resolved": "attributes.resolved",
            },
            facts={"detected_by": "attributes.fields.detection_method.value"},
            guesses={"started": "attributes.declared || attributes.created"},
            texts=(
                Prose("summary", "attributes.fields.summary.value"),
                Prose("impact", "attributes.customer_impact_scope"),
                Prose("root_cause", "attributes.fields.root_cause.value"),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_impacts'",
            id=_INCIDENT,
            events=(
                Events(
                    "attributes",
                    at="start_at",
                    text="description",
                    template="{} (the impact begins)",
                ),
                Events(
                    "attributes", at="end_at", text="description", template="{} (the impact ends)"
                ),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_todos'",
            id=_INCIDENT,
            actions=(
                Actions(
                    "attributes",
                    text="content",
                    owner="[assignees[0].email, assignees[0].name, assignees[0]]",
                    due="due_date",
                    state="completed && 'completed'",
                    done=("completed",),
                ),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'incident_timeline_cells'",
            id=_INCIDENT,
            events=(
                Events(
                    "attributes",
                    at="display_time || created",
                    text="content.message || content.content",
                    type="cell_type",
                ),
            ),
        ),
        Shape(
            _RESOURCE,
            where="contains(keys(attributes), 'executive_summary')",
            texts=(
                Prose("summary", "attributes.executive_summary"),
                Prose("impact", "attributes.customer_impact"),
                Prose("document", "attributes.system_overview"),
                Prose("document", "attributes.key_timeline"),
                Prose("improvements", "attributes.lessons_learned"),
                Prose("improvements", "attributes.action_items"),
            ),
        ),
        Shape(
            _RESOURCE,
            where="type == 'notebooks'",
            texts=(Prose("document", "attributes.cells[].attributes.definition.text"),),
        ),
    ),
)
