"""The commands beside ``check``: what they print, write, and refuse."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.checking.schemas import NAMES, load_schema
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.reading import page as page_reader

BAD = PAGE.replace("severity: SEV2", "severity: SEV9")


@pytest.fixture
def archive(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    site.write_config()
    site.write("postmortems/a.md", PAGE)
    monkeypatch.chdir(site.root)
    return site


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


def test_check_shows_the_source_line_with_a_caret(archive: Site) -> None:
    archive.write("postmortems/a.md", BAD)

    lines = run("check").output.split("\n")

    position = next(n for n, line in enumerate(lines) if "a.md:5:13: error PM103" in line)
    assert lines[position + 1] == "     5 │   severity: SEV9"
    assert lines[position + 2] == "       │             ^"


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_check_speaks_other_tongues(archive: Site, form: str) -> None:
    archive.write("postmortems/a.md", BAD)

    result = run("check", "--format", form)

    assert result.exit_code == 1
    assert "PM103" in result.output
    if form in ("json", "sarif"):
        json.loads(result.output)
    if form == "github":
        assert (
            "::error file=docs/postmortems/a.md,line=5,col=13,title=PM103 not-allowed::"
            in result.output
        )
    if form == "sarif":
        (found,) = json.loads(result.output)["runs"]
        assert found["results"][0]["ruleId"] in {
            rule["id"] for rule in found["tool"]["driver"]["rules"]
        }


def test_check_selects_and_ignores(archive: Site) -> None:
    archive.write("postmortems/a.md", BAD)

    assert "PM401" not in run("check", "--select", "PM1").output
    assert "PM103" not in run("check", "--ignore", "not-allowed").output
    assert run("check", "--ignore", "PM103").exit_code == 0
    assert run("check", "--select", "PM9").exit_code == 2
    assert "info" not in run("check", "--level", "warning").output


def test_today_decides_on_overdue(archive: Site) -> None:
    assert "PM503" in run("check", "--today", "2026-05-01").output
    assert "PM503" not in run("check", "--today", "2026-03-20").output


def test_rules_lists_and_explains() -> None:
    assert all(code in run("rules").output for code in RULES)
    assert "write\n    severity: SEV2" in run("rules", "PM104").output
    assert "PM208" in run("rules", "started-first").output
    assert run("rules", "PM999").exit_code == 2


def test_rules_takes_any_case_and_a_group_and_says_what_was_meant() -> None:
    assert run("rules", "pm208").output == run("rules", "PM208").output
    assert run("rules", "PM5").output.count("Instead of") > 5
    assert "Did you mean `unknown-key`?" in run("rules", "unkown-key").output


def test_without_a_configuration_a_command_says_what_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run("check")

    assert result.exit_code == 0
    assert "No mkdocs.yml" in result.stderr
    assert result.stdout.startswith("0 postmortems: no checked page has `postmortem:`")
    assert "`mkdocs-postmortem new`" in result.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["tasks"],
        ["stats"],
        ["export", "json"],
        ["new", "Search was slow"],
        ["adopt", "old.md"],
        ["fetch"],
        ["generate"],
    ],
)
def test_every_command_that_reads_options_takes_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.md").write_text("# Old\n")
    (tmp_path / "site.yml").write_text("site_name: A\nplugins: [{postmortem: {severitys: [A]}}]\n")

    result = run(*command, "-f", "site.yml")

    assert result.exit_code == 2
    assert "Did you mean `severities`" in result.output


def test_a_configuration_that_is_not_obvious_is_named(
    archive: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive.root / "mkdocs.yml").rename(archive.root / "internal.yml")
    monkeypatch.chdir(archive.root)

    assert "Using the options of" in run("check").stderr
    assert "internal.yml" in run("check").stderr
    assert "Using" not in run("check", "-f", "internal.yml").stderr


def test_new_takes_the_time_of_day_from_the_site_s_zone(
    archive: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.options = {"timezone": "Pacific/Kiritimati"}
    archive.write_config()
    monkeypatch.setenv("TZ", "Pacific/Pago_Pago")
    before = datetime.now(ZoneInfo("Pacific/Kiritimati"))

    file = Path(run("new", "Search was slow").output.strip())

    started = re.search(r"- (\S+ \S+) \*\*Started", file.read_text(encoding="utf-8"))
    assert started
    local = datetime.strptime(started[1], "%Y-%m-%d %H:%M").replace(tzinfo=before.tzinfo)
    assert timedelta(minutes=-1) <= local - before <= timedelta(minutes=5)


def test_new_refuses_an_empty_title(archive: Site) -> None:
    assert "The title is empty" in run("new", " ").output


def test_export_does_not_take_a_folder_for_a_file(archive: Site) -> None:
    for more in ([], ["--force"]):
        result = run("export", "csv", "--output", archive.root, *more)

        assert result.exit_code == 2
        assert "is a folder; name a file in it" in result.output


def test_schema_prints_and_merges(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        json.dumps({"properties": {"region": {"enum": ["eu"]}}, "required": ["region"]}),
        encoding="utf-8",
    )

    merged = json.loads(run("schema", "front-matter", "--with", own).output)

    assert json.loads(run("schema").output) == load_schema("postmortem")
    assert merged["$defs"]["postmortem"]["properties"]["region"] == {"enum": ["eu"]}
    assert merged["$defs"]["postmortem"]["required"] == ["region"]
    assert "region" not in load_schema("front-matter")["$defs"]["postmortem"]["properties"]


def test_tasks_are_listed_and_overdue_ones_may_fail(archive: Site) -> None:
    result = run("tasks", "--fail-overdue")

    assert "overdue      due 2026-04-01  @dana" in result.output
    assert "1 open task, 1 overdue on 2026-11-24." in result.output
    assert result.exit_code == 1
    assert run("tasks", "--fail-overdue", "--today", "2026-03-20").exit_code == 0
    assert "Check the number" not in run("tasks", "--owner", "lee").output
    assert "Check the number" not in run("tasks", "--service", "search").output
    assert json.loads(run("tasks", "--format", "json").output)[0]["owners"] == "dana"
    assert run("tasks", "--format", "markdown").output.startswith("| due | owners |")


PROMISE = "- [ ] Check the number (@dana, due 2026-04-01)"


def test_each_listed_task_says_its_state(archive: Site) -> None:
    (page,) = (path for path in archive.root.rglob("*.md") if PROMISE in path.read_text())
    tasks = (
        "- [x] One (@dana, due 2026-04-01, done 2026-04-02)\n- [/] Two (due 2027-04-01)\n"
        "- [-] Three (won't do: late)\n- [ ] Four (@dana)"
    )
    page.write_text(page.read_text().replace(PROMISE, tasks))
    lines = run("tasks", "--all", "--today", "2026-11-24").output.splitlines()

    for begin in (
        "done         on 2026-04-02   @dana          One",
        "in_progress  due 2027-04-01  nobody         Two",
        "wont_do      no date         nobody         Three",
        "open         no date         @dana          Four",
    ):
        assert any(line.startswith(begin) for line in lines)


def test_the_data_set_fits_its_schema(archive: Site) -> None:
    data = json.loads(run("export", "json").output)

    registry: Registry = Registry().with_resources(  # type: ignore[type-arg]
        (load_schema(name)["$id"], Resource.from_contents(load_schema(name))) for name in NAMES
    )
    Draft202012Validator(load_schema("index"), registry=registry).validate(data)
    assert data["postmortems"][0]["duration_seconds"] == 2820


def test_csv_is_read_back_and_holds_no_formula(archive: Site) -> None:
    archive.write("postmortems/a.md", PAGE.replace("Shoppers saw a 502 page.", "'=1+1'"))

    (row,) = csv.DictReader(io.StringIO(run("export", "csv").output))

    assert row["id"] == "PM-1"
    assert row["impact"] == "'=1+1"


def test_export_does_not_overwrite(archive: Site) -> None:
    file = archive.root / "out.csv"
    written = run("export", "csv", "-o", file)
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == f"{file} written.\n"
    file.write_text("mine", encoding="utf-8")

    assert run("export", "csv", "-o", file).exit_code == 2
    assert file.read_text(encoding="utf-8") == "mine"
    assert run("export", "csv", "--tasks", "-o", file, "--force").exit_code == 0
    assert "Check the number" in file.read_text(encoding="utf-8")


def test_new_writes_a_draft_that_passes(archive: Site) -> None:
    result = run("new", "Search: blank?", "--severity", "3", "--service", "search",
                 "--started", "2026-11-20 10:00", "--timezone", "UTC")  # fmt: skip

    file = archive.root / "docs/postmortems/2026-11-20-search-blank.md"
    assert archive.root / result.output.strip() == file
    text = file.read_text(encoding="utf-8")
    assert "id: PM-2026-001" in text
    assert "severity: SEV3" in text
    assert run("check", file).exit_code == 0, run("check", file).output
    assert run("new", "Search: blank?", "--started", "2026-11-20 10:00").exit_code == 2
    assert file.read_text(encoding="utf-8") == text


def test_new_makes_the_docs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [postmortem]\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("check").exit_code == 2
    result = run("new", "Search blank", "--started", "2026-11-20 10:00")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "docs/postmortems/2026-11-20-search-blank.md").exists()


def test_new_counts_on_from_the_highest_id(archive: Site) -> None:
    archive.write("postmortems/b.md", PAGE.replace("PM-1", "INC-2026-041"))

    run("new", "X", "--started", "2026-11-20 10:00")

    text = (archive.root / "docs/postmortems/2026-11-20-x.md").read_text(encoding="utf-8")
    assert "id: INC-2026-042" in text


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2021-10-04 15:40 UTC", "2021-10-04 17:40"),
        ("2021-10-04 15:40Z", "2021-10-04 17:40"),
        ("2021-10-04 23:30-01:00", "2021-10-05 02:30"),
        ("2021-10-04 15:40", "2021-10-04 15:40"),
    ],
)
def test_a_start_with_a_zone_is_written_in_the_zone_of_the_draft(
    archive: Site, given: str, written: str
) -> None:
    result = run("new", "Search blank", "--started", given, "--timezone", "Europe/Paris")

    text = Path(result.output.strip()).read_text(encoding="utf-8")
    assert f"- {written} **Started:**" in text


def test_a_start_in_an_ambiguous_zone_is_refused_with_its_candidates(archive: Site) -> None:
    result = run("new", "Search blank", "--started", "2021-10-04 15:40 IST")

    assert result.exit_code == 2
    assert "`Asia/Kolkata`, `Europe/Dublin`" in result.output


@pytest.mark.parametrize(
    "args",
    [("--severity", "high"), ("--timezone", "Paris"), ("--started", "noonish")],
)
def test_new_refuses_what_it_cannot_read(archive: Site, args: tuple[str, str]) -> None:
    result = run("new", "X", *args)

    assert result.exit_code == 2
    assert args[1] in result.output
    assert not list((archive.root / "docs/postmortems").glob("*-x.md"))


TEMPLATE = """\
---
# How bad it is decides who reads it: see the handbook.
title: {{ title }}
audience: board
postmortem:
  id: {{ id }}
  status: draft
  severity: {{severity}}
  services: {{ services }}
  timezone: {{ timezone }}
