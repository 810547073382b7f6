"""The marks by which a page is known to tell of an incident."""

from __future__ import annotations

import re
from pathlib import PurePath

from mkdocs_postmortem.adopting.facts import Facts, lines_above_timeline
from mkdocs_postmortem.adopting.span import entry_span, prose_spans
from mkdocs_postmortem.model.record import SectionKey

_INCIDENT_WORD = re.compile(
    r"post[-_\s]?mortem|incident|outage|downtime|disruption|root cause|vulnerabilit|breach"
    r"|störung|ausfall|vorfall|panne"
    r"|incidente|caída|queda|falha|障害|事故|故障|复盘|حادث|عطل",
    re.IGNORECASE,
)
_DATED_NAME = re.compile(r"(?:19|20)\d\d[-_.]?[01]\d|\d\d[-_.]\d\d[-_.](?:19|20)\d\d")
_MEASURES = {SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS, SectionKey.TASKS}


def marks_of(facts: Facts) -> tuple[str, ...]:
    """Which of timeline, impact, cause, tasks, severity, title and fix speak of an incident, and
    whether words state when it began or ended. A fix alone may be that of any problem. In a folder
    named after incidents, those files are of one whose names begin with a date.
    """
    keys = {key for section in facts.sections for key in section.keys}
    is_titled = bool(facts.title and _INCIDENT_WORD.search(facts.title.value))
    *folders, name = PurePath(facts.path).parts
    is_filed = _DATED_NAME.match(name) and any(map(_INCIDENT_WORD.search, folders))
    said = [*prose_spans(lines_above_timeline(facts), None), entry_span(facts.timeline)]
    typed = (fact.value for fact in (facts.started, facts.resolved) if fact)
    points = [*typed, *(found.point for pair in said for found in pair if found)]
    found = {
        "timeline": len(facts.timeline.entries) > 1,
        "impact": SectionKey.IMPACT in keys,
        "cause": SectionKey.ROOT_CAUSE in keys,
        "tasks": bool(facts.tasks or keys & _MEASURES),
        "severity": facts.severity is not None,
        "title": is_titled,
        "fix": is_titled and SectionKey.RESOLUTION in keys,
        "times": any(point and point.clock for point in points),
        "folder": is_filed,
        "date": is_filed,
    }
    return tuple(name for name, is_there in found.items() if is_there)
