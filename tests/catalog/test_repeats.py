"""Repeats: which are found, what was missed, how they chain, and what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import repeats as benchmark
import yaml
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog import similarity
from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import Missed, Repeats, missed_tasks, repeats
from mkdocs_postmortem.catalog.similarity import find_similar
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task, TaskState, TaskType
from mkdocs_postmortem.model.zone import named_zone

POOL = "The connection pool was smaller than the number of workers."
DISK = "Debug logs filled the disk of the event store."


def outage(name: str, day: str | None, root_cause: str = POOL, **values: Any) -> Postmortem:
    """An hour of outage at noon, of checkout if nothing else is said."""
    moments = {}
    if day:
        for milestone, hour in ((Milestone.STARTED, 12), (Milestone.RESOLVED, 13)):
            moments[milestone] = Moment(
                "", Position(), date.fromisoformat(day), time(hour), named_zone("UTC")
            )
    known = {"services": ("checkout",), "lifecycle": Lifecycle(moments), **values}
    return Postmortem(id=name, path=f"{name}.md", title=name, root_cause=root_cause, **known)


def found(*records: Postmortem, days: int = 730) -> Repeats:
    return repeats(Catalog(records), Settings(repeat_days=days))


def names(chain: Sequence[Postmortem]) -> list[str]:
    return [record.id for record in chain]


@pytest.mark.parametrize(
    ("half", "is_joined", "recall"),
    [
        ("dev", False, 14 / 16),
        ("dev", True, 14 / 16),
        ("held_out", False, 15 / 18),
        ("held_out", True, 17 / 18),
    ],
)
def test_detection_is_as_good_as_the_docs_say(half: str, is_joined: bool, recall: float) -> None:
    archives = benchmark.load(half)
    archives = [benchmark.joined(archives)] if is_joined else archives
    pairs = {pair for item in archives for pair in benchmark.detected(item)}

    measured = benchmark.precision_and_recall(pairs, benchmark.joined(archives).same)

    assert measured[0] == 1.0
    assert measured[1] >= recall


def test_what_is_easily_mistaken_is_not_found() -> None:
    archives = [item for half in benchmark.HALVES for item in benchmark.load(half)]
    pairs = {pair for item in archives for pair in benchmark.detected(item)}
    known = {record.id for item in archives for record in item.records}
    unlike = yaml.safe_load(benchmark.JUDGED.read_text(encoding="utf-8"))["unlike"]

    assert len(unlike) >= 25
    for one, other, why in unlike:
        assert {one, other} <= known
        assert frozenset((one, other)) not in pairs, why


def test_a_detected_repeat_says_why() -> None:
    first = outage("a", "2025-01-01", causes=("missing-validation",), trigger="deploy")
    second = outage(
        "b", "2025-03-02", "Again more `workers` than [the pool](x.md) has connections.",
        causes=("Missing-Validation", "x"), services=("search", "Checkout"), trigger="deploy",
    )  # fmt: skip

    repeat = found(second, first).of(second).earlier[0]

    assert (repeat.earlier, repeat.later, repeat.days) == (first, second, 60)
    assert not repeat.is_declared
    assert repeat.causes == ("Missing-Validation", "deploy")
    assert repeat.services == ("Checkout",)
    assert repeat.similar is not None
    assert set(repeat.similar.words) == {"workers", "pool", "connections"}
    assert found(second, first).of(first).later == (repeat,)


@pytest.mark.parametrize(
    "other",
    [
        outage("b", "2025-03-02", services=("search",)),
        outage("b", "2025-03-02", services=()),
        outage("b", "2025-03-02", DISK),
        outage("b", "2025-03-02", ""),
        outage("b", "2028-01-01"),
        outage("b", None),
        outage("b", "2025-03-02", related=("a",)),
    ],
    ids=["service", "no service", "cause", "no cause", "too late", "no day", "related"],
)
def test_what_is_not_a_repeat(other: Postmortem) -> None:
    assert found(outage("a", "2025-01-01"), other).all == ()


def test_two_empty_causes_are_not_the_same() -> None:
    records = outage("a", "2025-01-01", "Unknown."), outage("b", "2025-01-02", "unknown")

    assert found(*records).all == ()


def test_text_without_spaces_between_words_is_compared() -> None:
    first = outage("a", "2025-01-01", "接続プールの上限がワーカー数より小さかった。")
    second = outage("b", "2025-02-01", "ワーカー数に対して接続プールの上限が小さい。")
    third = outage("c", "2025-03-01", "証明書の期限が切れていた。")

    pairs = [(item.earlier.id, item.later.id) for item in found(first, second, third).all]

    assert pairs == [("a", "b")]


def test_the_window_is_an_option() -> None:
    records = outage("a", "2025-01-01"), outage("b", "2025-01-31")

    assert found(*records, days=30).all
    assert found(*records, days=29).all == ()


def test_the_prompts_of_a_template_are_not_a_cause() -> None:
    prompt = "Run a five whys analysis to understand the true cause."
    causes = [f"{prompt} w{n}a w{n}b w{n}c." for n in range(6)]
    records = [outage(f"r{n}", f"2025-01-0{n + 1}", cause) for n, cause in enumerate(causes)]

    assert found(*records).all == ()


def test_the_work_grows_with_the_outages_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = 0

    def counted(one: Any, other: Any) -> float:
        nonlocal compared
        compared += 1
        return original(one, other)

    original = similarity.cosine
    monkeypatch.setattr(similarity, "cosine", counted)
    start = date(2024, 1, 1)
    issues = (n % 3 for n in range(600))
    causes = (f"pool{n} connection{n} worker{n} gateway{n}" for n in issues)
    records = [
        outage(f"r{n:03}", (start + timedelta(days=n // 2)).isoformat(), cause)
        for n, cause in enumerate(causes)
    ]

    alike = list(find_similar(records, 730))

    assert compared <= 600 * 20
    assert {item.later for item in alike} == {record.path for record in records[3:]}
    assert len(alike) <= 600 * 5


def test_a_declared_repeat_replaces_the_detected_one() -> None:
    first, second = outage("a", "2025-01-01"), outage("b", "2025-02-01", DISK)
    third = outage("c", "2025-03-01", recurrence_of=("b", "a"))
    fourth = outage("d", "2025-03-02", recurrence_of=("b",))

    repeated = found(first, second, third, fourth)

    assert [item.earlier.id for item in repeated.of(third).earlier] == ["b", "a"]
    earlier = repeated.of(fourth).earlier
    assert [(item.earlier.id, item.is_declared) for item in earlier] == [
        ("b", True), ("c", False), ("a", False),
    ]  # fmt: skip
    assert repeated.of(third).earlier[1].similar is not None


def test_a_loop_a_self_reference_and_an_unknown_id_harm_nothing() -> None:
    first = outage("a", "2025-01-01", recurrence_of=("b", "a", "nobody"))
    second = outage("b", "2025-02-01", DISK, recurrence_of=("a",))

    repeated = found(first, second)

    assert [(item.earlier.id, item.later.id) for item in repeated.all] == [("a", "b")]
    assert names(repeated.chains[0].records) == ["a", "b"]
    assert found(outage("a", "2025-01-01", recurrence_of=("a",))).all == ()
    assert found().chains == ()


def test_an_undated_page_keeps_what_it_declares() -> None:
    first, second = outage("a", "2025-01-01"), outage("b", None, recurrence_of=("a",))

    (repeat,) = found(first, second).all

    assert (repeat.earlier, repeat.later, repeat.days) == (first, second, None)
    assert found(first, second).chains[0].without_duration == 1


def test_chains_come_with_their_cost() -> None:
    chain = [
        outage("a", "2025-01-01"),
        outage("b", "2025-02-01"),
        replace(outage("c", "2025-03-01", DISK, recurrence_of=("b",)), lifecycle=Lifecycle()),
    ]
    other = [
        outage("x", "2025-01-01", DISK, services=("search",)),
        outage("y", "2025-02-01", DISK, services=("search",)),
    ]

    chains = found(*chain, *other).chains

    assert [sorted(names(item.records)) for item in chains] == [["a", "b", "c"], ["x", "y"]]
    assert (chains[0].duration, chains[0].without_duration) == (timedelta(hours=2), 1)
    assert names(chains[1].records) == ["x", "y"]


def task(text: str, state: TaskState, **values: Any) -> Task:
    return Task(text, state, Position(), **values)


def test_which_tasks_would_have_been_in_time() -> None:
    day = date.fromisoformat
    tasks = (
        task("open", TaskState.OPEN),
        task("due later", TaskState.IN_PROGRESS, due=day("2025-07-01")),
        task("due that day", TaskState.OPEN, due=day("2025-06-01")),
        task("overdue", TaskState.OPEN, due=day("2025-05-22"), type=TaskType.PREVENT),
        task("dropped", TaskState.WONT_DO, reason="too dear"),
        task("late", TaskState.DONE, due=day("2025-05-31"), done=day("2025-06-03")),
        task("done", TaskState.DONE, done=day("2025-05-01")),
        task("done that day", TaskState.DONE, done=day("2025-06-01")),
        task("done some day", TaskState.DONE),
    )
    first, second = outage("a", "2025-01-01", tasks=tasks), outage("b", "2025-06-01")

    missed = [(item.task.text, item.reason, item.overdue) for item in missed_tasks(first, second)]

    assert missed == [
        ("overdue", Missed.OVERDUE, 10),
        ("open", Missed.OPEN, None),
        ("due later", Missed.OPEN, None),
        ("due that day", Missed.OPEN, None),
        ("dropped", Missed.DROPPED, None),
        ("late", Missed.DONE_AFTER, 1),
    ]
    assert found(first, second).all[0].missed == missed_tasks(first, second)


def test_nobody_knows_what_was_late_for_an_undated_repeat() -> None:
    late = task("late", TaskState.DONE, done=date(2025, 6, 3))
    due = task("due", TaskState.OPEN, due=date(2025, 6, 3))
    first, second = outage("a", "2025-01-01", tasks=(late, due)), outage("b", None)

    assert [item.reason for item in missed_tasks(first, second)] == [Missed.OPEN]


def test_undeclared_ones_are_those_that_no_chain_connects() -> None:
    first = outage("a", "2025-01-01")
    second = outage("b", "2025-02-01", recurrence_of=("a",))
    third = outage("c", "2025-03-01", recurrence_of=("b",))
    fourth = outage("d", "2025-04-01")

    repeated = found(first, second, third, fourth)

    assert {item.later.id for item in repeated.undeclared} == {"d"}


CAUSE = ("The pool was too small.", POOL)
AGAIN = (CAUSE, ("PM-1", "PM-2"), ("2026-03-14", "2026-05-01"))


def written(*pairs: tuple[str, str]) -> str:
    text = PAGE
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def checked(site: Site, *args: str, **options: Any) -> str:
    site.options.update(options)
    site.write_config()
    result = CliRunner().invoke(main, ["check", str(site.root), "--select", "PM605,PM507", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


def test_check_and_build_report_an_undeclared_repeat(site: Site) -> None:
    site.write("postmortems/a.md", written(CAUSE))
    site.write("postmortems/b.md", written(*AGAIN))

    text = checked(site)

    assert "b.md:14:15: warning PM605" in text
    assert "`PM-1`, 48 days before on checkout" in text
    assert "write `recurrence_of: PM-1`; if not, `related: [PM-1]`" in text
    assert "a.md" not in text
    assert [item for item in site.build().messages() if "PM605" in item]


@pytest.mark.parametrize("key", ["recurrence_of: PM-1", "related: [PM-1]"])
def test_a_page_that_names_the_other_is_left_alone(site: Site, key: str) -> None:
    site.write("postmortems/a.md", written(CAUSE))
    site.write("postmortems/b.md", written(*AGAIN, ("  impact", f"  {key}\n  impact")))

    assert "PM605" not in checked(site)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rules": {"undeclared-repeat": "error"}}, "error PM605"),
        ({"rules": {"PM605": "off"}}, "no problems"),
        ({"repeat_days": 10}, "no problems"),
        ({"repeat_days": 0}, "no problems"),
    ],
)
def test_the_rule_is_configured_as_any_other(
    site: Site, options: dict[str, Any], words: str
) -> None:
    site.write("postmortems/a.md", written(CAUSE))
    site.write("postmortems/b.md", written(*AGAIN))

    assert words in checked(site, **options)


def test_it_is_softer_on_a_draft(site: Site) -> None:
    site.write("postmortems/a.md", written(CAUSE))
    site.write("postmortems/b.md", written(*AGAIN, ("  severity", "  status: draft\n  severity")))

    assert "info PM605" in checked(site)


def test_a_task_open_after_a_repeat_is_reported_on_its_page(site: Site) -> None:
    site.write("postmortems/a.md", written(CAUSE))
    site.write("postmortems/b.md", written(*AGAIN, ("  impact", "  recurrence_of: PM-1\n  impact")))

    text = checked(site)

    assert "a.md:35:3: warning PM507" in text
    assert "`PM-2`" in text
    assert "b.md" not in text


def test_the_option_is_a_number_of_days(site: Site) -> None:
    assert "repeat_days: a whole number" in checked(site, repeat_days=-1)


def test_the_labelled_outages_match_their_description() -> None:
    data = yaml.safe_load(Path(benchmark.JUDGED).read_text(encoding="utf-8"))
    ids = [item["id"] for company in data["companies"] for item in company["records"]]

    assert len(ids) == len(set(ids)) >= 60
    assert all(
        isinstance(item["day"], date) and not isinstance(item["day"], datetime)
        for company in data["companies"]
        for item in company["records"]
    )
