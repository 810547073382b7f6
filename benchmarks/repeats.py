"""How well repeats are found, and how fast.

    repeats.py [--records N] [--pairs]

Prints precision and recall of several methods on the judged pairs, each company an archive of its
own, then of what the package finds, then the time for N made-up records. ``--pairs`` names the
pairs that the package gets wrong.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.catalog.similarity import (
    LEAST_SIMILARITY,
    Vector,
    cosine,
    vectors_of,
    weigh,
    words,
)
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task, TaskState

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "catalog" / "judged_repeats.yml"
HALVES = ("dev", "held_out")
Pair = frozenset[str]
Counts = dict[str, float]
Weighed = Callable[[Sequence[Postmortem]], list[Vector]]


@dataclass(frozen=True)
class Archive:
    """A company's records (path = id) and the pairs of them that are the same issue."""

    records: tuple[Postmortem, ...]
    same: frozenset[Pair]


def load(half: str) -> list[Archive]:
    """The judged companies of a half."""
    data = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    return [archive(item["records"]) for item in data["companies"] if item["half"] == half]


def joined(archives: Iterable[Archive]) -> Archive:
    """Several companies as one archive."""
    archives = list(archives)
    return Archive(
        tuple(record for item in archives for record in item.records),
        frozenset(pair for item in archives for pair in item.same),
    )


def archive(items: Sequence[dict[str, Any]]) -> Archive:
    same = frozenset(
        frozenset((one["id"], other["id"]))
        for one, other in combinations(items, 2)
        if one["issue"] == other["issue"]
    )
    return Archive(tuple(map(record, items)), same)


def record(item: dict[str, Any]) -> Postmortem:
    tasks = tuple(Task(text, TaskState.DONE, Position()) for text in item["tasks"])
    return Postmortem(
        id=item["id"],
        path=item["id"],
        title=item["impact"],
        services=tuple(item["services"]),
        lifecycle=Lifecycle({Milestone.STARTED: Moment("", Position(), day=item["day"])}),
        impact=item["impact"],
        root_cause=item["root_cause"],
        trigger=item.get("trigger", ""),
        causes=tuple(item.get("causes", ())),
        tasks=tasks,
    )


def detected(found: Archive) -> set[Pair]:
    """The pairs that the package finds."""
    repeated = repeats(Catalog(found.records), Settings()).all
    return {frozenset((item.earlier.path, item.later.path)) for item in repeated}


def precision_and_recall(found: set[Pair], same: frozenset[Pair]) -> tuple[float, float]:
    right = len(found & same)
    return (right / len(found) if found else 1.0), right / len(same)


def same_tags(one: Postmortem, other: Postmortem) -> bool:
    return share(one.services, other.services) and share(one.causes, other.causes)


def same_tags_and_trigger(one: Postmortem, other: Postmortem) -> bool:
    return same_tags(one, other) and one.trigger == other.trigger


def share(names: Iterable[str], others: Iterable[str]) -> bool:
    return not set(names).isdisjoint(others)


def stems(texts: Sequence[str], times: float = 1) -> Counts:
    counts: Counts = defaultdict(float)
    for text in texts:
        for stem, _ in words(text):
            counts[stem] += times
    return counts


def both(one: Counts, other: Mapping[str, float]) -> Counts:
    return {word: one.get(word, 0) + other.get(word, 0) for word in {*one, *other}}


def grams(texts: Sequence[str], cut: Callable[[str], Iterable[str]]) -> Counts:
    return dict(Counter(part for text in texts for part in cut(text)))


def characters(text: str) -> Iterator[str]:
    for _, word in words(text):
        padded = f"_{word.lower()}_"
        yield from (padded[at : at + 4] for at in range(max(1, len(padded) - 3)))


def two_words(text: str) -> Iterator[str]:
    found = [stem for stem, _ in words(text)]
    yield from found
    yield from map(" ".join, pairwise(found))


def tasks(item: Postmortem) -> list[str]:
    return [task.text for task in item.tasks]


METHODS: dict[str, Callable[[Postmortem], Counts]] = {
    "root cause": lambda item: stems([item.root_cause]),
    "root cause, tasks": lambda item: stems([item.root_cause, *tasks(item)]),
    "root cause, each task at half": lambda item: both(
        stems([item.root_cause]), stems(tasks(item), 0.5)
    ),
    "root cause, impact": lambda item: stems([item.root_cause, item.impact]),
    "root cause, tasks, impact": lambda item: stems([item.root_cause, item.impact, *tasks(item)]),
    "  and cause tags": lambda item: both(
        stems([item.root_cause, *tasks(item)]), Counter([*item.causes, item.trigger])
    ),
    "  and pairs of words": lambda item: grams([item.root_cause, *tasks(item)], two_words),
    "  by four characters": lambda item: grams([item.root_cause, *tasks(item)], characters),
}
THRESHOLDS = (0.15, 0.20, 0.25, 0.30, 0.35, 0.40)


