"""The measures' section → tasks: boxes, bullets, numbers and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Section, SectionKey
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.headings import PSEUDO_LEVEL
from mkdocs_postmortem.reading.sections import section_keys
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.tables import looks_like_row
from mkdocs_postmortem.reading.task_details import Details, read_details
from mkdocs_postmortem.reading.task_forms import (
    bad_box,
    bare_tasks,
    find_task_tables,
    heading_tasks,
    no_box,
    read_task_table,
    single_sentences,
    table_end,
)
from mkdocs_postmortem.reading.words import says_nothing

_ITEM = re.compile(
    r"^(?P<indent>\s*)(?P<mark>[-*+•—–]|\d{1,3}[.)])(?:\s+|(?=\[[ xX]?\]\s))(?P<text>\S.*)$"
)
_BOX = re.compile(
    r"^(?:\[(?P<mark>[ xX/~-]?)\]"
    r"|(?P<emoji>[☐☑☒✅✓✔❌⬜⬛🔲]\ufe0f?)|\[(?P<word>done|wip|todo|open)\]:?)\s*",
    re.IGNORECASE,
)
# A line that ends in a colon, or no more than three words.
_TITLE = re.compile(r"^(?:[^\n]{2,80}:[\s*_]*|[^\s:]{2,40}(?:[ \t][^\s:]{1,40}){0,2}[\s]*)$")
_BARE_BOX = re.compile(r"^\s*(?=\[[ xX/-]\]\s)")
_OWNED = re.compile(r"[,(] ?@[\w./-]{1,60}\)?\Z")
_STATES = {
    "": TaskState.OPEN,
    " ": TaskState.OPEN,
    "x": TaskState.DONE,
    "/": TaskState.IN_PROGRESS,
    "~": TaskState.IN_PROGRESS,
    "-": TaskState.WONT_DO,
}


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
    if not tasks:
        tasks = [
            task for table in find_task_tables(lines) for task in read_task_table(table, findings)
        ]
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
    if headed := heading_tasks(block):
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
        bare = bare_tasks(block)
    elif SectionKey.TASKS in section.keys:
        bare = single_sentences(block)
    return [_task(line.text.strip(), None, line.number, line.margin, findings) for line in bare]


def _text_beside_heading(section: Section) -> str:
    """``Tasks: call them``"""
    texts = section.text.split("\n")
    has_rest = bool(section.text) and len(texts) > section.end - section.start
    return texts[0].strip() if has_rest else ""


def _blocks(
    sections: Sequence[Section], lines: Sequence[Line]
) -> list[tuple[Section, list[Line], bool]]:
    """The lines to read, and whether only boxes count there.

    A section on tasks counts whole. Without one, the section on measures does, but for what it
    says about improvements, where only a box makes a task.
    """
    if not lines:
        return []
    first = lines[0].number
    own = [item for item in sections if SectionKey.TASKS in item.keys]
    others = [
        item
        for item in sections
        if {SectionKey.CORRECTIVE, SectionKey.IMPROVEMENTS} & set(item.keys) and item not in own
    ]
    taken: set[int] = set()
    blocks = [(item, _lines_of(item, lines, first, taken), False) for item in own]
    for item in others:
        blocks.append((item, _lines_of(item, lines, first, taken), bool(own)))
    return blocks


def _lines_of(section: Section, lines: Sequence[Line], first: int, taken: set[int]) -> list[Line]:
    """The section's lines that no section before it has taken."""
    block = [
        line
        for line in lines[section.start - first + 1 : section.end - first + 1]
        if line.number not in taken
    ]
    taken.update(line.number for line in block)
    return block


def _read_block(block: Sequence[Line], findings: list[Finding], *, boxes_only: bool) -> list[Task]:
    tables = find_task_tables(block)
    if tables and not any(_is_boxed(line) for line in block):
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
        item = _ITEM.match(line.text) if line.is_prose else None
        text = item["text"] if item else _bare_box_text(line)
        if line.number in groups:
            base = groups[line.number]
        elif text is not None:
            base = line.indent if base is None else min(base, line.indent)
            box = _BOX.match(text)
            if box and (mistyped := bad_box(line)):
                findings.append(mistyped)
            if box or (line.indent <= base + 1 and not boxes_only):
                start = line.text.index(text)
                tasks.append(
                    _task(_with_wrapped(block, index, text), box, line.number, start, findings)
                )
        index += 1
    tasks = [task for task in tasks if not says_nothing(task.text)]
    with_box = [task for task in tasks if task.has_box]
    if with_box:
        # Next to boxes, a plain bullet is a remark, but nobody writes a due date into a remark.
        findings += [no_box(task) for task in tasks if _is_lost(task)]
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


def _is_boxed(line: Line) -> bool:
    item = _ITEM.match(line.text) if line.is_prose else None
    return _bare_box_text(line) is not None or bool(item and _BOX.match(item["text"]))


def _bare_box_text(line: Line) -> str | None:
    match = _BARE_BOX.match(line.text) if line.is_prose else None
    return line.text[match.end() :] if match else None


def _with_wrapped(block: Sequence[Line], index: int, text: str) -> str:
    """The item's text with the lines that its paragraph wraps to."""
    parts = [text]
    for below in range(index + 1, len(block)):
        line = block[below]
        wraps = line.is_prose and not line.is_blank and line.indent > block[index].indent
        if not wraps or _ITEM.match(line.text):
            break
        parts.append(line.text.strip())
    return " ".join(parts)


def _task(
    text: str, box: re.Match[str] | None, number: int, start: int, findings: list[Finding]
) -> Task:
    rest = text[box.end() :] if box else text
    state = _box_state(box) if box else TaskState.OPEN
    position = Position(number, start + 1)
    is_open = box is not None and state is not TaskState.DONE
    details = read_details(rest, position, findings, is_open=is_open)
    return _with_details(details, state, position, has_box=box is not None)


def _with_details(details: Details, state: TaskState, position: Position, *, has_box: bool) -> Task:
    if not has_box:
        state = details.state
    if state.is_open and details.reason:
        state = TaskState.WONT_DO
    return Task(
        text=details.text,
        state=state,
        position=position,
        owners=details.owners,
        due=details.due,
        done=details.done,
        ticket=details.ticket,
        type=details.type,
        reason=details.reason,
        has_box=has_box,
    )


def _box_state(box: re.Match[str]) -> TaskState:
    if box["mark"] is not None:
        return _STATES[box["mark"].lower()]
    if box["emoji"]:
        done = box["emoji"][0] in "☑✅✓✔☒"
        return (
            TaskState.DONE
            if done
            else TaskState.WONT_DO
            if box["emoji"][0] == "❌"
            else TaskState.OPEN
        )
    words = {"done": TaskState.DONE, "wip": TaskState.IN_PROGRESS}
    return words.get(box["word"].lower(), TaskState.OPEN)
