"""The measures' section → tasks: boxes, bullets, numbers and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from mkdocs_postmortem.model.problem import Finding, Position, Suggestion
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.markdown_text import count_sentences
from mkdocs_postmortem.reading.sections import section_keys
from mkdocs_postmortem.reading.source import PSEUDO_LEVEL, Line, match_heading
from mkdocs_postmortem.reading.tables import (
    find_task_tables,
    looks_like_row,
    read_task_table,
    table_end,
)
from mkdocs_postmortem.reading.task_details import read_details
from mkdocs_postmortem.reading.words import any_of, says_nothing

_ITEM = re.compile(
    r"^(?P<indent>\s*)(?P<mark>[-*+•—–]|\d{1,3}[.)])(?:\s+|(?=\[[ xX]?\]\s))(?P<text>\S.*)$"
)
_BOX = re.compile(
    r"^(?:\[[ xX/~-]?\]|[☐☑☒✅✓✔❌⬜⬛🔲]\ufe0f?|\[(?:done|wip|todo|open)\]:?)\s*", re.IGNORECASE
)
# A line that ends in a colon, or no more than three words.
_TITLE = re.compile(r"^(?:[^\n]{2,80}:[\s*_]*|[^\s:]{2,40}(?:[ \t][^\s:]{1,40}){0,2}[\s]*)$")
_BARE_BOX = re.compile(r"^\s*(?=\[[ xX/-]\]\s)")
_OWNED = re.compile(r"[,(] ?@[\w./-]{1,60}\)?\Z")
# By what a box holds; any other one is open.
_STATES = {
    **dict.fromkeys(("x", "done", *"☑☒✅✓✔"), TaskState.DONE),
    **dict.fromkeys(("/", "~", "wip"), TaskState.IN_PROGRESS),
    **dict.fromkeys(("-", "❌"), TaskState.WONT_DO),
}
_BAD_BOX = re.compile(
    r"^\s*(?P<marker>[-*+]|\d{1,3}[.)])(?:(?P<gap>\s+)\[\]|\[(?P<state>[ xX]?)\])(?=\s)"
)
_LABELLED = re.compile(r"^\s*[^\W\d_][^:\n]{2,60}:")
_GROUP = re.compile(r"^[^\n]{3,80}:\s*$")
_NUMBER = re.compile(r"\A\d{1,2}\s?[.)]\s*")
_CLOSING_WORDS = re.compile(r"^\s*(?:By|With|These|This|In|We|Together|Overall)\b")
_SIGNATURE = re.compile(rf"^\s*{any_of('signature')}\b", re.IGNORECASE)
# Longer texts describe; they don't list.
_MAX_SENTENCES, _MAX_CHARACTERS = 2, 320


def read_tasks(
    sections: Sequence[Section], lines: Sequence[Line]
) -> tuple[tuple[Task, ...], list[Finding]]:
    """All tasks of the sections that hold tasks, in order. ``lines`` are the body's."""
    findings: list[Finding] = []
    tasks: list[Task] = []
    for section, block, boxes_only in _blocks(sections, lines):
        found = _read_block(block, findings, boxes_only=boxes_only)
        if not found and not boxes_only:
            found = _without_marks(section, block, findings)
        tasks += found
    for table in find_task_tables(lines) if not tasks else ():
        tasks += read_task_table(table, findings)
    return tuple(tasks), findings


def read_box(text: str) -> Task | None:
    """The task in one line with a box; None for any other line."""
    item = _ITEM.match(text)
    rest = item["text"] if item else text.strip()
    box = _BOX.match(rest)
    return _task(rest, box, 1, text.index(rest), []) if box else None


def read_item(text: str) -> tuple[str, Task]:
    """The text of a list item without its mark → its box as it is written, and its task."""
    box = _BOX.match(text)
    return (box.group() if box else ""), _task(text, box, 1, 0, [])


