"""The plot of downtime by quarter counts the outages that it draws."""

from __future__ import annotations

from datetime import date

from catalog.test_availability import outage

from mkdocs_postmortem.catalog.figures import availability
from mkdocs_postmortem.rendering.messages import load_messages
from mkdocs_postmortem.rendering.plots import quarter_plot

TODAY = date(2026, 11, 25)


def test_n_is_what_is_drawn_and_earlier_ones_are_counted_next_to_it() -> None:
    found = availability(
        [
            outage("2023-05-01T10:00", "2023-05-01T11:00", "a"),
            outage("2024-12-31T23:00", "2025-01-01T01:00", "a"),  # reaches into the first quarter
            outage("2026-11-01T10:00", "2026-11-01T11:00", "b"),
        ],
        TODAY,
    )
    plot = quarter_plot(found, load_messages("en"), is_whole=True)

    assert plot is not None
    assert (plot["n"], plot["earlier"]) == (2, 1)


def test_outages_of_services_that_are_not_drawn_are_not_in_n() -> None:
    found = availability(
        [outage("2026-11-01T10:00", f"2026-11-01T{11 + n}:00", f"s{n:02}") for n in range(12)],
        TODAY,
    )
    plot = quarter_plot(found, load_messages("en"), is_whole=True)

    assert plot is not None
    assert (plot["n"], plot["undrawn"], plot["earlier"]) == (10, 2, 0)
