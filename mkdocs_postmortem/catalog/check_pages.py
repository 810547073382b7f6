"""Files → checked pages: one after the other or in several processes."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience, Settings
from mkdocs_postmortem.model.timeline import Timeline
from mkdocs_postmortem.reading.page import Page, read_file, read_page
from mkdocs_postmortem.reading.source import read_bytes

File = tuple[str, Path]

# The values at whose position a site-wide rule reports.
_BETWEEN = re.compile(r"(?:id|body|services|root_cause|recurrence_of|related)?(?:\[|\Z)")
# So many files at a time go to a process, and below so many it is not worth starting any.
_CHUNK = 50
_FEW = 400


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page that concerns us, and the problems that it has by itself."""

    page: Page
    problems: tuple[Problem, ...]


def check_pages(files: Iterable[File], checker: Checker, cache: Cache) -> Iterator[CheckedPage]:
    """Read and check files, as far as the previous build has not."""
    for path, file in files:
        try:
            raw = read_bytes(file)
        except OSError:
            found = _checked(read_file, path, file, checker)
        else:
            key = ("page", path, blake2b(raw, digest_size=20).digest())
            build = partial(_checked, read_page, path, raw, checker)
            found = cache.get_or_build(key, build, once=True)
        if found is not None:
            yield found


def check_pages_in_processes(
    files: Iterable[File],
    checker: Checker,
    *,
    unsaved: Mapping[str, bytes] | None = None,
    schema: Path | None = None,
    jobs: int = 0,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Iterator[CheckedPage]:
    """The same without the texts of pages, whose records have only what other pages may ask for.

    So nobody can tell what of them is public, and the audience has to be the internal one.
    ``unsaved`` holds what an editor has of a file, by its path, instead of what is on disk.
    ``schema`` is the company's, which each process loads anew. ``jobs`` 0 chooses a number by
    the files and the machine. ``on_progress`` gets the number of files done since the last time.
    """
    if checker.settings.audience is not Audience.INTERNAL:
        raise ValueError("pages without their texts have no public view")
    files = list(files)
    jobs = jobs or (_processes() if len(files) > _FEW else 1)
    chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
    texts = unsaved or {}
    work: Iterable[list[CheckedPage]] = (_check_chunk(chunk, checker, texts) for chunk in chunks)
    if jobs > 1:
        work = _together(chunks, checker, schema, jobs, texts)
    for chunk, found in zip(chunks, work, strict=True):
        yield from found
        on_progress(len(chunk))


def _checked(
    read: Callable[..., Page | None], path: str, source: bytes | Path, checker: Checker
) -> CheckedPage | None:
    page = read(path, source, checker.settings)
    return CheckedPage(page, tuple(checker.check_page(page))) if page else None


def _together(
    chunks: Iterable[list[File]],
    checker: Checker,
    schema: Path | None,
    jobs: int,
    unsaved: Mapping[str, bytes],
) -> Iterator[list[CheckedPage]]:
    from concurrent.futures import ProcessPoolExecutor  # a small check starts without it

    started = (checker.settings, schema, checker.today)
    _checkers[:] = [checker]
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=started) as pool:
        try:
            yield from pool.map(partial(_work, unsaved=unsaved), chunks)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


# Compiled schemas cannot be sent. A forked process already has the checker; any other
# makes one of its own.
_checkers: list[Checker] = []


def _begin(settings: Settings, schema: Path | None, today: date) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process reports Ctrl-C
    if not _checkers:
        _checkers.append(Checker(settings, load_schemas(schema), today))


def _work(chunk: list[File], unsaved: Mapping[str, bytes]) -> list[CheckedPage]:
    return _check_chunk(chunk, _checkers[-1], unsaved)


def _check_chunk(
    chunk: Iterable[File], checker: Checker, unsaved: Mapping[str, bytes]
) -> list[CheckedPage]:
    found: list[CheckedPage] = []
    for path, file in chunk:
        page = (
            read_page(path, unsaved[path], checker.settings)
            if path in unsaved
            else read_file(path, file, checker.settings)
        )
        if page is not None:
            record = _light(page.record) if page.record else None
            light = Page(path, record=record, directives=page.directives)
            found.append(CheckedPage(light, tuple(checker.check_page(page))))
    return found


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
    """Start and end, if they give the day too."""
    started = lifecycle.moment(Milestone.STARTED)
    if started is None or started.day is None:
        return lifecycle
    resolved = lifecycle.moment(Milestone.RESOLVED)
    ended = {Milestone.RESOLVED: resolved} if resolved else {}
    return Lifecycle({Milestone.STARTED: started, **ended}, lifecycle.says_ongoing)


def _processes() -> int:
    """Half of the processors that may be used: mostly, two of them are one core with two names."""
    return max(1, processors() // 2)


def processors() -> int:
    """How many processors this process may use."""
    known = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