---
# {{ title }}

## Timeline

- {{ started }} **Started:** Of {{ services }}.
"""


def test_new_takes_the_template_of_the_severity(archive: Site) -> None:
    archive.options = {"templates": {"SEV1": "worst.md", "default": "usual.md"}}
    archive.write_config()
    (archive.root / "worst.md").write_text(TEMPLATE, encoding="utf-8")
    (archive.root / "usual.md").write_text("# {{ title }}\n\nAsk why.\n", encoding="utf-8")
    args = ("--service", "a", "--service", "b: c", "--started", "2026-11-20 10:00",
            "--timezone", "UTC")  # fmt: skip

    worst = run("new", 'Say "no": 1', "--severity", "SEV1", *args)
    usual = run("new", "Small", *args)

    text = Path(worst.output.strip()).read_text(encoding="utf-8")
    assert "# How bad it is decides who reads it: see the handbook." in text
    assert "audience: board" in text
    assert "title: 'Say \"no\": 1'" in text
    assert "services: [a, 'b: c']" in text
    assert "- 2026-11-20 10:00 **Started:** Of a, b: c." in text
    assert run("check", worst.output.strip()).exit_code == 0
    plain = Path(usual.output.strip()).read_text(encoding="utf-8")
    assert "  status: draft\n" in plain
    assert plain.endswith("---\n# Small\n\nAsk why.\n")


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("# Hello\n{{ owner }}\n", "line 2: `{{ owner }}` is not a placeholder"),
        ("---\ntitle: {{ title }}\n---\n", "does not produce a postmortem"),
        ("---\npostmortem: [\n---\n", "does not produce a postmortem"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_new_refuses_a_template_that_gives_no_draft(
    archive: Site, template: str | bytes, reason: str
) -> None:
    file = archive.root / "t.md"
    file.write_bytes(template if isinstance(template, bytes) else template.encode())

    result = run("new", "X", "--template", file)

    assert result.exit_code == 2
    assert reason in result.output
    assert [page.name for page in (archive.root / "docs/postmortems").iterdir()] == ["a.md"]


def test_templates_are_by_severity(archive: Site) -> None:
    archive.options = {"templates": {"SEV9": "a.md", "SEV1": 3}}
    archive.write_config()

    result = run("new", "X")

    assert result.exit_code == 2
    assert "templates: `SEV9` is not one of `SEV1`" in result.output
    assert "templates: SEV1: the path of a Markdown file is expected" in result.output


def test_a_closed_pipe_and_a_foreign_locale_give_no_traceback(archive: Site) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs_postmortem", "export", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=archive.root,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert process.stdout is not None
    process.stdout.close()
    _, reported = process.communicate()

    assert b"Traceback" not in reported


def test_unsaved_text_of_an_editor_is_checked(archive: Site) -> None:
    args = ["check", "--stdin-filename", "docs/postmortems/a.md"]

    result = CliRunner().invoke(main, args, input=BAD)
    unsaved = CliRunner().invoke(main, [*args[:2], "docs/postmortems/new.md"], input=BAD)
    outside = CliRunner().invoke(main, [*args[:2], "README.md"], input=BAD)

    assert "a.md:5:13: error PM103" in result.output
    assert "new.md:5:13: error PM103" in unsaved.output
    assert outside.exit_code == 2


def test_stats_name_both_ends_and_what_is_missing(archive: Site) -> None:
    archive.write(
        "postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("resolved: ", "related: PM-1 # ")
    )

    output = run("stats").output

    assert "2 incidents" in output
    assert "median 47 min" in output
    assert "(started → resolved, n = 2)" in output
    assert "first noticed by   monitor 2" in output
    assert "what happened to these 2." in output
    assert "0 incidents" in run("stats", "--year", "1999").output


def test_ctrl_c_ends_with_130(archive: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["mkdocs_postmortem.cli.check"], "find_project", interrupted)

    assert CliRunner().invoke(main, ["check"]).exit_code == 130


def test_the_calendar_opens_in_a_calendar_library(archive: Site) -> None:
    import icalendar

    calendar = icalendar.Calendar.from_ical(run("export", "ics").output)

    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "Check the number"
    assert event["dtstart"].dt.isoformat() == "2026-04-01"


def test_the_feed_is_read_by_a_feed_parser(archive: Site) -> None:
    import feedparser

    assert run("export", "atom").exit_code == 2
    archive.write_config(site_url="https://outages.example/docs")
    archive.write(
        "postmortems/b.md", PAGE.replace("PM-1", "PM-2").replace("was down", "<b>&amp; x")
    )
    archive.write("postmortems/c.md", PAGE.replace("  id: PM-1", "  id: PM-3\n  status: draft"))

    feed = feedparser.parse(run("export", "atom").output)

    assert not feed.bozo
    assert len(feed.entries) == 2
    assert feed.entries[0].link == "https://outages.example/docs/postmortems/a/"


def test_the_database_answers_questions(archive: Site) -> None:
    import sqlite3

    file = archive.root / "out.sqlite"
    assert run("export", "sqlite").exit_code == 2
    assert run("export", "sqlite", "-o", file).exit_code == 0

    connection = sqlite3.connect(file)
    (row,) = connection.execute(
        "SELECT o.duration_seconds, s.service, t.owners FROM outages o "
        "JOIN services s ON s.outage = o.id JOIN tasks t ON t.outage = o.id"
    ).fetchall()
    connection.close()
    assert row == (2820, "checkout", "dana")


def test_an_extra_that_is_not_installed_is_named(
    archive: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    result = run("export", "parquet", "-o", "data")

    assert result.exit_code == 2
    assert "mkdocs-postmortem[parquet]" in result.output


def test_watch_checks_again_after_a_change(archive: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 2:
            archive.write("postmortems/a.md", BAD + "\n")
        if len(naps) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", nap)

    result = run("check", "--watch")

    assert result.exit_code == 130
    assert result.output.count("1 postmortem:") == 2
    assert result.output.count("PM103") == 1


MESSY = (
    PAGE.replace("severity: SEV2", "severty: SEV2")
    .replace("started: 2026-03-14 09:12", "started: March 14, 2026 9:12 AM")
    .replace("- 09:24 We look at the graphs.", "")
    .replace("- 09:", "\n09:")
    .replace("- [ ] Check", "1. Check")
)


def test_fix_applies_safe_fixes(archive: Site) -> None:
    file = archive.write("postmortems/a.md", MESSY)

    shown = run("check", "--diff")
    assert "+  severity: SEV2" in shown.output
    assert file.read_text(encoding="utf-8") == MESSY

    result = run("check", "--fix")
    text = file.read_text(encoding="utf-8")
    assert "  severity: SEV2" in text
    assert "  started: 2026-03-14 09:12\n" in text
    assert "- 09:19 **Detected:** The 5xx alert" in text
    assert "- [ ] Check the number (@dana" in text
    assert result.exit_code == 0, result.output

    again = file.read_bytes()
    run("check", "--fix")
    assert file.read_bytes() == again


@pytest.mark.parametrize("around", ["{}", "<!-- internal -->\n\n{}\n\n<!-- /internal -->"])
def test_fix_corrects_mistyped_boxes_and_leaves_bullets(archive: Site, around: str) -> None:
    proper = "- [ ] Check the number (@dana, due 2026-04-01)"
    written = (
        "- []  Alert on it (@dana)",
        "-[x] Cap it (@lee)",
        "  1. [] Why (@lee)",
        "- Ask @omar",
    )
    wanted = (
        "- [ ]  Alert on it (@dana)",
        "- [x] Cap it (@lee)",
        "  1. [ ] Why (@lee)",
        "- Ask @omar",
    )
    page, fixed = (
        PAGE.replace(proper, around.format("\n".join([proper, *items])))
        for items in (written, wanted)
    )
    file = archive.write("postmortems/a.md", page)
    assert page != fixed

    result = run("check", "--fix", "--level", "info")

    assert file.read_text(encoding="utf-8") == fixed
    assert "`- []` is now `- [ ]`." in result.output


def test_fix_leaves_a_good_page_byte_for_byte(archive: Site) -> None:
    file = archive.write("postmortems/a.md", b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    before = file.read_bytes()

    run("check", "--fix")

    assert file.read_bytes() == before


def test_fix_keeps_the_file_if_it_cannot_be_written(
    archive: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = archive.write("postmortems/a.md", MESSY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run("check", "--fix")

    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert file.read_text(encoding="utf-8") == MESSY
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


UNSORTED = PAGE.replace(
    "- 09:24 We look at the graphs.\n",
    "",
).replace(
    "- 09:59 **Resolved:**",
    "- 09:24 We look at the graphs.\n\n    ```text\n    - 09:00 old log\n    ```\n"
    "- 09:59 **Resolved:**",
)


def test_fix_sorts_the_timeline_on_request(archive: Site) -> None:
    file = archive.write("postmortems/a.md", UNSORTED)

    run("check", "--fix")
    assert file.read_text(encoding="utf-8") == UNSORTED

    result = run("check", "--fix", "--sort")
    text = file.read_text(encoding="utf-8")
    assert "the timeline is sorted by time" in result.output
    assert sorted(text.split("\n")) == sorted(UNSORTED.split("\n"))
    assert text.index("pages the on-call") < text.index("- 09:24 We look") < text.index("old log")
    assert text.index("old log") < text.index("- 09:31")
    assert "PM304" not in run("check").output
    assert run("check", "--sort").exit_code == 2


def test_sorting_that_would_change_a_day_is_left(archive: Site) -> None:
    unsorted = PAGE.replace("- 09:12 **Started:**", "- 2026-03-15 09:20 **Started:**")
    file = archive.write("postmortems/a.md", unsorted)

    result = run("check", "--fix", "--sort")

    assert "not sorted: write the day before each time first" in result.output
    assert file.read_text(encoding="utf-8") == unsorted


def test_a_page_cannot_speak_to_the_terminal(archive: Site) -> None:
    archive.write("postmortems/a.md", PAGE.replace("SEV2", '"\\e]0;x\\a SEV9"'))
    archive.write(
        "postmortems/b.md", PAGE.replace("09:24", "\x1b[31m 99:24").replace("PM-1", "PM-2")
    )

    output = run("check").output

    assert "PM103" in output
    assert "b.md" in output
    assert "\x1b" not in output
    assert "\x07" not in output


def test_no_color_is_heeded(archive: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.write("postmortems/a.md", BAD)
    runner = CliRunner()

    assert "\x1b[31m" in runner.invoke(main, ["check"], color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in runner.invoke(main, ["check"], color=True).output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("command", ["check", "export json", "rules", "schema"])
def test_output_without_room_is_one_line(archive: Site, command: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs_postmortem", *command.split()],
            cwd=archive.root,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == "Error: No space left on device.\n"


@pytest.mark.parametrize("kind", ["binary", "folder", "pipe", "loop"])
def test_odd_files_among_the_pages_stop_nothing(archive: Site, kind: str) -> None:
    odd = archive.root / "docs/postmortems/odd.md"
    if kind == "binary":
        odd.write_bytes(bytes(range(256)) * 20)
    elif kind == "folder":
        odd.mkdir()
    elif kind == "pipe":
        os.mkfifo(odd)
    else:
        odd.symlink_to("odd.md")

    result = run("check", "--level", "error")

    assert "1 postmortem" in result.output
    assert ("odd.md:" in result.output) == (kind != "folder")


def test_a_file_that_changes_while_it_is_read_is_whole(
    archive: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is read once, so that what is judged and what is shown are one state of it."""
    file = archive.write("postmortems/a.md", BAD)
    read, changed = page_reader.read_bytes, list[int]()

    def read_and_change(path: Path) -> bytes:
        data = read(path)
        if path == file:
            changed.append(path.write_text("---\n", encoding="utf-8"))
        return data

    monkeypatch.setattr(page_reader, "read_bytes", read_and_change)

    assert "a.md:5:13: error PM103" in run("check").output
    assert changed


