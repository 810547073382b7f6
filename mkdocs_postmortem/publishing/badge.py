"""Badges: small pictures for a README or a wiki.

A picture cannot count the days since an outage on the day that somebody looks at it, so it names
the day of the outage instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mkdocs_postmortem.checking import without_hidden
from mkdocs_postmortem.model.record import Postmortem

if TYPE_CHECKING:  # it would load babel at the start of every command
    from mkdocs_postmortem.rendering.messages import Messages

_HEIGHT = 20
_PADDING = 8
# The width of a letter in the 11 px type of the badge; wide scripts take twice as much.
_LETTER = 6.6
_GREY, _RED, _GREEN = "#555", "#b3261e", "#1d6f3c"


def badges(
    records: Iterable[Postmortem],
    severities: Sequence[str],
    today: date,
    words: Messages,
) -> dict[str, str]:
    """By name: ``last-SEV1`` for each severity, and ``overdue-tasks``."""
    records = tuple(records)
    made = {}
    for severity in severities:
        days = [record.day for record in records if record.severity == severity and record.day]
        text = max(days).isoformat() if days else words.t["none_yet"]
        label = words.text("last_of", severity=severity)
        made[f"last-{severity}"] = draw(label, text, _GREY if days else _GREEN)
    overdue = sum(task.is_overdue(today) for record in records for task in record.tasks)
    text = words.count("overdue_on", overdue, day=today.isoformat())
    made["overdue-tasks"] = draw(words.t["badge_tasks"], text, _RED if overdue else _GREEN)
    return made


def draw(label: str, text: str, colour: str) -> str:
    """An SVG with a label on grey and a text on ``colour``."""
    label = without_hidden(label)
    left, right = _width(label), _width(text)
    name = quoteattr(f"{label}: {text}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}" '
        f'role="img" aria-label={name}><title>{escape(label)}: {escape(text)}</title>'
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
