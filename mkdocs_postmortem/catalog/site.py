"""All files of a docs folder → pages, problems and the catalog: one road for build and check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mkdocs_postmortem.catalog.audience import Share, share_of
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.memory import Memory
from mkdocs_postmortem.catalog.quotes import quote_problems, quotes_of
from mkdocs_postmortem.catalog.recurrence import recurrence_findings
from mkdocs_postmortem.catalog.repeats import Repeats, repeats
from mkdocs_postmortem.catalog.task_days import Histories, no_history, with_task_days
from mkdocs_postmortem.catalog.withheld import Withheld, withheld_pages
from mkdocs_postmortem.checking import Checker
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading import Page


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a docs folder.

    ``pages`` are the pages that concern us, by path; they, ``catalog`` and ``repeats`` hold what
    the audience may see, and ``left_out`` tells of the rest. ``problems`` are those of the files
    whoever the audience is, for the people who write them; ``shown_problems`` are those that may
    stand on the audience's pages. ``shown`` is the catalog with the outages of other sites as well;
    repeats are found among all of these. ``withheld`` is what the audience must not see, page by
    page.
    """

    pages: dict[str, Page]
    problems: tuple[Problem, ...]
    catalog: Catalog
    repeats: Repeats
    left_out: Share
    shown_problems: tuple[Problem, ...]
    shown: Catalog
    withheld: tuple[Withheld, ...] = ()

    def count(self, level: Level) -> int:
        return sum(problem.level is level for problem in self.problems)

    @property
    def postmortem_paths(self) -> frozenset[str]:
        """The pages that are postmortems, or should be and cannot be read."""
        return frozenset(page.path for page in self.pages.values() if page.is_postmortem)

    @property
    def index_pages(self) -> tuple[str, ...]:
        """The pages on which an author placed the whole index, not a selection of it."""
        return tuple(
            page.path
            for page in self.pages.values()
            if any(
                item.name == "index" and not item.options and item.error is None
                for item in page.directives
            )
        )


def read_site(
    files: Iterable[tuple[str, Path]],
    checker: Checker,
    unsaved: Mapping[str, bytes] | None = None,
    history: Histories = no_history,
    memory: Memory | None = None,
    hub: Sequence[Postmortem] = (),
) -> Site:
    """Read and judge files given as (path below the docs folder, file).

    ``unsaved`` holds what an editor has of a file, by its path, instead of what is on disk.
    ``history`` tells the days on which boxes of tasks were ticked. No problem depends on it, so
    that a clone without history is judged alike. ``memory`` knows the build before, and ``hub`` are
    the outages of other sites.
    """
    memory = memory or Memory()
    pages = memory.read(files, checker, unsaved or {})
    share = share_of(pages, checker)
    checked = partial(_checked, checker=checker, memory=memory, share=share, hub=hub)
    whole = checked(with_task_days(pages, history, memory))
    if share.is_whole:
        return whole
    # An id of the others is not unknown: to say so would tell of it.
    seen = checked(with_task_days(share.pages, history, memory), known=whole.catalog)
    return replace(seen, problems=whole.problems, withheld=withheld_pages(pages, share))


def _checked(
    pages: dict[str, Page],
    checker: Checker,
    memory: Memory,
    share: Share,
    hub: Sequence[Postmortem],
    known: Catalog | None = None,
) -> Site:
    catalog = Catalog(page.record for page in pages.values() if page.record)
    shown = Catalog([*catalog.records, *hub]) if hub else catalog
    repeated = repeats(shown, checker.settings, memory.similar_pairs)
    own = (problem for page in pages.values() for problem in memory.problems(page, checker))
    between = checker.check_records(catalog.records, recurrence_findings(repeated), hub)
    quotes = ((path, item) for path, page in pages.items() for item in quotes_of(page))
    quoted = quote_problems(quotes, known or catalog, checker)
    problems = tuple(checker.ordered([*own, *between, *quoted]))
    return Site(pages, problems, catalog, repeated, share, problems, shown)
