"""Everything that a site publishes for machines, by file name, with its badges.

A badge is a small picture for a README or a wiki. It cannot count the days since an outage on the
day that somebody looks at it, so it names the day of the outage instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from mkdocs_postmortem.catalog.cache import Cache
from mkdocs_postmortem.checking.unsafe_text import without_hidden
from mkdocs_postmortem.model.address import Addresses, unique_slugs
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.publishing.dataset import as_dataset, published_record, record_text
from mkdocs_postmortem.publishing.feeds import as_atom, as_calendar, as_json_feed
from mkdocs_postmortem.publishing.tables import (
    TASK_COLUMNS,
    csv_lines,
    record_columns,
    record_row,
    task_row,
)

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

# What a page calls the files that it links to.
DATA_NAMES = {
    "postmortems.json": "JSON",
    "postmortems.csv": "CSV",
    "feed.atom": "Atom",
    "feed.json": "JSON Feed",
    "tasks.ics": "iCalendar",
}
_HEIGHT = 20
_PADDING = 8
# The width of a letter in the 11 px type of the badge; wide scripts take twice as much.
_LETTER = 6.6
_GREY, _RED, _GREEN = "#555", "#b3261e", "#1d6f3c"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published and under which address; ``site_url`` ends in ``/`` or is empty.

    ``folder`` is where the files will lie below it, with ``/`` at its end; ``cache`` knows
    the previous build.
    """

    records: Sequence[Postmortem]
    today: date
    addresses: Addresses
    severities: Sequence[str]
    site_name: str
    site_url: str
    folder: str
    messages: Messages
    audience: Audience = Audience.PUBLIC
    cache: Cache = field(default_factory=Cache)


def bundle(publication: Publication, wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files of the wanted kinds (``json``, ``records``, ``csv``, ``feeds``, ``calendar``,
    ``badges``) as (name, text). Feeds need a ``site_url``.
    """
    records, today = publication.records, publication.today
    texts, rows = _forms(publication, wanted)
    if "json" in wanted:
        text = as_dataset(records, today, publication.addresses, texts, publication.audience)
        yield "postmortems.json", text
    if "records" in wanted:
        yield from _records(publication, texts)
    if "csv" in wanted:
        yield "postmortems.csv", csv_lines([record_columns(records)]) + "".join(rows)
        tasks = [
            publication.cache.get_or_build(
                ("tasks.csv", record.path, record.version, today),
                partial(_task_lines, record, today),
                once=True,
            )
            for record in records
        ]
        yield "tasks.csv", csv_lines([TASK_COLUMNS]) + "".join(tasks)
    if "feeds" in wanted and publication.site_url:
        yield from _feeds(publication)
    if "calendar" in wanted:
        yield "tasks.ics", as_calendar(records, publication.messages, publication.cache)
    if "badges" in wanted:
        drawn = badges(records, publication.severities, today, publication.messages)
        names = unique_slugs(drawn, "badge")
        yield from ((f"badges/{names[name]}.svg", text) for name, text in drawn.items())


def _forms(publication: Publication, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each record as JSON and as a line of CSV, as far as they are wanted, of the same data."""
    has_text, has_row = bool({"json", "records"} & {*wanted}), "csv" in wanted
    if not has_text and not has_row:
        return [], []
    forms = [_form(record, publication, (has_text, has_row)) for record in publication.records]
    return [text for text, _ in forms], [row for _, row in forms]


def _form(
    record: Postmortem, publication: Publication, wanted: tuple[bool, bool]
) -> tuple[str, str]:
    address = publication.addresses(record.path)

    def make() -> tuple[str, str]:
        data = published_record(record, lambda _: address)
        text = record_text(data) if wanted[0] else ""
        return text, csv_lines([record_row(record)]) if wanted[1] else ""

    key = ("data", record.path, record.version, address, *wanted)
    return publication.cache.get_or_build(key, make, once=True)


def _task_lines(record: Postmortem, today: date) -> str:
    return csv_lines(task_row(record, task, today) for task in record.tasks)


def _records(publication: Publication, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    names = unique_slugs((record.id for record in publication.records), "record")
    done: set[str] = set()
    for record, text in zip(publication.records, texts, strict=True):
        if record.id not in done:  # two pages with one id are an error of its own
            done.add(record.id)
            yield f"records/{names[record.id]}.json", text


def _feeds(publication: Publication) -> Iterator[tuple[str, str]]:
    about = (publication.records, publication.addresses, publication.site_url)
    base = publication.site_url + publication.folder
    about_site = (publication.site_name, publication.messages)
    yield "feed.json", as_json_feed(*about, f"{base}feed.json", *about_site)
    yield "feed.atom", as_atom(*about, f"{base}feed.atom", *about_site)


def badges(
    records: Iterable[Postmortem],
    severities: Sequence[str],
    today: date,
    messages: Messages,
) -> dict[str, str]:
    """By name: ``last-SEV1`` for each severity, and ``overdue-tasks``."""
    records = tuple(records)
    made = {}
    for severity in severities:
        days = [record.day for record in records if record.severity == severity and record.day]
        text = max(days).isoformat() if days else messages.t["none_yet"]
        label = messages.text("last_of", severity=severity)
        made[f"last-{severity}"] = draw(label, text, _GREY if days else _GREEN)
    overdue = sum(task.is_overdue(today) for record in records for task in record.tasks)
    text = messages.count("overdue_on", overdue, day=today.isoformat())
    made["overdue-tasks"] = draw(messages.t["badge_tasks"], text, _RED if overdue else _GREEN)
    return made


def draw(label: str, text: str, colour: str) -> str:
    """An SVG with a label on grey and a text on ``colour``."""
    label = without_hidden(label)
    left, right = _width(label), _width(text)
    name = escape(f"{label}: {text}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" '
        f'role="img" aria-label="{name}"><title>{escape(label)}: {escape(text)}</title>'
        f'<rect width="{left}" height="{_HEIGHT}" fill="#333"/>'
        f'<rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        'text-anchor="middle">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(text)}</text></g></svg>\n'
    )


def _width(text: str) -> int:
    letters = sum(1 if character.isascii() else 2 for character in text)
    return round(letters * _LETTER) + 2 * _PADDING
