"""Statuspage, and vendors with the same format (``/api/v2/incidents.json``)."""

from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.importing.source import Events, Prose, Shape, Source
from mkdocs_postmortem.model.timeline import Kind

STATUSPAGE = Source(
    "statuspage",
    "Statuspage",
    (
        Shape(
            frozenset({"incident_updates", "name"}),
            where="impact != 'maintenance' && !scheduled_for",
            id="id",
            title="name",
            url="shortlink",
            services="components[].name || incident_updates[].affected_components[].name",
            times={"resolved": "resolved_at"},
            # People write to the page some time after the incident began.
            guesses={"started": "started_at || created_at", "mitigated": "monitoring_at"},
            events=(
                Events(
                    "incident_updates[?status != 'postmortem']",
                    at="display_at || created_at",
                    text="body",
                    type="status",
                    kinds={"resolved": Kind.RESOLVED},
                    to_markdown=markup.plain_html,
                ),
            ),
            texts=(Prose("document", "postmortem_body"),),
        ),
    ),
)
