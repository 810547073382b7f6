"""How well the body readers read a corpus of labelled postmortems.

    corpus.py --corpus DIR [--worst N]

DIR holds ``labels.yaml`` and ``files/``. Printed are the averages over files of 1 - edit distance /
length for the timeline, the F1 of the sections, and how many files have their tasks counted right
within one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.head_values import find_day
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.timeline import read_timeline

Event = tuple[str | None, str | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    labels = yaml.safe_load((args.corpus / "labels.yaml").read_text(encoding="utf-8"))
    labels = [label for label in labels if label["is_postmortem"]]
    rows = [measure(label, args.corpus / "files" / label["file"]) for label in labels]
    report(rows, args.worst)
    everything = [path for path in (args.corpus / "files").rglob("*") if path.is_file()]
    for path in everything:
        read(path)
    print(f"read without an exception: {len(everything)} files")


def read(path: Path) -> tuple[list[Event], set[str], int]:
    """What is read from a file: events, section keys, number of tasks."""
    texts = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    front = read_front_matter(texts)
    lines = number_lines(texts[front.end :], front.end + 1)
    synonyms = Synonyms()
    sections = read_sections(lines, synonyms)
    section = next((item for item in sections if SectionKey.TIMELINE in item.keys), None)
    context = TimeContext(default_day=find_day(lines, front=front.data), synonyms=synonyms)
    timeline, _ = read_timeline(section, lines, context)
    events = [
        (
            entry.moment.day.isoformat() if entry.moment.day else None,
            entry.moment.clock.strftime("%H:%M") if entry.moment.clock else None,
        )
        for entry in timeline.entries
    ]
    tasks, _ = read_tasks(sections, lines)
    keys = {key.value for item in sections for key in item.keys}
    return events, keys, len(tasks)


def measure(label: dict[str, Any], path: Path) -> dict[str, Any]:
    events, keys, tasks = read(path)
    wanted = [
        (str(event["date"]) if event.get("date") else None, event.get("time"))
        for event in label.get("timeline") or []
    ]
    if label.get("timeline_truncated"):
        events = events[: len(wanted)]
    named = set(label.get("sections") or [])
    if "corrective" in keys and not keys & {"improvements", "tasks"}:
        keys.add("improvements")
    keys &= {"issue_summary", "impact", "timeline", "detection", "root_cause", "resolution"} | {
        "improvements",
        "tasks",
        "lessons",
    }
    count = label.get("tasks") or 0
    return {
        "file": label["file"],
        "shape": label["timeline_shape"],
        "wanted": wanted,
        "events": events,
        "full": similarity(wanted, events),
        "clock": similarity([time for _, time in wanted], [time for _, time in events]),
        "missing": named - keys,
        "extra": keys - named,
        "found": named & keys,
        "tasks": (count, tasks),
        "tasks_right": any(
            abs(tasks - number) <= 1 for number in (count, count + (label.get("improvements") or 0))
        ),
    }


def similarity(wanted: list[Any], got: list[Any]) -> float:
    """1 - edit distance / longer length."""
    row = list(range(len(got) + 1))
    for i, x in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    longer = max(len(wanted), len(got))
    return 1 - row[-1] / longer if longer else 1.0


def report(rows: list[dict[str, Any]], worst: int) -> None:
    timed = [row for row in rows if row["wanted"] or row["events"]]
    entries = sum(len(row["wanted"]) for row in timed)
    right = sum(row["full"] * max(len(row["wanted"]), len(row["events"])) for row in timed)
    print(f"timeline, date and time, file average: {average(row['full'] for row in timed):.3f}")
    print(f"timeline, time alone, file average:    {average(row['clock'] for row in timed):.3f}")
    print(f"timelines wholly right: {sum(row['full'] == 1 for row in timed)}/{len(timed)}")
    print(f"entries right: {right:.0f} of {entries}")
    good = sum(len(row["found"]) for row in rows)
    wrong = sum(len(row["missing"]) + len(row["extra"]) for row in rows)
    print(f"sections F1: {2 * good / (2 * good + wrong):.3f}")
    print(f"tasks within one: {sum(row['tasks_right'] for row in rows)}/{len(rows)}")
    for row in sorted(rows, key=lambda row: row["full"])[:worst]:
        print(f"\n{row['file']} {row['full']:.2f} ({row['shape']})")
        print(f"  want {row['wanted'][:8]}\n  got  {row['events'][:8]}")
    for row in rows[: 1000 if worst else 0]:
        if row["missing"] or row["extra"] or not row["tasks_right"]:
            print(row["file"], "missing", row["missing"], "extra", row["extra"], row["tasks"])


def average(values: Any) -> float:
    items = list(values)
    return sum(items) / max(1, len(items))


if __name__ == "__main__":
    main()
