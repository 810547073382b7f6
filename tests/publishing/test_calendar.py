"""The calendar of due tasks, as a program for calendars reads it."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState, Ticket
from mkdocs_postmortem.publishing.bundle import Publication, as_calendar
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.messages import load_messages

WORDS = st.one_of(
    st.text(max_size=200),
    st.text("ab\\;,:\"'\r\n\t é漢🔥\u05d0\u2028\x00", max_size=160),
    st.text("a\\;,", min_size=60, max_size=90),
).filter(lambda text: "\\N" not in text and "\ufeff" not in text)  # it takes these away
TASKS = st.builds(
    Task,
    text=WORDS,
    state=st.sampled_from(TaskState),
    position=st.just(Position(1)),
    owners=st.lists(WORDS, max_size=2).map(tuple),
    due=st.none() | st.dates(max_value=date(9999, 12, 30)),
    ticket=st.none() | st.just(Ticket("OPS-1", "https://t.example/" + "a;b,c" * 20)),
)


@given(WORDS, WORDS, st.lists(TASKS, max_size=3).map(tuple))
def test_a_program_for_calendars_reads_what_each_open_task_with_a_due_date_says(
    name: str, title: str, tasks: tuple[Task, ...]
) -> None:
    record = Postmortem(id=name, path="a.md", title=title, tasks=tasks)
    calendar = icalendar.Calendar.from_ical(calendar_of(record))
    numbered = [(n, task) for n, task in enumerate(tasks) if task.state.is_open and task.due]

    for event, (number, task) in zip(calendar.walk("VEVENT"), numbered, strict=True):
        owners = load_messages().listed_text(task.owners, "unit") or "nobody"
        assert as_read(event["summary"]) == as_read(without_hidden(plain_text(task.text)))
        assert as_read(event["uid"]) == as_read(
            without_hidden(f"{name}-{number}@mkdocs-postmortem")
        )
        assert as_read(event["description"]) == as_read(
            without_hidden(f"{name}: {title}\nOwner: {owners}")
        )
        assert event["dtstart"].dt == task.due
        assert event.get("url") == (task.ticket.url if task.ticket else None)
        assert event.walk("VALARM")[0]["trigger"].dt == timedelta(days=-2)


def calendar_of(record: Postmortem) -> str:
    return as_calendar(Publication([record], date(2026, 11, 24), str, load_messages()))


def as_read(text: str) -> str:
    """Calendars know one kind of line end."""
    return str(text).replace("\r\n", "\n")


@given(WORDS)
def test_no_line_is_too_long(text: str) -> None:
    task = Task(text, TaskState.OPEN, Position(1), due=date(2026, 4, 1))
    made = calendar_of(Postmortem(id="A", path="a.md", title=text, tasks=(task,)))

    lines = made.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any(character in line for line in lines for character in "\r\n")


def test_a_task_that_is_due_on_the_last_day_of_all_is_there() -> None:
    task = Task("x", TaskState.OPEN, Position(1), due=date.max)
    made = calendar_of(Postmortem(id="A", path="a.md", title="t", tasks=(task,)))

    assert "DTSTART;VALUE=DATE:99991231\r\nDTEND;VALUE=DATE:99991231\r\n" in made
