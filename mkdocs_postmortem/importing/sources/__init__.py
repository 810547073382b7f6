"""The tools whose exports are read: one mapping a file, in the order in which shapes are tried."""

from mkdocs_postmortem.importing.source import Source
from mkdocs_postmortem.importing.sources.incident_io import INCIDENT_IO
from mkdocs_postmortem.importing.sources.opsgenie import OPSGENIE
from mkdocs_postmortem.importing.sources.pagerduty import PAGERDUTY
from mkdocs_postmortem.importing.sources.statuspage import STATUSPAGE

SOURCES: dict[str, Source] = {
    source.name: source for source in (OPSGENIE, PAGERDUTY, INCIDENT_IO, STATUSPAGE)
}
