"""How many tasks were promised and how many were settled, month by month.

A task counts as promised on the day on which its outage began: that is known for every task,
however late its page came into the archive. It is settled on the day on which it was done or
dropped, as its author or the history of the page says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mkdocs_postmortem.catalog.selection import OutageTask
from mkdocs_postmortem.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class TaskFlow:
    """Tasks by month (its first day). ``n`` is the number of all tasks.

    ``unpromised`` are tasks whose outage has no day; ``unsettled`` are done or dropped, and nobody
    knows when.
    """

    n: int
    promised: Counter[date]
    settled: Counter[date]
    unpromised: tuple[OutageTask, ...]
    unsettled: tuple[OutageTask, ...]


def task_flow(records: Iterable[Postmortem]) -> TaskFlow:
    """The flow of the tasks of some outages."""
    promised: Counter[date] = Counter()
    settled: Counter[date] = Counter()
    unpromised: list[OutageTask] = []
    unsettled: list[OutageTask] = []
    n = 0
    for record in records:
        for task in record.tasks:
            n += 1
            if record.day:
                promised[record.day.replace(day=1)] += 1
            else:
                unpromised.append(OutageTask(record, task))
            if task.settled:
                settled[task.settled.replace(day=1)] += 1
            elif not task.state.is_open:
                unsettled.append(OutageTask(record, task))
    return TaskFlow(n, promised, settled, tuple(unpromised), tuple(unsettled))
