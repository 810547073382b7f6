"""A long round: ``python fuzz/long_round.py [TARGET…] --runs 1000000`` prints a table.

Targets run one after the other, each in a process of its own. A finding ends its target, and the
row names the file that shows it. The exit code is 1 if there was one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

RUN = Path(__file__).with_name("run.py")
_COUNT = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_ARTIFACT = re.compile(r"Test unit written to (\S+)")
_COVERED = re.compile(r"cov: (\d+) ft: \d+ corp: (\d+)")


def targets() -> list[str]:
    """The names of all targets, as ``run.py`` knows them."""
    listed = subprocess.run(
        [sys.executable, str(RUN), "--list"], capture_output=True, text=True, check=True
    )
    return listed.stdout.split()


def row(target: str, runs: int, work: Path | None) -> tuple[str, bool]:
    """Run one target; its row of the table, and whether it came through without a finding."""
    command = [sys.executable, str(RUN), target, "--runs", str(runs)]
    command += ["--work", str(work)] if work else []
    begin = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    minutes = (time.monotonic() - begin) / 60
    output = done.stdout + done.stderr
    counts, covered = _COUNT.findall(output), _COVERED.findall(output)
    executed = f"{int(counts[-1]):,}" if counts else "unknown"
    branches, inputs = covered[-1] if covered else ("?", "?")
    found = ", ".join(_ARTIFACT.findall(output)) or ("none" if done.returncode == 0 else "crashed")
    cells = (target, executed, branches, inputs, f"{minutes:.0f}", found)
    return f"| {' | '.join(cells)} |", done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--work", type=Path, help="Where inputs are kept, instead of fuzz/.work.")
    wish = parser.parse_args()
    print("| target | executions | branches | inputs kept | minutes | findings |")
    print("| --- | ---: | ---: | ---: | ---: | --- |", flush=True)
    results = []
    for target in wish.targets or targets():
        text, is_fine = row(target, wish.runs, wish.work)
        results.append(is_fine)
        print(text, flush=True)
    raise SystemExit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
