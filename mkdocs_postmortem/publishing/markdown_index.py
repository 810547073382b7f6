"""The archive as plain Markdown between two comments of a file, whose rest is its author's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_postmortem.catalog.outage_tasks import OutageTask, tasks_of
from mkdocs_postmortem.catalog.repeats import Chain
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.tables import as_markdown
from mkdocs_postmortem.reading.markdown_text import plain_text, shortened
from mkdocs_postmortem.reading.source import number_lines, split_text

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

_BEGIN = "<!-- mkdocs-postmortem index: do not edit, run `mkdocs-postmortem index --write` -->"
_END = "<!-- mkdocs-postmortem index end -->"
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&$]")
_ROOT_CAUSE_LENGTH = 120
_FIRST_LINE = re.compile(r"<!-- mkdocs-postmortem (\w+):.*-->\s*\Z")


@dataclass(frozen=True, slots=True)
class MarkdownIndex:
    """The index, the open tasks and the recurrences of a site.

    ``docs`` is the docs folder and ``folder`` the one of the file that shows them. ``today``
    decides which tasks are called overdue; nothing else depends on it.
    """

    site: Site
    messages: Messages
    docs: Path
    folder: Path
    today: date

    def block(self) -> str:
        """All of it between the two comments."""
        return "\n\n".join([_BEGIN, *self._parts(), _END])

    def without_overdue(self, text: str) -> str:
        """A text without what depends on the day."""
        return text.replace(self._overdue, "")

    @property
    def _overdue(self) -> str:
        return f" **{self.messages.t['overdue']}**"

    def _parts(self) -> Iterator[str]:
        t, records = self.messages.t, self.site.catalog.records
        yield self._index(records) if records else t["empty"]
        tasks = tasks_of(records, {}, self.today)
        if tasks:
            yield f"### {t['open_tasks']}"
            names = [t["due"], t["task"], t["owners"], t["outage"]]
            yield as_markdown(names, map(self._task_row, tasks))
        if self.site.repeats.chains:
            yield f"### {t['repeats']}"
            yield "\n".join(line for one in self.site.repeats.chains for line in self._chain(one))

    def _index(self, records: Sequence[Postmortem]) -> str:
        """A table without the columns that no record fills."""
        names = ("date", "title", "severity", "services", "duration", "root_cause")
        rows = [self._row(record) for record in records]
        used = [n for n in range(len(names)) if n < 2 or any(row[n] for row in rows)]
        head = [self.messages.t[names[n]] for n in used]
        return as_markdown(head, ([row[n] for n in used] for row in rows))

    def _row(self, record: Postmortem) -> tuple[str, ...]:
        return (
            record.day.isoformat() if record.day else "",
            self._link(record),
            _literal(record.severity or ""),
            _literal(self.messages.comma.join(record.services)),
            self._duration(record),
            _literal(shortened(plain_text(record.root_cause), _ROOT_CAUSE_LENGTH)),
        )

    def _duration(self, record: Postmortem) -> str:
        if record.duration is None:
            return self.messages.t["ongoing"] if record.lifecycle.is_ongoing else ""
        return self.messages.duration(record.duration)

    def _task_row(self, item: OutageTask) -> tuple[str, ...]:
        task = item.task
        text = _literal(plain_text(task.text))
        if task.ticket and task.ticket.url.startswith(("https://", "http://")):
            text += f" ([{_literal(task.ticket.text)}]({quote(task.ticket.url, safe=_IN_URL)}))"
        elif task.ticket:
            text += f" ({_literal(task.ticket.text)})"
        overdue = self._overdue if item.is_overdue(self.today) else ""
        return (
            f"{task.due.isoformat()}{overdue}" if task.due else "",
            text,
            _literal(self.messages.comma.join(task.owners)),
            self._link(item.record),
        )

    def _chain(self, chain: Chain) -> Iterator[str]:
        """The incidents of a chain, the oldest first, each with what would have been in time."""
        from mkdocs_postmortem.rendering.repeats import missed_state

        paths = {record.path for record in chain.records}
        yield f"- {' → '.join(self._dated_link(record) for record in chain.records)}"
        for record in chain.records:
            for repeat in self.site.repeats.of(record).earlier:
                for item in repeat.missed if repeat.earlier.path in paths else ():
                    text = _literal(plain_text(item.task.text))
                    state = missed_state(item, self.messages)
                    yield f"    - {self.messages.t['missed']} {text} ({state})"

    def _dated_link(self, record: Postmortem) -> str:
        link = self._link(record)
        return f"{link} ({record.day.isoformat()})" if record.day else link

    def _link(self, record: Postmortem) -> str:
        path = os.path.relpath(self.docs / record.path, self.folder).replace(os.sep, "/")
        return f"[{_literal(plain_text(record.title))}]({quote(path)})"


# What an address may hold as it is; brackets would end a link.
_IN_URL = ";/?:@&=+$,-_.!~*'#%"


def _literal(text: str) -> str:
    """Text that says in Markdown just what it says, without secrets or hidden characters."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(printable(text).split()))


class BlockError(Exception):
    """The comments in a file do not enclose one block; the text says which line is wrong."""


def with_block(text: str, block: str, title: str) -> str:
    """A file's text with the block in the place of the former one, or at its end.

    The block's first line names it: ``<!-- mkdocs-postmortem NAME: … -->``; its last is
    ``<!-- mkdocs-postmortem NAME end -->``. ``title`` is the heading of a file that has no text
    yet. The result has line feeds. Raises BlockError.
    """
    begin = _FIRST_LINE.match(block.partition("\n")[0])
    assert begin is not None  # noqa: S101 - our own blocks begin so
    lines = split_text(text)
    place = _find_block(lines, begin[1])
    if place is not None:
        return "\n".join([*lines[: place.start], block, *lines[place.stop :]])
    before = text.strip() and "\n".join(lines).rstrip("\n")
    return f"{before or f'# {title}'}\n\n{block}\n"


def read_block(text: str, name: str) -> str | None:
    """The block of a file, or None if it has none. Raises BlockError."""
    lines = split_text(text)
    place = _find_block(lines, name)
    return None if place is None else "\n".join(lines[place.start : place.stop])


def _find_block(lines: Sequence[str], name: str) -> range | None:
    """The rows of the block; text in code is an example."""
    shown = {line.number - 1: line.text.strip() for line in number_lines(lines) if not line.is_code}
    matches = {row: _FIRST_LINE.match(text) for row, text in shown.items()}
    begins = [row for row, match in matches.items() if match and match[1] == name]
    ends = [row for row, text in shown.items() if text == f"<!-- mkdocs-postmortem {name} end -->"]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or begins > ends:
        row = (begins or ends)[-1]
        raise BlockError(
            f"line {row + 1}: the comments of the block `{name}` do not enclose one block. "
            "Delete them; the next run adds the block anew."
        )
    return range(begins[0], ends[0] + 1)
