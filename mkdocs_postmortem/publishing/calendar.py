"""Due tasks as a calendar (RFC 5545). Needs the extra ``feeds``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog import Remembered
from mkdocs_postmortem.checking import without_hidden
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.publishing.extras import need
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:  # it would load babel at the start of every command
    from mkdocs_postmortem.rendering.vocabulary import Vocabulary

# The words in an event: a site may change them while it is served.
_SAID = ("owner", "nobody", "labelled")


def as_calendar(
    records: Iterable[Postmortem], words: Vocabulary, made: Remembered | None = None
) -> str:
    """A whole-day event per open task with a due date, reminding two days before.

    ``made`` remembers the events of records from the build before.
    """
    icalendar = need("icalendar")
    made = made or Remembered()
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//mkdocs-postmortem//{__version__}//EN")
    calendar.add("version", "2.0")
    head, end, _ = calendar.to_ical().decode("utf-8").partition("END:VCALENDAR")
    make = partial(_events, icalendar, words)
    said = (words.language, *(words.t[key] for key in _SAID))
    events = (made.of("ics", item, said, make) for item in records)
    return f"{head}{''.join(events)}{end}\r\n"


def _events(icalendar: Any, words: Vocabulary, record: Postmortem) -> str:
    events = (
        _event(icalendar, record, task, number, _about(record, task, words))
        for number, task in enumerate(record.tasks)
        if task.state.is_open and task.due is not None
    )
    return "".join(event.to_ical().decode("utf-8") for event in events)


def _about(record: Postmortem, task: Task, words: Vocabulary) -> str:
    owners = words.listed_text(task.owners, "unit") or words.t["nobody"]
    owner = words.text("labelled", label=words.t["owner"], value=owners)
    return without_hidden(f"{record.id}: {record.title}\n{owner}")


def _event(icalendar: Any, record: Postmortem, task: Task, number: int, about: str) -> Any:
    due = task.due or date.min
    event = icalendar.Event()
    text = without_hidden(plain_text(task.text))
    event.add("uid", without_hidden(f"{record.id}-{number}@mkdocs-postmortem"))
    # The stamp is that of the task, not of the run, so that the file can be made again.
    event.add("dtstamp", datetime.combine(due, time(), timezone.utc))
    event.add("summary", text)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("description", about)
    if task.ticket and task.ticket.url.startswith(("http://", "https://")):
        event.add("url", task.ticket.url)
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta(days=-2))
    event.add_component(alarm)
    return event
