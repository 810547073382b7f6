"""Safe repairs of a page of ours: what is meant is certain, and no word of the body is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.adopting.rewriting import change_tasks, change_timeline
from mkdocs_postmortem.adopting.word_loss import keeps_words
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.reading import Page
from mkdocs_postmortem.reading.time_expression import match_time

_MEANT = re.compile(r"Did you mean `(?P<key>[\w-]+)`\?")


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after the repairs, and one line for each of them."""

    text: str
    repairs: tuple[str, ...]


def fix_page(page: Page, problems: Iterable[Problem]) -> Fixed:
    """Mistyped keys, the notation of times, timelines that are no bullets, tasks without a box."""
    lines = [line.text for line in page.lines]
    if page.record is None:
        return Fixed("\n".join(lines), ())
    typed = _keys(page, problems)
    repairs = [*_rename(page, typed, lines), *_times(page, typed, lines)]
    head = lines[: page.front.end]
    # Lines of a page with internal blocks stay where they are, inside or outside.
    body, changes = _body(page) if not page.blocks else (lines[page.front.end :], [])
    if not keeps_words(lines[page.front.end :], body):
        body, changes = lines[page.front.end :], []
    return Fixed("\n".join([*head, *body]), (*repairs, *changes))


def _keys(page: Page, problems: Iterable[Problem]) -> dict[str, str]:
    """The keys that are meant for certain, and each as it was typed."""
    typed: dict[str, str] = {}
    for problem in problems:
        match = _MEANT.match(problem.fix) if problem.code == "PM101" else None
        # A second key with the same meaning is a question for a person.
        if match and "." not in problem.subject and match["key"] not in {*page.data, *typed}:
            typed[match["key"]] = problem.subject
    return typed


def _rename(page: Page, typed: dict[str, str], lines: list[str]) -> list[str]:
    repairs: list[str] = []
    for meant, wrong in typed.items():
        position = page.position(wrong, of_key=True)
        row, column = position.line - 1, position.column - 1
        text = lines[row]
        if text.startswith(wrong, column):
            lines[row] = text[:column] + meant + text[column + len(wrong) :]
            repairs.append(f"line {row + 1}: `{wrong}` is now `{meant}`")
    return repairs


def _times(page: Page, typed: dict[str, str], lines: list[str]) -> list[str]:
    """``9:12 PM`` becomes ``21:12``; a zone or an offset stays, estimates and ranges are left."""
    repairs: list[str] = []
    for milestone in Milestone:
        key = typed.get(milestone.value, milestone.value)
        value = page.data.get(key)
        expression = match_time(value.strip()) if isinstance(value, str) else None
        day = (
            expression.day.resolve()
            if expression and expression.day and expression.day.year
            else None
        )
        clock = expression.clock.value if expression and expression.clock else None
        if expression is None or day is None or clock is None or not isinstance(value, str):
            continue
        if (
            expression.estimated
            or expression.until
            or expression.error
            or expression.end < len(value.strip())
        ):
            continue
        offset = expression.zone or ""
        gap = "" if offset[:1] in ("+", "-", "Z", "") else " "
        time = clock.strftime("%H:%M:%S" if clock.second else "%H:%M")
        new = f"{day.isoformat()} {time}{gap}{offset}"
        row = page.position(key).line - 1
        if new != value.strip().replace("T", " ") and lines[row].count(value.strip()) == 1:
            lines[row] = lines[row].replace(value.strip(), new)
            repairs.append(f"line {row + 1}: `{value.strip()}` is now `{new}`")
    return repairs


def _body(page: Page) -> tuple[list[str], list[str]]:
    """The body with bullets and boxes."""
    record = page.record
    lines = page.lines[page.front.end :]
    changed: dict[int, list[str]] = {}
    if record is not None:
        facts = Facts(page.path, "", page.front, lines, record.sections, record.timeline)
        change_timeline(facts, changed)
        bullets = len(changed)
        facts.tasks = tuple(task for task in record.tasks if task.position.line > page.front.end)
        change_tasks(facts, changed)
        repairs = [f"{bullets} lines of the timeline are bullets now"] if bullets else []
        boxes = len(changed) - bullets
        repairs += [f"{boxes} tasks have a box now"] if boxes else []
    else:
        repairs = []
    body = [text for line in lines for text in changed.get(line.number, [line.text])]
    return body, repairs
