"""What the history of tasks costs: pages in a repository, read with it and without.

    history.py [--pages 1000] [--commits 2000] [--rounds 5] [--others 0]

Makes a repository in which each page is committed and then edited, its boxes ticked one by one;
``--others`` adds so many commits elsewhere in the docs folder. Every figure is the median of ratios
between neighbours in time, since the machine has other work to do.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pages import write_pages

from mkdocs_postmortem.catalog.outage_tasks import no_history
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.history import GitHistory
from mkdocs_postmortem.model.settings import Settings

_START = 1_600_000_000
_TODAY = date(2026, 11, 24)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=2000)
    parser.add_argument("--others", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        docs = Path(folder) / "docs"
        write_repository(docs, wanted.pages, wanted.commits, wanted.others)
        files = [(f"postmortems/{file.name}", file) for file in docs.rglob("postmortems/*.md")]
        checker = Checker(Settings(), load_schemas(None), _TODAY)
        alone: list[float] = []
        ratios: list[float] = []
        for _ in range(wanted.rounds):
            without = _seconds(lambda: check_site(files, checker, history=no_history))
            own = _seconds(lambda: GitHistory(docs)([path for path, _ in files]))
            alone.append(own)
            ratios.append(own / without)
        days = GitHistory(docs)([path for path, _ in files])
    known = [item for page in days.values() for item in page.values()]
    print(f"{wanted.pages} pages, {wanted.commits} commits of them, {wanted.others} others")
    print(f"days of {len(known)} boxes, {sum(item.done is not None for item in known)} ticked")
    print(f"history: {statistics.median(alone):.2f} s")
    print(f"history / reading and judging the pages: {statistics.median(ratios):.2f}")


def write_repository(docs: Path, pages: int, commits: int, others: int = 0) -> None:
    """A repository around ``docs``, by git's fast import; the newest commit is checked out."""
    write_pages(docs / "postmortems", pages)
    subprocess.run(["git", "init", "-q", "-b", "main", str(docs.parent)], check=True)
    stream = b"".join(_commits(docs, commits, others))
    run = ["git", "-C", str(docs.parent)]
    subprocess.run([*run, "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run([*run, "reset", "-q", "--hard", "main"], check=True)


def _commits(docs: Path, commits: int, others: int) -> Iterator[bytes]:
    """Each page comes with open boxes; later commits tick one box of a page each."""
    texts = {
        f"docs/postmortems/{file.name}": file.read_text("utf-8").replace("- [x]", "- [ ]")
        for file in sorted(docs.rglob("postmortems/*.md"))
    }
    rng = random.Random(1)  # noqa: S311 - the same repository each time
    paths = list(texts)
    for number in range(commits):
        path = paths[number] if number < len(paths) else rng.choice(paths)
        if number >= len(paths):
            texts[path] = texts[path].replace("- [ ]", "- [x]", 1)
        yield _commit(number, {path: texts[path]})
    for number in range(others):
        path = f"docs/guide/{number % 300}.md"
        yield _commit(commits + number, {path: f"# Page\n\n{rng.random()}\n" * 20})


def _commit(number: int, files: dict[str, str]) -> bytes:
    who = f"A <a@example.org> {_START + number * 3600} +0000"
    parts = [f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 1\nm\n".encode()]
    for path, text in files.items():
        data = text.encode()
        parts.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(parts)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
