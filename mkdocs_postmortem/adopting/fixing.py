"""Safe fixes of a page: the meaning is certain, and no word of the body is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mkdocs_postmortem.adopting.facts import Facts
from mkdocs_postmortem.adopting.rewriting import change_tasks, change_timeline, keeps_words
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.model.lifecycle import Milestone, clock_text
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.reading.internal_blocks import may_have_markers
from mkdocs_postmortem.reading.page import Page, read_page
from mkdocs_postmortem.reading.time_expression import match_time


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after the fixes, and one line for each of them."""

    text: str
    repairs: tuple[str, ...]


# A fix shows what is to be fixed below it, such as the keys below a mistyped one.
_MOST_ROUNDS = 4


def fix_page(page: Page, problems: Iterable[Problem], checker: Checker) -> Fixed:
    """Fix mistyped keys, values and boxes, the notation of times, and the form of the body, until
    nothing changes.
    """
    fixed = _fix_once(page, problems, checker.settings)
    repairs, before = fixed.repairs, page.text
    for _ in range(_MOST_ROUNDS):
        data = fixed.text.encode("utf-8", "surrogatepass")
        again = read_page(page.path, data, checker.settings) if fixed.text != before else None
        if again is None or again.is_broken:
            break
        before = fixed.text
        fixed = _fix_once(again, checker.check_page(again), checker.settings)
        repairs += fixed.repairs
    return Fixed(fixed.text, tuple(dict.fromkeys(repairs)))


def _fix_once(page: Page, problems: Iterable[Problem], settings: Settings) -> Fixed:
    """One round of fixes.

    The body keeps its form, and that is said, if an entry would be read as another moment (because
    a table has a zone of its own).
    """
    lines = [line.text for line in page.lines]
    if page.record is None:
        return Fixed("\n".join(lines), ())
    problems = list(problems)
    end = page.front.end
    typed = {  # top-level keys as they are typed, by their names
        item.suggestion.text: item.subject
        for item in problems
        if item.code == "PM101" and item.suggestion and "." not in item.subject
    }
    repairs = [*_apply(problems, lines, end), *_times(page, typed, lines)]
    head, body = lines[:end], lines[end:]
    changes: list[str] = []
    # Lines of a page with internal blocks stay where they are, inside or outside.
    if not page.blocks:
        body, changes = _body(page, body)
    new = "\n".join([*head, *body])
    if changes and page.record:
        old = "\n".join([*head, *lines[end:]])
        before, after = (_instants(_entries(page.path, text, settings)) for text in (old, new))
        if before != after:
            place = page.record.timeline.position.line if page.record.timeline.position else 1
            hint = "the timeline keeps its form: write the zone with each time first"
            return Fixed(old, (*repairs, f"line {place}: {hint}"))
    return Fixed(new, (*repairs, *changes))


def _apply(problems: Iterable[Problem], lines: list[str], front_end: int) -> list[str]:
    """Make the changes that problems suggest, from the end of each line to its beginning."""
    changes = {item.suggestion for item in problems if item.suggestion is not None}
    keys = Counter(change.text for change in changes if change.position.line <= front_end)
    repairs: dict[int, list[str]] = {}
    for change in sorted(changes, reverse=True):
        if keys[change.text] > 1:
            continue  # two keys with the same meaning are a question for a person
        row, start = change.position.line - 1, change.position.column - 1
        text = lines[row]
        wrong = text[start : start + change.length]
        lines[row] = text[:start] + change.text + text[start + change.length :]
        repairs.setdefault(row, []).insert(0, f"line {row + 1}: `{wrong}` is now `{change.text}`")
    return [repair for row in sorted(repairs) for repair in repairs[row]]


def _times(page: Page, typed: dict[str, str], lines: list[str]) -> list[str]:
    """``9:12 PM`` becomes ``21:12``; a zone or an offset stays, estimates and ranges are left."""
    repairs: list[str] = []
    for milestone in Milestone:
        key = typed.get(milestone.value, milestone.value)
        value = page.data.get(key)
        old = value.strip() if isinstance(value, str) else ""
        time = match_time(old)
        if time is None or time.estimated or time.until or time.error or time.end < len(old):
            continue
        day = time.day.resolve() if time.day and time.day.year else None
        if day is None or time.value is None:
            continue
        zone = time.zone or ""
        gap = "" if zone[:1] in ("+", "-", "Z", "") else " "
        new = f"{day.isoformat()} {clock_text(time.value)}{gap}{zone}"
        row = page.position(key).line - 1
        if new != old.replace("T", " ") and lines[row].count(old) == 1:
            lines[row] = lines[row].replace(old, new)
            repairs.append(f"line {row + 1}: `{old}` is now `{new}`")
    return repairs


