"""The names of the fields below ``postmortem:``."""

from __future__ import annotations

FIELD_NAMES = frozenset(
    "id title status severity services timezone started detected acknowledged mitigated resolved "
    "impact users_affected root_cause trigger causes detected_by authors recurrence_of related "
    "source timeline tasks visibility internal".split()
)
# What decides on visibility is written in one place only; `source` is what `import` wrote.
MAPPABLE = FIELD_NAMES - {"visibility", "internal", "source"}
