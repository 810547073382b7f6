"""The bar of phases: what it says when some of the times are not known."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mkdocs_postmortem.model.lifecycle import Lifecycle, Milestone, Moment
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.rendering.summary import phases

START = datetime(2026, 3, 14, 9, 0)  # noqa: DTZ001 - its zone is beside it


def cycle(**minutes: int) -> Lifecycle:
    return Lifecycle({Milestone(name): moment(after) for name, after in minutes.items()})


def moment(minutes: int) -> Moment:
    at = START + timedelta(minutes=minutes)
    return Moment(at.isoformat(), Position(), at.date(), at.time(), named_zone("UTC"))


@pytest.mark.parametrize(
    ("minutes", "names"),
    [
        (
            {"started": 0, "detected": 2, "mitigated": 4, "resolved": 5},
            "undetected detected mitigated",
        ),
        ({"started": 0, "mitigated": 4, "resolved": 5}, "undivided mitigated"),
        ({"started": 0, "resolved": 5}, "undivided"),
        ({"started": 0, "detected": 2, "resolved": 5}, "undetected detected"),
        ({"started": 0, "detected": 2, "mitigated": 4}, "undetected detected"),
        ({"started": 0, "detected": 2}, "undetected end_not_stated"),
        ({"started": 0}, "end_not_stated"),
        ({"detected": 2, "resolved": 5}, ""),
        ({"started": 3, "detected": 2, "resolved": 5}, ""),
        ({"started": 0, "detected": 0, "resolved": 5}, "detected"),
    ],
)
def test_only_what_is_known_is_named(minutes: dict[str, int], names: str) -> None:
    assert " ".join(phase.name for phase in phases(cycle(**minutes))) == names


def test_only_a_page_that_says_so_is_ongoing() -> None:
    stated = Lifecycle({Milestone.STARTED: moment(0)}, says_ongoing=True)

    assert [phase.name for phase in phases(stated)] == ["ongoing"]
    assert not stated.has_no_end


@pytest.mark.parametrize("days", [0.003, 9])
def test_the_bar_is_full_and_its_shortest_part_is_seen(days: float) -> None:
    end = round(days * 1440)
    bar = phases(cycle(started=0, detected=1, mitigated=end - 1, resolved=end))

    assert sum(phase.width for phase in bar) == pytest.approx(100, abs=0.1)
    assert min(phase.width for phase in bar) >= 1.9
