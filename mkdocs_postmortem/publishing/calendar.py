"""Due tasks as a calendar (RFC 5545).

The lines of an event are ours, since the library takes a quarter of a millisecond to put one
together from its parts; how values are escaped and lines are folded is the library's. A test holds
both ways equal, byte by byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem import __version__
from mkdocs_postmortem.catalog import Cache
from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:  # it would load babel at the start of every command
    from mkdocs_postmortem.rendering.messages import Messages

# The words in an event: a site may change them while it is served.
_SAID = ("owner", "nobody", "labelled")
# A line is shorter than this, in bytes of UTF-8; longer ones are folded.
_LIMIT = 75


def as_calendar(records: Iterable[Postmortem], words: Messages, cache: Cache | None = None) -> str:
    """An all-day event per open task with a due date, reminding two days before.

    ``cache`` knows the previous build.
    """
    cache = cache or Cache()
    said = (words.language, *(words.t[key] for key in _SAID))
    events = [
        cache.get_or_build(
            ("calendar", item.path, item.version, said), partial(_events, words, item), once=True
        )
        for item in records
    ]
    head = _lines(
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//mkdocs-postmortem//{__version__}//EN"
    )
    return f"{head}{''.join(events)}END:VCALENDAR\r\n"


def _events(words: Messages, record: Postmortem) -> str:
    return "".join(
        _lines(*_event(record, task, number, task.due, _about(record, task, words)))
        for number, task in enumerate(record.tasks)
        if task.state.is_open and task.due is not None
    )


def _about(record: Postmortem, task: Task, words: Messages) -> str:
    owners = words.listed_text(task.owners, "unit") or words.t["nobody"]
    owner = words.text("labelled", label=words.t["owner"], value=owners)
    return without_hidden(f"{record.id}: {record.title}\n{owner}")


def _event(record: Postmortem, task: Task, number: int, due: date, about: str) -> Iterator[str]:
    """The lines of an event with its alarm."""
    text = _escaped(without_hidden(plain_text(task.text)))
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{text}"
    yield f"DTSTART;VALUE=DATE:{_day(due)}"
    yield f"DTEND;VALUE=DATE:{_day(due + timedelta(days=due < date.max))}"
    # The stamp is that of the task, not of the run, so that the file can be made again.
    yield f"DTSTAMP:{_day(due)}T000000Z"
    yield f"UID:{_escaped(without_hidden(f'{record.id}-{number}@mkdocs-postmortem'))}"
    yield f"DESCRIPTION:{_escaped(about)}"
    if task.ticket and task.ticket.url.startswith(("http://", "https://")):
        yield f"URL:{task.ticket.url}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{text}", "TRIGGER:-P2D")
    yield from ("END:VALARM", "END:VEVENT")


def _day(day: date) -> str:
    """``20260401``; a year has four digits, which is not so for ``strftime`` everywhere."""
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A value of type TEXT."""
    return str(_library().vText(text).to_ical(), "utf-8")


def _lines(*lines: str) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    is_short = len(line) < _LIMIT and (line.isascii() or len(line.encode()) < _LIMIT)
    return line if is_short else str(_library().parser.Contentline(line).to_ical(), "utf-8")


def _library() -> Any:
    import icalendar  # takes 0.15 s, which only those pay who write a calendar

    return icalendar
