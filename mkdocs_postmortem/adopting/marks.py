"""The marks by which a file is known to be a postmortem."""

from __future__ import annotations

import re

from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.model.section import SectionKey

_TITLE = re.compile(
    r"post-?\s?mortem|incident|outage|downtime|disruption|root cause|störung|ausfall|vorfall|panne"
    r"|incidente|caída|queda|falha|障害|事故|故障|复盘|حادث|عطل",
    re.IGNORECASE,
)
_MEASURES = {SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS, SectionKey.TASKS}


def marks_of(facts: Facts) -> tuple[str, ...]:
    """Which of timeline, impact, cause, tasks and title speak of an incident."""
    keys = {key for section in facts.sections for key in section.keys}
    found = {
        "timeline": len(facts.timeline.entries) > 1,
        "impact": SectionKey.IMPACT in keys,
        "cause": SectionKey.ROOT_CAUSE in keys,
        "tasks": bool(facts.tasks or keys & _MEASURES),
        "title": bool(facts.title and _TITLE.search(facts.title.value)),
    }
    return tuple(name for name, is_there in found.items() if is_there)
