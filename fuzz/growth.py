"""Does doubling a hostile input double the work?

``python fuzz/growth.py [READER…] [--large] [--builds]``

Measures processor time, the best of three, of each reader on each bait at a size and at twice the
size. A ratio near 2 is linear and near 4 quadratic; above 3, with a time that matters, is a failure
(exit code 1). ``--large`` also runs a few files of several megabytes, and prints time and memory.
``--builds`` builds sites with one page of repeated lines, and compares the time beyond that of a
site without the plugin: at one megabyte and at half of it, or at the largest size that MkDocs alone
builds within some seconds.
"""

from __future__ import annotations

import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import promises

from mkdocs_postmortem.adopting.fixing import fix_page
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.settings import Audience, Synonyms
from mkdocs_postmortem.reading.directives import find_directives
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.head_values import find_day
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.internal_blocks import without_internal
from mkdocs_postmortem.reading.markdown_text import count_sentences, count_words, plain_text
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.stated import find_stated_durations, find_users, read_users
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.time_expression import find_times
from mkdocs_postmortem.reading.timeline import read_timeline

SIZE = 16_000  # characters; a quadratic expression takes about a second on twice as many
# Sizes of pages, and the seconds of a build without the plugin after which the next is left out:
# MkDocs alone is quadratic in some lines, and takes minutes for a megabyte of them.
_SIZES, _SLOW = (62_500, 125_000, 250_000, 500_000, 1_000_000), 4
TOO_STEEP, TOO_SHORT = 3.0, 0.05  # ratio; seconds below which a ratio says nothing

Reader = Callable[[str], object]
HEAD = "---\npostmortem:\n  severity: SEV2\n---\n"


def _whole(key: SectionKey, text: str, last: int) -> Section:
    return Section((key,), key.value, 2, Position(1), 0, last, text)


def _timeline(text: str) -> None:
    lines = number_lines(text.split("\n"))
    context = TimeContext(promises.SETTINGS.timezone, date(2026, 3, 14), Synonyms())
    found, _ = read_timeline(_whole(SectionKey.TIMELINE, text, len(lines)), lines, context)
    found.misleading_cost()


def _tasks(text: str) -> None:
    lines = number_lines(text.split("\n"))
    read_tasks((_whole(SectionKey.TASKS, text, len(lines)),), lines)


def _prose(text: str) -> None:
    lines = number_lines(text.split("\n"))
    find_day(lines, "a.md", {})
    count_words(lines)
    list(find_stated_durations(lines))


def _directives(text: str) -> None:
    list(find_directives(number_lines(text.split("\n"))))


def _internal(text: str) -> None:
    without_internal(text.split("\n"), Audience.PUBLIC)


def _words(text: str) -> None:
    count_sentences(text)
    plain_text(text)
    list(find_times(text))
    read_users(text)
    find_users(text)


def _page(text: str) -> None:
    page = read_page("postmortems/a.md", (HEAD + text).encode(), promises.SETTINGS)
    assert page is not None
    fix_page(page, promises._JUDGE.problems([page]), promises._JUDGE)


READERS: dict[str, Reader] = {
    "front matter": lambda text: read_front_matter(["---", *text.split("\n"), "---"]),
    "front matter value": lambda text: read_front_matter(["---", f"postmortem: {text}", "---"]),
    "sections": lambda text: read_sections(number_lines(text.split("\n")), Synonyms()),
    "timeline": _timeline,
    "tasks": _tasks,
    "prose": _prose,
    "directives": _directives,
    "internal blocks": _internal,
    "words": _words,
    "adopt": promises.adopted,
    "page": _page,
}
# What expressions stumble over: before it a beginning, behind it an end that does not fit.
RUNS = (
    " ",
    "\t",
    "0",
    "1 ",
    ":",
    "-",
    "- ",
    "#",
    ".",
    ". ",
    "~",
    "~ ",
    "at ",
    "a ",
    "*",
    "**",
    "_",
)
RUNS += (
    "`",
    "[",
    "](",
    "[a](",
    "(",
    ")",
    "<",
    "<a ",
    "{",
    "&a ",
    "|",
    "| ",
    "|-",
    "!",
    "?",
    "'",
    '"',
)
RUNS += ("1,000", " 000", "a@", "@a ", "@a, ", "won't do, ", "09:12 ", "9:12 - ", "Mon ", "time ")
RUNS += (
    "of ",
    "5% a ",
    "Mar 1 ",
    "\u00a0",
    "…",
    "。",
    "/",
    "=",
    "<br>",
    "</h1>",
    "[ ] ",
    "a, ",
    "https://a.b:",
)
STARTS = (
    "",
    "# a",
    "- ",
    "- 09:12 ",
    "**ab**",
    "<h1>a</h1>",
    "| ",
    "--|--",
    "<!-- postmortem:index ",
    "a (",
)
ENDS = ("", "x", "|", ")", "-->x", "@")
LINES = (
    "- 09:12 a",
    "- 09:12 **Misleading path:** a",
    "- 23:00 a\n- 01:00 b",
    "09:12 a",
    "1. 09:12 a",
)
LINES += ("Impact: a", "**Impact:** a", "# Timeline", "### 2026-03-14", "## 09:12 a", "| a | b |")
LINES += (
    "| 09:12 | a |",
    "|",
    "- [ ] a (@b, due 2026-04-01)",
    "- a",
    "  - a",
    "1. a:\n   - b",
    "a: b",
)
LINES += (
    "- Tasks: a",
    "```",
    "<!-- a",
    "> - a",
    "a",
    "",
    "Outage lasted 2 hours",
    "- a\n  b",
    "Date: a",
)
LINES += (
    "? a",
    "- - a",
    "  - {at: 1, text: a}",
    "<li>09:12 a",
    "---",
    "===",
    "---|---",
    "a | b | c",
    "<!-- postmortem:index {limit: 5} -->",
    "<!-- postmortem:nothing {a: [} -->",
    "<!-- internal -->",
    "<!-- internal -->a<!-- /internal -->",
    "<!-- /internal -->",
    "`<!-- internal -->`",
    "<!-- postmortem:index",
    # Numbered, since the time of Python-Markdown is quadratic in equal headings.
    "## Impact ({n})",
    "# Impact ({n})\n## Impact ({n})\n### Impact ({n})",
    "## Tasks ({n})\n- [ ] a",
)


