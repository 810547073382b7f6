"""The timeline section → entries, in every form that real postmortems have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mkdocs_postmortem.model.lifecycle import Moment
from mkdocs_postmortem.model.problem import Finding, Position
from mkdocs_postmortem.model.record import Section
from mkdocs_postmortem.model.timeline import Entry, Form, Kind, Timeline, Unread
from mkdocs_postmortem.model.zone import Zone
from mkdocs_postmortem.reading.day_and_clock import search_day
from mkdocs_postmortem.reading.entry_lines import (
    QUOTE,
    EntryPrefix,
    Piece,
    is_dated_event,
    is_day_event,
    is_item_event,
    is_rule,
    match_item,
    nested,
    no_bullet,
    no_entry,
    read_prefix,
    split_events,
)
from mkdocs_postmortem.reading.instants import (
    DayTracker,
    TimeContext,
    clock_findings,
    decide_offset,
    find_column_zone,
    no_zone,
    read_named_zone,
    section_zone,
    to_moment,
    unreadable_time,
)
from mkdocs_postmortem.reading.source import Line, dedent, match_heading
from mkdocs_postmortem.reading.stated import find_cost
from mkdocs_postmortem.reading.tables import EventTable, Row, TableFinder, row_text
from mkdocs_postmortem.reading.time_expression import TimeExpression, match_time
from mkdocs_postmortem.reading.zones import find_zone

# ``1250`` is a time where a zone or a separator follows at once.
_MILITARY = re.compile(r"\W{0,3}\d{4}\s?(?:UTC|GMT|Z\b|[A-Z]{3,4}\b|[-–—](?!\w)|:)")
_YEAR = re.compile(r"\W*(?:19|20)\d\d(?:[-/.]|\s?年)")  # not 20:26
_LONGEST_ZONE_LINE = 60  # ``Timezone: PST`` as a bullet is not an event
_LISTED = (Form.BULLET, Form.NUMBERED)


def read_timeline(
    section: Section | None, lines: Sequence[Line], context: TimeContext
) -> tuple[Timeline, list[Finding]]:
    """The entries of the section in the author's order, and what was wrong with reading them.

    ``lines`` are the body's. A bare clock belongs to the day of the entry before it.
    """
    if not lines:
        return Timeline(), []
    if section is None:
        return _without_section(lines, context), []
    first = lines[0].number
    below = lines[section.start - first + 1 : section.end - first + 1]
    reader = _TimelineReader(section, below, context)
    return reader.read(), reader.findings


def _without_section(lines: Sequence[Line], context: TimeContext) -> Timeline:
    """Sub-headings that begin with a time make a timeline even where no heading says so."""
    page = Section((), "", 1, Position(lines[0].number), lines[0].number - 1, lines[-1].number, "")
    found = _TimelineReader(page, lines, context).read()
    events = tuple(entry for entry in found.entries if entry.form is Form.HEADING)
    return Timeline(events) if len(events) > 1 else Timeline()


@dataclass(slots=True)
class _Open:
    """An entry that still takes lines. ``indent`` is the column of its list marker.

    ``in_run`` holds for an entry after others on its line, so that more may follow on the next.
    """

    entry: Entry
    indent: int
    more: list[str] = field(default_factory=list)
    last: int = 0
    in_run: bool = False


class _TimelineReader:
    def __init__(self, section: Section, lines: Sequence[Line], context: TimeContext) -> None:
        self._section = section
        self._lines = lines
        self._context = context
        self._tables = TableFinder(lines)
        self._kinds = context.synonyms.kinds
        self._open: _Open | None = None
        self._entries: list[Entry] = []
        self._unread: list[Unread] = []
        self._zone_reported = False
        self.findings: list[Finding] = []
        self._named = self._named_zone(section_zone(section, lines, context))
        self._zone = self._named or (None if self._zone_reported else context.default_zone)
        named = search_day(section.heading)  # "Timeline - March 14"
        day = named.resolve(context.default_day) if named else None
        self._days = DayTracker(day or context.default_day, self.findings, lines)

    def read(self) -> Timeline:
        index = 0
        while index < len(self._lines):
            # A table inside a bullet belongs to the bullet.
            in_item = self._open and self._lines[index].indent > self._open.indent
            table = None if in_item else self._tables.at(index)
            if table is not None:
                self._close()
                self._table(table)
                index = table.end
            else:
                self._line(self._lines[index], index)
                index += 1
        self._close()
        if other := [entry for entry in self._entries if entry.form is not Form.BULLET]:
            self.findings.append(no_bullet(other[0]))
        read = tuple(self._entries), tuple(self._unread)
        return Timeline(*read, self._section.position, self._named)

    def _line(self, line: Line, index: int) -> None:
        if not line.is_prose or line.is_blank:
            if not (line.is_comment and self._is_below_item(line)):
                self._continue(line)
            return
        if heading := match_heading(line.text):
            self._heading(line, heading.text, index)
            return
        if is_rule(line.text):
            return
        if (item := match_item(line.text)) is not None:
            self._item(line, item, index)
        else:
            self._paragraph(line, index)

    def _heading(self, line: Line, text: str, index: int) -> None:
        self._close()
        prefix = read_prefix(text, self._kinds)
        if prefix and (prefix.time.clock or is_day_event(self._lines, index, prefix, self._kinds)):
            self._add(line, line.text.index(text), text, prefix, Form.HEADING)
        else:
            self._days.set_from(text)

    def _item(self, line: Line, item: re.Match[str], index: int) -> None:
        text = item["text"]
        prefix = read_prefix(text, self._kinds, military=bool(_MILITARY.match(text)))
        above = self._open
        if above and line.indent > above.indent and above.entry.form is not Form.PARAGRAPH:
            if prefix and prefix.time.clock:
                self.findings.append(nested(Position(line.number, line.margin + 1), above.entry))
            self._continue(line)
            return
        if prefix and is_item_event(self._lines, index, prefix, text):
            form = Form.BULLET if item["bullet"] else Form.NUMBERED
            self._run_of_events(line, item.end("marker"), text, prefix, form)
        elif self._days.set_from(text):
            self._close()
        elif len(text) < _LONGEST_ZONE_LINE and find_zone(text):
            return
        elif self._open and self._open.entry.form in (Form.HEADING, Form.PARAGRAPH):
            self._continue(line)
        else:
            self._close()
            self._report_unread(line, text)

    def _paragraph(self, line: Line, index: int) -> None:
        quoted = QUOTE.match(line.text)
        start = quoted.end() if quoted else len(line.text) - len(line.text.lstrip())
        text = line.text[start:]
        if self._open and self._open.entry.form in _LISTED and line.indent > 1:
            self._continue(line)
            return
        prefix = read_prefix(text, self._kinds)
        is_first = prefix and not prefix.label_first
        if prefix and is_first and (prefix.time.clock or is_dated_event(prefix, text)):
            self._run_of_events(line, start, text, prefix, Form.PARAGRAPH)
        elif prefix and not is_first and prefix.kind is not Kind.ACTION:
            self._close()
            self._add(line, start, text, prefix, Form.PARAGRAPH)
        elif self._days.set_from(text) or (
            self._is_below_item(line) and self._lines[index - 1].is_blank
        ):
            self._close()
        else:
            self._continue(line)

    def _ends_item(self, line: Line, index: int) -> bool:
        return self._lines[index - 1].is_blank and self._is_below_item(line)

    def _is_below_item(self, line: Line) -> bool:
        """Whether a line is not indented below an open item, whose part it is only if it wraps."""
        own = self._open
        return bool(own and own.entry.form in _LISTED and line.indent <= own.indent)

    def _run_of_events(
        self, line: Line, start: int, text: str, prefix: EntryPrefix, form: Form
    ) -> None:
        """A line, or several events in one."""
        in_bullet = form is not Form.PARAGRAPH
        pieces = split_events(text, prefix.length, self._kinds, in_bullet=in_bullet)
        own = text[: pieces[0][0]].rstrip(" -*") if pieces else text
        self._close()
        self._add(line, start, own, prefix, form)
        self._add_run(line, start, pieces)

    def _add_run(self, line: Line, start: int, pieces: Sequence[Piece]) -> None:
        for begin, prefix, piece in pieces:
            form = self._open.entry.form if self._open else Form.PARAGRAPH
            self._close()
            self._add(line, start + begin, piece, prefix, form)
            if self._open:
                self._open.in_run = True

    def _continue(self, line: Line) -> None:
        if self._open is None:
            return
        wraps = self._open.in_run and line.is_prose
        pieces = split_events(line.text, 0, self._kinds) if wraps else []
        own = line.text[: pieces[0][0]].rstrip() if pieces else line.text
        self._open.more.append(own)
        if not line.is_blank:
            self._open.last = line.number
        self._add_run(line, 0, pieces)

    def _table(self, table: EventTable) -> None:
        written = find_column_zone(table.header)
        position = Position(self._lines[table.start].number)
        found = read_named_zone(written, position, self._context) if written else (None, None)
        self._named = self._named_zone(found) or self._named
        self._zone = None if found[1] else self._named or self._zone
        for row in table.rows:
            self._table_row(row)

    def _table_row(self, row: Row) -> None:
        written = row.time.lstrip("[(")
        expression = match_time(written, military=not _YEAR.match(written))
        if expression is None or (expression.clock is None and expression.day is None):
            self._report_unread(row.line, row.line.text)
            return
        kind, label, text = row_text(row, self._kinds)
        doubt = written[expression.end :].strip(" ,;()[]*_")
        text = f"({doubt}) {text}" if re.search(r"\w", doubt) else text
        line = row.line
        position = Position(line.number, line.margin + 1)
        moment = self._moment(expression, written, position)
        entry = Entry(moment, kind, text, position, line.number, Form.TABLE, label, line.text)
        self._entries.append(entry)

    def _add(self, line: Line, start: int, text: str, prefix: EntryPrefix, form: Form) -> None:
        position = Position(line.number, start + prefix.time.start + 1)
        moment = self._moment(prefix.time, text, position)
        entry = Entry(
            moment,
            prefix.kind,
            prefix.carried_markup + text[prefix.length :],
            position,
            line.number,
            form,
            prefix.label,
            line.text,
            text[: prefix.length],
            prefix.carried_markup,
            start,
            is_below_day=self._days.take_named(),
        )
        self._open = _Open(entry, line.indent, [], line.number)

    def _close(self) -> None:
        if self._open is None:
            return
        entry, more = self._open.entry, self._open.more
        if more or entry.kind is Kind.MISLEADING or entry.text[-1:].isspace() or "\n" in entry.text:
            text = "\n".join([entry.text.rstrip(), *dedent(more)]).rstrip()
            cost = find_cost(text) if entry.kind is Kind.MISLEADING else None
            last = self._open.last
            entry = replace(entry, text=text.strip("\n"), end_line=last, stated_cost=cost)
        self._entries.append(entry)
        self._open = None

    def _moment(self, expression: TimeExpression, text: str, position: Position) -> Moment:
        day = self._days.day_of(expression, position)
        if expression.error and not (expression.day and expression.day.swaps and day):
            self.findings.append(unreadable_time(expression.error, position, "timeline"))
        expression = decide_offset(expression, self._zone, day)
        zone = self._entry_zone(expression, position)
        day = self._days.day_in_zone(day, expression, zone)
        moment = to_moment(expression, text, position, day, zone)
        self.findings += clock_findings(moment, "timeline")
        if moment.clock and zone is None and not self._zone_reported:
            self._zone_reported = True
            self.findings.append(no_zone(moment))
        self._days.take(moment)
        return moment

    def _entry_zone(self, expression: TimeExpression, position: Position) -> Zone | None:
        if expression.zone is None:
            return self._zone
        zone = self._named_zone(read_named_zone(expression.zone, position, self._context))
        if not self._zone_reported:  # "14:00 UTC" on the first entry only means all of them
            self._zone = self._zone or zone
        return zone

    def _named_zone(self, found: tuple[Zone | None, Finding | None]) -> Zone | None:
        """The zone that a heading, a sentence, a header or an entry names; else a finding."""
        zone, finding = found
        if finding:
            self._zone_reported = True
            self.findings.append(finding)
        return zone

    def _report_unread(self, line: Line, text: str) -> None:
        position = Position(line.number, line.margin + 1)
        self._unread.append(Unread(position, text.strip(), "it does not begin with a time"))
        self.findings.append(no_entry(position))