def _body(page: Page, texts: list[str]) -> tuple[list[str], list[str]]:
    """The body with bullets and boxes, and what was changed; as it is if a word would be lost.

    ``texts`` are the body's lines after the fixes within a line.
    """
    lines = tuple(
        line._replace(text=text)
        for line, text in zip(page.lines[page.front.end :], texts, strict=True)
    )
    record = page.record
    if record is None:
        return texts, []
    bullets: dict[int, list[str]] = {}
    facts = Facts(page.path, "", page.front, lines, record.sections, record.timeline)
    heads = change_timeline(facts, bullets)
    changed = dict(bullets)
    facts.tasks = tuple(task for task in record.tasks if task.position.line > page.front.end)
    change_tasks(facts, changed)
    body = [text for line in lines for text in changed.get(line.number, [line.text])]
    kept = [line.text for line in lines if line.number not in heads]
    if body == texts or not keeps_words(kept, body):
        return texts, []
    entries = {entry.position.line for entry in record.timeline.entries} & bullets.keys()
    repairs = []
    if count := len(entries):
        what = "timeline entry rewritten as a bullet"
        several = "timeline entries rewritten as bullets"
        repairs.append(f"{count} {what if count == 1 else several}")
    if count := len(changed) - len(bullets):
        repairs.append(f"{count} {'box added to a task' if count == 1 else 'boxes added to tasks'}")
    return body, repairs


# A bullet and the lines below it.
_Block = tuple[Entry, list[str]]


def sort_timeline(path: str, text: str, settings: Settings) -> Fixed:
    """Sort the bullets between two other lines of the section; each takes its own lines along.

    An entry without a time stays after the one above it. If any entry would then be read as
    another moment (because it had its day from the one above), nothing is changed, and that is
    said.
    """
    entries = _entries(path, text, settings)
    lines = text.split("\n")
    for run in _runs(entries, lines):
        moved = [line for _, block in _by_time(run) for line in block]
        first = run[0][0].position.line - 1
        lines[first : first + len(moved)] = moved
    new = "\n".join(lines)
    if new == text:
        return Fixed(text, ())
    reason = ""
    if may_have_markers(text):
        reason = "an entry could leave its internal block"
    elif _moments(entries) != _moments(_entries(path, new, settings)):
        reason = "write the day before each time first"
    if reason:
        place = f"line {entries[0].position.line}"
        return Fixed(text, (f"{place}: the timeline is not sorted: {reason}",))
    return Fixed(new, ("the timeline is sorted by time",))


def _entries(path: str, text: str, settings: Settings) -> tuple[Entry, ...]:
    page = read_page(path, text.encode(), settings)
    record = page.record if page else None
    return record.timeline.entries if record else ()


def _instants(entries: Iterable[Entry]) -> Counter[tuple[datetime | None, datetime | None]]:
    return Counter((entry.moment.instant, entry.moment.local) for entry in entries)


def _moments(entries: Iterable[Entry]) -> Counter[tuple[datetime | None, str]]:
    return Counter((entry.moment.instant, entry.raw) for entry in entries)


def _runs(entries: Iterable[Entry], lines: list[str]) -> Iterator[list[_Block]]:
    """Neighbouring bullets with nothing but their own lines between them."""
    run: list[_Block] = []
    for entry in entries:
        if entry.form is not Form.BULLET:
            continue
        start = entry.position.line - 1
        follows = run and run[-1][0].position.line - 1 + len(run[-1][1]) == start
        if run and not follows:
            yield run
            run = []
        end = entry.end_line
        while end < len(lines) and not lines[end].strip():
            end += 1
        run.append((entry, lines[start:end]))
    if run:
        yield run


def _by_time(run: list[_Block]) -> list[_Block]:
    """The blocks by time; empty lines belong to the place in the list, not to the entry there."""
    keyed: list[tuple[datetime, list[str], Entry]] = []
    last = next((entry.moment.instant for entry, _ in run if entry.moment.instant), None)
    gaps: list[list[str]] = []
    for entry, block in run:
        last = entry.moment.instant or last
        if last is None:
            return run
        filled = max(number for number, line in enumerate(block, 1) if line.strip())
        gaps.append(block[filled:])
        keyed.append((last, block[:filled], entry))
    ordered = sorted(keyed, key=lambda item: item[0])
    return [(entry, own + gap) for (_, own, entry), gap in zip(ordered, gaps, strict=True)]