def _without_marks(section: Section, block: Sequence[Line], findings: list[Finding]) -> list[Task]:
    """Sub-headings are tasks, unless they name a section ("Improvements"); else, under a heading
    that promises no prose, the lines are.
    """
    if headed := _heading_tasks(block):
        return [
            _task(text, None, line.number, line.text.index(text), findings)
            for line, text in headed
            if not section_keys(text)
        ]
    inline = _text_beside_heading(section)
    if inline and SectionKey.TASKS in section.keys:
        return [_task(inline, None, section.start, section.position.column - 1, findings)]
    bare: list[Line] = []
    if section.level >= PSEUDO_LEVEL:
        bare = _bare_tasks(block)
    elif SectionKey.TASKS in section.keys:
        bare = _single_sentences(block)
    return [_task(line.text.strip(), None, line.number, line.margin, findings) for line in bare]


def _text_beside_heading(section: Section) -> str:
    """``Tasks: call them``"""
    texts = section.text.split("\n")
    has_rest = bool(section.text) and len(texts) > section.end - section.start
    return texts[0].strip() if has_rest else ""


def _blocks(
    sections: Sequence[Section], lines: Sequence[Line]
) -> Iterator[tuple[Section, list[Line], bool]]:
    """The lines to read, each once, and whether only boxes count there.

    A section on tasks counts whole. Without one, the section on measures does, but for what it
    says about improvements, where only a box makes a task.
    """
    own = [item for item in sections if SectionKey.TASKS in item.keys]
    measures = {SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS}
    rest = (item for item in sections if SectionKey.TASKS not in item.keys)
    others = [item for item in rest if measures & set(item.keys)]
    taken: set[int] = set()
    for section in (*own, *others):
        first = lines[0].number
        inner = lines[section.start - first + 1 : section.end - first + 1]
        block = [line for line in inner if line.number not in taken]
        taken.update(line.number for line in block)
        yield section, block, bool(own) and SectionKey.TASKS not in section.keys


def _read_block(block: Sequence[Line], findings: list[Finding], *, boxes_only: bool) -> list[Task]:
    tables = find_task_tables(block)
    texts = [_item_text(line) for line in block]
    if tables and not any(text and _BOX.match(text) for text in texts):
        kept = [] if boxes_only else tables
        return [task for table in kept for task in read_task_table(table, findings)]
    tasks: list[Task] = []
    groups = _groups(block)
    base: int | None = None
    index = 0
    while index < len(block):
        line = block[index]
        if looks_like_row(line) and not line.text.lstrip().startswith(("-", "*")):
            end = table_end(block, index)
            if not boxes_only:
                tasks += read_task_table(block[index:end], findings)
            index = max(end, index + 1)
            continue
        text = texts[index]
        if line.number in groups:
            base = groups[line.number]
        elif text is not None:
            base = line.indent if base is None else min(base, line.indent)
            box = _BOX.match(text)
            if box and (mistyped := _bad_box(line)):
                findings.append(mistyped)
            if box or (line.indent <= base + 1 and not boxes_only):
                start, whole = line.text.index(text), _with_wrapped(block, index, text)
                tasks.append(_task(whole, box, line.number, start, findings))
        index += 1
    tasks = [task for task in tasks if not says_nothing(task.text)]
    with_box = [task for task in tasks if task.has_box]
    if with_box:
        # Next to boxes, a plain bullet is a remark, but nobody writes a due date into a remark.
        message = (
            "This line has an owner or a due date but no checkbox, so it does not count as a task."
        )
        fix = "Start it with `- [ ]` and a space if it is one."
        lost = (task.position for task in tasks if _is_lost(task))
        findings += [Finding("PM508", position, message, fix, "tasks") for position in lost]
    return with_box or tasks


def _is_lost(task: Task) -> bool:
    in_details = bool(task.owners) and f"@{task.owners[0]}" not in task.text
    is_owned = in_details or bool(_OWNED.search(task.text))
    return not task.has_box and (task.due is not None or is_owned)


def _groups(block: Sequence[Line]) -> dict[int, int]:
    """Items such as ``1. Monitoring:`` that only group tasks: line number → the tasks' indent.

    Nested items are details of their item unless every item of the list is such a title.
    """
    items = [
        (line, item)
        for line in block
        if line.is_prose and (item := _ITEM.match(line.text)) and not _BOX.match(item["text"])
    ]
    least = min((line.indent for line, _ in items), default=0)
    tops = [n for n, (line, item) in enumerate(items) if line.indent == least]
    if any(items[n][1]["mark"] not in "—–" for n in tops):
        tops = [n for n in tops if items[n][1]["mark"] not in "—–"]
    top_numbers = set(tops)
    groups: dict[int, int] = {}
    for n in tops:
        line, item = items[n]
        has_child = n + 1 < len(items) and n + 1 not in top_numbers
        if not has_child or not _TITLE.match(item["text"]):
            return {}
        groups[line.number] = items[n + 1][0].indent
    return groups if len(groups) > 1 else {}


