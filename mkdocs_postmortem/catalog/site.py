"""All files of a docs folder → pages, problems and catalog: one function for build and check."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from mkdocs_postmortem.catalog.audience import (
    AudienceView,
    Withheld,
    audience_view_of,
    withheld_pages,
)
from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.check_pages import CheckedPage, File, check_pages
from mkdocs_postmortem.catalog.outage_tasks import Histories, no_history, with_task_days
from mkdocs_postmortem.catalog.repeats import Missed, Repeat, Repeats, repeats
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.task_rules import short_text
from mkdocs_postmortem.model.address import reference_key
from mkdocs_postmortem.model.problem import Finding, Level, Problem, did_you_mean
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.directives import Directive
from mkdocs_postmortem.reading.page import Page

CheckPages = Callable[[Iterable[File], Checker], Iterable[CheckedPage]]
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a docs folder.

    ``pages`` are the pages that concern us, by path; they, ``catalog`` and ``repeats`` hold what
    the audience may see, and ``left_out`` describes the rest. ``problems`` are those of the files
    whoever the audience is, for the people who write them; ``shown_problems`` are those that may
    be on the audience's pages. ``shown`` is the catalog with the outages of other sites as well;
    repeats are found among all of these. ``withheld`` is what the audience must not see, page by
    page.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    catalog: Catalog = field(default_factory=lambda: Catalog(()))
    repeats: Repeats = field(default_factory=lambda: Repeats(Catalog(()), ()))
    left_out: AudienceView = field(default_factory=lambda: AudienceView({}))
    shown_problems: tuple[Problem, ...] = ()
    shown: Catalog = field(default_factory=lambda: Catalog(()))
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


@contextmanager
def _gc_paused() -> Iterator[None]:
    """While a site is read nothing of it is garbage, and each look through it takes longer.

    At 5,000 pages that was nearly a fifth of the time, and after an edit more than all the rest.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_gc_paused()
def check_site(
    files: Iterable[File],
    checker: Checker,
    history: Histories = no_history,
    cache: Cache | None = None,
    hub: Sequence[Postmortem] = (),
    check: CheckPages | None = None,
) -> Site:
    """Read and check files given as (path below the docs folder, file): the one way of the build
    and of every command.

    ``history`` gives the days on which boxes of tasks were ticked. No problem depends on it, so
    that a clone without history has the same. ``cache`` knows the previous build, ``hub`` are
    the outages of other sites, and ``check`` reads and checks the files in another way.
    """
    cache = cache or Cache(keeps=False)
    cache.begin(checker.cache_key)
    check = check or partial(check_pages, cache=cache)
    checked = {one.page.path: one for one in check(files, checker)}
    pages = {path: one.page for path, one in checked.items()}
    audience_view = audience_view_of(pages, checker)
    gather = partial(_gather, checker=checker, cache=cache, audience_view=audience_view, hub=hub)
    own = [problem for one in checked.values() for problem in one.problems]
    whole = gather(with_task_days(pages, history), own)
    if audience_view.is_whole:
        return whole
    public = _public_problems(checked, audience_view, checker, cache)
    # An id of a hidden page is not reported as unknown: that would reveal it.
    seen = gather(
        with_task_days(audience_view.pages, history), public, unreported=audience_view.hidden_ids
    )
    return replace(seen, problems=whole.problems, withheld=withheld_pages(pages, audience_view))


def _public_problems(
    checked: Mapping[str, CheckedPage], audience_view: AudienceView, checker: Checker, cache: Cache
) -> Iterator[Problem]:
    """The problems that pages have by themselves as the audience sees them."""
    for path, page in audience_view.pages.items():
        if page is checked[path].page:
            yield from checked[path].problems
        else:
            build = partial(lambda page: tuple(checker.check_page(page)), page)
            yield from cache.get_or_build(("public", path, page.version), build, once=True)


def _gather(
    pages: dict[str, Page],
    own: Iterable[Problem],
    checker: Checker,
    cache: Cache,
    audience_view: AudienceView,
    hub: Sequence[Postmortem],
    unreported: Collection[str] = (),
) -> Site:
    catalog = Catalog(page.record for page in pages.values() if page.record)
    shown = Catalog([*catalog.records, *hub]) if hub else catalog
    repeated = repeats(shown, checker.settings, cache)
    between = checker.check_records(catalog.records, recurrence_findings(repeated), hub)
    embeds = (
        (path, item)
        for path, page in pages.items()
        for item in embeds_of(page)
        if reference_key(str(item.options["id"])) not in unreported
    )
    wrong_embeds = embed_problems(embeds, catalog, checker)
    problems = tuple(checker.ordered([*own, *between, *wrong_embeds]))
    return Site(pages, problems, catalog, repeated, audience_view, problems, shown)


def embeds_of(page: Page) -> tuple[Directive, ...]:
    """The page's directives that name an outage by its id."""
    return tuple(item for item in page.directives if item.error is None and "id" in item.options)


def embed_problems(
    embeds: Iterable[tuple[str, Directive]], catalog: Catalog, checker: Checker
) -> Iterator[Problem]:
    """A problem for each id that no outage has; ``embeds`` come with the paths of their pages."""
    known = [record.id for record in catalog.records]
    for path, directive in embeds:
        name = str(directive.options["id"])
        if catalog.with_id(name) is None:
            message = f"No postmortem has the id `{name}`."
            fix = f"Write the id of a postmortem of this site.{did_you_mean(name, known)}"
            yield from checker.to_problems(
                path, [Finding("PM602", directive.position, message, fix)]
            )


def recurrence_findings(found: Repeats) -> dict[str, list[Finding]]:
    """The findings by the path of their page."""
    findings: defaultdict[str, list[Finding]] = defaultdict(list)
    undeclared: defaultdict[str, list[Repeat]] = defaultdict(list)
    for repeat in found.undeclared:
        undeclared[repeat.later.path].append(repeat)
    for path, found_there in undeclared.items():
        findings[path].append(_undeclared(found_there))
    for repeat in found.all:
        if repeat.is_declared:
            findings[repeat.earlier.path] += _still_open(repeat)
    return findings


def _undeclared(repeats: Sequence[Repeat]) -> Finding:
    """One finding for all that a page looks like, so that one edit ends it."""
    repeats = sorted(
        repeats, key=lambda it: (-(it.similar.similarity if it.similar else 0), it.earlier.path)
    )
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
