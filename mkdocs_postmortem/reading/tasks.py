"""The measures' section → tasks: boxes, bullets, numbers and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mkdocs_postmortem.model.place import Place
from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.section import Section, SectionKey
from mkdocs_postmortem.model.task import Task, TaskState
from mkdocs_postmortem.reading.headings import PSEUDO_LEVEL
from mkdocs_postmortem.reading.source import Line
from mkdocs_postmortem.reading.tables import is_delimiter, looks_like_row, split_cells
from mkdocs_postmortem.reading.task_details import Details, read_details

_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?P<text>\S.*)$")
_BOX = re.compile(
    r"^(?:\[(?P<mark>[ xX/~-])\]"
    r"|(?P<emoji>[☐☑☒✅✓✔❌⬜⬛🔲]\ufe0f?)|\[(?P<word>done|wip|todo|open)\]:?)\s*",
    re.IGNORECASE,
)
_BARE_BOX = re.compile(r"^\s*(?=\[[ xX/-]\]\s)")
_STATES = {
    " ": TaskState.OPEN,
    "x": TaskState.DONE,
    "/": TaskState.IN_PROGRESS,
    "~": TaskState.IN_PROGRESS,
    "-": TaskState.WONT_DO,
}
_DONE_WORDS = re.compile(
    r"\b(?:done|complete[d]?|fixed|closed|resolved|merged|shipped)\b|✅|☑|✔", re.I
)
_PROGRESS_WORDS = re.compile(r"\b(?:in[ -]progress|wip|started|ongoing|doing)\b", re.I)
_DROPPED_WORDS = re.compile(r"\b(?:won'?t[ -]do|wont_do|dropped|cancel+ed|rejected)\b", re.I)
_LABELLED = re.compile(r"^\s*[^\W\d_][^:\n]{2,60}:")
_CLOSING_WORDS = re.compile(r"^\s*(?:By|With|These|This|In|We|Together|Overall)\b")
_COLUMNS = {
    "owner": re.compile(r"\b(?:owner|assignee|who|responsible|assigned)\b", re.I),
    "due": re.compile(r"\b(?:due|deadline|target|eta|by when)\b", re.I),
    "state": re.compile(r"\b(?:status|state|done)\b", re.I),
    "text": re.compile(
        r"\b(?:action|task|item|description|what|todo|improvement|measure)s?\b", re.I
    ),
}


def read_tasks(
    sections: Sequence[Section], lines: Sequence[Line]
) -> tuple[tuple[Task, ...], list[Finding]]:
    """All tasks of the sections that hold tasks, in order. ``lines`` are the body's."""
    findings: list[Finding] = []
    tasks: list[Task] = []
    for section, block, boxes_only in _blocks(sections, lines):
        found = _read_block(block, findings, boxes_only=boxes_only)
        if not found and section.level >= PSEUDO_LEVEL and not boxes_only:
            found = _bare_tasks(block, findings)
        tasks += found
    return tuple(tasks), findings


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
    tasks: list[Task] = []
    base: int | None = None
    index = 0
    while index < len(block):
        line = block[index]
        if looks_like_row(line) and not line.text.lstrip().startswith(("-", "*")):
            end = _table_end(block, index)
            if not boxes_only:
                tasks += _table_tasks(block[index:end])
            index = max(end, index + 1)
            continue
        item = _ITEM.match(line.text) if line.is_prose else None
        text = item["text"] if item else _bare_box_text(line)
        if text is not None:
            base = line.indent if base is None else min(base, line.indent)
            box = _BOX.match(text)
            if box or (line.indent <= base + 1 and not boxes_only):
                start = line.text.index(text)
                tasks.append(
                    _task(_with_wrapped(block, index, text), box, line.number, start, findings)
                )
        index += 1
    with_box = [task for task in tasks if task.has_box]
    # Beside boxes, a plain bullet is a remark.
    return with_box or [task for task in tasks if _says_something(task.text)]


def _bare_box_text(line: Line) -> str | None:
    match = _BARE_BOX.match(line.text) if line.is_prose else None
    return line.text[match.end() :] if match else None


def _with_wrapped(block: Sequence[Line], index: int, text: str) -> str:
    """The item's text with the lines that its paragraph wraps to."""
    parts = [text]
    for line in block[index + 1 :]:
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
    place = Place(number, start + 1)
    details = read_details(rest, place, findings)
    return _with_details(details, state, place, has_box=box is not None)


def _with_details(details: Details, state: TaskState, place: Place, *, has_box: bool) -> Task:
    if state is TaskState.OPEN and not has_box and (details.done or details.is_done):
        state = TaskState.DONE
    if state.is_open and details.reason:
        state = TaskState.WONT_DO
    return Task(
        text=details.text,
        state=state,
        place=place,
        owners=details.owners,
        due=details.due,
        done=details.done,
        ticket=details.ticket,
        type=details.type,
        reason=details.reason,
        has_box=has_box,
    )


def _box_state(box: re.Match[str]) -> TaskState:
    if box["mark"]:
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


def _bare_tasks(block: Sequence[Line], findings: list[Finding]) -> list[Task]:
    """One task a line, in a text without any marks; labelled lines if most of them are."""
    lines = [line for line in block if line.is_prose and not line.is_blank]
    lines = [line for line in lines if not _CLOSING_WORDS.match(line.text)]
    labelled = [line for line in lines if _LABELLED.match(line.text)]
    chosen = labelled if 2 * len(labelled) >= len(lines) else lines
    return [_task(line.text.strip(), None, line.number, line.indent, findings) for line in chosen]


def _table_end(block: Sequence[Line], index: int) -> int:
    while index < len(block) and looks_like_row(block[index]):
        index += 1
    return index


def _table_tasks(rows: Sequence[Line]) -> list[Task]:
    """A row is a task; the header says where owner, date and state are."""
    if len(rows) < 2:
        return []
    header = split_cells(rows[0].text)
    columns = {
        name: next((n for n, cell in enumerate(header) if pattern.search(cell)), None)
        for name, pattern in _COLUMNS.items()
    }
    data = [line for line in rows[1:] if not is_delimiter(line)]
    return [task for line in data if (task := _row_task(line, columns))]


def _row_task(line: Line, columns: dict[str, int | None]) -> Task | None:
    cells = split_cells(line.text)

    def cell(name: str) -> str:
        column = columns[name]
        return cells[column] if column is not None and column < len(cells) else ""

    text = cell("text") or max(cells, key=len, default="")
    if not text.strip():
        return None
    place = Place(line.number, line.indent + 1)
    details = read_details(text, place, [])
    owner = cell("owner").strip("*`@ ?-–—")
    return Task(
        text=details.text,
        state=_state_of(cell("state")),
        place=place,
        owners=details.owners or ((owner,) if owner else ()),
        due=details.due or _iso_day(cell("due")),
        ticket=details.ticket,
        type=details.type,
        has_box=False,
    )


def _state_of(cell: str) -> TaskState:
    if _DROPPED_WORDS.search(cell):
        return TaskState.WONT_DO
    if _PROGRESS_WORDS.search(cell):
        return TaskState.IN_PROGRESS
    return TaskState.DONE if _DONE_WORDS.search(cell) else TaskState.OPEN


def _iso_day(cell: str) -> date | None:
    match = re.search(r"\d{4}-\d{2}-\d{2}", cell)
    try:
        return date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None


def _says_something(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= 1
