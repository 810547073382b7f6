"""What is wrong with the repeats of a site, as findings. It takes all pages to see these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mkdocs_postmortem.catalog.missed import Missed
from mkdocs_postmortem.catalog.repeats import Repeat, Repeats
from mkdocs_postmortem.checking import short_text
from mkdocs_postmortem.model.problem import Finding

_MOST_NAMED = 3


def recurrence_findings(found: Repeats) -> dict[str, list[Finding]]:
    """The findings by the path of their page."""
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    undeclared: defaultdict[str, list[Repeat]] = defaultdict(list)
    for repeat in found.undeclared:
        undeclared[repeat.later.path].append(repeat)
    for path, repeats in undeclared.items():
        findings[path].append(_undeclared(sorted(repeats, key=_most_similar_first)))
    for repeat in found.all:
        if repeat.is_declared:
            findings[repeat.earlier.path] += _still_open(repeat)
    return findings


def _undeclared(repeats: Sequence[Repeat]) -> Finding:
    """One finding for all that a page looks like, so that one edit ends it."""
    first = repeats[0]
    ids = [repeat.earlier.id for repeat in repeats[:_MOST_NAMED]]
    others = "".join(f", and like `{name}`" for name in ids[1:])
    words = ", ".join(first.similar.words if first.similar else ())
    days = f"{first.days} day{'s' if first.days != 1 else ''} before"
    days = days if first.days else "of the same day"
    return Finding(
        "PM605",
        first.later.position("root_cause", "id"),
        f"This reads like `{ids[0]}`, {days} on {', '.join(first.services)} "
        f"(both say: {words}){others}.",
        f"If it is the same issue again, write `recurrence_of: {ids[0]}`; "
        f"if not, `related: [{', '.join(ids)}]`.",
        "recurrence_of",
    )


def _most_similar_first(repeat: Repeat) -> tuple[float, str]:
    return (-(repeat.similar.similarity if repeat.similar else 0), repeat.earlier.path)


def _still_open(repeat: Repeat) -> list[Finding]:
    return [
        Finding(
            "PM507",
            item.task.position,
            f"The incident recurred as `{repeat.later.id}`, and the task "
            f'"{short_text(item.task.text)}" is still open.',
            "Finish it, or write `[-]` with `won't do:` and the reason.",
            "tasks",
        )
        for item in repeat.missed
        if item.reason in (Missed.OPEN, Missed.OVERDUE)
    ]