def repeated(line: str, size: int) -> str:
    """About ``size`` characters of a line, with its number for ``{n}``."""
    count = size // (len(line) + 1)
    return "".join(f"{line}\n".replace("{n}", str(n)) for n in range(count))


def baits(size: int) -> Iterator[tuple[str, str]]:
    """A name and a text of about ``size`` characters for each bait."""
    for run in RUNS:
        for start in STARTS:
            for end in ENDS:
                yield f"{start!r} + {run!r}*n + {end!r}", start + run * (size // len(run)) + end
    for line in LINES:
        yield f"lines {line!r}", repeated(line, size)
    wide = "|" * (size // 2)
    yield "a wide row and many rows", f"{wide}\n" + "| a\n" * (size // 8)


def seconds(reader: Reader, text: str, rounds: int = 3) -> float:
    """The least processor time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        reader(text)
        best = min(best, time.process_time() - start)
    return best


def steep(name: str, reader: Reader) -> list[str]:
    """The baits on which a reader's time more than doubles."""
    found = []
    for (bait, text), (_, double) in zip(baits(SIZE), baits(2 * SIZE), strict=True):
        later = seconds(reader, double, 1)
        if later < TOO_SHORT:
            continue
        ratio = seconds(reader, double) / max(seconds(reader, text), 1e-6)
        if ratio > TOO_STEEP:
            found.append(f"{name:18} {ratio:5.1f} times, {later:6.2f} s: {bait[:70]}")
    return found


def _large() -> Iterator[tuple[str, str]]:
    yield "100,000 entries", "## Timeline\n" + "- 09:12 **Misleading path:** We look.\n" * 100_000
    yield "100,000 tasks", "## Tasks\n" + "- [ ] Look (@dana, due 2026-04-01)\n" * 100_000
    yield "a line of 5 MB", "## Timeline\n- 09:12 " + "at 9:12 a word, " * 312_500
    yield "a line of 5 MB of spaces", "## Timeline\n- 09:12 a" + " " * 5_000_000 + "b"
    yield "100,000 headings", "Impact: a\n" * 100_000


def _build(text: str, *, is_ours: bool) -> float:
    """The seconds of one build of a site with the page and a home page."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "docs/postmortems/a.md")
        page.parent.mkdir(parents=True)
        page.write_text(HEAD + text, encoding="utf-8")
        (page.parents[1] / "index.md").write_text("# Home\n", encoding="utf-8")
        config = Path(folder, "mkdocs.yml")
        plugins = "[search, {postmortem: {on_error: warn}}]" if is_ours else "[search]"
        config.write_text(f"site_name: a\nplugins: {plugins}\n", encoding="utf-8")
        loaded = load_config(str(config))
        return seconds(lambda _: build(loaded), "", 1)


def steep_builds() -> Iterator[str]:
    """For each line, the seconds of the plugin in builds with pages of two sizes."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    for line in LINES:
        bare: dict[int, float] = {}
        for size in _SIZES:
            bare[size] = _build(repeated(line, size), is_ours=False)
            if bare[size] > _SLOW:
                break
        if len(bare) == 1:
            yield f"{line[:40]!r}: skipped, MkDocs alone takes {bare[size]:.0f} s for {size:,}"
            continue
        half, whole = (
            max(_build(repeated(line, one), is_ours=True) - bare[one], 0.1)
            for one in list(bare)[-2:]
        )
        mark = " steep" if whole > max(1, TOO_STEEP * half) else ""
        alone = f"MkDocs alone {bare[size]:.1f} s"
        yield f"{line[:40]!r}, {size:,}: {half:.1f} s, {whole:.1f} s ({alone}){mark}"


def main() -> None:
    failures = 0
    if "--builds" in sys.argv:
        for row in steep_builds():
            failures += row.endswith("steep")
            print(row, flush=True)
        raise SystemExit(int(failures > 0))
    wanted = [name for name in READERS if name in sys.argv] or list(READERS)
    for name in wanted:
        reader = READERS[name]
        found = steep(name, reader)
        failures += len(found)
        print(f"{name:18} {'linear' if not found else ''}", flush=True)
        print("".join(f"  {line}\n" for line in found), end="", flush=True)
    if "--large" in sys.argv:
        for bait, text in _large():
            for name in ("page", "adopt"):
                used = seconds(READERS[name], text, 1)
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                print(f"{bait:26} {name:6} {used:6.1f} s  {memory:5} MB at most", flush=True)
    raise SystemExit(int(failures > 0))


if __name__ == "__main__":
    main()
