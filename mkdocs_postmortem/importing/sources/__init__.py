"""The tools whose exports are read: one mapping a file, in the order in which shapes are tried."""

from mkdocs_postmortem.importing.source import Source
from mkdocs_postmortem.importing.sources.datadog import DATADOG
from mkdocs_postmortem.importing.sources.firehydrant import FIREHYDRANT
from mkdocs_postmortem.importing.sources.grafana_irm import GRAFANA_IRM
from mkdocs_postmortem.importing.sources.incident_io import INCIDENT_IO
from mkdocs_postmortem.importing.sources.issues import GITHUB, GITLAB
from mkdocs_postmortem.importing.sources.opsgenie import OPSGENIE
from mkdocs_postmortem.importing.sources.pagerduty import PAGERDUTY
from mkdocs_postmortem.importing.sources.rootly import ROOTLY
from mkdocs_postmortem.importing.sources.slack import SLACK
from mkdocs_postmortem.importing.sources.statuspage import STATUSPAGE

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        OPSGENIE,
        PAGERDUTY,
        INCIDENT_IO,
        DATADOG,
        FIREHYDRANT,
        ROOTLY,
        GRAFANA_IRM,
        STATUSPAGE,
        GITHUB,
        GITLAB,
        SLACK,
    )
}
