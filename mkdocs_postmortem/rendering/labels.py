"""Every word on pages, in English: the source of the catalogs in ``translations/``.

A word is added here and in each catalog (`make translations` writes what is missing there). A text
in ``{…}`` is a value; sentences are written whole, because other languages order them otherwise.
"""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "summary": "Summary of the outage",
    "severity": "Severity",
    "status": "Status",
    "services": "Services",
    "outage": "Outage",
    "duration": "Duration",
    "ongoing": "ongoing",
    "users": "Users affected",
    "impact": "Impact",
    "root_cause": "Root cause",
    "trigger": "Trigger",
    "causes": "Causes",
    "detected_by": "Detected by",
    "path": "{start} → {end}",
    "time_to_detect": "Until detected",
    "time_to_mitigate": "Until mitigated",
    "time_to_resolve": "Until resolved",
    "misleading": "Misleading paths",
    "cost": "cost {length}",
    "authors": "Authors",
    "imported_from": "Imported from",
    "tasks": "Tasks",
    "open_of": "{open} of {total} open",
    "overdue": "overdue",
    "earlier": "Earlier occurrences",
    "later": "Happened again",
    "related": "See also",
    "not_stated": "not stated",
    "undetected": "undetected",
    "end_not_stated": "end not stated",
    "detected": "detected",
    "mitigated": "mitigated",
    "undivided": "detection not stated",
    "phases": "Phases",
    "by": "by {finder}",
    "open_editor": "Open this line in the editor",
    "problems": "Problems on this page",
    "place": "line {line}:{column}",
    "all": "All outages",
    "older": "Older",
    "newer": "Newer",
    "pager": "Other outages",
    "permalink": "Link to this entry",
    "index": "All outages, newest first",
    "date": "Date",
    "title": "Title",
    "open_tasks": "Open tasks",
    "empty": "There are no postmortems yet.",
    "empty_how": "Write one with {command}, or add a page with this at its top:",
    "nothing_fits": "No outages match this selection.",
    "timeline": "Timeline",
    "year": "Year",
    "owner": "Owner",
    "owners": "Owners",
    "due": "Due",
    "state": "State",
    "task": "Task",
    "nobody": "nobody",
    "no_date": "no date",
    "task_list": "Tasks of all outages, the longest overdue first",
    "no_tasks": "No tasks match this selection.",
    "wont_do_because": "Won't do: {reason}",
    "by_owner": "By owner",
    "by_service": "By service",
    "by_year": "By year",
    "by_cause": "By cause",
    "all_tasks": "All tasks",
    "missed": "Could have prevented this, not done:",
    "missed_open": "Open when it came back, not overdue:",
    "due_on": "due {day}",
    "added_on": "added {day}",
    "in_all": "{length} of downtime",
    "reads_alike": "Similar, not confirmed",
    "both_name": "In both: {words}.",
    "no_repeats": "No outage has come back yet.",
    "repeats": "Repeats",
    "figures": "Figures",
    "per_month": "Outages per month",
    "before_that": "{n} earlier",
    "flow_before": "{promised} opened and {settled} closed earlier",
    "flow_in": "{month}: {promised} opened, {settled} closed",
    "unknown": "unknown",
    "last_of": "last {severity}",
    "none_yet": "none yet",
    "badge_tasks": "postmortem tasks",
    "median_is": "median {length}",
    "quartiles_are": "half lie between {lower} and {upper}",
    "month": "Month",
    "numbers": "Show table",
    "n_outages": "n = {n}",
    "and_more": "and {n} more",
    "more_services": "and {n} more services",
    "earlier_steps": "{n} earlier occurrences",
    "lengths": "All lengths",
    "downtime": "Downtime by service and quarter",
    "downtime_is": "Time from started to resolved, however many users were affected. "
    "Overlapping outages count once. Quarters begin at midnight UTC; the current one ends today.",
    "downtime_part": "Time from started to resolved of these outages.",
    "quarter": "Quarter",
    "service": "Service",
    "time_of_outage": "Downtime",
    "availability": "Availability",
    "no_line": "A quarter without a line has no outage on record.",
    "task_flow": "Tasks opened and closed",
    "promised": "opened",
    "settled": "closed",
    "task_flow_is": "A task is opened on the day of its outage and closed on the day on which "
    "it was done or dropped.",
    "time_to_acknowledge": "Until acknowledged",
    "few": "Too few outages to show a trend.",
    "groups": "Outages by service, year and cause",
    "pages": "Pages of outages",
    "as_data": "As data:",
    "site": "Site",
    "newest_first": "Newest first",
    "most_urgent_first": "Most urgent first",
    "rest_rows": "All rows",
    "label": "{label}:",
    "labelled": "{label}: {value}",
    "noted": "{text} ({note})",
    "yes": "yes",
    "no": "no",
    "page_title": "Outages",
    "zone_choice": "Time zone",
    "zone_page": "As written ({zone})",
    "zone_mine": "Local ({zone})",
    "kind_choice": "Show only these kinds",
    "written_time": "As written",
    "breadcrumb": "Breadcrumb",
    "draft_note": "This is a draft. Its facts may still change.",
    "nothing_recorded": "{length}, nothing recorded",
    "actions_run": "{n} actions, {start}–{end}",
    "outages_in": "Outages in {year}",
    "downtime_in": "Downtime in {year}",
    "overdue_tasks": "Overdue tasks",
    "in_total": "{n} in total",
}

GROUP_TITLES: dict[str, str] = {
    "service": "Outages of {value}",
    "year": "Outages in {value}",
    "cause": "Outages by {value}",
}

# How a task of the earlier outage stood when it came back.
MISSED: dict[str, str] = {
    "open": "open",
    "dropped": "won't do",
    "done_after": "done after the repeat",
}

