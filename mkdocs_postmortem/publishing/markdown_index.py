"""The archive as plain Markdown between two comments of a file, for GitHub and GitLab."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_postmortem.catalog import Chain, OutageTask, Site, select_tasks
from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.publishing.tables import as_markdown
from mkdocs_postmortem.reading.markdown_text import plain_text

if TYPE_CHECKING:  # commands that print no pages start without templates
    from mkdocs_postmortem.rendering import Messages

_BEGIN = "<!-- mkdocs-postmortem index: do not edit, run `mkdocs-postmortem index --write` -->"
_END = "<!-- mkdocs-postmortem index end -->"
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&$]")
_ROOT_CAUSE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class MarkdownIndex:
    """The index, the open tasks and the recurrences of a site.

    ``docs`` is the docs folder and ``folder`` the one of the file that shows them. ``today``
    decides which tasks are called overdue; nothing else depends on it.
    """

    site: Site
    words: Messages
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
        return f" **{self.words.t['overdue']}**"

    def _parts(self) -> Iterator[str]:
        t, records = self.words.t, self.site.catalog.records
        yield self._index(records) if records else t["empty"]
        tasks = select_tasks(records, {}, self.today)
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
        head = [self.words.t[names[n]] for n in used]
        return as_markdown(head, ([row[n] for n in used] for row in rows))

    def _row(self, record: Postmortem) -> tuple[str, ...]:
        return (
            record.day.isoformat() if record.day else "",
            self._link(record),
            _literal(record.severity or ""),
            _literal(self.words.comma.join(record.services)),
            self._duration(record),
            _literal(_shortened(plain_text(record.root_cause))),
        )

    def _duration(self, record: Postmortem) -> str:
        if record.duration is None:
            return self.words.t["ongoing"] if record.lifecycle.is_ongoing else ""
        return self.words.duration(record.duration)

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
            _literal(self.words.comma.join(task.owners)),
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
                    state = missed_state(item, self.words)
                    yield f"    - {self.words.t['missed']} {text} ({state})"

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


def _shortened(text: str) -> str:
    if len(text) <= _ROOT_CAUSE_LENGTH:
        return text
    return text[:_ROOT_CAUSE_LENGTH].rpartition(" ")[0].rstrip(",;:") + " …"
