"""Opsgenie and Jira Service Management: incidents, postmortems, timelines, logs, notes.

Fields by docs.opsgenie.com (postmortem and incident-timeline API), opsgenie-go-sdk-v2, clients that
read the timeline (kobsio/kobs, faros-ai/airbyte-connectors) and developer.atlassian.com
(post-incident review).
"""

from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source

_NOISE = frozenset({"system", "alert"})

OPSGENIE = Source(
    "opsgenie",
    "Opsgenie",
    (
        Shape(
            frozenset({"postmortemId", "title"}),
            id="rootIncident.id || postmortemId",
            name="rootIncident.tinyId",
            created="rootIncident.creationTime",
            title="title",
            severity="severity || rootIncident.priority",
            services="affectedServices[].name || affectedServices[]",
            times={
                "started": "startTime || impactStartDate",
                "detected": "detectTime || impactDetectDate",
                "resolved": "endTime || resolveTime || impactEndDate",
            },
            guesses={
                "acknowledged": "respondTime",
                "started": "rootIncident.creationTime",
            },
            others=(
                "responderTeams[].['Responder', name]",
                "responders[].['Responder', name]",
                "relatedIncidents[].['Related incident', message, tinyId]",
            ),
            actions=(
                Actions(
                    "jiraIssues[]",
                    "summary || key || @",
                    owner="[assignee.emailAddress, assignee.displayName, assignee]",
                    url="url || self",
                    state="status.name || status",
                    done=("Done", "Closed", "Resolved"),
                ),
            ),
            texts=(
                Prose("summary", "executiveSummary", markup.adf),
                Prose("document", "content", markup.adf),
            ),
        ),
        Shape(
            frozenset({"tinyId", "message"}),
            id="id",
            name="tinyId",
            created="createdAt || creationTime",
            title="message",
            url="links.web",
            severity="priority",
            services="impactedServices[].name",
            times={
                "started": "impactStartDate",
                "detected": "impactDetectDate",
                "resolved": "impactEndDate",
            },
            guesses={"started": "createdAt || creationTime"},
            others=(
                "responders[].['Responder', name]",
                "[['Tags', tags]]",
            ),
            texts=(Prose("summary", "description"),),
        ),
        Shape(
            frozenset({"majorIncident", "summary"}),
            id="id || incidentIds[0]",
            title="summary",
            url="url || self",
            severity="priority.name",
            guesses={"started": "createdDate"},
            texts=(Prose("document", "description", markup.adf),),
        ),
        Shape(
            frozenset({"group", "type"}),
            where="eventTime || time",
            events=(
                Events(
                    "[@][?!hidden]",
                    at="eventTime || time",
                    text="description.content || description.name || title.content",
                    # The other groups are of alerts and notifications.
                    type="contains(['custom', 'incident'], group) && 'person' || 'machine'",
                    noise=frozenset({"machine"}),
                    person="actor.name",
                ),
            ),
        ),
        Shape(
            frozenset({"log", "createdAt"}),
            events=(
                Events("@", at="createdAt", text="log", type="type", noise=_NOISE, person="owner"),
            ),
        ),
        Shape(
            frozenset({"note", "createdAt"}),
            events=(Events("@", at="createdAt", text="note", person="owner"),),
        ),
    ),
)
