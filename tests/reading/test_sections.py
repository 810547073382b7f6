"""Headings in every shape, and what they are about."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.model.section import SectionKey
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


def test_a_heading_in_code_is_no_heading() -> None:
    assert found("```\n## Timeline\n```\n<!--\n## Resolution\n-->") == []


def test_a_team_s_own_heading_is_known() -> None:
    own = Synonyms(sections={"how it went": SectionKey.TIMELINE})

    assert found("## How it went\n", own) == ["timeline"]


def test_a_sentence_is_no_heading() -> None:
    assert found("The timeline is below.\nWe saw the impact: none.\n") == []


def test_a_day_as_high_as_the_timeline_does_not_end_it() -> None:
    lines = number_lines("## Timeline\n## 2026-03-14\n- 09:12 x\n## Lessons\n".split("\n"))

    timeline, _ = read_sections(lines, Synonyms())

    assert timeline.end == 3
