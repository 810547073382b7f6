"""All records of a site: their order, their references, repeats, groups, sums and figures."""

from mkdocs_postmortem.catalog.availability import (
    Availability,
    Quarter,
    ServiceSums,
    availability,
)
from mkdocs_postmortem.catalog.cache import Cache, digest
from mkdocs_postmortem.catalog.catalog import Catalog, totals
from mkdocs_postmortem.catalog.check_pages import check_pages_in_processes
from mkdocs_postmortem.catalog.figures import (
    FEW,
    NOT_STATED,
    Spread,
    figures,
    measures_of,
    spread,
)
from mkdocs_postmortem.catalog.outage_tasks import (
    Histories,
    TaskFlow,
    TaskGroup,
    due_dates,
    no_history,
    task_flow,
    task_groups,
)
from mkdocs_postmortem.catalog.repeats import (
    Chain,
    Missed,
    MissedTask,
    Repeat,
    Repeats,
    repeats,
)
from mkdocs_postmortem.catalog.selection import (
    FACETS,
    GROUP_FOLDERS,
    Group,
    OutageTask,
    facet_values,
    groups,
    select,
    select_tasks,
    tasks_of,
    without_limit,
)
from mkdocs_postmortem.catalog.similarity import Match, find_matches
from mkdocs_postmortem.catalog.site import Site, check_site
