"""Grafana IRM: incidents with their tasks, activity.

Fields by ``client.gen.go`` of incident-go. It names two kinds of activity only, ``userNote`` and
``incidentCreated``, so that what a person found relevant decides on the others.
"""

from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source

GRAFANA_IRM = Source(
    "grafana",
    "Grafana IRM",
    (
        Shape(
            frozenset({"incidentID", "title", "isDrill"}),
            id="incidentID",
            title="title",
            url="overviewURL",
            severity="severity || severityLabel",
            services="labels[?key == 'service_name' || key == 'service'].label",
            test="isDrill",
            created="createdTime",
            times={"started": "incidentStart", "resolved": "incidentEnd"},
            guesses={"started": "createdTime", "resolved": "closedTime"},
            actions=(
                Actions(
                    "taskList.tasks[?!immutable]",
                    text="text",
                    owner="assignedUser.name",
                    state="status",
                    done=("done",),
                ),
            ),
            texts=(Prose("summary", "summary || description"),),
            others=(
                "incidentMembership.assignments[].[role.name, user.name]",
                "labels[?key != 'service_name' && key != 'service'].[key, label]",
            ),
        ),
        Shape(
            frozenset({"incidentID", "activityKind"}),
            id="incidentID",
            events=(
                Events(
                    "@",
                    at="eventTime || createdTime",
                    text="body",
                    type=(
                        "(activityKind == 'userNote' || relevance == 'high'"
                        " || contains(activityKind, 'tatus')) && 'person' || 'machine'"
                    ),
                    noise=frozenset({"machine"}),
                    person="user.name",
                ),
            ),
        ),
    ),
)