def by_rule(found: Archive, rule: Callable[[Postmortem, Postmortem], bool]) -> set[Pair]:
    return {
        frozenset((one.path, other.path))
        for one, other in combinations(found.records, 2)
        if rule(one, other)
    }


def by_text(found: Archive, weighed: Weighed, least: float) -> set[Pair]:
    vectors = dict(zip((item.path for item in found.records), weighed(found.records), strict=True))
    return by_rule(
        found,
        lambda one, other: (
            share(one.services, other.services)
            and cosine(vectors[one.path], vectors[other.path]) >= least
        ),
    )


def measured(archives: Sequence[Archive], find: Callable[[Archive], set[Pair]]) -> str:
    found = {pair for item in archives for pair in find(item)}
    precision, recall = precision_and_recall(found, joined(archives).same)
    return f"{precision:.2f} {recall:.2f}"


def compare(half: str) -> None:
    archives = load(half)
    everything = joined(archives)
    negative = sum(len(list(combinations(item.records, 2))) - len(item.same) for item in archives)
    print(
        f"\n{half}: {len(everything.records)} outages of {len(archives)} companies, "
        f"{len(everything.same)} pairs are the same issue, {negative} are not; precision recall"
    )
    for rule in (same_tags, same_tags_and_trigger):
        name = rule.__name__.replace("_", " ")
        print(
            f"{name + ', same service':38}{measured(archives, lambda it, r=rule: by_rule(it, r))}"
        )
    print(f"{'same service, cosine at least':38}" + "".join(f"{at:<12.2f}" for at in THRESHOLDS))
    for name, weighed in weighings():
        cells = (
            measured(archives, lambda it, w=weighed, at=at: by_text(it, w, at)) for at in THRESHOLDS
        )
        print(f"{name:38}" + "".join(f"{cell:12}" for cell in cells))


def weighings() -> Iterator[tuple[str, Weighed]]:
    for name, counted in METHODS.items():
        yield name, lambda items, c=counted: weigh([c(item) for item in items])
    yield "root cause, all tasks at half (ours)", vectors_of


def made_up(number: int) -> Iterator[Postmortem]:
    """Records with words as frequent as in language (Zipf), of 40 services over ten years."""
    chance = random.Random(7)  # noqa: S311
    vocabulary = [f"w{index}x" for index in range(8000)]
    weights = [1 / (index + 5) for index in range(8000)]
    for index in range(number):
        picked = chance.choices(vocabulary, weights, k=60)
        yield record(
            {
                "id": f"made-{index}",
                "day": date(2016, 1, 1) + timedelta(days=chance.randrange(3650)),
                "services": chance.choices([f"service-{n}" for n in range(40)], k=2),
                "impact": "",
                "root_cause": " ".join(picked[:40]),
                "tasks": [" ".join(picked[40:50]), " ".join(picked[50:])],
            }
        )


def clock(name: str, records: Sequence[Postmortem]) -> None:
    catalog = Catalog(records)
    start = time.process_time()
    found = repeats(catalog, Settings())
    took = time.process_time() - start
    print(f"{len(records)} records, {name}: {took:.1f} s of CPU, {len(found.all)} repeats")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--pairs", action="store_true")
    args = parser.parse_args()
    for half in HALVES:
        compare(half)
    print(f"\nthe package (cosine at least {LEAST_SIMILARITY}); precision recall")
    for half in HALVES:
        archives = load(half)
        print(f"{half:38}{measured(archives, detected)}")
        print(f"{half + ', as one archive':38}{measured([joined(archives)], detected)}")
        for item in archives if args.pairs else ():
            for pair in sorted(map(sorted, detected(item) ^ item.same)):
                print("  ", "missed" if frozenset(pair) in item.same else "wrong", *pair)
    print()
    records = list(made_up(args.records))
    clock("40 services", records)
    one = load("dev")[0].records
    clock(
        "eleven texts over and over",
        [record_again(item, index) for index in range(args.records // len(one)) for item in one],
    )


def record_again(item: Postmortem, index: int) -> Postmortem:
    name = f"{item.id}-{index}"
    return replace(item, id=name, path=name)


if __name__ == "__main__":
    main()
