"""All records of a site: their order, their references, repeats, groups, sums and figures."""

from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.catalog import (
    FACETS,
    GROUP_FOLDERS,
    Catalog,
    Group,
    facet_values,
    groups,
    totals,
)
from mkdocs_postmortem.catalog.check_pages import check_pages_in_processes
from mkdocs_postmortem.catalog.figures import (
    FEW,
    NOT_STATED,
    Availability,
    Quarter,
    ServiceSums,
    Spread,
    availability,
    figures,
    measures_of,
    spread,
)
from mkdocs_postmortem.catalog.outage_tasks import (
    Histories,
    OutageTask,
    TaskFlow,
    TaskGroup,
    due_dates,
    no_history,
    task_flow,
    task_groups,
    tasks_of,
    without_limit,
)
from mkdocs_postmortem.catalog.repeats import (
    Chain,
    Missed,
    MissedTask,
    Repeat,
    Repeats,
    repeats,
)
from mkdocs_postmortem.catalog.similarity import Match, find_matches
from mkdocs_postmortem.catalog.site import Site, check_site
