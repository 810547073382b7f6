"""What the box takes from a section: its first real paragraph."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.reading.markdown_text import first_paragraph, plain_text, shortened

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
    "These were the reasons:\n\n- one\n- two",
    "技术根因：",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_what_is_not_a_paragraph_is_passed_over(before: str, gap: str) -> None:
    assert first_paragraph(before + gap + PROSE) == PROSE
    assert first_paragraph(before) == ""


@pytest.mark.parametrize(
    "after",
    [
        "\n\nMore.",
        "\n- a list",
        "\n# Next",
        "\n```\ncode\n```",
        "\n**By**: Dana",
        "\n**By:** Dana",
        "\nBy: Dana",
        "\n担当：山田",
    ],
)
def test_a_paragraph_ends_where_another_block_begins(after: str) -> None:
    assert first_paragraph(PROSE + after) == PROSE


def test_a_line_with_a_colon_may_still_be_prose() -> None:
    assert first_paragraph("It was slow\nfor long: 2 hours.") == "It was slow for long: 2 hours."


def test_a_wrapped_paragraph_is_one_line() -> None:
    assert first_paragraph("The pool\n  was *too*\nsmall.") == "The pool was *too* small."


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("a *b* **c** _d_ __e__ ~~f~~ ==g==", "a b c d e f g"),
        ("full_nodes and __init__ of `a_b*c`", "full_nodes and init of a_b*c"),
        ("disk > 90 %, x=5, C#, issue #12, 2 * 3, a | b", None),
        ("# Heading", "Heading"),
        ("**_a_** a==b ~20 *b*c", "a a==b ~20 bc"),
        (r"\*kept\* and snake\_case", "*kept* and snake_case"),
        ("see [the log](log.md) and [the issue][1]", "see the log and the issue"),
        ("rows[0][1] and [[PM-1]]", None),
    ],
)
def test_plain_text_loses_marks_and_no_sign(markdown: str, plain: str | None) -> None:
    assert plain_text(markdown) == (plain or markdown)


@pytest.mark.parametrize(
    ("text", "cut"),
    [("one two", "one two"), ("one two three four", "one two …"), ("障害" * 10, f"{'障害' * 5} …")],
)
def test_long_texts_are_cut_between_words_if_there_are_spaces(text: str, cut: str) -> None:
    assert shortened(text, 10) == cut
