"""``stats``: the figures of the archive in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import click

from mkdocs_postmortem.catalog.figures import FEW, Availability, Spread, figures
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.cli.site import Archive, archive_options, warn_unknown
from mkdocs_postmortem.model.lifecycle import length_text
from mkdocs_postmortem.model.record import Postmortem

# At most this many outages without a value are named.
_NAMED = 10


@click.command()
@click.option("--service", help="Only incidents of this service.")
@click.option("--year", type=int, help="Only incidents that began in this year.")
@archive_options
def stats(
    service: str | None,
    year: int | None,
    read: Callable[[], Archive],
) -> None:
    """Describe the incidents: how many, how long, who noticed. No trends are claimed."""
    archive = read()
    records = archive.site.catalog.records
    warn_unknown("service", service, (name for one in records for name in one.services))
    filters = {name: value for name, value in (("service", service), ("year", year)) if value}
    chosen = archive.site.catalog.select(filters)
    found = figures(chosen, archive.checker.today, archive.project.settings.measures)
    click.secho(f"{found.outages} incident{'s' if found.outages != 1 else ''}", bold=True)
    if not chosen:
        return
    _count("by severity", found.by_severity)
    _count("by year", found.by_year)
    _count("first noticed by", found.by_detection)
    for item in found.spreads:
        _echo(_spread(item))
    _downtime(found.availability)
    if 0 < found.outages < FEW:
        click.echo(
            "Too few incidents to generalize: the figures describe only what happened to "
            f"{'this one' if found.outages == 1 else f'these {found.outages}'}."
        )


def _echo(text: str) -> None:
    """Print a line with names that people typed: some paste a token in their place."""
    click.echo(printable(text))


def _downtime(found: Availability) -> None:
    """The time of outages by service; those that cannot be counted are named."""
    lengths = (f"{item.service} {length_text(item.downtime)}" for item in found.services)
    if found.services:
        _echo(f"{'downtime':18} {', '.join(lengths)}")
    reasons = (
        ("not over yet", found.unresolved),
        ("no start or no end", found.unknown),
        ("no service", found.without_service),
        ("not begun yet", found.future),
    )
    for reason, records in reasons:
        if records:
            _echo(f"{'':18} {len(records)} not counted, {reason}: {_ids(records)}")


def _ids(records: Sequence[Postmortem]) -> str:
    named = ", ".join(record.id for record in records[:_NAMED])
    rest = len(records) - _NAMED
    return f"{named} and {rest} more" if rest > 0 else named


def _count(name: str, counter: Counter[str]) -> None:
    parts = (f"{key} {count}" for key, count in sorted(counter.items()))
    _echo(f"{name:18} {', '.join(parts)}")


def _spread(item: Spread) -> str:
    name = item.metric.name.replace("_", " ")
    if item.median is None:
        return f"{name:18} unknown ({item.metric.ends})"
    text = f"{name:18} median {length_text(item.median)}"
    if item.lower is not None and item.upper is not None:
        text += f", half of them {length_text(item.lower)} to {length_text(item.upper)}"
    missing = f", {item.missing} unknown: {_ids(item.uncounted)}" if item.uncounted else ""
    return f"{text} ({item.metric.ends}, n = {item.n}{missing})"
