"""Figures and plots on pages: what is counted, what is missing, where marks stand."""

from __future__ import annotations

import re

import pytest
from drawn_site import PAGE, Site

LENGTHS = ("09:17", "09:59", "13:12", "23:12")


@pytest.fixture
def archive(site: Site) -> Site:
    """Four outages of 5 min, 47 min, 4 hr and 14 hr, and one whose end is not known."""
    site.options["on_error"] = "warn"
    for number, end in enumerate((*LENGTHS, "")):
        text = PAGE.replace("id: PM-1", f"id: PM-{number}").replace(
            "2026-03", f"2026-0{number + 1}"
        )
        text = re.sub(r"  (detected|mitigated): .*\n", "", text)
        text = re.sub(r"- 09:(19|33|51|59) .*\n", "", text)
        text = text.replace(" 09:59\n", f" {end}\n") if end else re.sub(r"  resolved.*\n", "", text)
        if number == 0:
            text = text.replace("SEV2", "SEV1")
        site.write(f"postmortems/{number}.md", text)
    site.write("stats.md", "# S\n\n<!-- postmortem:stats -->\n")
    return site


def test_dots_stand_on_a_logarithmic_scale(archive: Site) -> None:
    page = archive.build().main("stats/")

    places = [float(place) for place in re.findall(r'<circle[^>]* cx="([\d.]+)%"', page)]
    assert len(places) == 4
    # 5 min to 1 day: the ends of the scale are 3 % and 97 %, and 5 min is the first of them.
    assert min(places) == 3.0
    assert sorted(places) == pytest.approx([3.0, 40.2, 67.3, 88.1], abs=0.2)
    assert page.count('href="../postmortems/') >= 4


def test_what_is_not_known_is_counted_and_named(archive: Site) -> None:
    page = archive.build().main("stats/")

    assert "started → resolved, n = 4, 1 unknown" in page
    assert "median 2 hr 23 min" in page
    assert "So few outages describe what was" in page


def test_columns_are_stacked_by_severity_and_told_as_a_table(archive: Site) -> None:
    archive.write("postmortems/9.md", PAGE.replace("PM-1", "PM-9").replace("2026-03", "2026-01"))
    page = archive.build().main("stats/")

    assert "Jan 2026 2, Feb 2026 1" in page
    heights = re.findall(r'<rect class="pm-mark pm-rank-\d"[^>]* height="([\d.]+)"', page)
    assert sorted(map(float, heights)) == [50.0] * 6
    assert re.search(r'<th scope="row">Jan 2026</th>\s*<td>1</td>\s*<td>1</td>', page)


def test_a_selection_without_outages_says_so(archive: Site) -> None:
    archive.write("stats.md", "# S\n\n<!-- postmortem:stats {service: nothing} -->\n")
    page = archive.build().main("stats/")

    assert "No outage fits" in page
    assert "<circle" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_one_and_many(site: Site, count: int) -> None:
    site.options["on_error"] = "warn"
    for number in range(count):
        day = f"20{20 + number // 5}-0{number % 5 + 1}"
        site.write(
            f"postmortems/{number}.md", PAGE.replace("PM-1", f"PM-{number}").replace("2026-03", day)
        )
    page = site.build().main("postmortems/")

    assert page.count("<circle") == count
    assert ("So few outages" in page) == (count == 1)
    assert ("before that" in page) == (count == 30)
