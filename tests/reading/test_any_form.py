"""Whitespace, emphasis, case, and the kind of line change nothing in what a rule reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.reading.head_values import names_in, severity_in
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.stated import (
    find_stated_durations,
    find_users,
    read_length,
    read_users,
)
from mkdocs_postmortem.reading.tasks import read_tasks
from mkdocs_postmortem.reading.zones import find_heading_zone, find_zone, resolve_zone

HEADINGS = {
    "Timeline": SectionKey.TIMELINE,
    "Timeline of events": SectionKey.TIMELINE,
    "Root cause": SectionKey.ROOT_CAUSE,
    "What caused it": SectionKey.ROOT_CAUSE,
    "Lessons learned": SectionKey.LESSONS,
    "Impact": SectionKey.IMPACT,
    "Ursache": SectionKey.ROOT_CAUSE,
    "Auswirkungen": SectionKey.IMPACT,
    "根本原因": SectionKey.ROOT_CAUSE,
    "影響": SectionKey.IMPACT,
}
FRAMES = [
    "## {}",
    "# {}",
    "#### {} ####",
    "## {}:",
    "## **{}**",
    "##   {}  ",
    "## 3. {}",
    "## \N{ALARM CLOCK}\N{VARIATION SELECTOR-16} {}",
    "## {} \N{FIRE}",
    "**{}**",
    "**{}:**",
    "{}\n----",
]
CASES = [str, str.upper, str.lower, str.title]


def keys(text: str) -> set[SectionKey]:
    lines = number_lines(text.split("\n"))
    return {key for item in read_sections(lines, Synonyms()) for key in item.keys}


@pytest.mark.parametrize("name", sorted(HEADINGS))
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("change", CASES)
def test_a_heading_is_found_in_any_frame(
    name: str, frame: str, change: Callable[[str], str]
) -> None:
    text = f"# Down\n\nIt was down.\n\n{frame.format(change(name))}\n\nSome text.\n"

    assert HEADINGS[name] in keys(text)


@pytest.mark.parametrize(
    "name", ["Timeline - Nov 4", "Issue Timeline – UTC", "Timeline (PST)", "Timeline, CET"]
)
@pytest.mark.parametrize("change", CASES)
def test_a_tail_after_a_heading_says_nothing(name: str, change: Callable[[str], str]) -> None:
    assert keys(f"# Down\n\n## {change(name)}\n\n- 09:12 It begins.\n") == {SectionKey.TIMELINE}


@pytest.mark.parametrize(
    "name", ["Corrective measures", "Action items", "Prevention", "Follow-up", "Next steps"]
)
@pytest.mark.parametrize(
    "form", ["- [ ] {}", "* [ ] {}", "1. [ ] {}", "- [ ]  **{}**", "-   [x] {}"]
)
def test_boxes_below_any_corrective_heading_are_tasks(name: str, form: str) -> None:
    text = f"# Down\n\n## {name}\n\n{form.format('Enlarge it')}\n{form.format('Alert on it')}\n"
    lines = number_lines(text.split("\n"))
    tasks, _ = read_tasks(read_sections(lines, Synonyms()), lines)

    assert len(tasks) == 2


@pytest.mark.parametrize("name", ["P2", "SEV 2", "sev-2", "Major"])
@pytest.mark.parametrize(
    "form", ["{}", "{} (since users waited)", "{}. It hurt.", "{}, later P3", "{}; no data"]
)
def test_a_severity_ends_where_its_explanation_begins(name: str, form: str) -> None:
    assert severity_in(form.format(name)) == name


@pytest.mark.parametrize(
    "form", ["{}, {}", "{} and {}", "{}; {}", "{} / {}", "`{}`、`{}`", " {} ,{} "]
)
def test_names_of_a_list(form: str) -> None:
    assert names_in(form.format("checkout", "payments api")) == ["checkout", "payments api"]


ZONES = ["UTC", "CET", "EAT", "jst", "West Africa Time", "west africa time", "UTC+5:30"]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    "form",
    [
        "All times are {}.",
        "_All times in {}_",
        "**All times: {}**",
        "(all times {})",
        "> Times are in {}.",
        "timezone:   {}",
    ],
)
def test_a_zone_is_found_in_any_sentence_on_times(name: str, form: str) -> None:
    written = find_zone(form.format(name))

    assert written is not None
    zone = resolve_zone(written)
    assert zone == resolve_zone(name)


@pytest.mark.parametrize("form", ["Time ({})", "Time in {}", "Timeline – {}", "Timeline, {}"])
@pytest.mark.parametrize("name", ["UTC", "CET", "PST", "UTC-3"])
def test_a_header_names_the_zone(form: str, name: str) -> None:
    assert find_heading_zone(form.format(name)) == name


LENGTHS = {
    "47 minutes": 47,
    "an hour": 60,
    "six hours": 360,
    "1h 30m": 90,
    "1.5 hours": 90,
    "half an hour": 30,
    "5 days": 7200,
    "2 Stunden": 120,
    "2 heures": 120,
    "3 horas": 180,
    "約1時間": 60,
    "2小时": 120,
    "7h40m": 460,
}


@pytest.mark.parametrize("written", sorted(LENGTHS))
@pytest.mark.parametrize(
    "form", ["{}", "  {}", "~{}", "about {}", "almost {}", "**{}**", "{}.", "({})"]
)
def test_a_length_is_read_in_any_form(written: str, form: str) -> None:
    found = read_length(form.format(written))

    assert found is not None
    assert found[0] == timedelta(minutes=LENGTHS[written])


@pytest.mark.parametrize("written", sorted(LENGTHS))
@pytest.mark.parametrize(
    "form",
    [
        "Duration: {}",
        "**Duration:** {}",
        "- Duration: {}",
        "| Duration | {} |",
        "DURATION: {}",
        "* **Total duration**: {}",
        "The outage lasted {}.",
        "The incident lasted almost {}.",
    ],
)
def test_a_stated_duration_is_read_in_any_form(written: str, form: str) -> None:
    lines = number_lines([form.format(written)])

    assert [item.length for item in find_stated_durations(lines)] == [
        timedelta(minutes=LENGTHS[written])
    ]


@pytest.mark.parametrize(
    "written", ["35% of users", "35 % of users", "35 percent of users", "35％ of users"]
)
@pytest.mark.parametrize(
    "form", ["{}", "About {} saw it.", "**{}** saw it", "It hit  {} .", "- {}", "({})"]
)
def test_a_share_of_users_is_read_in_any_form(written: str, form: str) -> None:
    users = find_users(form.format(written))

    assert users is not None
    assert users.percent == 35


@pytest.mark.parametrize("count", ["1,200", "1 200", "1200"])
@pytest.mark.parametrize("about", ["", "about ", "~", "Roughly "])
@pytest.mark.parametrize(
    "form",
    [
        "{} customers were affected.",
        "- {} of our paying customers could not pay",
        "The outage affected {} customers.",
        "**Impact:** {} customers saw errors",
    ],
)
def test_a_count_of_users_is_read_in_any_form(count: str, about: str, form: str) -> None:
    users = find_users(form.format(about + count))

    assert users is not None
    assert (users.count, users.percent, users.estimated) == (1200, None, bool(about))


def test_a_share_in_numbers_is_read() -> None:
    users = find_users("180 of our 4,200 users were affected.")

    assert users is not None
    assert (users.count, users.total, users.percent) == (180, 4200, 4.3)


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 users were unable to log in.",
        "Error 500 users saw was new.",
        "At 10:42 users saw errors.",
        "v2.3 clients were affected.",
        "We lost 4 nodes; users were affected.",
        "We have 4,200 users.",
    ],
)
def test_other_numbers_count_no_users(text: str) -> None:
    assert find_users(text) is None


@pytest.mark.parametrize(
    "written", ["1.2", "12,5", "1.200 of 4.200", "about 1.2 million users", "3 million", "2k users"]
)
def test_a_part_of_a_number_counts_no_users(written: str) -> None:
    assert read_users(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "All user workloads failed.",
        "All requests failed.",
        "The disk went from 100 % to 81 %.",
        "CPU was at 95 %.",
    ],
)
def test_other_shares_are_not_of_users(text: str) -> None:
    users = find_users(text)

    assert users is None or users.percent is None


@pytest.mark.parametrize("name", ["How did we detect it?", "Insights", "Measures to prevent it"])
@pytest.mark.parametrize("frame", [frame for frame in FRAMES if frame.startswith("#")])
@pytest.mark.parametrize("change", CASES)
def test_a_real_heading_is_found_by_its_stems(
    name: str, frame: str, change: Callable[[str], str]
) -> None:
    assert keys(f"# Down\n\nIt was down.\n\n{frame.format(change(name))}\n\nSome text.\n")
