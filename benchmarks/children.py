"""Child processes with their cost, and medians of what neighbours in time cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor time, and peak memory in bytes."""

    wall: float
    cpu: float
    memory: int


def run(line: Sequence[str]) -> Cost:
    """Run a command to its end, whatever it says; the memory is that of its largest process."""
    begin = time.perf_counter()
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    kilo = 1 if sys.platform == "darwin" else 1024
    return Cost(
        time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * kilo
    )


def mkdocs(config: str, target: str) -> Sequence[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", config, "-d", target]


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios of pairs that were measured side by side."""
    return statistics.median(one / other for one, other in pairs)
