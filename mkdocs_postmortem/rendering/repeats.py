"""Outages that came back → what stands at the end of their pages, and the list of all chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_postmortem.catalog import Chain, Missed, MissedTask, Repeat
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.rendering.context import SiteContext
from mkdocs_postmortem.rendering.links import Link
from mkdocs_postmortem.rendering.located import located
from mkdocs_postmortem.rendering.vocabulary import Vocabulary
from mkdocs_postmortem.rendering.wording import day_words, length_words


@dataclass(frozen=True, slots=True)
class MissedView:
    """A task that was not done when the incident came back: its text, who and when, its state.

    ``is_late`` tasks were overdue then; ``is_open`` ones were not, and are no reproach.
    """

    text: str
    owners: str
    due: str
    state: str
    reason: str
    is_late: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class RepeatView:
    """Another outage of the same issue, seen from a page; ``gap`` is ``480 days earlier``."""

    link: Link
    is_declared: bool
    gap: str
    evidence: tuple[str, ...]
    missed: tuple[MissedView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One outage of a chain, and what was missed between the one before and it."""

    record: Postmortem
    link: Link
    duration: str
    severity_rank: int
    gap: str
    is_declared: bool
    missed: tuple[MissedView, ...]


def repeat_views(
    record: Postmortem, site: SiteContext, source: str
) -> tuple[tuple[RepeatView, ...], tuple[RepeatView, ...]]:
    """The earlier and the later occurrences of a page's outage."""
    found = site.repeats.of(record)
    earlier = tuple(_view(item, item.earlier, site, source) for item in found.earlier)
    later = tuple(_view(item, item.later, site, source) for item in found.later)
    return earlier, later


def render_repeats(
    site: SiteContext,
    source: str,
    options: Mapping[str, Any],  # noqa: ARG001 - every list is rendered by the same call
) -> str:
    """All chains of repeats, the longest first."""
    chains = [
        (
            _steps(chain, site, source),
            length_words(chain.duration, site.language),
            chain.without_duration,
        )
        for chain in site.repeats.chains
    ]
    return site.templates.render("repeats.html", chains=chains)


def repeats_fields(site: SiteContext, source: str, _: Mapping[str, Any]) -> list[str]:
    """The author's Markdown that the list shows."""
    steps = (step for chain in site.repeats.chains for step in _steps(chain, site, source))
    return missed_fields(task for step in steps for task in step.missed)


def missed_fields(tasks: Iterable[MissedView]) -> list[str]:
    """The author's Markdown in missed tasks."""
    return [text for task in tasks for text in (task.text, task.reason) if text]


def _steps(chain: Chain, site: SiteContext, source: str) -> list[Step]:
    words = site.words
    paths = {record.path for record in chain.records}
    steps = []
    for record in chain.records:
        before = [item for item in site.repeats.of(record).earlier if item.earlier.path in paths]
        nearest = min(before, key=lambda item: (item.days is None, item.days or 0), default=None)
        steps.append(
            Step(
                record=record,
                link=site.link_to(record, source),
                duration=length_words(record.duration, site.language) if record.duration else "",
                severity_rank=site.severity_rank(record.severity),
                gap=_gap(nearest, "days_later", words) if nearest else "",
                is_declared=nearest is None or nearest.is_declared,
                missed=_missed(nearest, words) if nearest else (),
            )
        )
    return steps


def _view(repeat: Repeat, other: Postmortem, site: SiteContext, source: str) -> RepeatView:
    alike = repeat.similar.words if repeat.similar else ()
    direction = "days_earlier" if other is repeat.earlier else "days_later"
    return RepeatView(
        link=site.link_to(other, source),
        is_declared=repeat.is_declared,
        gap=_gap(repeat, direction, site.words),
        evidence=tuple(dict.fromkeys((*repeat.causes, *repeat.services, *alike))),
        missed=_missed(repeat, site.words),
    )


def _gap(repeat: Repeat, direction: str, words: Vocabulary) -> str:
    return "" if repeat.days is None else words.count(direction, repeat.days)


def _missed(repeat: Repeat, words: Vocabulary) -> tuple[MissedView, ...]:
    return tuple(_missed_view(item, repeat.earlier.path, words) for item in repeat.missed)


def _missed_view(item: MissedTask, path: str, words: Vocabulary) -> MissedView:
    is_late = bool(item.overdue) and item.reason is not Missed.DROPPED
    return MissedView(
        text=located(item.task.text, path),
        owners=words.listed_text(item.task.owners),
        due=day_words(item.task.due, words.language) if item.task.due else "",
        state=missed_state(item, words),
        reason=located(item.task.reason, path),
        is_late=is_late,
        is_open=not is_late and item.reason is not Missed.DROPPED,
    )


def missed_state(item: MissedTask, words: Vocabulary) -> str:
    """``103 days overdue``, or how else the task stood."""
    if item.overdue and item.reason is Missed.OVERDUE:
        return words.count("days_overdue", item.overdue)
    if item.overdue and item.reason is Missed.DONE_AFTER:
        return words.count("days_overdue_done", item.overdue)
    return words.groups["missed"][item.reason.value]
