"""Kill commands that write at random moments: ``python scripts/kills.py --rounds 200``.

After each kill every file must be the old one or the new one, whole, and nothing else may lie
there but a hidden temporary file; the same command, left alone, must then come to its end. Prints a
table; the exit code is 1 if a file was torn. Needs ``fork``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from mkdocs_postmortem.cli import main as command_line

PAGE = """\
{bom}# Checkout was down {number}

On 14 March 2026 the checkout answered 502 from 9:12 AM to 9:59 AM (UTC) for 35% of users.

## Timeline

- 9:12 AM - The deploy lowers the pool size, {number}
* 09:19 Detected: the alert pages the on-call
09:51 Mitigated by a rollback

## Tasks

- Check the number
"""
ADOPTED = """\
{bom}---
title: Checkout was down {number}
postmortem:
  id: PM-{number}
  severty: SEV2
  services: [checkout]
  timezone: UTC
  started: 2026-03-14 9:12 AM
  resolved: 2026-03-14 9:59 AM
---
# Checkout was down {number}

## Timeline

1. 9:12 AM Started: the deploy lowers the pool size.
2. 9:59 AM Resolved: all is well.

## Tasks

- Check the number
"""
DRAFT = ADOPTED.replace("severty: SEV2", "severity: SEV2\n  status: draft")
CONFIG = "site_name: a\nsite_url: https://site.example/\nplugins: [postmortem]\n"
PAGES = 6


@dataclass(frozen=True)
class Case:
    """A command, and what each page says on which it works."""

    words: str
    page: str

    def prepare(self, root: Path) -> None:
        """Pages with several line ends and byte order marks below ``root/docs/postmortems``."""
        folder = root / "docs" / "postmortems"
        folder.mkdir(parents=True)
        (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
        for number in range(PAGES):
            text = self.page.format(number=number, bom="\ufeff" if number == 2 else "")
            end = "\r\n" if number % 3 == 0 else "\n"
            (folder / f"page-{number}.md").write_bytes(text.replace("\n", end).encode())
        (root / "out").mkdir()
        for name in ("data.json", "data.sqlite"):
            (root / "out" / name).write_bytes(b"what was there before\n" * 2_000)


CASES = (
    Case("adopt --in-place docs/postmortems", PAGE),
    Case("adopt --output out --force docs/postmortems", PAGE),
    Case("check --fix --sort --today 2026-11-24", ADOPTED),
    Case("new Outage --id PM-99 --started 2026-03-14T09:12 --timezone UTC", ADOPTED),
    Case("generate --today 2026-11-24", DRAFT),
    Case("export json --output out/data.json --force --today 2026-11-24", ADOPTED),
    Case("export sqlite --output out/data.sqlite --force --today 2026-11-24", ADOPTED),
)


def contents(root: Path) -> dict[str, bytes]:
    """Every file but the temporary ones of a killed command."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and not file.name.startswith(".postmortem-")
    }


def start(words: str, root: Path) -> int:
    """Fork a child that runs the command in ``root``; its process id."""
    child = os.fork()
    if child:
        return child
    os.chdir(root)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    try:
        command_line(words.split(), standalone_mode=True)
    finally:
        os._exit(0)


def torn(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """The files that are neither the old nor the new one, or should not be there."""
    names = {*found, *old, *new}
    return sorted(name for name in names if found.get(name) not in (old.get(name), new.get(name)))


def fresh(case: Case, base: Path) -> Path:
    root = Path(tempfile.mkdtemp(dir=base))
    case.prepare(root)
    return root


@dataclass
class Kills:
    """How many kills left all files old, some new, all new, and how many a temporary file; what
    was torn or could not be finished.
    """

    before: int = 0
    amid: int = 0
    after: int = 0
    temporary: int = 0
    findings: tuple[str, ...] = ()


def kill(case: Case, rounds: int, chance: Random, base: Path) -> Kills:
    """Run and kill a command in a fresh site ``rounds`` times."""
    root = fresh(case, base)
    old = contents(root)
    begin = time.monotonic()
    os.waitpid(start(case.words, root), 0)
    length = time.monotonic() - begin
    new, result = contents(root), Kills()
    if new == old:
        result.findings += (f"{case.words}: writes nothing",)
    shutil.rmtree(root)
    for _ in range(rounds):
        _round(case, chance.uniform(0, length), (old, new), result, base)
    return result


def _round(
    case: Case,
    delay: float,
    states: tuple[dict[str, bytes], dict[str, bytes]],
    result: Kills,
    base: Path,
) -> None:
    old, new = states
    root = fresh(case, base)
    child = start(case.words, root)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = contents(root)
    result.findings += tuple(f"{case.words}: {name} is torn" for name in torn(found, old, new))
    result.before += found == old
    result.after += found == new
    result.amid += found not in (old, new)
    result.temporary += any(root.rglob(".postmortem-*"))
    os.waitpid(start(case.words, root), 0)
    if contents(root) != new:
        result.findings += (f"{case.words}: the next run does not finish the work",)
    shutil.rmtree(root)


def main(report: Callable[[str], None] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20260314)
    wish = parser.parse_args()
    chance, bad = Random(wish.seed), False  # noqa: S311 - a game of chance
    report("| command | kills | all old | some new | all new | temporary file left | findings |")
    report("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            made = kill(case, wish.rounds, chance, Path(folder))
            bad = bad or bool(made.findings)
            findings = "; ".join(sorted(set(made.findings))) or "none"
            counts = (
                f"{wish.rounds} | {made.before} | {made.amid} | {made.after} | {made.temporary}"
            )
            report(f"| `{case.words}` | {counts} | {findings} |")
    raise SystemExit(int(bad))


if __name__ == "__main__":
    main()
