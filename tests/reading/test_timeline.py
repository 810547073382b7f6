"""The timeline in every form, with days, zones and what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.timeline import Form, Timeline
from mkdocs_postmortem.model.zone import UTC, named_zone
from mkdocs_postmortem.reading.instants import TimeContext
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.timeline import read_timeline

DAY = date(2026, 3, 14)


def read(
    text: str, heading: str = "## Timeline", zone: str = "Europe/Paris", day: date | None = DAY
) -> tuple[Timeline, list[Finding]]:
    lines = number_lines(f"{heading}\n\n{text}".split("\n"))
    sections = read_sections(lines, Synonyms())
    section = next((item for item in sections if SectionKey.TIMELINE in item.keys), None)
    context = TimeContext(named_zone(zone) if zone else None, day)
    return read_timeline(section, lines, context)


def shown(timeline: Timeline) -> list[str]:
    return [f"{entry.moment.local:%d %H:%M} {entry.text}" for entry in timeline.entries]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.code != "PM303"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("- 09:12 We look.\n- 09:19 We see.", Form.BULLET),
        ("* 09:12 We look.\n* 09:19 We see.", Form.BULLET),
        ("- **09:12** We look.\n- **09:19** We see.", Form.BULLET),
        ("- **09:12:** We look.\n- **09:19**: We see.", Form.BULLET),
        ("- 09:12 – We look.\n- 09:19 -- We see.", Form.BULLET),
        ("- [09:12] We look.\n- `09:19` We see.", Form.BULLET),
        ("- 2026-03-14 09:12 We look.\n- 09:19 We see.", Form.BULLET),
        ("1. 09:12 We look.\n2. 09:19 We see.", Form.NUMBERED),
        ("09:12 We look.\n09:19 We see.", Form.PARAGRAPH),
        ("**09:12** We look.\n\n**09:19** We see.", Form.PARAGRAPH),
        ("09:12: We look. 09:19: We see.", Form.PARAGRAPH),
        ("### 09:12 We look.\n### 09:19 We see.", Form.HEADING),
        ("## 09:12 We look.\n## 09:19 We see.", Form.HEADING),
        ("| Time | What |\n| --- | --- |\n| 09:12 | We look. |\n| 09:19 | We see. |", Form.TABLE),
        ("| What | Time |\n| --- | --- |\n| We look. | 09:12 |\n| We see. | 09:19 |", Form.TABLE),
        ("Time | What\n--- | ---\n09:12 | We look.\n09:19 | We see.", Form.TABLE),
        (
            "| Date | Time | What |\n|---|---|---|\n| 2026-03-14 | 09:12 | We look. |\n"
            "| 2026-03-14 | 09:19 | We see. |",
            Form.TABLE,
        ),
    ],
)
def test_every_form_gives_the_same_entries(text: str, form: Form) -> None:
    timeline, findings = read(text)

    assert shown(timeline) == ["14 09:12 We look.", "14 09:19 We see."]
    assert {entry.form for entry in timeline.entries} == {form}
    assert [finding.code for finding in findings] == ([] if form is Form.BULLET else ["PM303"])


def test_head_and_rest_make_up_the_source_line_again() -> None:
    lines = [
        "- 09:12 **Started:** We look.",
        "- **09:19 UTC** – We see.",
        "  * ~09:24 (approx): **bold** text",
        "- **09:31: the `pool`** is full",
        "- 09:40",
    ]
    for line in lines:
        (entry,) = read(line)[0].entries
        rest = entry.text.removeprefix(entry.carried_markup)
        assert entry.raw == line
        assert line == line[: entry.prefix_start] + entry.prefix + rest


def test_markup_that_the_head_opens_goes_on_in_the_text() -> None:
    (entry,) = read("- **09:31: the pool** is full")[0].entries

    assert (entry.carried_markup, entry.text) == ("**", "**the pool** is full")


def test_an_entry_keeps_all_of_its_markdown() -> None:
    nested = "    - at `a`\n    - at b\n\n    ```\n    - 09:13 log\n    ```"
    text = f"- 09:12 We look:\n{nested}\n- 09:19 We see."
    timeline, findings = read(text)

    assert len(timeline.entries) == 2
    assert timeline.entries[0].text == "We look:\n- at `a`\n- at b\n\n```\n- 09:13 log\n```"
    assert codes(findings) == []


def test_a_time_inside_the_text_does_not_split_an_entry() -> None:
    timeline, _ = read("- 09:12 We look since 09:10 and wait until 09:30.")

    assert len(timeline.entries) == 1


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("**Started:**", "started"),
        ("**Detected**:", "detected"),
        ("Escalated:", "escalated"),
        ("**Red herring:**", "misleading"),
        ("**Dead end** –", "misleading"),
        ("[Mitigated]", "mitigated"),
        ("**Rolled back:**", "mitigated"),
        ("**Paged:**", "escalated"),
    ],
)
def test_the_label_gives_the_kind_and_leaves_the_text(label: str, kind: str) -> None:
    (entry,) = read(f"- 09:12 {label} We look.")[0].entries

    assert (entry.kind.value, entry.text) == (kind, "We look.")


def test_a_bold_word_of_the_sentence_stays_in_it() -> None:
    (entry,) = read("- 09:12 **Everything** stops.")[0].entries

    assert (entry.kind.value, entry.text) == ("action", "**Everything** stops.")


def test_midnight_passes_when_the_clock_falls_back_by_hours() -> None:
    timeline, findings = read("- 23:50 We look.\n- 00:10 We see.\n- 01:00 Done.")

    assert [entry.moment.day.day for entry in timeline.entries if entry.moment.day] == [14, 15, 15]
    assert codes(findings) == []


def test_a_small_step_back_is_out_of_order() -> None:
    timeline, findings = read("- 09:19 We look.\n- 09:12 We see.")

    assert [entry.moment.day for entry in timeline.entries] == [DAY, DAY]
    assert codes(findings) == ["PM302"]
    assert "09:12" in findings[0].message
    assert findings[0].position.line == 4


@pytest.mark.parametrize(
    ("clocks", "fix"),
    [
        ("09:31 23:33 09:36 09:51", "with the next entry: `2026-03-15 09:36`"),
        ("20:24 20:30 09:31 09:36", ""),
        ("09:12 20:24 09:31", "`2026-03-15 09:31`"),
        ("09:12 2026-03-14T20:24 09:31", "`2026-03-15 09:31`"),
        ("09:12 00:24 09:31", "as well: `2026-03-15 00:24`"),
        ("23:40 23:50 00:10 00:20", ""),
        ("22:00 23:50 00:10 23:00", ""),
        ("09:12 20:24 2026-03-15T09:31", ""),
        ("09:12 2026-03-15T00:24 09:31", ""),
        ("09:12 00:24 2026-03-15T09:31", ""),
        ("2026-03-13T09:12 2026-03-14T20:24 09:31", ""),
        ("09:12 18:00–09:20 09:31", ""),
    ],
)
def test_a_clock_without_which_the_others_rise_is_mistyped(clocks: str, fix: str) -> None:
    _, findings = read("\n".join(f"- {clock} We look." for clock in clocks.split()))

    assert codes(findings) == ["PM302"] * bool(fix)
    assert all(fix in finding.fix for finding in findings)


def test_clocks_of_different_zones_say_nothing_of_each_other() -> None:
    _, findings = read("- 09:12 UTC We look.\n- 20:24 CET We see.\n- 09:31 UTC Done.")

    assert codes(findings) == []


@pytest.mark.parametrize(
    ("clocks", "days"),
    [
        ("09:31 UTC, 02:33 PDT, 09:36 UTC", "14 14 14"),
        ("01:00 UTC, 18:10 PDT, 01:20 UTC", "14 13 14"),
        ("23:50 UTC, 01:00 CET, 00:10 UTC", "14 15 15"),
        ("16:31 PDT, 00:33 CET", "14 15"),
        ("09:00 UTC, 23:30 PDT", "14 14"),
        ("09:31 UTC, 2026-03-15 02:33 PDT", "14 15"),
    ],
)
def test_clocks_of_two_zones_move_no_entry_by_a_day(clocks: str, days: str) -> None:
    timeline, findings = read("\n".join(f"- {clock} We look." for clock in clocks.split(", ")))

    assert [str(entry.moment.day)[-2:] for entry in timeline.entries] == days.split()
    assert codes(findings) == []


def test_a_day_in_between_starts_the_clock_anew() -> None:
    _, findings = read("- 09:12 We look.\n\n2026-03-14\n\n- 20:24 We see.\n- 09:31 Done.")

    assert codes(findings) == []


@pytest.mark.parametrize(
    ("below", "text"),
    [
        ("<!-- Ask Dana -->", "We look."),
        ("\n<!-- Ask\n\nDana -->\n\nMore.", "We look."),
        ("\nA paragraph\nof its own.", "We look."),
        ("at it.", "We look.\nat it."),
        ("\n  More of it.", "We look.\n\nMore of it."),
    ],
)
def test_what_is_below_a_list_is_not_part_of_its_last_entry(below: str, text: str) -> None:
    timeline, _ = read(f"- 2026-03-14 09:12 We look.\n{below}\n\n- 09:20 We see.")

    assert [entry.text for entry in timeline.entries] == [text, "We see."]


@pytest.mark.parametrize("time", ["09:12", "2026-03-14 09:12"])
def test_a_time_without_seconds_may_follow_one_in_the_same_minute(time: str) -> None:
    _, findings = read(f"- 2026-03-14 09:12:20 We look.\n- {time} We see.")

    assert codes(findings) == []


@pytest.mark.parametrize(
    "day", ["### 2026-03-15", "**March 15, 2026**", "2026-03-15", "- 2026-03-15", "**15 March:**"]
)
def test_a_date_on_its_own_sets_the_day(day: str) -> None:
    timeline, findings = read(f"- 09:12 We look.\n\n{day}\n\n- 08:00 We see.")

    assert shown(timeline) == ["14 09:12 We look.", "15 08:00 We see."]
    assert codes(findings) == []
    assert timeline.entries[1].is_below_day


@pytest.mark.parametrize(
    ("heading", "text", "zone", "offset"),
    [
        ("## Timeline", "- 09:12 UTC We look.", "Europe/Paris", 0),
        ("## Timeline (UTC)", "- 09:12 We look.", "Europe/Paris", 0),
        ("## Timeline", "All times in UTC.\n\n- 09:12 We look.", "Europe/Paris", 0),
        ("## Timeline", "| Time (UTC) | What |\n|--|--|\n| 09:12 | We look. |", "Europe/Paris", 0),
        ("## Timeline", "- 09:12 We look.", "Europe/Paris", 1),
        ("## Timeline (UTC)", "- 09:12+05:30 We look.", "Europe/Paris", 5.5),
    ],
)
def test_the_nearest_zone_wins(heading: str, text: str, zone: str, offset: float) -> None:
    timeline, _ = read(text, heading, zone)

    instant = timeline.entries[0].moment.instant
    assert instant is not None
    assert instant.utcoffset().total_seconds() == offset * 3600  # type: ignore[union-attr]


def test_a_missing_zone_is_reported_once() -> None:
    _, findings = read("- 09:12 We look.\n- 09:19 We see.", zone="")

    assert codes(findings) == ["PM202"]


def test_an_abbreviation_with_several_meanings_lists_them() -> None:
    _, findings = read("- 09:12 CST We look.", zone="")

    assert codes(findings) == ["PM205"]
    assert "Asia/Shanghai" in findings[0].message


def test_a_configured_abbreviation_is_certain() -> None:
    lines = number_lines("## Timeline\n\n- 09:12 CST We look.".split("\n"))
    own = Synonyms(zones={"cst": named_zone("Asia/Shanghai") or UTC})

    timeline, findings = read_timeline(
        read_sections(lines, own)[0], lines, TimeContext(None, DAY, own)
    )

    assert findings == []
    assert str(timeline.entries[0].moment.utc) == "2026-03-14 01:12:00+00:00"


def test_the_hour_that_comes_twice_asks_for_an_offset() -> None:
    _, findings = read("- 02:30 We look.", day=date(2025, 10, 26))

    assert codes(findings) == ["PM203"]
    assert "`2025-10-26 02:30+02:00` or `2025-10-26 02:30+01:00`" in findings[0].fix


def test_the_hour_that_comes_twice_is_fine_with_an_offset() -> None:
    timeline, findings = read(
        "- 02:30+02:00 We look.\n- 02:30+01:00 We see.", day=date(2025, 10, 26)
    )

    first, second = (entry.moment.utc for entry in timeline.entries)
    assert codes(findings) == []
    assert first is not None
    assert second is not None
    assert (second - first).total_seconds() == 3600


def test_the_hour_that_never_was_is_an_error() -> None:
    _, findings = read("- 02:30 We look.", day=date(2026, 3, 29))

    assert codes(findings) == ["PM204"]


def test_a_line_without_a_time_is_reported_and_not_dropped() -> None:
    timeline, findings = read("- 09:12 We look.\n- later: We see.\n- 09:30 Done.")

    assert len(timeline.entries) == 2
    assert [unread.text for unread in timeline.unread] == ["later: We see."]
    assert codes(findings) == ["PM301"]
    assert str(findings[0].position) == "4:1"


def test_an_impossible_clock_is_reported() -> None:
    _, findings = read("- 25:00 We look.")

    assert codes(findings) == ["PM201"]


def test_a_range_keeps_both_ends_past_midnight() -> None:
    (entry,) = read("- 23:50–00:20 We look.")[0].entries

    assert entry.moment.until is not None
    assert entry.moment.until.day == date(2026, 3, 15)


def test_the_cost_of_a_misleading_path_is_what_the_text_says() -> None:
    timeline, _ = read(
        "- 09:12 **Misleading path:** This was wrong and cost us ten minutes.\n- 09:15 We see."
    )

    assert timeline.misleading_cost().total_seconds() == 600


def test_without_words_a_misleading_path_lasts_until_the_next_entry() -> None:
    timeline, _ = read("- 09:12 **Misleading path:** We look elsewhere.\n- 09:15 We see.")

    assert timeline.misleading_cost().total_seconds() == 180


def test_a_hundred_thousand_entries_are_read() -> None:
    timeline, _ = read("\n".join(f"- 09:{n % 60:02} x" for n in range(20_000)))

    assert len(timeline.entries) == 20_000


def test_a_run_of_events_goes_on_in_the_lines_that_wrap() -> None:
    timeline, _ = read("09:12: We look. 09:19: We see\nthat it is slow. 09:24: We act.")

    assert shown(timeline) == [
        "14 09:12 We look.",
        "14 09:19 We see\nthat it is slow.",
        "14 09:24 We act.",
    ]


def test_a_day_heading_with_prose_below_is_an_event_of_its_own() -> None:
    timeline, _ = read("### 2026-03-12\n\nFirst signs.\n\n### 2026-03-14 09:12\n\nWe look.")

    assert [entry.moment.day.day for entry in timeline.entries if entry.moment.day] == [12, 14]
    assert timeline.entries[0].text.strip() == "First signs."
    assert timeline.entries[0].moment.clock is None


def test_a_day_heading_above_events_only_names_their_day() -> None:
    timeline, _ = read("### 2026-03-15\n\nA long day.\n\n- 09:12 We look.")

    assert shown(timeline) == ["15 09:12 We look."]


def test_a_bullet_that_is_a_date_has_the_text_below_it() -> None:
    timeline, findings = read("- 2026-03-12:\n    First signs.\n- 2026-03-14 09:12: We look.")

    assert [entry.text.strip() for entry in timeline.entries] == ["First signs.", "We look."]
    assert codes(findings) == []


def test_a_day_line_may_carry_a_remark() -> None:
    timeline, _ = read("**15th March:** (times as in the chat)\n09:12 We look.")

    assert shown(timeline) == ["15 09:12 We look."]


def test_a_year_is_not_a_clock() -> None:
    timeline, _ = read("- **Mar 12, 2026:** First signs.\n- **Mar 13, 2026**: More.")

    assert [entry.moment.clock for entry in timeline.entries] == [None, None]


def test_a_placeholder_date_is_reported_and_not_read() -> None:
    timeline, findings = read("- 2026-MM-DD: First signs.\n- 09:12 We look.")

    assert len(timeline.entries) == 1
    assert codes(findings) == ["PM301"]


def test_a_time_in_the_prose_of_a_bullet_makes_no_entry() -> None:
    timeline, findings = read("- The logs show that it broke at 9:45am.\n- 10:00 We look.")

    assert len(timeline.entries) == 1
    assert codes(findings) == ["PM301"]


def test_a_date_that_may_be_two_is_reported_with_both() -> None:
    timeline, findings = read("- 04/12/2025 09:12 We look.", day=None)

    assert timeline.entries[0].moment.day is None
    assert codes(findings) == ["PM201"]
    assert "04 December 2025" in findings[0].message
    assert "12 April 2025" in findings[0].message
    assert "`2025-12-04`" in findings[0].fix


def test_the_page_s_day_decides_between_two_readings() -> None:
    timeline, findings = read("- 04/12/2025 09:12 We look.", day=date(2025, 12, 4))

    assert timeline.entries[0].moment.day == date(2025, 12, 4)
    assert codes(findings) == []


def test_a_month_in_a_table_is_not_a_clock() -> None:
    rows = "| 2026-05-mid | Rollout. |\n| 2026-05-29 02:29 | Alert. |\n| 0245 | Fixed. |"
    timeline, _ = read(f"| Time (UTC) | Event |\n|---|---|\n{rows}")

    assert [str(entry.moment) for entry in timeline.entries] == [
        "2026-05-29 02:29 UTC",
        "2026-05-29 02:45 UTC",
    ]


@pytest.mark.parametrize("sign", ["-", "/"])
@pytest.mark.parametrize(
    "form", ["- {} 09:12 We look.", "- **{} 09:12** – We look.", "| {} 09:12 | We look. |"]
)
def test_a_date_that_proves_its_order_decides_that_of_others(sign: str, form: str) -> None:
    def dates(*written: str) -> list[date | None]:
        rows = [form.format(item.replace("-", sign)) for item in written]
        head = ["| Time | Event |", "|---|---|"] if form.startswith("|") else []
        timeline, _ = read("\n".join([*head, *rows]), day=None)
        return [entry.moment.day for entry in timeline.entries]

    both = [date(2026, 2, 27), date(2026, 5, 6)]

    assert dates("27-02-2026", "06-05-2026") == both
    assert dates("02-27-2026", "05-06-2026") == both
    assert dates("06-05-2026", "07-06-2026") == [None, None]
    assert dates("27-02-2026", "02-28-2026", "06-05-2026")[-1] is None
