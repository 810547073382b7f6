"""The words of the box, the timeline and the index."""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "summary": "Summary of the outage",
    "severity": "Severity",
    "status": "Status",
    "services": "Services",
    "outage": "Outage",
    "duration": "Duration",
    "ongoing": "ongoing",
    "until": "to",
    "users": "Users affected",
    "impact": "Impact",
    "root_cause": "Root cause",
    "trigger": "Trigger",
    "causes": "Causes",
    "detected_by": "Detected by",
    "detected_after": "Time to detect",
    "after": "after",
    "time_to_mitigate": "Time to mitigate",
    "time_to_resolve": "Time to resolve",
    "misleading": "Misleading paths",
    "cost": "cost",
    "authors": "Authors",
    "tasks": "Tasks",
    "open_of": "open of",
    "overdue": "overdue",
    "earlier": "Earlier occurrences",
    "later": "Happened again",
    "related": "See also",
    "not_stated": "not stated",
    "undetected": "undetected",
    "detected": "detected",
    "mitigated": "mitigated",
    "phases": "Phases",
    "problems": "Problems on this page",
    "line": "line",
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
    "nothing_fits": "No outage fits this selection.",
    "timeline": "Timeline",
    "year": "Year",
    "outages": "outages",
    "tasks_noun": "tasks",
    "open_task_noun": "open task",
    "open_tasks_noun": "open tasks",
    "owner": "Owner",
    "owners": "Owners",
    "due": "Due",
    "state": "State",
    "task": "Task",
    "nobody": "nobody",
    "no_date": "no date",
    "task_list": "Tasks of all outages, the longest overdue first",
    "no_tasks": "No task fits this selection.",
    "wont_do_because": "Won't do:",
    "by_service": "By service",
    "by_year": "By year",
    "by_cause": "By cause",
    "all_tasks": "All tasks",
    "missed": "Would have been in time, and was not done:",
    "due_on": "due",
    "in_all": "in all",
    "without_duration": "without a duration",
    "days_earlier": "earlier",
    "days_later": "later",
    "reads_alike": "Reads alike",
    "both_name": "Both name",
    "no_repeats": "No outage has come back yet, as far as the pages tell.",
    "repeats": "Repeats",
    "groups": "Outages by service, year and cause",
    "pages": "Pages of outages",
    "as_data": "As data:",
}

GROUP_TITLES: dict[str, str] = {
    "service": "Outages of {value}",
    "year": "Outages in {value}",
    "cause": "Outages by {value}",
}

# How a task of the earlier outage stood when it came back.
MISSED: dict[str, str] = {
    "overdue": "{days} overdue",
    "open": "open",
    "dropped": "won't do",
    "done_after": "done only after it",
    "late": "{days} overdue, done only after it",
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
    "shown": "{shown} of {total} {noun}",
    "more": "Show {count} more",
    "none_shown": "Nothing fits. Take a filter away, or clear all.",
    "sort_by": "Sort by {column}",
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
