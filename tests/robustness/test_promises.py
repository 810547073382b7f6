"""Readers, adopt and --fix on pages that hypothesis generates from what people type."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import promises
import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing.other_payloads import OTHERS
from importing.payloads import EXPORTS

# Pieces that mean something to a reader; between them comes any text at all.
PIECES = (
    *("---\n", "postmortem:\n", "  started: ", "  timezone: ", "title: ", "# ", "## Timeline\n"),
    *("## Timeline (UTC)\n", "### Tasks\n", "**Impact:** ", "Root cause\n---\n", "- ", "1. ", "* "),
    *("- [ ] ", "- [x] ", "- [-] ", "| Time | What |\n", "| --- | --- |\n", "| ", " |\n", "> "),
    *("09:12", "9:12 PM", "25:61", "23:59 – 00:10", "1250", "2026-03-14", "14/03/2026", "March 14"),
    *("9999-12-31", "0001-01-01", "~", "about ", "at ", " UTC", " +14:00", " CST", "Started:"),
    *(
        "**Misleading path:** ",
        "cost us 10 minutes",
        "Duration: 2 hours",
        "35% of users",
        "all users",
    ),
    *(
        "1,000,000",
        "(@dana, due 2026-04-01)",
        "(won't do: no)",
        "[a](b)",
        "`",
        "```\n",
        "<!--",
        "-->",
    ),
    *("Severity: ", "SEV2", "&a ", "*a", "!!x ", "{", "}", "[", "]", ": ", "'", '"', "\t", "    "),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\x00",
        "\x1a",
        "\u2028",
        "\u0085",
        "\ufeff",
        "\u202e",
        "…",
        "。",
    ),
    *("<!-- postmortem:index {limit: 5} -->\n", "allOf: [{$ref: '", "#/$defs/a", "x-postmortem: "),
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), ANY_TEXT), max_size=40)
HEADS = ("", "---\npostmortem:\n  severity: SEV2\n---\n", "---\ntitle: a\n---\n## Timeline\n")
TEXTS = st.builds(lambda head, parts: head + "".join(parts), st.sampled_from(HEADS), PAGES)


@pytest.mark.parametrize(
    "promise",
    [
        promises.front_matter,
        promises.timeline,
        promises.tasks,
        promises.sections,
        promises.small_readers,
        promises.company_schema,
        promises.adopting,
        promises.page_copy,
    ],
    ids=lambda promise: promise.__name__,
)
def test_whatever_a_text_holds(promise: object) -> None:
    given(TEXTS)(promise)()  # type: ignore[operator,arg-type]


SEED = Path(promises.__file__).parent / "seeds" / "data_set" / "whole"
ODD = (
    *(None, True, 0, -1, 10**30, 1.5, float("nan"), float("inf"), "", "a", "\ud800", "\x00"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-14", "2026-W01-1"),
    *("2026-03-14T09:12:00", "2026-03-14T09:12:00+23:59:59.999999", [], {}, [[]], {"a": 1}),
    *("0001-01-01", "1900-01-01T00:00:00+14:00", "2199-12-31T23:59:59-14:00", "2199-12-31"),
    *(1e30, 1e-30, 10**16, 101, "a" * 300, "a b " * 300, "\u202e", "/../..", "<script>x</script>"),
    *(["a"], ["a", "A", "a/"], [str(n) for n in range(101)], "javascript:alert(1)", [{"a": [1]}]),
)


def damaged(draw: st.DrawFn, data: Any, odd: st.SearchStrategy[Any]) -> Any:
    """The data in which a few values anywhere are odd or gone."""
    for _ in range(draw(st.integers(1, 3))):
        node: Any = data
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(node[key], (dict, list)) and draw(st.integers(0, 4)):
                node = node[key]
                continue
            if draw(st.integers(0, 5)):
                # A copy: the next round may step into it and would change the list of odd ones.
                node[key] = deepcopy(draw(odd))
            else:
                del node[key]
            break
    return data


@st.composite
def data_sets(draw: st.DrawFn) -> str:
    return json.dumps(
        damaged(draw, json.loads(SEED.read_text(encoding="utf-8")), st.sampled_from(ODD))
    )


# What a person, or an attacker, may have typed into another tool.
HOSTILE = (
    *("---\ntitle: x\n---", "<script>alert(1)</script>", "<!-- postmortem:index -->", "-->"),
    *("<!-- internal -->a<!-- /internal -->", "[a](javascript:alert(1))", "![a](data:text/html,1)"),
    *("{{ config }}{% raw %}", "# A heading\n- 09:00 **Started:** x", "[a]: javascript:alert(1)"),
    *("<img src=x onerror=alert(1)>", "a\n\n<div>\n\nb", "{: onclick=alert(1) }", "```\n<b>"),
    *("<javascript:alert(1)>", "[a][b]\n\n[b]: <javascript:alert(1)>", "| a |\n| - |", "~~~"),
    *("~~~\n~~~\n<script>", "    <b>code</b>", "\\<b>", "&lt;b&gt;", "<<b>b>", "- [ ] a", "@kim"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_copy_of_hostile_text_is_text(text: str) -> None:
    promises.page_copy(text)


@st.composite
def exports(draw: st.DrawFn) -> bytes:
    """A good export of some tool in which a few values anywhere are odd, hostile or gone."""
    data = deepcopy(draw(st.sampled_from([*OTHERS.values(), *EXPORTS.values()])))
    odd = st.sampled_from([*ODD, *HOSTILE, *HOSTILE])
    return json.dumps(damaged(draw, data, odd)).encode()


@given(exports())
def test_whatever_another_tool_exports(data: bytes) -> None:
    promises.importing(data)


@given(data_sets())
def test_whatever_another_site_publishes(text: str) -> None:
    promises.data_set(text)


@given(st.one_of(TEXTS.map(str.encode), st.binary(max_size=80)))
def test_whatever_bytes_a_file_holds(data: bytes) -> None:
    promises.page(data)
