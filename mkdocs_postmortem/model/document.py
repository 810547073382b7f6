"""A record as plain JSON data: what the schema validates and what is published.

Unknown values are left out rather than written as null, so that ``required`` means what it says.
"""

from __future__ import annotations

from typing import Any

from mkdocs_postmortem.model.lifecycle import METRICS, Milestone, Moment
from mkdocs_postmortem.model.record import ImportedFrom, Postmortem, SectionKey, UsersAffected
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.model.timeline import Entry

# Any heading about measures answers "what will be done", whichever of the three it is.
_ACTION_SECTIONS = (SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS, SectionKey.TASKS)


def to_data(record: Postmortem) -> dict[str, Any]:
    """The record in the shape of ``postmortem.schema.json``, with the custom fields."""
    return _known(
        {
            **record.custom,
            "id": record.id,
            "path": record.path,
            "title": record.title,
            "status": record.status.value if record.status else None,
            "visibility": "internal" if record.is_internal else None,
            "severity": record.severity,
            "services": list(record.services),
            "timezone": record.zone.name if record.zone else None,
            "dated": record.dated.isoformat() if record.dated else None,
            **_lifecycle(record),
            "ongoing": record.lifecycle.is_ongoing or None,
            **_own_measures(record),
            "impact": record.impact,
            "users_affected": record.users_affected and _users(record.users_affected),
            "root_cause": record.root_cause,
            "trigger": record.trigger,
            "causes": list(record.causes),
            "detected_by": record.detected_by,
            "authors": list(record.authors),
            "recurrence_of": list(record.recurrence_of),
            "related": list(record.related),
            "source": record.source and _source(record.source),
            "sections": _sections(record),
            "timeline": [_entry(entry) for entry in record.timeline.entries],
            "tasks": [_task(task) for task in record.tasks],
            "words": record.words,
        }
    )


def _lifecycle(record: Postmortem) -> dict[str, Any]:
    moments = {
        milestone.value: _moment(moment)
        for milestone in Milestone
        if (moment := record.lifecycle.moment(milestone))
    }
    lengths = {
        f"{metric.name}_seconds": int(length.total_seconds())
        for metric in METRICS
        if (length := record.lifecycle.length(metric)) is not None
    }
    return {**moments, **lengths}


def _own_measures(record: Postmortem) -> dict[str, Any]:
    """The lengths that the site defines, each with both its ends; nothing without any."""
    known = {
        metric.name: {
            "from": metric.start.value,
            "to": metric.end.value,
            "seconds": int(length.total_seconds()),
        }
        for metric in record.measures
        if (length := record.lifecycle.length(metric)) is not None
    }
    return {"measures": known} if known else {}


def _moment(moment: Moment) -> dict[str, Any]:
    # Without ``_known``: a page has a dozen of them.
    data: dict[str, Any] = {}
    instant, local = moment.instant, moment.local
    if instant is not None:
        data["at"] = instant.isoformat()
    if local is not None:
        data["local"] = local.isoformat()
    elif moment.day is not None:
        data["day"] = moment.day.isoformat()
    if moment.written:
        data["written"] = moment.written
    if moment.estimated:
        data["estimated"] = True
    if moment.until is not None and moment.until.instant is not None:
        data["until"] = moment.until.instant.isoformat()
    data["line"] = moment.position.line
    return data


def _users(users: UsersAffected) -> dict[str, Any]:
    return _known(
        {
            "written": users.written,
            "percent": users.percent,
            "count": users.count,
            "total": users.total,
            "estimated": users.estimated or None,
        }
    )


def _source(source: ImportedFrom) -> dict[str, Any]:
    imported = source.imported.isoformat() if source.imported else None
    return _known({"tool": source.tool, "id": source.id, "url": source.url, "imported": imported})


def _sections(record: Postmortem) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for section in record.sections:
        for key in section.keys:
            found.setdefault(key.value, {"heading": section.heading, "line": section.start})
    measures = next((found[key] for key in _ACTION_SECTIONS if key in found), None)
    return {**found, SectionKey.CORRECTIVE.value: measures} if measures else found


def _entry(entry: Entry) -> dict[str, Any]:
    return {"time": _moment(entry.moment), "kind": entry.kind.value, "text": entry.text}


def _task(task: Task) -> dict[str, Any]:
    return _known(
        {
            "text": task.text,
            "state": task.state.value,
            "owners": list(task.owners),
            "due": task.due.isoformat() if task.due else None,
            "done": task.done.isoformat() if task.done else None,
            "ticket": _known({"text": task.ticket.text, "url": task.ticket.url})
            if task.ticket
            else None,
            "type": task.type.value if task.type else None,
            "reason": task.reason,
            "added": task.added.isoformat() if task.added else None,
            "dropped": task.dropped.isoformat() if task.dropped else None,
            "line": task.position.line,
        }
    )


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """The data without values that say nothing (``sections`` stays, so that its own rules run)."""
    return {
        key: value
        for key, value in data.items()
        if value or not (value is None or value == "" or value == []) or key == "sections"
    }
