"""Headings in every shape, and what they are about."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.reading.sections import read_sections, section_keys
from mkdocs_postmortem.reading.source import number_lines


def found(text: str, synonyms: Synonyms | None = None) -> list[str]:
    sections = read_sections(number_lines(text.split("\n")), synonyms or Synonyms())
    return [key.value for section in sections for key in section.keys]


@pytest.mark.parametrize(
    "heading",
    [
        "## Timeline",
        "##Timeline",
        "#### TIMELINE ####",
        "## 3. Timeline",
        "## 📅 Timeline",
        "## :calendar: Timeline:",
        "## **Timeline**",
        "## Timeline (all times in UTC)",
        "Timeline\n--------",
        "<h3>Timeline</h3>",
        "**Timeline**",
        "**Timeline:**",
        "**Timeline:**<br>",
        "Timeline:",
        "Timeline",
        "## Zeitleiste",
        "## タイムライン",
        "## Chronology",
    ],
)
def test_a_timeline_is_found_under_every_heading(heading: str) -> None:
    assert found(f"{heading}\n\n- 09:12 We look.\n") == ["timeline"]


def test_one_heading_may_fill_two_sections() -> None:
    assert section_keys("Root cause and resolution") == (
        SectionKey.ROOT_CAUSE,
        SectionKey.RESOLUTION,
    )


def test_a_section_holds_its_sub_sections() -> None:
    lines = number_lines("## Root cause\na\n### Detail\nb\n## Resolution\nc".split("\n"))

    first, second = read_sections(lines, Synonyms())

    assert (first.start, first.end, first.text) == (1, 4, "a\n### Detail\nb")
    assert (second.start, second.end, second.text) == (5, 6, "c")


def test_a_heading_in_code_is_not_a_heading() -> None:
    assert found("```\n## Timeline\n```\n<!--\n## Resolution\n-->") == []


def test_a_team_s_own_heading_is_known() -> None:
    own = Synonyms(sections={"how it went": SectionKey.TIMELINE})

    assert found("## How it went\n", own) == ["timeline"]


def test_a_sentence_is_not_a_heading() -> None:
    assert found("The timeline is below.\nWe saw the impact: none.\n") == []


def test_a_day_as_high_as_the_timeline_does_not_end_it() -> None:
    lines = number_lines("## Timeline\n## 2026-03-14\n- 09:12 x\n## Lessons\n".split("\n"))

    timeline, _ = read_sections(lines, Synonyms())

    assert timeline.end == 3


@pytest.mark.parametrize("heading", ["📝 Tasks:", "- A list of tasks to address the issue:"])
def test_tasks_are_found_after_an_emoji_or_an_article(heading: str) -> None:
    assert found(f"{heading}\n\n- Check\n") == ["tasks"]


def test_a_to_do_with_its_text_is_not_a_heading() -> None:
    assert found("Corrective measures:\n\nTODO: call them\n") == ["corrective"]


def test_a_line_that_says_conclusion_ends_a_section_without_a_real_heading() -> None:
    lines = number_lines("Action items:\nCheck\n\nConclusion\nAll is well.".split("\n"))

    (tasks,) = read_sections(lines, Synonyms())

    assert tasks.end == 3


def test_a_label_in_a_bullet_ends_with_its_bullet() -> None:
    lines = number_lines("- **Tasks**: Check\n  twice.\n\nSome prose.".split("\n"))

    (tasks,) = read_sections(lines, Synonyms())

    assert (tasks.end, tasks.text) == (3, "Check\n  twice.\n")


def test_a_label_alone_in_a_bullet_speaks_of_what_follows() -> None:
    lines = number_lines("- Tasks:\n- Check\n- Test\n\nSome prose.".split("\n"))

    (tasks,) = read_sections(lines, Synonyms())

    assert tasks.end == 4


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Issue Timeline - UTC", "timeline"),
        ("Timeline – Nov 4", "timeline"),
        ("\u2699\ufe0f Timeline", "timeline"),
        ("🔍 Why Did It Fail?", "root_cause"),
        ("What caused the outage", "root_cause"),
        ("5 whys", "root_cause"),
        ("🕵️ How Did We Detect It?", "detection"),
        ("🛠 How Did We Fix It?", "resolution"),
        ("Steps to resolution", "resolution"),
        ("Preventing this next time", "corrective"),
        ("Insights", "lessons"),
        ("Working theory (root cause)", "root_cause"),
        ("Wie wir die Ursache fanden", "root_cause"),
        ("今回の障害の原因について", "root_cause"),
    ],
)
@pytest.mark.parametrize("mark", ["{}", "**{}**", "{}:", "2. {}"])
def test_a_heading_without_an_exact_name_is_read_by_its_stem(
    heading: str, key: str, mark: str
) -> None:
    assert found(f"# The shop was slow\n\n## {mark.format(heading)}\n\ntext\n") == [key]


def test_stems_give_way_to_names_and_to_the_sections_around_them() -> None:
    text = "# Fixing the timeline\n\n## Root cause\n\n### Detecting it\n\n## The cause of causes"

    assert found(text) == ["root_cause"]


def test_a_list_of_boxes_below_improvements_is_tasks() -> None:
    assert found("## Improvements\n\n- [ ] Alert on it\n") == ["tasks"]


BOLD = ["**{}**", "__{}__", "**{}:**", "**{}**:", "**{}**<br>", "***{}***"]


@pytest.mark.parametrize("frame", BOLD)
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("How we found the underlying cause", SectionKey.ROOT_CAUSE),
        ("What we learned from this", SectionKey.LESSONS),
        ("Preventing it in the future", SectionKey.CORRECTIVE),
        ("Wie es behoben wurde", SectionKey.RESOLUTION),
    ],
)
def test_a_bold_line_of_its_own_is_found_by_its_stems(
    frame: str, name: str, key: SectionKey
) -> None:
    text = f"# Down\n\nIt was down.\n\n{frame.format(name)}\n\nSome text.\n"

    assert found(text) == [key.value]


@pytest.mark.parametrize(
    "text",
    [
        "# Down\n\n## Timeline\n\n**Fix applied on two nodes**\n\n- 09:12 It broke.\n",
        "# Down\n\nSome text.\n**Fix applied on two nodes**\nMore text.\n",
    ],
)
def test_a_bold_line_inside_is_none(text: str) -> None:
    assert "resolution" not in found(text)
