"""``check`` from a shell's point of view, and that it judges as the build does."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import PAGE, Site
from jsonschema import Draft202012Validator

from mkdocs_postmortem.checking.schemas import load_schema
from mkdocs_postmortem.cli import main

BAD = PAGE.replace("severity: SEV2", "severity: SEV9")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_a_good_site_exits_with_0(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", PAGE)

    result = run("check", site.root)

    assert result.exit_code == 0, result.output
    assert "1 postmortem:" in result.output


def test_an_error_exits_with_1_and_shows_place_and_fix(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", BAD)

    result = run("check", site.root)

    assert result.exit_code == 1
    assert "postmortems/a.md:5:13: error PM103" in result.output
    assert "Choose one of `SEV1`" in result.output


def test_many_infos_are_counted_by_rule_and_hide_no_error(site: Site) -> None:
    site.write_config()
    site.write("postmortems/bad.md", BAD)
    for number in range(8):
        draft = f"---\npostmortem: {{id: D-{number}, status: draft}}\n---\n# Draft {number}\n"
        site.write(f"postmortems/{number}.md", draft)

    counted, listed = run("check", site.root), run("check", "--level", "info", site.root)
    chosen = run("check", "--select", "PM105", site.root)

    infos = int(re.search(r"(\d+) infos; `--level info` shows each", counted.output)[1])  # type: ignore[index]
    assert infos > 60
    assert infos == listed.output.count(": info PM")
    assert ": info PM" not in counted.output
    assert "bad.md:5:13: error PM103" in counted.output
    assert re.search(r"^ +\d+ PM105 A required section is missing\.$", counted.output, re.M)
    assert chosen.output.count(": info PM105") >= 8
    assert counted.output.splitlines()[-1] == listed.output.splitlines()[-1]


def test_strict_lets_warnings_fail(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", PAGE)

    assert run("check", "--strict", site.root).exit_code == 1


def test_one_file_is_checked_with_its_site(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", BAD)
    text = PAGE.replace("PM-1", "PM-2").replace("title: Checkout", "title: Payment")
    good = site.write("postmortems/b.md", text)

    result = run("check", good)

    assert result.exit_code == 0
    assert "a.md" not in result.output
    assert "1 postmortem:" in result.output
    other = run("check", site.write("about.md", "# About us\n"))
    assert "0 postmortems: no checked page has `postmortem:`" in other.output
    assert "2 postmortems:" in run("check", site.root).output


def test_a_service_and_a_title_are_compared_with_the_other_pages(site: Site) -> None:
    site.write_config()
    for number in (1, 2):
        site.write(f"postmortems/{number}.md", PAGE.replace("PM-1", f"PM-{number}"))
    text = PAGE.replace("PM-1", "PM-3").replace("[checkout]", "[chekout]")
    site.write("postmortems/3.md", text)

    output = run("check", site.root).output

    assert "3.md:6:14: warning PM607 The service `chekout` is almost `checkout`" in output
    assert "3.md:17:1: info PM608 postmortems/1.md, postmortems/2.md have the same title." in output


def test_no_postmortem_is_counted_where_none_could_be_read(site: Site) -> None:
    site.write_config()
    site.write("postmortems/a.md", "---\npostmortem:\n  a: [\n---\n")

    assert "1 error; no page could be read as a postmortem." in run("check", site.root).output


@pytest.mark.parametrize(
    ("header", "left"),
    [
        ("Time | Event", ""),
        ("Time (UTC) | Event", "All times are in UTC."),
        ("**Time (PST)** | What happened", "All times are in PST."),
        ("When, UTC-08:00 | Event", "All times are in UTC-08:00."),
        ("UTC | Event", "All times are in UTC."),
        ("UTC time | Event", "All times are in UTC."),
        ("When, PST | Event", "All times are in PST."),
    ],
)
def test_fix_drops_a_plain_header_of_a_table(site: Site, header: str, left: str) -> None:
    site.write_config()
    entries = PAGE[PAGE.index("- 09:12") : PAGE.index("## Root")]
    rows = "".join(f"| {line[2:7]} | {line[8:]} |\n" for line in entries.strip().split("\n"))
    table = f"| {header} |\n| --- | --- |\n{rows}\n"
    file = site.write("postmortems/a.md", PAGE.replace(entries, table))

    result = run("check", "--fix", site.root)

    text = file.read_text(encoding="utf-8")
    assert "7 timeline entries rewritten as bullets" in result.output
    assert "- 09:24 We look at the graphs." in text
    above = text[text.index("## Timeline") :].split("- 09:12")[0].removeprefix("## Timeline")
    assert above.strip() == left


@pytest.mark.parametrize(
    ("header", "last"),
    [
        ("Time | Who saw it", ""),
        ("Time | Event", "| ??:?? | Somebody calls the provider. |\n"),
    ],
)
def test_fix_leaves_a_table_that_says_more_than_bullets(site: Site, header: str, last: str) -> None:
    site.write_config()
    entries = PAGE[PAGE.index("- 09:12") : PAGE.index("## Root")]
    rows = "".join(f"| {line[2:7]} | {line[8:]} |\n" for line in entries.strip().split("\n"))
    page = PAGE.replace(entries, f"| {header} |\n| --- | --- |\n{rows}{last}\n")
    file = site.write("postmortems/a.md", page)

    run("check", "--fix", site.root)

    assert file.read_text(encoding="utf-8") == page


def test_fix_leaves_a_table_whose_zone_would_be_that_of_other_entries(site: Site) -> None:
    site.write_config()
    line = "- 09:24 We look at the graphs.\n"
    table = "\n| Time (PST) | Event |\n| --- | --- |\n| 01:24 | We look at the graphs. |\n"
    below = "\n" * 12 + table  # too far down for a zone of the whole section
    page = PAGE.replace(line, "").replace("\n## Root", f"{below}\n## Root")
    file = site.write("postmortems/a.md", page)

    result = run("check", "--fix", site.root)

    assert "the timeline keeps its form: write the zone with each time first" in result.output
    assert file.read_text(encoding="utf-8") == page


def test_one_fix_is_enough_for_a_key_below_a_mistyped_key(site: Site) -> None:
    tasks = "  taskss:\n    - {text: Alert on saturation, owner: [dana], sttate: open}\n"
    page = site.write("a.md", PAGE.replace("  detected_by", f"{tasks}  detected_by"))
    site.write_config()

    result = run("check", "--fix", site.root)

    assert "`taskss` is now `tasks`" in result.stderr
    assert "`sttate` is now `state`" in result.stderr
    assert "  tasks:\n    - {text: Alert on saturation, owner: [dana], state: open}" in (
        page.read_text(encoding="utf-8")
    )


def test_fix_reports_nothing_that_it_did_not_change(site: Site) -> None:
    site.write_config()
    file = site.write("postmortems/a.md", PAGE)

    result = run("check", "--fix", site.root)

    assert file.read_text(encoding="utf-8") == PAGE
    assert not [line for line in result.output.split("\n") if "rewritten" in line]


def test_a_folder_without_a_configuration_is_checked_with_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BAD, encoding="utf-8")

    assert run("check", tmp_path).exit_code == 1


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("plugins: [", "not readable YAML"),
        ("- a", "not a mapping"),
        ("docs_dir: gone", "does not exist"),
        ("plugins: [{postmortem: {timezone: Paris}}]", "IANA"),
        ("plugins: [{postmortem: {folde: a}}]", "Did you mean `folder`?"),
        ("plugins: [{postmortem: {schema: gone.json}}]", "gone.json"),
    ],
)
def test_a_wrong_configuration_is_one_line_and_exit_2(site: Site, config: str, words: str) -> None:
    (site.root / "mkdocs.yml").write_text(config, encoding="utf-8")

    result = run("check", site.root)

    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_tags_of_others_in_the_configuration_are_passed_over(site: Site) -> None:
    (site.root / "mkdocs.yml").write_text(
        "site_url: !ENV SITE_URL\nx: !!python/name:os.system\nplugins: [postmortem]\n",
        encoding="utf-8",
    )
    site.write("postmortems/a.md", PAGE)

    assert run("check", site.root).exit_code == 0


def test_options_are_inherited(site: Site) -> None:
    (site.root / "base.yml").write_text(
        "plugins: {postmortem: {severities: [SEV9]}}\n", encoding="utf-8"
    )
    (site.root / "mkdocs.yml").write_text("INHERIT: base.yml\n", encoding="utf-8")
    site.write("postmortems/a.md", BAD)

    output = run("check", site.root).output
    assert "1 postmortem: " in output
    assert "PM103" not in output


PAGES = {
    "good": PAGE,
    "bad value": BAD,
    "broken": "---\npostmortem:\n  title: a: b\n---\n# T\n",
    "latin": "---\npostmortem:\n  impact: café\n---\n# T\n".encode("latin-1"),
    "none": "# T\n",
    "draft": "---\npostmortem: {status: draft}\n---\n# T\n",
    "empty": "",
    "directive": "---\npostmortem: {}\n---\n# T\n\n<!-- postmortem:idnex -->\n",
}


def test_check_and_build_find_the_same_problems(site: Site) -> None:
    site.options = {"on_error": "warn", "services": ["checkout"], "rules": {"PM503": "warning"}}
    for name, text in PAGES.items():
        site.write(f"postmortems/{name}.md", text)
    site.write("other/excluded.md", BAD)
    site.write("list.md", "# L\n\n<!-- postmortem:index {limit: x} -->\n")

    built = site.build(exclude_docs="other/excluded.md\n")
    result = run("check", site.root)

    reported = re.findall(
        r"^mkdocs_postmortem: (.+?:\d+:\d+): (PM\d+)",
        "\n".join(built.messages(logging.DEBUG)),
        re.M,
    )
    shown = re.findall(r"^.*?docs/(.+?:\d+:\d+): \w+ (PM\d+)", result.output, re.M)
    assert reported == shown, result.output
    assert len(reported) > 10


@pytest.mark.parametrize(("zone", "codes"), [(None, []), ("Asia/Tokyo", ["PM206"])])
def test_check_and_build_read_the_environment_alike(
    site: Site, monkeypatch: pytest.MonkeyPatch, zone: str | None, codes: list[str]
) -> None:
    site.options = {"on_error": "warn", "timezone": "!ENV [PM_TZ, Europe/Paris]"}
    # Both say the same in Paris only.
    page = PAGE.replace("  timezone: Europe/Paris\n", "")
    site.write("postmortems/a.md", page.replace("- 09:12 **Started", "- 08:12 UTC **Started"))
    if zone:
        monkeypatch.setenv("PM_TZ", zone)

    built = site.build()
    checked = json.loads(run("check", "--format", "json", site.root).stdout)

    found = [item["code"] for item in checked["problems"] if item["level"] == "error"]
    reported = re.findall(r": (PM\d+)", "\n".join(built.messages(logging.ERROR)))
    assert (reported, found) == (codes, codes)


def test_mkdocs_is_not_imported() -> None:
    code = (
        "import sys; from mkdocs_postmortem.cli import main; "
        "sys.exit(any(name.split('.')[0] == 'mkdocs' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_path_that_does_not_exist_is_exit_2() -> None:
    assert run("check", "gone.md").exit_code == 2


def test_a_suggestion_is_data_for_every_reader_of_problems(site: Site) -> None:
    site.write_config()
    typo = PAGE.replace("severity: SEV2", "detected_by: monitr\n  severty: SEV2")
    file = site.write("postmortems/a.md", typo)

    report = json.loads(run("check", "--format", "json", site.root).stdout)
    found = report["problems"]
    reported = [item["suggestion"] for item in found if item["suggestion"]]
    log = json.loads(run("check", "--format", "sarif", site.root).stdout)
    fixes = [item["fixes"] for item in log["runs"][0]["results"] if "fixes" in item]
    run("check", "--fix", site.root)

    Draft202012Validator(load_schema("problems")).validate(report)
    assert {item["text"] for item in reported} == {"monitor", "severity"}
    assert all(item["length"] in (6, 7) and item["line"] > 1 for item in reported)
    assert len(fixes) == 2
    assert "detected_by: monitor\n  severity: SEV2" in file.read_text(encoding="utf-8")
