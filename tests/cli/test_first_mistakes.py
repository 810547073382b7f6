"""Mistakes that new users make, and the sentence with which `check` answers each of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main

TABLE = """\
| Task | Owner | Due |
| --- | --- | --- |
| Alert on saturation | | 31 Jan 2027 |
| Check the number | @dana | |
"""


def run(*args: str | Path) -> str:
    return CliRunner().invoke(main, [str(arg) for arg in args]).output


@pytest.mark.parametrize(
    ("typed", "instead", "answer"),
    [
        (
            "[checkout]",
            "checkout, catalog",
            "6:13: error PM102 `services: checkout, catalog` is one string",
        ),
        (
            "  detected: 2026-03-14 09:19",
            "   detected: 2026-03-14 09:19",
            "9:4: error PM002 `detected` is indented by 3 spaces",
        ),
        (
            "- 09:24 We look",
            "\t- 09:24 We look",
            "its indentation makes it part of the entry on line 22",
        ),
        ("detected: 2026-03-14 09:19", "detected: 2026-03-14 09:05", "info PM211 Detected 7 min"),
        ("## Timeline", "## Timeline (IST)", "error PM205 `IST` is ambiguous."),
        ("## Timeline", "## Timeline\n\n_all times CST_", "error PM205 `CST` is ambiguous."),
        ("detected_by: monitor", "detected_by: monitoring", "Did you mean `monitor`?"),
    ],
)
def test_the_answer_names_the_place_and_the_fix(
    site: Site, typed: str, instead: str, answer: str
) -> None:
    site.write_config()
    assert typed in PAGE
    site.write("postmortems/a.md", PAGE.replace(typed, instead, 1))

    assert answer in run("check", site.root)


def test_a_section_that_begins_with_a_list_is_not_called_missing(site: Site) -> None:
    site.write_config()
    text = PAGE.replace("  root_cause: The pool was too small.\n", "")
    text = text.replace(
        "The pool is a plain number.",
        "### Root cause\n\n- The pool was too small.\n\n### Resolution\n\nRolled back.",
    )
    site.write("postmortems/a.md", text)

    output = run("check", site.root)

    assert "PM104 The section `Root cause` has no paragraph to take `root_cause` from." in output
    assert "PM105" not in output


@pytest.mark.parametrize("label", ["Detected", "Resolved", "Mitigated"])
def test_a_time_in_the_front_matter_needs_no_entry(site: Site, label: str) -> None:
    site.write_config()
    site.write("postmortems/a.md", PAGE.replace(f"**{label}:** ", ""))

    output = run("check", "--select", "PM304,PM308", site.root)

    assert output.endswith("1 postmortem: no problems.\n")


def test_a_table_of_tasks_is_read_by_its_columns(site: Site) -> None:
    site.write_config()
    task = "- [ ] Check the number (@dana, due 2026-04-01)\n"
    site.write("postmortems/a.md", PAGE.replace(task, TABLE))

    output = run("check", "--select", "PM501,PM502", site.root)

    assert output.count("PM501") == output.count("PM502") == 1
    assert 'PM501 The task "Alert on saturation" has no owner.' in output
    assert 'PM502 The task "Check the number" has no due date.' in output
    assert "Fill in the owner column of the row" in output


@pytest.mark.parametrize(
    ("typed", "instead", "codes"),
    [
        ("  resolved:", "  end:", ["PM101"]),
        ("  users_affected:", "  users affected:", ["PM101"]),
        ("  detected_by: monitor", "  detected_by: sensor", ["PM103"]),
    ],
)
def test_what_follows_from_a_mistake_is_not_reported_as_well(
    site: Site, typed: str, instead: str, codes: list[str]
) -> None:
    site.write_config()
    page = PAGE.replace("The 5xx alert pages the on-call.", "It is seen.")
    page = page.replace("**Resolved:** ", "")
    site.write("postmortems/a.md", page.replace(typed, instead))

    report = json.loads(
        run("check", "--format", "json", "--level", "warning", site.root).partition("\n")[2]
    )

    assert [item["code"] for item in report["problems"] if item["code"] != "PM401"] == codes


def test_a_label_on_a_line_that_is_not_an_entry_is_not_missing(site: Site) -> None:
    site.write_config()
    page = PAGE.replace("  detected: 2026-03-14 09:19\n", "")
    site.write("postmortems/a.md", page.replace("- 09:19", "\t- 09:19"))

    output = run("check", "--select", "PM3", site.root)

    assert "PM301 This line starts with a time, but its indentation" in output
    assert "PM304" not in output


def test_one_wrong_end_is_one_problem(site: Site) -> None:
    site.write_config()
    page = PAGE.replace("  resolved: 2026-03-14 09:59\n", "")
    site.write("postmortems/a.md", page.replace("- 09:59", "- 08:59"))

    report = json.loads(
        run("check", "--format", "json", "--level", "warning", site.root).partition("\n")[2]
    )

    assert [item["code"] for item in report["problems"] if item["code"] != "PM401"] == ["PM208"]


@pytest.mark.parametrize(
    ("typed", "instead", "fixed"),
    [
        ("  resolved: 2026", "  end: 2026", "  resolved: 2026"),
        ("[checkout]", "[chekout]", "[checkout]"),
        ("[checkout]", '["chekout"]', '["chekout"]'),
        ("severity: SEV2", "severity: SEV2\n  status: reviewed", "  status: reviewed"),
    ],
)
def test_fix_changes_a_value_only_where_its_meaning_is_certain(
    site: Site, typed: str, instead: str, fixed: str
) -> None:
    site.options["services"] = ["checkout"]
    site.write_config()
    file = site.write("postmortems/a.md", PAGE.replace(typed, instead, 1))

    run("check", "--fix", site.root)

    assert fixed in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        (("--id", "a b"), "`a b` is not an id such as `PM-2026-014`"),
        (("--timezone", "CEST"), "not an IANA time zone such as `Europe/Paris`.\n"),
        (("--timezone", "Europe/Pariss"), "Did you mean `Europe/Paris`?"),
        (("--started", "yesterday"), "`yesterday` is not a valid time"),
        (("--severity", "high"), "`high` is not one of SEV1"),
    ],
)
def test_new_explains_a_wrong_value_without_its_usage(
    site: Site, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str], answer: str
) -> None:
    site.write_config()
    monkeypatch.chdir(site.root)

    output = run("new", "Down", *options)

    assert answer in output
    assert "Usage:" not in output
    assert not (site.root / "docs/postmortems").exists()


def test_a_new_draft_states_no_start_that_nobody_gave(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_config()
    monkeypatch.chdir(site.root)

    file = Path(run("new", "Down", "--timezone", "Europe/Paris").strip())

    assert not file.is_absolute()
    assert re.search(r"^<!-- - .* \*\*Started:\*\*.* -->$", file.read_text("utf-8"), re.M)


def test_one_change_is_reported_in_the_singular(site: Site) -> None:
    site.write_config()
    text = PAGE.replace("- 09:24 We look", "1. 09:24 We look")
    site.write("postmortems/a.md", text)

    assert "1 timeline entry rewritten as a bullet." in run("check", "--fix", site.root)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("similar", "docs/index.md"), "docs/index.md is not a postmortem."),
        (("index", "docs/list.md"), "has `postmortem:` in its front matter"),
        (("new", "Down", "--template", "docs/latin.md"), "cannot be read"),
        (("agents",), "AGENTS.md is not UTF-8"),
    ],
)
def test_data_that_cannot_be_used_is_not_reported_as_wrong_usage(
    site: Site, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], reason: str
) -> None:
    site.write_config()
    (site.root / "docs/latin.md").write_bytes(b"\xe9")
    (site.root / "AGENTS.md").write_bytes(b"\xe9")
    monkeypatch.chdir(site.root)

    result = CliRunner().invoke(main, [*command])

    assert result.exit_code == 2
    assert reason in result.output
    assert "Usage:" not in result.output
