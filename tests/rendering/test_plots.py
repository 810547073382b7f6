"""Figures and plots on pages: what is counted, what is missing, where marks stand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog.catalog import Catalog
from mkdocs_postmortem.catalog.repeats import repeats
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page
from mkdocs_postmortem.rendering.context import PageContext, SiteContext
from mkdocs_postmortem.rendering.stats import render_stats

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


def test_dots_are_on_a_logarithmic_scale(archive: Site) -> None:
    page = archive.build().main("stats/")

    positions = [float(position) for position in re.findall(r'<circle[^>]* cx="([\d.]+)%"', page)]
    assert len(positions) == 4
    # 5 min to 1 day: the ends of the scale are 6 % and 94 %, and 5 min is the first of them.
    assert min(positions) == 6.0
    assert sorted(positions) == pytest.approx([6.0, 40.8, 66.2, 85.6], abs=0.2)
    assert page.count('href="../postmortems/') >= 4


def test_what_is_not_known_is_counted_and_named(archive: Site) -> None:
    page = archive.build().main("stats/")

    assert "started → resolved, n = 4, 1 unknown" in page
    assert "median 2 hr 24 min" in page
    assert "Too few incidents to show a trend" in page


def test_columns_are_stacked_by_severity_and_repeated_as_a_table(archive: Site) -> None:
    archive.write("postmortems/9.md", PAGE.replace("PM-1", "PM-9").replace("2026-03", "2026-01"))
    page = archive.build().main("stats/")

    assert "Jan 2026 2, Feb 2026 1" in page
    heights = re.findall(r'<rect class="pm-mark pm-rank-\d"[^>]* height="([\d.]+)"', page)
    assert sorted(map(float, heights)) == [50.0] * 6
    assert re.search(r'<th scope="row">Jan 2026</th>\s*<td>1</td>\s*<td>1</td>', page)


def test_a_selection_without_outages_says_so(archive: Site) -> None:
    archive.write("stats.md", "# S\n\n<!-- postmortem:stats {service: nothing} -->\n")
    page = archive.build().main("stats/")

    assert "No incidents match" in page
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

    assert page.count("<circle") == 3 * count  # duration, time to detect, time to mitigate
    assert ("Too few incidents" in page) == (count == 1)
    months = page[: page.index("Detected by")]
    # The last 24 months end in May 2025; what is earlier is no part of n.
    assert ("n = 10, 20 earlier" if count == 30 else "n = 1<") in months
    bars = re.findall(r'<rect class="pm-mark pm-rank-\d" x="([\d.]+)%" width="([\d.]+)%"', months)
    labels = re.findall(r'<text class="pm-axis(?: pm-axis--\w+)*" x="([\d.]+)%"', months)
    assert len(labels) > 1
    middles = [float(begin) + float(width) / 2 for begin, width in bars]
    assert any(abs(float(at) - middle) < 0.02 for at in labels for middle in middles)


def test_outages_that_lack_something_are_named(archive: Site) -> None:
    page = archive.build().main("stats/")

    # The fifth has no end, and so no duration and no place in a quarter.
    for reason in ("1 unknown", "1 without an end"):
        named = re.search(rf"<summary>{reason}</summary>(.*?)</details>", page, re.DOTALL)
        assert named is not None, reason
        assert 'href="../postmortems/4/"' in named[1]


def test_what_took_no_time_is_at_the_low_end(site: Site) -> None:
    site.options["on_error"] = "warn"
    at_once = re.sub(r"- 09:19 .*\n", "", PAGE).replace(
        "detected: 2026-03-14 09:19", "detected: 2026-03-14 09:12"
    )
    site.write("postmortems/a.md", at_once)
    page = site.build().main("postmortems/")

    detect = page[page.index("started → detected") :]
    assert "n = 1" in detect[:200]
    assert "≤ 1 min" in detect
    assert 'cx="6.0%"' in detect


def test_a_median_says_no_seconds_that_nobody_stated(site: Site) -> None:
    site.options["on_error"] = "warn"
    site.write("postmortems/a.md", PAGE)
    site.write("postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("09:59", "10:00"))

    assert "median 48 min<" in site.build().main("postmortems/")  # of 47 and 48 minutes


def test_near_dots_are_in_different_rows(site: Site) -> None:
    site.options["on_error"] = "warn"
    for number in range(4):
        site.write(f"postmortems/{number}.md", PAGE.replace("PM-1", f"PM-{number}"))
    page = site.build().main("postmortems/")

    duration = page[page.index("started → resolved") : page.index("started → detected")]
    assert len(set(re.findall(r'cy="([\d.]+)"', duration))) == 4


def test_who_noticed_first_names_those_that_do_not_say(site: Site) -> None:
    site.options["on_error"] = "warn"
    site.write("postmortems/a.md", PAGE)
    site.write(
        "postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("  detected_by: monitor\n", "")
    )
    page = site.build().main("postmortems/")

    assert 'aria-label="Detected by: a monitor 1, not stated 1"' in page
    named = re.search(r"<summary>1 not stated</summary>(.*?)</details>", page, re.DOTALL)
    assert named is not None
    assert 'href="b/"' in named[1]


def test_tasks_go_up_when_promised_and_down_when_settled(site: Site) -> None:
    site.options["on_error"] = "warn"
    tasks = "- [x] One (@dana, done 2026-05-02)\n- [x] Two (@dana)\n- [ ] Three (@dana)"
    site.write(
        "postmortems/a.md",
        PAGE.replace("- [ ] Check the number (@dana, due 2026-04-01)", tasks),
    )
    page = site.build().main("postmortems/")

    assert "Mar 2026: 3 opened, 0 closed; May 2026: 0 opened, 1 closed" in page
    assert "<summary>1 with tasks closed on an unknown day</summary>" in page


def test_availability_is_said_only_of_whole_services(archive: Site) -> None:
    whole = archive.build().main("stats/")
    archive.write("stats.md", "# S\n\n<!-- postmortem:stats {severity: SEV2} -->\n")
    part = archive.build().main("stats/")

    assert ">Availability</th>" in whole
    assert ">Availability</th>" not in part
    # Four outages: 5 min in January is 99.996 % of that quarter, less the others in it.
    assert re.search(r"<td>Q1 2026</td>\s*<td>4 hr 52 min</td>\s*<td>99.774%</td>", whole)


def test_more_outages_than_dots_can_tell_are_counted_in_columns(site: Site) -> None:
    record = read_page("a.md", PAGE.encode(), Settings())
    assert record is not None
    assert record.record is not None
    many = [replace(record.record, path=f"{n}.md", id=str(n)) for n in range(501)]
    catalog = Catalog(many)
    context = SiteContext(catalog, date(2026, 11, 24), repeats(catalog, Settings()))
    page = render_stats(PageContext("index.md", context), {})

    assert "<circle" not in page
    assert len(re.findall(r"<title>[^<]*: 501</title>", page)) >= 3
    assert page.count('<th scope="row"><a') == 300
    assert "and 201 more" in page
    assert len(page) < 200_000


def test_a_figure_on_few_of_many_outages_says_so(site: Site) -> None:
    site.options["on_error"] = "warn"
    for number in range(12):
        text = PAGE.replace("PM-1", f"PM-{number}")
        if number:
            text = re.sub(r"- 09:51 .*\n", "", re.sub(r"  mitigated: .*\n", "", text))
        site.write(f"postmortems/{number}.md", text)
    page = site.build().main("postmortems/")

    assert page.count("Too few incidents to show a trend") == 1
    assert page.index("Too few incidents") > page.index("started → mitigated")


def test_pictures_hold_no_links_no_styles_and_no_scripts(archive: Site) -> None:
    page = archive.build().main("stats/")

    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) > 5
    assert not any("<a " in picture or " style=" in picture for picture in pictures)
    stats = page[page.index('class="pm-stats"') :]
    stats = stats[: stats.index("</section>")]
    assert "<script" not in stats
    assert " style=" not in stats
    drawn = stats.count("<figcaption") - stats.count("n = 0")
    assert stats.count('role="img" aria-label="') == drawn == 5
