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
    "detected_after": "Time to detect",
    "path": "{start} → {end}",
    "time_to_mitigate": "Time to mitigate",
    "time_to_resolve": "Time to resolve",
    "misleading": "Misleading paths",
    "cost": "cost {length}",
    "authors": "Authors",
    "imported_from": "Imported from",
    "tasks": "Tasks",
    "open_of": "{open} open of {total}",
    "overdue": "overdue",
    "earlier": "Earlier occurrences",
    "later": "Happened again",
    "related": "See also",
    "not_stated": "not stated",
    "undetected": "undetected",
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
    "empty": "There is no postmortem yet.",
    "empty_how": "Write one with {command}, or add a page with this at its top:",
    "nothing_fits": "No outage fits this selection.",
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
    "no_tasks": "No task fits this selection.",
    "wont_do_because": "Won't do: {reason}",
    "by_owner": "By owner",
    "by_service": "By service",
    "by_year": "By year",
    "by_cause": "By cause",
    "all_tasks": "All tasks",
    "missed": "Would have been in time, and was not done:",
    "due_on": "due {day}",
    "added_on": "added {day}",
    "in_all": "{length} in all",
    "reads_alike": "Reads alike",
    "both_name": "Both name {words}.",
    "no_repeats": "No outage has come back yet, as far as the pages tell.",
    "repeats": "Repeats",
    "figures": "Figures",
    "per_month": "Outages per month",
    "before_that": "{n} before that",
    "flow_before": "before that {promised} promised, {settled} settled",
    "flow_in": "{month}: {promised} promised, {settled} settled",
    "unknown": "unknown",
    "last_of": "last {severity}",
    "none_yet": "none yet",
    "badge_tasks": "postmortem tasks",
    "median": "median",
    "quartiles": "middle half",
    "median_is": "median {length}",
    "quartiles_are": "middle half {lower} – {upper}",
    "month": "Month",
    "numbers": "The numbers",
    "noticed_by": "First noticed by",
    "n_outages": "n = {n}",
    "and_more": "and {n} more",
    "share": "Noticed by",
    "lengths": "All lengths",
    "downtime": "Time of outages by service and quarter",
    "downtime_is": "Time in which an outage was going on, started → resolved, whatever part "
    "of the users it touched. Outages at the same time count once. Quarters begin at midnight "
    "UTC; the running one ends today.",
    "downtime_part": "Time in which one of these outages was going on, started → resolved.",
    "quarter": "Quarter",
    "service": "Service",
    "time_of_outage": "Time of outage",
    "availability": "Availability",
    "no_line": "Where there is no line, no outage is on record.",
    "task_flow": "Tasks promised and settled per month",
    "promised": "promised",
    "settled": "settled",
    "task_flow_is": "A task is promised on the day of its outage, and settled on the day on "
    "which it was done or dropped.",
    "time_to_detect": "Time to detect",
    "time_to_acknowledge": "Time to acknowledge",
    "few": "So few outages describe what was, and say nothing on what will be.",
    "groups": "Outages by service, year and cause",
    "pages": "Pages of outages",
    "as_data": "As data:",
    "site": "Site",
    "newest_first": "Newest first",
    "most_urgent_first": "Most urgent first",
    "rest_rows": "All of them as rows",
    "label": "{label}:",
    "labelled": "{label}: {value}",
    "noted": "{text} ({note})",
    "yes": "yes",
    "no": "no",
    "page_title": "Outages",
    "zone_choice": "Time zone of the times on this page",
    "zone_page": "Page time",
    "zone_mine": "My time",
    "kind_choice": "Show only entries of a kind",
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
    "done_after": "done only after it",
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

# For the script; {…} is filled in there.
FILTER: dict[str, str] = {
    "search": "Search",
    "clear": "Clear",
    "filters": "Filters",
    "more": "Show {count} more",
    "none_shown": "Nothing fits. Take a filter away, or clear all.",
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
    "without_duration": ("{n} without a duration", "{n} without a duration"),
    "came_back": ("{n} issue that came back", "{n} issues that came back"),
    "days_earlier": ("{n} day earlier", "{n} days earlier"),
    "days_later": ("{n} day later", "{n} days later"),
    "days_overdue": ("{n} day overdue", "{n} days overdue"),
    "days_overdue_done": (
        "{n} day overdue, done only after it",
        "{n} days overdue, done only after it",
    ),
    "rest_outages": (
        "The first {shown} of {n} outage stand here. All of them by year:",
        "The first {shown} of {n} outages stand here. All of them by year:",
    ),
    "rest_tasks": (
        "The first {shown} of {n} task stand here. All of them by year:",
        "The first {shown} of {n} tasks stand here. All of them by year:",
    ),
    "shown_outages": ("{shown} of {n} outage", "{shown} of {n} outages"),
    "shown_tasks": ("{shown} of {n} task", "{shown} of {n} tasks"),
    "misled": ("{n} misleading path", "{n} misleading paths"),
    "errors": ("{n} error", "{n} errors"),
    "warnings": ("{n} warning", "{n} warnings"),
    "infos": ("{n} info", "{n} infos"),
    "promised": ("{n} promised", "{n} promised"),
    "settled": ("{n} settled", "{n} settled"),
    # Outages that a figure cannot count.
    "lacking_no_day": ("{n} without a day", "{n} without a day"),
    "lacking_not_stated": ("{n} not stated", "{n} not stated"),
    "lacking_unknown": ("{n} unknown", "{n} unknown"),
    "lacking_not_over": ("{n} not over yet", "{n} not over yet"),
    "lacking_no_ends": ("{n} without a start or an end", "{n} without a start or an end"),
    "lacking_no_service": ("{n} without a service", "{n} without a service"),
    "lacking_not_begun": ("{n} not begun yet", "{n} not begun yet"),
    "lacking_unsettled": (
        "{n} with tasks settled on an unknown day",
        "{n} with tasks settled on an unknown day",
    ),
    "lacking_unpromised": (
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
