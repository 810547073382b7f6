"""Many files → their problems, in several processes, without keeping the files' texts."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.quotes import quote_problems, quotes_of
from mkdocs_postmortem.catalog.recurrence import recurrence_findings
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.checking import Checker, load_schemas
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.reading import Directive, read_file

File = tuple[str, Path]

# The values at whose position a site-wide rule reports.
_BETWEEN = re.compile(r"(?:id|body|services|root_cause|recurrence_of|related)?(?:\[|\Z)")
# So many files at a time go to a process, and below so many it is not worth starting any.
_CHUNK = 50
_FEW = 400


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found: the problems by file and place, and the number of postmortems."""

    problems: tuple[Problem, ...]
    postmortems: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stays of a file when it has been judged by itself."""

    path: str
    record: Postmortem | None
    problems: tuple[Problem, ...]
    quotes: tuple[Directive, ...]


def check_files(
    files: Iterable[File],
    checker: Checker,
    *,
    schema: Path | None = None,
    jobs: int = 0,
    hub: Sequence[Postmortem] = (),
    on_progress: Callable[[int], None] = lambda _: None,
) -> CheckResult:
    """Judge files given as (path below the docs folder, file), as ``read_site`` does.

    ``schema`` is the company's, which each process loads anew. ``jobs`` 0 chooses a number by
    the files and the machine. ``hub`` are the outages of other sites. ``on_progress`` is told the
    number of files done since the last time.
    """
    files = list(files)
    jobs = jobs or (_processes() if len(files) > _FEW else 1)
    chunks = list(_chunks(files))
    work = _one_by_one(chunks, checker) if jobs == 1 else _together(chunks, checker, schema, jobs)
    seen: list[_Seen] = []
    for chunk, found in zip(chunks, work, strict=True):
        seen += found
        on_progress(len(chunk))
    records = [item.record for item in seen if item.record]
    own = (problem for item in seen for problem in item.problems)
    known = recurrence_findings(repeats(Catalog([*records, *hub]), checker.settings))
    between = checker.check_records(records, known, hub)
    quotes = ((item.path, quote) for item in seen for quote in item.quotes)
    quoted = quote_problems(quotes, Catalog(records), checker)
    return CheckResult(tuple(checker.ordered([*own, *between, *quoted])), len(records))


def _chunks(files: Sequence[File]) -> Iterator[list[File]]:
    rest = iter(files)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _one_by_one(chunks: Iterable[list[File]], checker: Checker) -> Iterator[list[_Seen]]:
    return ([*_check_chunk(chunk, checker)] for chunk in chunks)


def _together(
    chunks: Iterable[list[File]], checker: Checker, schema: Path | None, jobs: int
) -> Iterator[list[_Seen]]:
    started = (checker.settings, schema, checker.today)
    _checkers[:] = [checker]
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=started) as pool:
        try:
            yield from pool.map(_work, chunks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


# Compiled schemas cannot be sent. A process that is forked has the judge already, and any other
# makes one of its own.
_checkers: list[Checker] = []


def _begin(settings: Settings, schema: Path | None, today: date) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was started tells of Ctrl-C
    if not _checkers:
        _checkers.append(Checker(settings, load_schemas(schema), today))


def _work(chunk: list[File]) -> list[_Seen]:
    return list(_check_chunk(chunk, _checkers[-1]))


def _check_chunk(chunk: Iterable[File], checker: Checker) -> Iterator[_Seen]:
    for path, file in chunk:
        page = read_file(path, file, checker.settings)
        if page is not None:
            record = _light(page.record) if page.record else None
            yield _Seen(path, record, tuple(checker.check_page(page)), quotes_of(page))


def _light(record: Postmortem) -> Postmortem:
    """What other pages may ask for; sending and keeping the rest costs more than reading it."""
    return replace(
        record,
        sections=(),
        timeline=Timeline(),
        lifecycle=_ends(record.lifecycle),
        impact="",
        users_affected=None,
        custom={},
        positions={name: at for name, at in record.positions.items() if _BETWEEN.match(name)},
    )


def _ends(lifecycle: Lifecycle) -> Lifecycle:
    """Start and end, if these tell the day, too."""
    started = lifecycle.moment(Milestone.STARTED)
    if started is None or started.day is None:
        return lifecycle
    resolved = lifecycle.moment(Milestone.RESOLVED)
    ended = {Milestone.RESOLVED: resolved} if resolved else {}
    return Lifecycle({Milestone.STARTED: started, **ended}, lifecycle.says_ongoing)


def _processes() -> int:
    """Half of the processors that may be used: mostly, two of them are one core with two names."""
    known = hasattr(os, "sched_getaffinity")
    usable = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    return max(1, usable // 2)
