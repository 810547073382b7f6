"""Blocks are found where they are meant, and nothing that could be one is let through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_postmortem.model.settings import Audience
from mkdocs_postmortem.reading.internal_blocks import read_blocks, without_internal

OPEN, CLOSE = "<!-- internal -->", "<!-- /internal -->"


def public(text: str) -> str:
    return "\n".join(without_internal(text.split("\n"), Audience.PUBLIC))


def internal(text: str) -> str:
    return "\n".join(without_internal(text.split("\n"), Audience.INTERNAL))


def codes(text: str) -> list[str]:
    return [
        f"{item.code}:{item.position}" for item in read_blocks(text.split("\n"), first=1).findings
    ]


@pytest.mark.parametrize(
    ("text", "seen", "all_of_it"),
    [
        (f"a {OPEN}S{CLOSE} b", "a  b", "a S b"),
        (f"a\n\n{OPEN}\nS\n{CLOSE}\n\nb", "a\n\n\n\n\n\nb", "a\n\n\nS\n\n\nb"),
        (f"- a\n{OPEN}\n- S\n{CLOSE}\n- b", "- a\n- b", "- a\n- S\n- b"),
        (f"| a |\n{OPEN}\n| S |\n{CLOSE}\n| b |", "| a |\n| b |", "| a |\n| S |\n| b |"),
        (f"- a\n- {OPEN}S{CLOSE}\n- b", "- a\n- b", "- a\n- S\n- b"),
        (f"- [ ] {OPEN}S{CLOSE}", "", "- [ ] S"),
        (f"## {OPEN}S{CLOSE}", "", "## S"),
        (f"{OPEN}S{CLOSE} a {OPEN}S{CLOSE}", " a", "S a S"),
    ],
)
def test_what_each_audience_reads(text: str, seen: str, all_of_it: str) -> None:
    assert public(text) == seen
    assert internal(text) == all_of_it
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{OPEN}\nT\n{CLOSE}\n```",
        f"~~~ markdown\n{OPEN}\n~~~",
        f"> ```\n> {OPEN}T{CLOSE}\n> ```",
        f"- a\n    ```\n    {OPEN}\n    ```",
        f"Write `{OPEN}` and `{CLOSE}`.",
        f"Write `` {OPEN} ` `` here.",
        "<!-- internal links stand below -->",
        "<!-- other --> <table> <summary>T</summary> <details open> 1 < 2 > 1",
        "<!-- interval --> <external>",
        '<a href="internal">T</a>',
    ],
)
def test_text_that_is_not_a_block(text: str) -> None:
    assert public(text) == text
    assert internal(text) == text
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "seen", "reported"),
    [
        (f"a\n{OPEN}\nS\nS", "a\n\n\n", ["PM701:2:1"]),
        (f"a {OPEN}S", "a", ["PM701:1:3"]),
        (f"a\n{OPEN}\nS {OPEN}S{CLOSE} S\n{CLOSE}\nb", "a\n\n\n\nb", ["PM702:3:3"]),
        (f"a\n{OPEN}\nS\n{OPEN}\nS\n{CLOSE}\nS", "a\n\n\n\n\n\n", ["PM702:4:1", "PM701:2:1"]),
        (f"S\n{CLOSE}\nb", "\n\nb", ["PM703:2:1"]),
        (f"a {OPEN}S{CLOSE} S {CLOSE} b", "a  b", ["PM703:1:42"]),
        (f"a <!--internal-->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!-- Internal -->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!-- intern -->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!-- begin internal -->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!-- internal only -->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!- internal ->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!--- internal --->S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!—internal—>S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a <!--\ninternal\n-->S{CLOSE} b", "a\n\n b", ["PM704:1:3"]),
        (f"a <!-- internal\nS{CLOSE} b", "a\n b", ["PM704:1:3"]),
        (f"a <internal>S{CLOSE} b", "a  b", ["PM704:1:3"]),
        (f"a {OPEN}S<!-- /Internal --> S", "a", ["PM704:1:21"]),
        (f"a {OPEN}S<!-- end internal --> S", "a", ["PM704:1:21"]),
        (f"a {OPEN}S<!-- internal/ --> S", "a", ["PM704:1:21", "PM701:1:3"]),
        ("S <!--/internal--> b", " b", ["PM704:1:3"]),
        (f"```\n{OPEN}S{CLOSE}", "```\n", []),
        (f"```\nT\n{OPEN}S{CLOSE}\n```python\nT\n```", "```\nT\n\n```python\nT\n```", []),
        (f"{OPEN}\n```\nS\n{CLOSE}\n```\nS", "\n\n\n\n\n", ["PM701:1:1"]),
        (f"a \\` {OPEN}S{CLOSE} `", "a \\`  `", []),
        (f"a ` {OPEN}S\nS{CLOSE} `", "a `\n", []),
    ],
)
def test_in_doubt_the_public_reads_less(text: str, seen: str, reported: list[str]) -> None:
    assert public(text) == seen
    assert codes(text) == reported


HIDDEN = "zqzq"
PIECES = st.sampled_from(
    [
        "a",
        "\n",
        "\n\n",
        "- ",
        "    ",
        "| x |",
        "`",
        "``",
        "\n```\n",
        "\n~~~ py\n",
        "> ",
        "# H",
        "<!-- x -->",
        *("*", "\\", "<", "-->", "<!--", "|---|\n", "\t", "[ ] ", "<p>", "–", "é"),
    ]
)
PUBLIC = st.lists(PIECES, max_size=12).map("".join)
# Without code and without brackets, so that the block ends where it was meant to.
INSIDE = st.lists(st.sampled_from(["a", "\n", "- ", "| x |", "# H", " ", "**"]), max_size=8).map(
    "".join
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Pieces of Markdown with blocks between them, each on lines of its own."""
    parts = [draw(PUBLIC)]
    for _ in range(draw(st.integers(1, 4))):
        parts += [f"\n{OPEN}\n", draw(INSIDE), HIDDEN, draw(INSIDE), f"\n{CLOSE}\n", draw(PUBLIC)]
    return "".join(parts)


@settings(max_examples=300, deadline=None)
@given(documents())
def test_no_secret_is_left_outside_code(text: str) -> None:
    left = public(text)

    # What renderers agree to be code is text: there the marker stands beside the secret.
    for match in re.finditer(HIDDEN, left):
        assert OPEN in left[: match.start()], text
    assert len(left.split("\n")) <= len(text.split("\n"))
    assert public(left) == left


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("<>!-/ internal`\n~aA|"), max_size=200))
def test_any_text_is_cut_without_a_fault(text: str) -> None:
    everything = internal(text)
    left = public(text)

    assert public(left) == left
    assert len(left) <= len(everything)
