"""The calendar is what a library for calendars writes, byte for byte, and what it reads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem import __version__
from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task, TaskState, Ticket
from mkdocs_postmortem.publishing import as_calendar
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


def by_library(record: Postmortem) -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//mkdocs-postmortem//{__version__}//EN")
    calendar.add("version", "2.0")
    for number, task in enumerate(record.tasks):
        if task.due is None or not task.state.is_open:
            continue
        event, alarm = icalendar.Event(), icalendar.Alarm()
        text = without_hidden(plain_text(task.text))
        owners = load_messages().listed_text(task.owners, "unit") or "nobody"
        about = without_hidden(f"{record.id}: {record.title}\nOwner: {owners}")
        event.add("uid", without_hidden(f"{record.id}-{number}@mkdocs-postmortem"))
        event.add("dtstamp", datetime.combine(task.due, time(), timezone.utc))
        event.add("summary", text)
        event.add("dtstart", task.due)
        event.add("dtend", task.due + timedelta(days=1))
        event.add("description", about)
        if task.ticket:
            event.add("url", task.ticket.url)
        alarm.add("action", "DISPLAY")
        alarm.add("description", text)
        alarm.add("trigger", timedelta(days=-2))
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")


@given(WORDS, WORDS, st.lists(TASKS, max_size=3).map(tuple))
def test_it_is_what_the_library_writes(name: str, title: str, tasks: tuple[Task, ...]) -> None:
    record = Postmortem(id=name, path="a.md", title=title, tasks=tasks)

    assert as_calendar([record], load_messages()) == by_library(record)


@given(WORDS)
def test_no_line_is_too_long(text: str) -> None:
    task = Task(text, TaskState.OPEN, Position(1), due=date(2026, 4, 1))
    made = as_calendar(
        [Postmortem(id="A", path="a.md", title=text, tasks=(task,))], load_messages()
    )

    lines = made.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any(character in line for line in lines for character in "\r\n")


def test_a_task_that_is_due_on_the_last_day_of_all_is_there() -> None:
    task = Task("x", TaskState.OPEN, Position(1), due=date.max)
    made = as_calendar([Postmortem(id="A", path="a.md", title="t", tasks=(task,))], load_messages())

    assert "DTSTART;VALUE=DATE:99991231\r\nDTEND;VALUE=DATE:99991231\r\n" in made
