"""Foreign postmortems: what is found, what is asked for, and that every word stays."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_postmortem.adopting.adoption import adopt_page
from mkdocs_postmortem.adopting.facts import read_facts
from mkdocs_postmortem.adopting.rewriting import find_losses
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.reading.page import read_page

FOREIGN = """\
Postmortem: The shop was slow

Issue Summary:
On May 3, 2026, from 14:05 to 15:40 UTC the shop was slow for about 30% of users.

Severity: P2

Timeline
14.05 UTC: The deploy goes out.
14:20 - We see alerts.
2:35 PM: The deploy is rolled back
and caches are warmed.
3:40 PM: Everything is back to normal.

**Root Cause:**
A missing index.

Tasks:
1. Add the index
2. Watch slow queries
"""


def words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in re.findall(r"[^\W\d_]{3,}", text))


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["adopt", *map(str, args)], catch_exceptions=False)


def test_adopt_says_what_to_do_where_no_entry_has_a_label(tmp_path: Path) -> None:
    plain = tmp_path / "plain.md"
    plain.write_text("# Down\n\n## Timeline\n\n- 2026-05-03 09:12 UTC Alert\n", encoding="utf-8")
    labelled = tmp_path / "labelled.md"
    labelled.write_text(plain.read_text("utf-8").replace("Alert", "**Detected:** Alert"), "utf-8")

    result = run("--in-place", plain)
    other = run("--in-place", labelled)

    assert "1 entry, none with a label" in result.output
    assert "Begin the timeline entries that say so with `**Detected:**`" in result.output
    assert "1 entry, 1 with a label" in other.output
    assert "Begin the timeline entries" not in other.output


def test_facts_come_with_their_line() -> None:
    facts = read_facts("a.md", FOREIGN, Settings())

    assert facts.title is not None
    assert facts.started is not None
    assert facts.resolved is not None
    assert facts.zone is not None
    assert facts.percent is not None
    assert facts.severity is not None
    assert (facts.title.value, facts.title.line) == ("Postmortem: The shop was slow", 1)
    assert (str(facts.started.value), facts.started.line) == ("2026-05-03T14:05", 4)
    assert (str(facts.resolved.value), facts.resolved.line) == ("2026-05-03T15:40", 4)
    assert (facts.zone.value, facts.percent.value) == ("UTC", 30)
    assert (facts.severity.value, facts.severity.line) == ("P2", 6)
    assert len(facts.timeline.entries) == 4
    assert len(facts.tasks) == 2


def test_the_new_page_is_one_of_ours_and_passes_as_a_draft() -> None:
    adopted = adopt_page(read_facts("a.md", FOREIGN, Settings()), Settings(), rewrites=True)

    page = read_page("postmortems/a.md", adopted.text.encode(), Settings())

    assert page is not None
    assert page.record is not None
    assert page.findings == ()
    assert page.record.severity == "SEV2"
    assert str(page.record.duration) == "1:35:00"
    assert {entry.form.value for entry in page.record.timeline.entries} == {"bullet"}
    assert [task.has_box for task in page.record.tasks] == [True, True]
    assert [todo.name for todo in adopted.todos] == ["services"]
    assert "  # services:  # TODO no line names them" in adopted.text


@pytest.mark.parametrize(
    "timeline",
    [
        "| Time | What | Phase |\n|---|---|---|\n| 14:05 (logged late) | Deploy | odd |\n"
        "| 14:20 | Alert | odd |",
        "### 14:05 Deploy\n\nIt goes out.\n\n### 14:20 Alert\n\n- a\n- b\n",
        "1. 14:05 Deploy\n2. 14:20 Alert",
        "14:05: Deploy. 14:20: Alert.",
        "- May 3rd, 14:05 UTC – Deploy\n- no time here\n",
        "> 14:05 Deploy\n> 14:20 Alert",
    ],
)
def test_no_word_is_lost(timeline: str) -> None:
    text = f"# Down\n\n## Timeline\n\n{timeline}\n\n## Action items\n\nWe do this.\n"

    adopted = adopt_page(read_facts("a.md", text, Settings()), Settings(), rewrites=True).text

    assert not words(text) - words(adopted)


def test_keys_of_others_stay_as_they_were_typed() -> None:
    text = "---\ndate: 2026-05-03   # the day\ntags: [a,  b]\n---\n# Down\n"

    adopted = adopt_page(read_facts("a.md", text, Settings()), Settings()).text

    assert adopted.startswith("---\ndate: 2026-05-03   # the day\ntags: [a,  b]\npostmortem:\n")


def test_nothing_is_written_without_a_message(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(FOREIGN, encoding="utf-8")

    result = run(file)

    assert file.read_text(encoding="utf-8") == FOREIGN
    assert "started    2026-05-03T14:05  (line 4)" in result.output
    assert "TODO services" in result.output


def test_a_folder_is_written_into_another(tmp_path: Path) -> None:
    source, target = tmp_path / "old", tmp_path / "new"
    source.mkdir()
    (source / "a.md").write_text(FOREIGN, encoding="utf-8")

    assert run("--output", target, source).exit_code == 0
    assert "postmortem:" in (target / "a.md").read_text(encoding="utf-8")
    assert run("--output", target, source).exit_code == 2
    assert run("--output", target, "--force", source).exit_code == 0


def test_several_files_end_in_a_table(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(FOREIGN, encoding="utf-8")

    lines = run(tmp_path).output.rstrip().split("\n")

    assert lines[-3].split() == [
        "entries",
        "tasks",
        "start",
        "end",
        "zone",
        "users",
        "todo",
        "file",
    ]
    assert lines[-1].split()[:7] == ["4", "2", "yes", "yes", "yes", "yes", "1"]


def test_in_place_keeps_line_ends_and_does_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(FOREIGN.replace("\n", "\r\n").encode())

    run("--in-place", file)
    once = file.read_bytes()
    again = run("--in-place", file)

    assert b"\n" not in once.replace(b"\r\n", b"")
    assert file.read_bytes() == once
    assert "it already has `postmortem:`" in again.output


def test_a_file_that_is_not_text_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xff\xfe\x00binary")

    result = run("--in-place", file)

    assert "left out" in result.output
    assert file.read_bytes() == b"\xff\xfe\x00binary"


def test_json_has_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(FOREIGN, encoding="utf-8")

    (found,) = json.loads(run("--format", "json", file).output)["files"]

    assert found["started"] == "2026-05-03T14:05"
    assert found["timeline"][2] == {"date": "2026-05-03", "time": "14:35"}
    assert found["tasks"] == 2


def test_a_zone_can_be_given_to_the_files_that_name_none(tmp_path: Path) -> None:
    silent = tmp_path / "silent.md"
    silent.write_text("# The shop was slow\n\n## Timeline\n- 2026-05-03 14:05 Slow.\n", "utf-8")
    spoken = tmp_path / "spoken.md"
    spoken.write_text(
        "# The shop was slow\n\n## Timeline (UTC)\n- 2026-05-03 14:05 Slow.\n", "utf-8"
    )
    output = str(tmp_path / "out")

    reported = CliRunner().invoke(main, ["adopt", str(silent), str(spoken)])
    CliRunner().invoke(
        main, ["adopt", "--timezone", "Asia/Tokyo", "--output", output, str(silent), str(spoken)]
    )

    assert "1 file names no time zone" in reported.output
    assert "timezone: Asia/Tokyo" in (tmp_path / "out/silent.md").read_text("utf-8")
    assert "timezone: UTC" in (tmp_path / "out/spoken.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "written", "zone"),
    [
        ("2026-06-03", "PDT", "America/Los_Angeles"),
        ("2026-01-03", "PST", "America/Los_Angeles"),
        ("2026-06-03", "PST", "UTC-08:00"),
        ("2026-06-03", "UTC", "UTC"),
    ],
)
def test_an_abbreviation_of_the_sites_own_zone_is_that_zone(
    tmp_path: Path, day: str, written: str, zone: str
) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"# The shop\n\n## Timeline ({written})\n\n- {day} 14:05 Slow.\n", "utf-8")

    run("--in-place", "--timezone", "America/Los_Angeles", file)

    assert f"timezone: {zone}\n" in file.read_text("utf-8")


def test_a_time_in_another_zone_than_the_page_keeps_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    head = (
        "Start: 2026-05-03 14:05 UTC\nDetected: 2026-05-03 23:10 JST\nEnd: 2026-05-03 15:40 UTC\n"
    )
    file.write_text(f"# Outage\n\n{head}\n## Root cause\n\nA number.\n", "utf-8")

    run("--in-place", file)

    text = file.read_text("utf-8")
    assert "timezone: UTC" in text
    assert "started: 2026-05-03 14:05\n" in text
    assert "detected: 2026-05-03 23:10 JST\n" in text


def test_severities_of_another_list_are_named_once(tmp_path: Path) -> None:
    for name, severity in (("a", "Major"), ("b", "Major"), ("c", "S2")):
        text = f"# Outage of the shop\n\nSeverity: {severity}\n\n## Root cause\n\nA number.\n"
        (tmp_path / f"{name}.md").write_text(text, "utf-8")

    result = run(tmp_path)

    assert "option `severities` does not list: Major. " in result.stderr
    assert "severity   S2" in result.output


def test_links_that_a_moved_page_loses_are_counted(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "my pic.png").write_bytes(b"")
    (old / "b.md").write_text("# B\n", "utf-8")
    links = "![p](my%20pic.png) [b](b.md#x) <img src='my pic.png'> [w](https://example.org/b.md)"
    (old / "a.md").write_text(f"{FOREIGN}\n{links} [gone](gone.md) [top](#top)\n", "utf-8")

    moved = run("--output", tmp_path / "new", old / "a.md")
    stays = run("--in-place", old / "a.md")

    assert "Relative links that no longer lead to their files: 2, such as `b.md`" in moved.stderr
    assert "no longer lead" not in stays.stderr


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", "utf-8")

    reported = CliRunner().invoke(main, ["adopt", "--timezone", "Paris", str(tmp_path / "a.md")])

    assert reported.exit_code == 2
    assert "`Paris` is not an IANA time zone" in reported.output


def test_an_end_equal_to_the_start_becomes_a_todo() -> None:
    time = "2026-05-03 14:05 UTC"
    text = f"# Down\n\nStart: {time}\n\nEnd: {time}\n\n## Cause\n\nA disk.\n"

    page = adopt_page(read_facts("a.md", text, Settings()), Settings(), None)

    assert "  started: 2026-05-03 14:05" in page.text
    assert "  resolved:" not in page.text
    assert "  # resolved:  # TODO line 5 has only the time of the start" in page.text


def test_a_service_can_be_given_to_all_files() -> None:
    page = adopt_page(read_facts("a.md", FOREIGN, Settings()), Settings(), None, ("shop", "a: b"))

    read = read_page("a.md", page.text.encode(), Settings())
    assert read is not None
    assert read.record is not None
    assert read.record.services == ("shop", "a: b")
    assert "TODO services" not in page.text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("front", ["", "---\ndate: 2026-05-03\n---\n", "---\n---\n"])
def test_the_body_stays_byte_for_byte(tmp_path: Path, end: str, front: str) -> None:
    body = FOREIGN.replace("\n", end) + "trailing  \t\n\n\r\nlast line without an end"
    file = tmp_path / "a.md"
    file.write_bytes((front.replace("\n", end) + body).encode())

    run("--in-place", file)

    assert file.read_bytes().endswith(body.encode())
    assert file.read_bytes().count(b"postmortem:") == 1


def test_a_body_that_would_lose_something_is_not_rewritten(tmp_path: Path) -> None:
    text = (
        "# Down\n\n## Timeline (UTC)\n\n[10.41](https://a.example/1) 2026-05-03 The deploy.\n\n"
        "1. 2026-05-03 10:45 Alert.\n2. 2026-05-03 10:50 [10.50](https://a.example/2) Look.\n\n"
        "**Tasks**\n\n* one\n* two\n"
    )
    file = tmp_path / "a.md"
    file.write_text(text, encoding="utf-8")

    run("--in-place", "--rewrite", file)

    for address in ("https://a.example/1", "https://a.example/2"):
        assert address in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("See [it](a.md) and ![b](b.png).", "See it and b.", ("1 link", "1 image")),
        ("## Timeline\n\ntext", "- Timeline\n\ntext", ("1 heading",)),
        ("| a | b |\n|---|---|\n| c | d |", "a b:\n\n- c d", ("1 table",)),
        ("```\nlong text\n```", "long text", ("3 code blocks",)),
        ("three words lost", "three", ("2 words",)),
        ("**Tasks**\n1. look", "## Tasks\n- [ ] look", ()),
    ],
)
def test_every_loss_is_counted(before: str, after: str, lost: tuple[str, ...]) -> None:
    found = find_losses(before.split("\n"), after.split("\n"))

    assert found[-len(lost) :] == lost if lost else not found


def test_in_folders_only_files_that_look_like_postmortems_are_taken(tmp_path: Path) -> None:
    for name in ("shop.md", "README.md", "index.md", "template.md"):
        (tmp_path / name).write_text(FOREIGN, encoding="utf-8")
    (tmp_path / "howto.md").write_text("# How to deploy\n\nPush it.\n", encoding="utf-8")

    some = run("--format", "json", tmp_path)
    every = run("--format", "json", "--all", tmp_path)
    named = run("--format", "json", tmp_path / "README.md")

    assert "howto.md: left out, it has no mark of a postmortem" in some.stderr
    assert "README.md: left out, its name is not" in some.stderr
    assert [Path(item["file"]).name for item in json.loads(some.stdout)["files"]] == ["shop.md"]
    assert len(json.loads(every.stdout)["files"]) == 5
    assert len(json.loads(named.stdout)["files"]) == 1


def fields(text: str, **options: object) -> str:
    page = adopt_page(read_facts("a.md", text, Settings()), Settings(), **options)  # type: ignore[arg-type]
    return page.text.partition("\n---\n")[0]


def test_a_guess_is_a_comment_with_its_line() -> None:
    text = "# Down\n\n## Timeline (UTC)\n\n- 2026-05-03 14:05 A deploy.\n- 14:20 We see 502.\n"

    front = fields(text)

    assert "\n  started:" not in front
    assert "  # started: 2026-05-03 14:05  # TODO a guess: line 5 is the first entry" in front
    assert "  # resolved: 2026-05-03 14:20  # TODO a guess: line 6 is the last entry" in front


@pytest.mark.parametrize(
    "said",
    [
        "A maintenance window from 14:05 to 15:40 UTC on 2026-05-03 is proposed.",
        "It was reported on 2026-05-03 at 14:05 UTC.",
        "Posted on 2026-05-03 14:05 UTC",
        "| Date | 2026-05-03 |\n|---|---|\n| Authors | Dana |",
        "Start: 2026-05-03 15:40 UTC\n\nEnd: 2026-05-03 14:05 UTC",
        "## Timeline\n\n- 2026-05-03 14:05 UTC almost recovered\n- 15:00 UTC node 1 now serving",
    ],
)
def test_what_no_line_states_is_not_a_value(said: str) -> None:
    front = fields(f"# Down\n\n{said}\n")

    assert "\n  resolved:" not in front
    assert "\n  started:" not in front or "Start:" in said


def test_a_typed_length_gives_an_estimated_end() -> None:
    text = "---\nduration: ~30m\n---\n# Down\n\nStart: 2026-05-03 14:05 UTC\n"

    assert "\n  resolved: ~2026-05-03 14:35" in fields(text)


@pytest.mark.parametrize("said", ["All user workloads failed.", "Disk of users: 100 % → 81 %."])
def test_not_every_percentage_is_one_of_users(said: str) -> None:
    assert "users_affected" not in fields(f"# Down\n\n## Impact\n\n{said}\n")


def test_the_given_zone_decides_an_abbreviation() -> None:
    text = "# Down\n\nAll times CST.\n\n## Timeline\n\n- 2026-05-03 14:05 Down.\n"

    assert "\n  # timezone:" in fields(text)
    assert "\n  timezone: America/Chicago" in fields(text, fallback=named_zone("America/Chicago"))


def test_labelled_values_become_fields() -> None:
    text = (
        "# Down\n\n| Severity | P2 (major) |\n|---|---|\n| Services | `shop`, pay |\n"
        "| Detected | 2026-05-03 14:09 |\n| Author(s) | Dana Roy |\n"
    )

    front = fields(text)

    for line in ("severity: SEV2", "services: [shop, pay]", "authors: [Dana Roy]"):
        assert f"\n  {line}" in front
    assert "\n  detected: 2026-05-03 14:09" in front


def test_a_commander_is_not_an_author_and_a_stated_service_stays() -> None:
    text = "# Down\n\nIncident commander: Priya\nBetroffene Dienste: Zahlungen\n"

    front = fields(text, services=["search"])

    assert "authors" not in front
    assert "\n  services: [Zahlungen]" in front
    assert "\n  services: [search]" in fields("# Down\n", services=["search"])


def test_a_label_of_users_goes_before_a_sentence() -> None:
    text = "# Down\n\nCustomers affected: 4,200 of 60,000\n\n## Impact\n\n30% of users left.\n"

    assert "\n  users_affected: 4,200 of 60,000" in fields(text)


def test_the_team_s_own_keys_are_read() -> None:
    text = "---\nsystems: [shop, pay]\npriority: P1\nstart_time: 2026-05-03 14:05\n---\n# Down\n"

    front = fields(text)

    for line in ("severity: SEV1", "services: [shop, pay]", "started: 2026-05-03 14:05"):
        assert f"\n  {line}" in front
