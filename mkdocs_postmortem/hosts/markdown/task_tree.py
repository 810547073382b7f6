"""Task lists: boxes with an accessible name, and the details of a task as chips instead of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, AtomicString

from mkdocs_postmortem.hosts.markdown.fragments import inline_markdown
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.publishing.page_copy import text_holder
from mkdocs_postmortem.reading.day_and_clock import match_day
from mkdocs_postmortem.reading.tasks import read_item

# The element that follows a task's text, by the task's number.
Details = Callable[[int, Task], Element]

_BOX = re.compile(r"\[(?P<mark>[ xX/-])\]\s+")
# The signs by their numbers, which the converter keeps: as characters they would double the size
# that a page's text has in memory.
_STATES = {
    " ": ("open", ""),
    "x": ("done", f"{AMP_SUBSTITUTE}#10003;"),
    "/": ("in_progress", "/"),
    "-": ("wont_do", f"{AMP_SUBSTITUTE}#8211;"),
}
_TYPED = re.compile(r"tasks\[\d+\]")
_MARKS = {state: mark for mark, (state, _) in _STATES.items()}


def draw_tasks(root: Element, tasks: Sequence[Task], details: Details) -> None:
    """Replace the details in the text of list items and the due dates in tables by elements.

    An item is a task of the page if its text is read as a task of the record.
    One that another plugin rewrote is no longer, and stays as it is.
    """
    numbers = {_key(task): number for number, task in enumerate(tasks) if not task.is_row}
    # What is not a detail may follow in parentheses without the details between.
    texts = [str(text).split(" (")[0] for text, *_ in numbers]
    for item in root.iter("li") if numbers else ():
        holder = text_holder(item)
        source = " ".join((holder.text or "").split())
        if not any(text in source for text in texts):
            continue
        box, task = read_item(source)
        number = numbers.get(_key(task))
        if number is not None and box + task.text != source:
            holder.text = f"{_beginning(holder.text or '', box + task.text)} "
            holder.insert(0, details(number, tasks[number]))
    if any(task.is_row for task in tasks):
        for row in root.iter("tr"):
            _draw_row(row, tasks, details)


def typed_list(record: Postmortem, details: Details) -> Element | None:
    """The tasks of the front matter, which no text of the page has; None without any."""
    places = {at for name, at in record.positions.items() if _TYPED.fullmatch(name)}
    items = Element("ul")
    for number, task in enumerate(record.tasks):
        if task.position not in places:
            continue
        item = Element("li")
        item.text = f"[{_MARKS[task.state.value]}] {inline_markdown(task.text)} "
        item.append(details(number, task))
        items.append(item)
    return items if len(items) else None


def show_checkboxes(root: Element, names: Mapping[str, str]) -> None:
    """Turn the mark at the head of each list item into a box that a screen reader names.

    ``names`` are those of the states in the language of the page.
    """
    for item in root.iter("li"):
        holder = text_holder(item)
        match = _BOX.match((holder.text or "").lstrip())
        if match:
            state, sign = _STATES[match["mark"].lower()]
            rest = (holder.text or "").lstrip()[match.end() :]
            item.set("class", f"{item.get('class', '')} pm-task pm-task--{state}".strip())
            box = Element(
                "span", {"class": "pm-task__box", "role": "img", "aria-label": names[state]}
            )
            box.text = AtomicString(sign)
            # The extension attr_list would apply to the box what follows it directly.
            box.tail = f" {rest}" if rest.startswith("{") else rest
            holder.text = None
            holder.insert(0, box)


def _key(task: Task) -> tuple[object, ...]:
    """What the text of a task alone says; the rest may come from the history of its page."""
    text = " ".join(task.text.split())
    own = (text, task.state, task.has_box)
    return (*own, task.owners, task.due, task.ticket, task.type, task.reason)


def _beginning(text: str, words: str) -> str:
    """The beginning of a text that has these words, with the author's own line breaks."""
    end = 0
    for number, word in enumerate(words.split()):
        found = text.find(word, end)
        is_next = found >= 0 and not text[end:found].strip() and (not number or found > end)
        if not is_next:
            return words
        end = found + len(word)
    return text[:end]


def _draw_row(row: Element, tasks: Sequence[Task], details: Details) -> None:
    cells = row.findall("td")
    texts = {read_item(cell.text or "")[1].text for cell in cells}
    for number, task in enumerate(tasks):
        if not (task.is_row and task.due and task.text in texts):
            continue
        for cell in cells:
            text = (cell.text or "").strip()
            day = match_day(text)
            if day and day.end == len(text) and day.resolve() == task.due:
                cell.text = None
                cell.append(details(number, task))
                return
