"""The author's timeline, in whatever form, becomes one kind of list and loses nothing."""

from __future__ import annotations

import json
import re

import pytest
from markdown import Markdown
from markdown_page import HEAD, convert

from mkdocs_postmortem.hosts.markdown import PostmortemExtension
from mkdocs_postmortem.model.address import is_safe


def items(html: str) -> list[str]:
    """The text of each entry without its head."""
    found = re.findall(r'<li class="pm-entry[^"]*"[^>]*>(.*?)</li>', html, re.DOTALL)
    bodies = [
        re.sub(r'<div class="pm-entry__head">.*?</div>', "", item, flags=re.DOTALL)
        for item in found
    ]
    return [" ".join(re.sub(r"<[^>]+>", " ", body).split()) for body in bodies]


@pytest.mark.parametrize(
    "timeline",
    [
        "- 09:12 We look.\n- 09:19 We see.",
        "- 09:12 We look.\n\n- 09:19 We see.",
        "* **09:12:** We look.\n* **09:19** – We see.",
        "1. 09:12 We look.\n2. 09:19 We see.",
        "09:12 We look.\n09:19 We see.",
        "**09:12** We look.\n\n**09:19** We see.",
        "| Time | What |\n| --- | --- |\n| 09:12 | We look. |\n| 09:19 | We see. |",
        "Intro, no list:\n- 09:12 We look.\n- 09:19 We see.",
        "-\t09:12 We look.\n-\t09:19 We see.",
    ],
)
def test_every_form_becomes_a_timeline(timeline: str) -> None:
    html = convert(f"# T\n\n## Timeline\n\n{timeline}\n\n## Lessons\n\nNone.\n")

    assert items(html) == ["We look.", "We see."]
    assert html.count('<ol class="pm-timeline"') == 1
    assert 'id="t-0912"' in html
    assert 'id="t-0919"' in html
    assert "\x02" not in html
    assert html.index("We see") < html.index("Lessons") < html.index("None.")


def test_sub_headings_keep_their_place_in_the_contents() -> None:
    html = convert(
        "# T\n\n## Timeline\n\n### 09:12 Deploy\n\nWe look.\n\n### 09:19 Alert\n\nWe see.\n"
    )

    assert html.count('class="pm-entry ') == 2
    assert re.search(r'<h3 id="deploy">Deploy</h3>\s*<p>We look.</p>', html)


def test_an_entry_keeps_nested_lists_code_and_links() -> None:
    html = convert(
        "# T\n\n## Timeline\n\n- 09:12 See `a` and [b](b.md):\n    - **one**\n    - two\n\n"
        "    ```\n    <log>\n    ```\n- 09:19 We see.\n"
    )

    assert '<a href="b.md">b</a>' in html
    assert "<code>a</code>" in html
    assert "<strong>one</strong>" in html
    assert "&lt;log&gt;" in html
    assert html.count('class="pm-entry ') == 2


def test_markup_around_the_time_is_closed_again() -> None:
    html = convert("# T\n\n## Timeline\n\n- **09:12: the pool** is full\n")

    assert "<strong>the pool</strong> is full" in html


def test_what_is_not_an_entry_stays_where_it_was() -> None:
    html = convert(
        "# T\n\n## Timeline\n\nBefore.\n\n- 09:12 We look.\n- no time\n- 09:19 We see.\n\nAfter.\n"
    )

    order = [html.index(word) for word in ("Before", "We look", "no time", "We see", "After")]
    assert order == sorted(order)


def test_entries_in_a_quote_or_in_code_lose_nothing() -> None:
    html = convert("# T\n\n## Timeline\n\n> - 09:12 We look.\n\n```\n- 09:19 We see.\n```\n")

    assert "We look." in html
    assert "09:12" in html
    assert "- 09:19 We see." in html
    assert "\x02" not in html


def test_two_entries_of_one_minute_have_two_anchors() -> None:
    html = convert("# T\n\n## Timeline\n\n- 09:12 We look.\n- 09:12 We see.\n")

    assert 'id="t-0912"' in html
    assert 'id="t-0912-2"' in html


def test_a_new_day_is_named_once() -> None:
    html = convert("# T\n\n## Timeline\n\n- 23:50 We look.\n- 00:10 We see.\n- 00:20 Done.\n")

    assert html.count("pm-entry__day") == 2
    assert 'id="t-0315-0010"' in html


def test_a_timeline_of_the_front_matter_is_below_its_heading() -> None:
    head = (
        HEAD.replace("---\n", "", 1)
        .join(["---\n", ""])
        .replace(
            "  started",
            "  timeline:\n    - {at: '09:12', kind: started, text: 'A <b> *word*'}\n  started",
        )
    )
    html = convert("# T\n\n## Timeline\n\n## Lessons\n", head)

    assert "A &lt;b&gt; <em>word</em>" in html
    assert html.index('id="timeline"') < html.index("pm-timeline") < html.index("Lessons")


def test_an_entry_that_the_summary_repeats_is_found_in_the_timeline() -> None:
    html = convert(
        "# T\n\n## Summary\n\n- 09:12 We look.\n\n"
        "## Timeline\n\n- 09:12 We look.\n- 09:19 We see.\n"
    )

    assert items(html) == ["We look.", "We see."]
    assert "<li>09:12 We look.</li>" in html


@pytest.mark.parametrize("tag", ["div", "pre"])
def test_a_directive_inside_raw_html_stays_a_comment(tag: str) -> None:
    html = convert(f"# T\n\n<{tag}>\n<!-- postmortem:index -->\n</{tag}>\n")

    assert f"<{tag}>\n<!-- postmortem:index -->\n</{tag}>" in html
    assert "\x02" not in html


