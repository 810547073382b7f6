"""All records of a site: their order, their references, repeats, groups, sums and figures."""

from mkdocs_postmortem.catalog.availability import (
    Availability,
    Quarter,
    QuarterSum,
    ServiceSums,
    availability,
)
from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.catalog import Catalog, Totals, totals
from mkdocs_postmortem.catalog.check_pages import check_pages_in_processes
from mkdocs_postmortem.catalog.figures import (
    FEW,
    NOT_STATED,
    Figures,
    Spread,
    figures,
    measures_of,
    spread,
)
from mkdocs_postmortem.catalog.groups import GROUP_FOLDERS, Group, groups
from mkdocs_postmortem.catalog.lookup import Match, find_matches
from mkdocs_postmortem.catalog.missed import Missed, MissedTask
from mkdocs_postmortem.catalog.repeats import Chain, Occurrences, Repeat, Repeats, repeats
from mkdocs_postmortem.catalog.selection import (
    FACETS,
    OutageTask,
    facet_values,
    select,
    select_tasks,
    tasks_of,
    without_limit,
)
from mkdocs_postmortem.catalog.site import Site, check_site
from mkdocs_postmortem.catalog.task_days import Histories, no_history
from mkdocs_postmortem.catalog.task_flow import TaskFlow, task_flow
from mkdocs_postmortem.catalog.task_groups import TaskGroup, due_dates, task_groups

__all__ = [
    "FACETS",
    "FEW",
    "GROUP_FOLDERS",
    "NOT_STATED",
    "Availability",
    "Cache",
    "Catalog",
    "Chain",
    "Figures",
    "Group",
    "Histories",
    "Match",
    "Missed",
    "MissedTask",
    "Occurrences",
    "OutageTask",
    "Quarter",
    "QuarterSum",
    "Repeat",
    "Repeats",
    "ServiceSums",
    "Site",
    "Spread",
    "TaskFlow",
    "TaskGroup",
    "Totals",
    "availability",
    "check_pages_in_processes",
    "check_site",
    "due_dates",
    "facet_values",
    "figures",
    "find_matches",
    "groups",
    "measures_of",
    "no_history",
    "repeats",
    "select",
    "select_tasks",
    "spread",
    "task_flow",
    "task_groups",
    "tasks_of",
    "totals",
    "without_limit",
]