TASK_STATES: dict[str, str] = {
    "open": "Open",
    "in_progress": "In progress",
    "done": "Done",
    "wont_do": "Won't do",
}

TASK_TYPES: dict[str, str] = {
    "prevent": "Prevent",
    "detect": "Detect",
    "mitigate": "Mitigate",
    "process": "Process",
}

# What a list of open tasks is grouped by, in this order.
TASK_GROUPS: dict[str, str] = {
    "overdue": "Overdue",
    "month": "Due this month",
    "later": "Due later",
    "undated": "No due date",
    "closed": "Done or dropped",
}

# For the script; {…} is filled in there.
FILTER: dict[str, str] = {
    "search": "Search",
    "clear": "Clear",
    "filters": "Filters",
    "more": "Show {count} more",
    "cut": "{shown} of {total} shown",
    "more_filters": "More filters",
    "remove": "Remove the filter {value}",
    "no_outages": "No outages match. Remove a filter or clear all.",
    "no_tasks": "No tasks match. Remove a filter or clear all.",
    "sort_by": "Sort by {column}",
    "order_by": "Order",
    "overdue": "overdue",
}

STATUS: dict[str, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "published": "Published",
    "closed": "Closed",
}

KINDS: dict[str, str] = {
    "started": "Started",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "action": "Action",
    "assumption": "Assumption",
    "misleading": "Misleading path",
    "escalated": "Escalated",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
    "note": "Note",
}

DETECTED_BY: dict[str, str] = {
    "monitor": "a monitor",
    "employee": "an employee",
    "customer": "a customer",
    "partner": "a partner",
    "other": "someone else",
}

# In running text, as the ends of a measure.
MILESTONES: dict[str, str] = {
    "started": "started",
    "detected": "detected",
    "acknowledged": "acknowledged",
    "mitigated": "mitigated",
    "resolved": "resolved",
}

# The names of the boxes in task lists, for screen readers.
BOXES: dict[str, str] = {
    "open": "open",
    "done": "done",
    "in_progress": "in progress",
    "wont_do": "won't do",
}

LEVELS: dict[str, str] = {
    "error": "error",
    "warning": "warning",
    "info": "info",
}

# The names of these groups are the first parts of the contexts in the catalogs.
GROUPS: dict[str, dict[str, str]] = {
    "label": ENGLISH,
    "group_title": GROUP_TITLES,
    "missed": MISSED,
    "task_state": TASK_STATES,
    "task_type": TASK_TYPES,
    "task_group": TASK_GROUPS,
    "filter": FILTER,
    "status": STATUS,
    "kind": KINDS,
    "found_by": DETECTED_BY,
    "milestone": MILESTONES,
    "box": BOXES,
    "level": LEVELS,
}

# What is counted: for one and for many; {n} is the number.
COUNTS: dict[str, tuple[str, str]] = {
    "outages": ("{n} outage", "{n} outages"),
    "drafts": ("{n} draft", "{n} drafts"),
    "open_tasks": ("{n} open task", "{n} open tasks"),
    "overdue": ("{n} overdue", "{n} overdue"),
    "overdue_on": ("{n} overdue on {day}", "{n} overdue on {day}"),
    "without_duration": ("{n} unknown", "{n} unknown"),
    "came_back": ("{n} repeat issue", "{n} repeat issues"),
    "days_earlier": ("{n} day earlier", "{n} days earlier"),
    "days_later": ("{n} day later", "{n} days later"),
    "days_overdue": ("{n} day overdue", "{n} days overdue"),
    "days_overdue_done": (
        "{n} day overdue, done after the repeat",
        "{n} days overdue, done after the repeat",
    ),
    "rest_outages": (
        "Showing the first {shown} of {n} outage. All by year:",
        "Showing the first {shown} of {n} outages. All by year:",
    ),
    "rest_tasks": (
        "Showing the first {shown} of {n} task. All by year:",
        "Showing the first {shown} of {n} tasks. All by year:",
    ),
    "shown_outages": ("{shown} of {n} outage", "{shown} of {n} outages"),
    "shown_tasks": ("{shown} of {n} task", "{shown} of {n} tasks"),
    "misled": ("{n} misleading path", "{n} misleading paths"),
    "errors": ("{n} error", "{n} errors"),
    "warnings": ("{n} warning", "{n} warnings"),
    "infos": ("{n} suggestion", "{n} suggestions"),
    "promised": ("{n} opened", "{n} opened"),
    "settled": ("{n} closed", "{n} closed"),
    # Outages that a figure cannot count.
    "uncounted_no_day": ("{n} without a day", "{n} without a day"),
    "uncounted_not_stated": ("{n} not stated", "{n} not stated"),
    "uncounted_unknown": ("{n} unknown", "{n} unknown"),
    "uncounted_not_over": ("{n} without an end", "{n} without an end"),
    "uncounted_no_ends": ("{n} with unclear times", "{n} with unclear times"),
    "uncounted_no_service": ("{n} without a service", "{n} without a service"),
    "uncounted_not_begun": ("{n} in the future", "{n} in the future"),
    "uncounted_unsettled": (
        "{n} with tasks closed on an unknown day",
        "{n} with tasks closed on an unknown day",
    ),
    "uncounted_unpromised": (
        "{n} with tasks and without a day",
        "{n} with tasks and without a day",
    ),
}

# Lengths of time, short; days are written out. CLDR has these too, but babel lacks some.
UNITS: dict[str, tuple[str, str]] = {
    "day": ("{n} day", "{n} days"),
    "hour": ("{n} hr", "{n} hr"),
    "minute": ("{n} min", "{n} min"),
    "second": ("{n} sec", "{n} sec"),
}
