"""Foreign postmortems: what is found, what is asked for, and that every word stays."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_postmortem.adopting import read_facts, rewrite
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading import read_page

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
    adopted = rewrite(read_facts("a.md", FOREIGN, Settings()), Settings())

    page = read_page("postmortems/a.md", adopted.text.encode(), Settings())

    assert page is not None
    assert page.record is not None
    assert page.findings == ()
    assert page.record.severity == "SEV2"
    assert str(page.record.duration) == "1:35:00"
    assert {entry.form.value for entry in page.record.timeline.entries} == {"bullet"}
    assert [task.has_box for task in page.record.tasks] == [True, True]
    assert [todo.name for todo in adopted.todos] == ["services", "impact"]
    assert "# TODO services:" in adopted.text


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

    adopted = rewrite(read_facts("a.md", text, Settings()), Settings()).text

    assert not words(text) - words(adopted)


def test_keys_of_others_stay_as_they_were_typed() -> None:
    text = "---\ndate: 2026-05-03   # the day\ntags: [a,  b]\n---\n# Down\n"

    adopted = rewrite(read_facts("a.md", text, Settings()), Settings()).text

    assert adopted.startswith(
        "---\ndate: 2026-05-03   # the day\ntags: [a,  b]\ntitle: Down\npostmortem:\n"
    )


def test_nothing_is_written_without_being_told(tmp_path: Path) -> None:
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
    assert run("--output", target, source).exit_code == 1
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
    assert lines[-1].split()[:7] == ["4", "2", "yes", "yes", "yes", "yes", "2"]


def test_in_place_keeps_line_ends_and_does_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(FOREIGN.replace("\n", "\r\n").encode())

    run("--in-place", file)
    once = file.read_bytes()
    again = run("--in-place", file)

    assert b"\n" not in once.replace(b"\r\n", b"")
    assert file.read_bytes() == once
    assert "a page of ours already" in again.output


def test_a_file_that_is_no_text_is_left_out(tmp_path: Path) -> None:
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

    told = CliRunner().invoke(main, ["adopt", str(silent), str(spoken)])
    CliRunner().invoke(
        main, ["adopt", "--timezone", "Asia/Tokyo", "--output", output, str(silent), str(spoken)]
    )

    assert "1 file names no time zone" in told.output
    assert "timezone: Asia/Tokyo" in (tmp_path / "out/silent.md").read_text("utf-8")
    assert "timezone: UTC" in (tmp_path / "out/spoken.md").read_text("utf-8")


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n", "utf-8")

    told = CliRunner().invoke(main, ["adopt", "--timezone", "Paris", str(tmp_path / "a.md")])

    assert told.exit_code == 2
    assert "`Paris` is not an IANA time zone" in told.output


def test_an_end_that_is_the_start_is_asked_for() -> None:
    time = "2026-05-03 14:05 UTC"
    text = f"# Down\n\nStart: {time}\n\nEnd: {time}\n\n## Cause\n\nA disk.\n"

    page = rewrite(read_facts("a.md", text, Settings()), Settings(), None)

    assert "  started: 2026-05-03 14:05" in page.text
    assert "  resolved:" not in page.text
    assert "# TODO resolved: the only time of it is that of the start" in page.text


def test_a_service_can_be_given_to_all_files() -> None:
    page = rewrite(read_facts("a.md", FOREIGN, Settings()), Settings(), None, ("shop", "a: b"))

    read = read_page("a.md", page.text.encode(), Settings())
    assert read is not None
    assert read.record is not None
    assert read.record.services == ("shop", "a: b")
    assert "TODO services" not in page.text
