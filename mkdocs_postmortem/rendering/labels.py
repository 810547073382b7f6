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
