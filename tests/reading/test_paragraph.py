"""What the box takes from a section: its first real paragraph."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.reading.markdown_text import first_paragraph

PROSE = "The pool was too small, and nobody saw it."

BEFORE = [
    "---",
    "***",
    "> Somebody said: the network.",
    "> A quotation\nthat goes on",
    "- a point\n  that wraps",
    "- a point\nthat wraps without an indent",
    "1. first\n\n   and more of it",
    "* a point\n\n  its own paragraph",
    "| Time | Event |\n|---|---|\n| 09:12 | It broke |",
    "Time | Event\n--- | ---\n09:12 | It broke",
    "![A plot of errors](errors.png)",
    "[![Badge](badge.svg)](https://status.example)",
    "[The incident channel](https://chat.example/1)",
    "https://status.example/incidents/1",
    "### Trigger",
    "Trigger\n-------",
    "**Trigger:**",
    "**Trigger**",
    "```\nTraceback\n\nmore\n```",
    "    indented code",
    "<!-- a remark\n\nof the template -->",
    '!!! note "Read this"\n    And its text.\n\n    And more.',
    "<div class='x'>",
    "[ref]: https://example.org",
    "These were the reasons:\n- one\n- two",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_what_is_no_paragraph_is_passed_over(before: str, gap: str) -> None:
    assert first_paragraph(before + gap + PROSE) == PROSE
    assert first_paragraph(before) == ""


@pytest.mark.parametrize("after", ["\n\nMore.", "\n- a list", "\n# Next", "\n```\ncode\n```"])
def test_a_paragraph_ends_where_another_block_begins(after: str) -> None:
    assert first_paragraph(PROSE + after) == PROSE


def test_a_wrapped_paragraph_is_one_line() -> None:
    assert first_paragraph("The pool\n  was *too*\nsmall.") == "The pool was *too* small."
