"""Coverage-guided fuzzing of the readers: ``python fuzz/run.py timeline --runs 1000000``.

A finding stops the run and leaves its input in ``fuzz/.work/TARGET``; fix it, and turn the input
into a test. ``long_round.py`` runs many targets and prints a table. Needs the extra
``fuzz`` (atheris, Apache-2.0).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mkdocs_postmortem"]):
    import promises

HERE = Path(__file__).resolve().parent
LONGEST = {"data_set": 3_000, "importing": 3_000}  # bytes; 600 for the others


def _text(promise: Callable[[str], None]) -> Callable[[bytes], None]:
    return lambda data: promise(data.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "front_matter": _text(promises.front_matter),
    "timeline": _text(promises.timeline),
    "tasks": _text(promises.tasks),
    "sections": _text(promises.sections),
    "small_readers": _text(promises.small_readers),
    "company_schema": _text(promises.company_schema),
    "data_set": _text(promises.data_set),
    "adopting": _text(promises.adopting),
    "importing": promises.importing,
    "page_copy": _text(promises.page_copy),
    "page": promises.page,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS, nargs="?", default="page")
    parser.add_argument("--list", action="store_true", help="Print the names of all targets.")
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=0, help="Stop after so long; 0 is never.")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="Where inputs are kept.")
    wish = parser.parse_args()
    if wish.list:
        print(*TARGETS)
        return
    work = wish.work / wish.target
    corpus = work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    options = [
        f"-runs={wish.runs}",
        f"-max_total_time={wish.seconds}",
        f"-max_len={LONGEST.get(wish.target, 600)}",
        "-timeout=10",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        f"-artifact_prefix={work}/",
        f"-dict={HERE / 'words.dict'}",
    ]
    folders = [str(corpus), str(HERE / "seeds" / wish.target)]
    atheris.Setup([sys.argv[0], *options, *folders], TARGETS[wish.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
