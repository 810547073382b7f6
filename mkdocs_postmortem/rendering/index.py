"""Records → the table of outages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs_postmortem.catalog import totals
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import plain_text
from mkdocs_postmortem.rendering.environment import fill
from mkdocs_postmortem.rendering.links import relative
from mkdocs_postmortem.rendering.summary import plain_value
from mkdocs_postmortem.rendering.view import SiteView
from mkdocs_postmortem.rendering.wording import day_words, length_words

_LONGEST = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One outage as a row; ``custom`` are the cells of the company's columns."""

    record: Postmortem
    href: str
    day: str
    day_iso: str
    duration: str
    users: str
    root_cause: str
    severity_rank: int
    overdue: int
    custom: tuple[str, ...]


def render_index(
    site: SiteView, source: str, options: Mapping[str, Any], custom_dirs: tuple[Any, ...] = ()
) -> str:
    """The table of the outages that fit the options, on the page ``source``."""
    records = select(site.catalog.records, options)
    columns = tuple(field for field in site.fields if field.in_index)
    sums = totals(records, site.today)
    return fill(
        "index.html",
        custom_dirs,
        rows=[_row(record, site, source) for record in records],
        columns=columns,
        totals=sums,
        total_duration=length_words(sums.duration, site.language),
        is_whole=not options,
    )


def select(records: Iterable[Postmortem], options: Mapping[str, Any]) -> tuple[Postmortem, ...]:
    """The records that fit a directive's options, in their order."""
    found = [record for record in records if _fits(record, options)]
    return tuple(found[: options.get("limit", len(found))])


def _fits(record: Postmortem, options: Mapping[str, Any]) -> bool:
    values = {
        "service": record.services,
        "severity": (record.severity,),
        "status": (record.status.value if record.status else None,),
        "year": (str(record.day.year) if record.day else None,),
    }
    return all(
        set(_wanted(options[name])) & {str(value).lower() for value in have if value is not None}
        for name, have in values.items()
        if name in options
    )


def _wanted(option: Any) -> list[str]:
    items = option if isinstance(option, list) else [option]
    return [str(item).lower() for item in items]


def _row(record: Postmortem, site: SiteView, source: str) -> Row:
    users = record.users_affected
    return Row(
        record=record,
        href=relative(record.path, source),
        day=day_words(record.day, site.language) if record.day else "",
        day_iso=record.day.isoformat() if record.day else "",
        duration=length_words(record.duration, site.language) if record.duration else "",
        users=_share(users.percent, users.written) if users else "",
        root_cause=_short(plain_text(record.root_cause)),
        severity_rank=site.severity_rank(record.severity),
        overdue=sum(task.is_overdue(site.today) for task in record.tasks),
        custom=tuple(
            plain_value(record.custom.get(field.name)) for field in site.fields if field.in_index
        ),
    )


def _share(percent: float | None, written: str) -> str:
    return written if percent is None else f"{percent:g}%"


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
