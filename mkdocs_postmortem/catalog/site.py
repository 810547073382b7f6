"""All files of a docs folder → pages, problems and the catalog: one road for build and check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs_postmortem.catalog.audience import Share, share_of
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.memory import Memory
from mkdocs_postmortem.catalog.recurrence import recurrence_findings
from mkdocs_postmortem.catalog.repeats import Repeats, repeats
from mkdocs_postmortem.catalog.task_days import Histories, no_history, with_task_days
from mkdocs_postmortem.checking import Judge
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.reading import Page


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a docs folder.

    ``pages`` are the pages that concern us, by path; they, ``catalog`` and ``repeats`` hold what
    the audience may see, and ``left_out`` tells of the rest. ``problems`` are those of the files
    whoever the audience is, for the people who write them; ``shown_problems`` are those that may
    stand on the audience's pages.
    """

    pages: dict[str, Page]
    problems: tuple[Problem, ...]
    catalog: Catalog
    repeats: Repeats
    left_out: Share
    shown_problems: tuple[Problem, ...]

    def count(self, level: Level) -> int:
        return sum(problem.level is level for problem in self.problems)

    @property
    def index_pages(self) -> tuple[str, ...]:
        """The pages on which an author placed the whole index, not a selection of it."""
        return tuple(
            page.path
            for page in self.pages.values()
            if any(
                item.name == "index" and not item.options and item.fault is None
                for item in page.directives
            )
        )


def read_site(
    files: Iterable[tuple[str, Path]],
    judge: Judge,
    unsaved: Mapping[str, bytes] | None = None,
    history: Histories = no_history,
    memory: Memory | None = None,
) -> Site:
    """Read and judge files given as (path below the docs folder, file).

    ``unsaved`` holds what an editor has of a file, by its path, instead of what is on disk.
    ``history`` tells the days on which boxes of tasks were ticked. No problem depends on it, so
    that a clone without history is judged alike. ``memory`` knows the build before.
    """
    memory = memory or Memory()
    pages = memory.read(files, judge, unsaved or {})
    share = share_of(pages, judge)
    whole = _judged(with_task_days(pages, history, memory), judge, memory)
    if share.is_whole:
        return Site(whole[0], *whole[1:], share, whole[1])
    shown, problems, catalog, repeated = _judged(
        with_task_days(share.pages, history, memory), judge, memory
    )
    return Site(shown, whole[1], catalog, repeated, share, problems)


def _judged(
    pages: dict[str, Page], judge: Judge, memory: Memory
) -> tuple[dict[str, Page], tuple[Problem, ...], Catalog, Repeats]:
    catalog = Catalog(page.record for page in pages.values() if page.record)
    repeated = repeats(catalog, judge.settings)
    own = (problem for page in pages.values() for problem in memory.problems(page, judge))
    between = judge.between(catalog.records, recurrence_findings(repeated))
    return pages, tuple(judge.ordered([*own, *between])), catalog, repeated