def _item_text(line: Line) -> str | None:
    """The text of a list item, or of a line that begins with a box; None for any other line."""
    if not line.is_prose:
        return None
    if item := _ITEM.match(line.text):
        return item["text"]
    match = _BARE_BOX.match(line.text)
    return line.text[match.end() :] if match else None


def _with_wrapped(block: Sequence[Line], index: int, text: str) -> str:
    """The item's text with the lines that its paragraph wraps to."""
    parts = [text]
    for line in islice(block, index + 1, None):
        wraps = line.is_prose and not line.is_blank and line.indent > block[index].indent
        if not wraps or _ITEM.match(line.text):
            break
        parts.append(line.text.strip())
    return " ".join(parts)


def _task(
    text: str, box: re.Match[str] | None, number: int, start: int, findings: list[Finding]
) -> Task:
    rest, state = text, None
    if box:
        rest = text[box.end() :]
        state = _STATES.get(box.group().strip(" []:\t\ufe0f").lower(), TaskState.OPEN)
    return read_details(rest, Position(number, start + 1), findings, box=state)


def _bare_tasks(block: Sequence[Line]) -> list[Line]:
    """The lines that are a task each, in a text without any marks.

    Where several lines end in a colon, each is a task and what follows are its details; where most
    lines begin with a label, only these count.
    """
    lines = _text_lines(block)
    groups = [line for line in lines if _GROUP.match(line.text)]
    if len(groups) > 1:
        return groups
    lines = [line for line in lines if line not in groups and _is_short(line.text)]
    labelled = [line for line in lines if _LABELLED.match(line.text)]
    return labelled if labelled and 2 * len(labelled) >= len(lines) else lines


def _single_sentences(block: Sequence[Line]) -> list[Line]:
    """The paragraphs of a section where each is one line and one sentence; else nothing."""
    texts = _text_lines(block)
    short = [line for line in texts if count_sentences(line.text) == 1 and line.text[:1].isalpha()]
    numbers = {line.number for line in texts}
    stands_alone = not any(number + 1 in numbers for number in numbers)
    return short if len(short) == len(texts) > 1 and stands_alone else []


def _heading_tasks(block: Sequence[Line]) -> list[tuple[Line, str]]:
    """The sub-headings of the highest level and their text."""
    found = [
        (heading.level, line, text)
        for line in block
        if line.is_prose and (heading := match_heading(line.text))
        if (text := _NUMBER.sub("", heading.text))
    ]
    top = min((level for level, _, _ in found), default=0)
    return [(line, text) for level, line, text in found if level == top]


def _text_lines(block: Sequence[Line]) -> list[Line]:
    prose = (line for line in block if line.is_prose and not line.is_blank)
    above = takewhile(lambda line: not _SIGNATURE.match(line.text), prose)
    return [line for line in above if not _CLOSING_WORDS.match(line.text)]


def _is_short(text: str) -> bool:
    plain = text.strip()
    return len(plain) <= _MAX_CHARACTERS and count_sentences(plain) <= _MAX_SENTENCES


def _bad_box(line: Line) -> Finding | None:
    """A mistyped checkbox: read as a task here, and as text by every Markdown renderer."""
    match = _BAD_BOX.match(line.text)
    if match is None:
        return None
    start, end = match.start("marker"), match.end()
    box = f"{match['marker']}{match['gap'] or ' '}[{match['state'] or ' '}]"
    return Finding(
        "PM508",
        Position(line.number, line.text.index("[") + 1),
        f"`{line.text[start:end]}` is not a checkbox, so nobody can tick this task.",
        f"Start it with `{box}` and a space.",
        "tasks",
        Suggestion(Position(line.number, start + 1), end - start, box),
    )