def test_a_pages_own_quickfix_form_is_stable(archive: Site) -> None:
    """The expression that the docs give to VS Code, and Vim's format, rest on this."""
    archive.write("postmortems/a.md", BAD)
    matcher = re.compile(r"^(.+?):(\d+):(\d+): (error|warning|info) (PM\d+) (.*)$", re.MULTILINE)

    found = matcher.findall(run("check").output)

    assert ("docs/postmortems/a.md", "5", "13", "error", "PM103") in [item[:5] for item in found]


@pytest.mark.parametrize("command", ["check", "adopt"])
def test_a_diff_repeats_no_secret_and_no_control_character(
    archive: Site, tmp_path: Path, command: str
) -> None:
    secret = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7aB3dE6gH9"[:36]
    text = MESSY.replace("The build is", f"{secret} \x1b[31m The build is")
    if command == "adopt":
        text = text.partition("# Checkout")[2]
    file = archive.write("postmortems/a.md" if command == "check" else "old.md", text)

    options = ("--dry-run", "--rewrite") if command == "adopt" else ()
    output = run(command, file, "--diff", *options).output

    assert "+" in output
    assert "ghp_" in output
    assert secret not in output
    assert "\x1b" not in output


def test_an_unknown_name_is_reported_with_the_empty_list(archive: Site) -> None:
    assert "Did you mean `checkout`?" in run("tasks", "--service", "checkuot").stderr
    assert "No owner is called `nobody`." in run("tasks", "--owner", "nobody").stderr
    assert run("tasks", "--owner", "@dana").stderr == ""
    empty = run("stats", "--service", "nowhere")
    assert (empty.stdout, empty.exit_code) == ("0 incidents\n", 0)
    assert "No service is called `nowhere`." in empty.stderr


def test_the_version_is_printed_without_loading_the_readers() -> None:
    code = (
        "import sys; from mkdocs_postmortem.cli import main;"
        "main(['--version'], standalone_mode=False);"
        "print([name for name in ('yaml', 'jsonschema', 'babel') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("epoch", ["1e30", "99999999999999", "tomorrow", "-1"])
def test_an_unusable_source_date_epoch_is_one_sentence(
    archive: Site, epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive.root / "mkdocs.yml").write_text("plugins: [postmortem]\n", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.chdir(archive.root)

    done = CliRunner().invoke(main, ["check"])

    assert done.exit_code == 2
    assert f"SOURCE_DATE_EPOCH: `{epoch}` is not a number of seconds" in done.output
