"""Coverage-guided fuzzing of the readers: ``python fuzz/run.py timeline --runs 1000000``.

A finding stops the run and leaves its input in ``fuzz/.work/TARGET``; fix it, and turn the input
into a test. ``long_round.py`` runs many targets and prints a table. Needs the extra
``fuzz`` (atheris, Apache-2.0).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
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


# Years, numbers and texts at the ends of what is allowed, and beyond.
ODD = (None, True, -1, 10**30, 1e30, 101, "", "\x00", "a" * 300, [], {}, [[]], ["a", "A"])
ODD += ("0001-01-01", "1900-01-01T00:00:00+14:00", "2199-12-31T23:59:59-14:00", "<b onclick=x>")


def _change_value(data: bytes, most: int, seed: int) -> bytes:
    """A data set with another value somewhere: bytes that are changed blindly are hardly ever JSON.

    Atheris calls it instead of its own mutation.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    try:
        whole = json.loads(data)
    except ValueError:
        return atheris.Mutate(data, most)
    node = whole
    while isinstance(node, (dict, list)) and node:
        key = draw.choice(list(node) if isinstance(node, dict) else range(len(node)))
        if isinstance(node[key], (dict, list)) and node[key] and draw.random() < 0.9:
            node = node[key]
            continue
        if isinstance(node[key], str) and draw.random() < 0.5:
            node[key] = atheris.Mutate(node[key].encode(), 60).decode("utf-8", "replace")
        else:
            node[key] = copy.deepcopy(draw.choice(ODD))
        break
    return json.dumps(whole).encode()[:most]


MUTATORS = {"data_set": _change_value}
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
    own = {"custom_mutator": MUTATORS[wish.target]} if wish.target in MUTATORS else {}
    atheris.Setup([sys.argv[0], *options, *folders], TARGETS[wish.target], **own)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