@pytest.mark.parametrize(
    ("impact", "shown"),
    [
        (r"\`<img src=x onerror=y>\`", "`&lt;img src=x onerror=y&gt;`"),
        ("`<b>` and <i>", "<code>&lt;b&gt;</code> and &lt;i&gt;"),
        ("``a` <img> `b``", "<code>a` &lt;img&gt; `b</code>"),
        ("[x](javascript:y)", "<span>x</span>"),
        ("[x](java&#115;cript:y)", "<span>x</span>"),
        ("[x](javascript&colon;y)", "<span>x</span>"),
        ("*a*{: onclick=y }", "<em>a</em>{: onclick=y }"),
        ("`{x}`{: onclick=y }", "<code>{x}</code>{: onclick=y }"),
        ("a\x02106\x03b", "a\ufffd106\ufffdb"),
    ],
)
def test_a_field_brings_no_markup_of_its_own(impact: str, shown: str) -> None:
    head = HEAD.replace("  started", f"  impact: {json.dumps(impact)}\n  started")
    html = convert("# T\n\nText.\n", head, ("attr_list",))

    assert f"<dd>{shown}</dd>" in html


def test_an_entry_of_the_front_matter_forges_no_mark() -> None:
    text = json.dumps("[x](\x02106\x03avascript:y) \x02pm-directive:5\x03")
    head = HEAD.replace("  started", f"  timeline:\n    - {{at: '09:12', text: {text}}}\n  started")
    html = convert("# T\n\n## Timeline\n", head)

    assert "javascript:" not in html
    assert "\x02" not in html


def test_the_box_comes_after_the_title_or_first() -> None:
    with_title = convert("# T\n\nText.\n")
    without = convert("Text.\n")

    assert with_title.index("<h1") < with_title.index("pm-summary") < with_title.index("Text.")
    assert without.index("pm-summary") < without.index("Text.")


@pytest.mark.parametrize(
    ("box", "state"), [("[ ]", "open"), ("[x]", "done"), ("[/]", "in_progress"), ("[-]", "wont_do")]
)
def test_boxes_have_a_name(box: str, state: str) -> None:
    html = convert(f"# T\n\n## Tasks\n\n- {box} Check `it`\n")

    assert f'class="pm-task pm-task--{state}"' in html
    assert "Check <code>it</code>" in html
    assert box not in html


def test_a_box_takes_no_attributes_of_the_text_after_it() -> None:
    html = convert("# T\n\n## Tasks\n\n- [ ] {: onclick=run()} Do it\n", extensions=("attr_list",))

    assert "pm-task__box" in html
    assert ' onclick="' not in html


def test_a_page_that_is_not_ours_is_left_alone() -> None:
    md = Markdown(extensions=[PostmortemExtension()])

    assert (
        md.convert("## Timeline\n\n- 09:12 x") == "<h2>Timeline</h2>\n<ul>\n<li>09:12 x</li>\n</ul>"
    )


def test_the_extension_is_found_by_its_name() -> None:
    assert Markdown(extensions=["mkdocs_postmortem"]).convert("x") == "<p>x</p>"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("a.md", True),
        ("#t-0912", True),
        ("https://example.com", True),
        ("mailto:a@example.com", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("java&#115;cript:x", False),
        ("javascript&colon;x", False),
        ("http://[", False),
    ],
)
def test_safe_addresses(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


TYPED_TIMELINE = """---
postmortem:
  timezone: UTC
  timeline:
    - {at: 2026-03-14 09:12, kind: started, text: It began.}
---
"""


@pytest.mark.parametrize("heading", ["## Timeline", "## Zeitleiste", "### タイムライン"])
def test_a_typed_timeline_follows_its_heading_in_any_language(heading: str) -> None:
    html = convert(f"# Title\n\n{heading}\n\n## Lessons learned\n\nNone.\n", TYPED_TIMELINE)

    timeline = html.index('<ol class="pm-timeline"')
    assert html.index(heading.strip("# ")) < timeline < html.index("Lessons learned")


def test_a_typed_timeline_without_a_heading_follows_the_title() -> None:
    html = convert("# Title\n\nText.\n", TYPED_TIMELINE)

    assert html.index("</h1>") < html.index('<ol class="pm-timeline"') < html.index("Text.")


def test_an_entry_of_a_day_shows_it_as_other_days() -> None:
    html = convert("# T\n\n## Timeline\n\n- 2026-03-14 09:12 x\n- 2026-03-16 We wait.\n")

    link = re.search(r'<a class="pm-entry__link" href="#t-0316-day".*?</a>', html, re.DOTALL)
    assert link is not None
    assert "Mar 16, 2026" in link[0]


def test_a_day_above_entries_is_written_as_other_days_and_keeps_its_anchor() -> None:
    html = convert(
        "# T\n\n## Timeline\n\n- 2026-03-14 09:12 x\n\n### 2026-03-15\n\n- 08:00 y\n\n"
        "**2026-03-16:**\n\n- 08:00 z\n\n## Notes\n\n### 2026-03-15\n\n- w\n"
    )

    assert '<h3 id="2026-03-15">Sun, Mar 15, 2026</h3>' in html
    assert "<strong>Mon, Mar 16, 2026:</strong>" in html
    assert '<h3 id="2026-03-15_1">2026-03-15</h3>' in html  # no timeline
