"""``import``: exports of other tools become drafts that pass the check."""

from __future__ import annotations

import copy
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from importing.other_payloads import OTHERS
from importing.payloads import EXPORTS, PAGERDUTY, STATUSPAGE, log_entry
from markdown import markdown

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.importing.matching import read_instant
from mkdocs_postmortem.reading.front_matter import read_front_matter

ALL = {**EXPORTS, **OTHERS}
CONFIGURATION = """\
site_name: Acme
plugins:
  - postmortem:
      timezone: Europe/Paris
      today: 2026-11-24
      people: {Dana Roy: dana}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def import_value(site: Path, value: Any, *arguments: str) -> Result:
    (site / "export.json").write_text(json.dumps(value))
    return run("import", "export.json", *arguments)


def drafts(site: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted(site.glob("docs/postmortems/*.md"))}


def only_draft(site: Path) -> str:
    (text,) = drafts(site).values()
    return text


def values(text: str) -> dict[str, Any]:
    found = read_front_matter(text.split("\n")).data["postmortem"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("tool", ALL)
def test_a_draft_of_each_tool_passes_the_check(site: Path, tool: str) -> None:
    result = import_value(site, ALL[tool])

    assert result.exit_code == 0, result.output
    assert values(only_draft(site))["source"]["tool"] == tool
    assert run("check", "--level", "error").exit_code == 0


@pytest.mark.parametrize("tool", ALL)
def test_a_second_import_changes_no_byte(site: Path, tool: str) -> None:
    import_value(site, ALL[tool])
    before = drafts(site)

    result = import_value(site, ALL[tool])

    assert result.exit_code == 0
    assert "unchanged" in result.output
    assert drafts(site) == before


def test_a_page_that_has_the_name_of_a_draft_is_left_alone(site: Path) -> None:
    import_value(site, PAGERDUTY)
    (name,) = drafts(site)
    (site / "docs/postmortems" / name).write_text("mine")

    import_value(site, PAGERDUTY)
    (other,) = drafts(site).keys() - {name}
    (site / "docs/postmortems" / other).write_text("mine, too")
    result = import_value(site, PAGERDUTY)

    assert result.exit_code == 1
    assert "A page with this name exists; rename it and import again." in result.output
    assert drafts(site) == {name: "mine", other: "mine, too"}


@pytest.mark.parametrize("tool", ALL)
def test_no_comment_of_a_draft_is_part_of_its_data(site: Path, tool: str) -> None:
    import_value(site, ALL[tool])
    assert "<!--" in only_draft(site)

    assert "<!--" not in run("export", "json").output


def test_only_what_the_tool_states_is_a_fact(site: Path) -> None:
    import_value(site, PAGERDUTY)
    text = only_draft(site)
    facts = values(text)

    assert facts["detected"] == "2026-03-14 09:12"
    assert facts["acknowledged"] == "2026-03-14 09:15"
    assert facts["resolved"] == "2026-03-14 10:40"
    assert facts["severity"] == "SEV2"
    assert "started" not in facts
    assert "# started: 2026-03-14 09:12  # A guess: this is created_at." in text


def test_the_timeline_has_what_people_did_in_order(site: Path) -> None:
    import_value(site, PAGERDUTY)

    assert [line for line in only_draft(site).splitlines() if line.startswith("- 2026")] == [
        "- 2026-03-14 09:12 **Detected:** 5xx rate above 5 %",
        "- 2026-03-14 09:15 **Acknowledged:** Acknowledged by Dana Roy (@dana)",
        "- 2026-03-14 10:05 Rolled back build 4512, told (e-mail address) (@dana)",
        "- 2026-03-14 10:40 **Resolved:** Resolved by Dana Roy (@dana)",
    ]


def test_events_of_machines_stay_on_request(site: Path) -> None:
    import_value(site, PAGERDUTY, "--all-events", "--keep-addresses")

    assert "Called Dana Roy" in only_draft(site)
    assert "dana@acme.example" in only_draft(site)


def test_the_answers_of_an_api_are_read_from_several_files(site: Path) -> None:
    for name, value in PAGERDUTY.items():
        (site / f"{name}.json").write_text(json.dumps({name: value}))

    result = run("import", *(f"{name}.json" for name in PAGERDUTY))

    assert result.exit_code == 0, result.output
    assert "Rolled back build 4512" in only_draft(site)


def test_notes_without_an_incident_are_reported(site: Path) -> None:
    result = import_value(site, {"notes": PAGERDUTY["notes"]})

    assert result.exit_code == 1
    assert "export.json: $.notes[0]: it does not say which incident it belongs to." in result.output


def test_a_private_incident_becomes_an_internal_page(site: Path) -> None:
    import_value(site, EXPORTS["incident.io"])

    assert values(only_draft(site))["visibility"] == "internal"


def test_an_updated_export_updates_a_page_that_nobody_edited(site: Path) -> None:
    import_value(site, PAGERDUTY)
    changed = copy.deepcopy(PAGERDUTY)
    changed["log_entries"].append(
        log_entry("escalate", "2026-03-14T08:30:00Z", "Escalated to the platform team")
    )

    result = import_value(site, changed)

    assert result.exit_code == 0
    assert "**Escalated:** Escalated to the platform team" in only_draft(site)


def test_an_edited_page_is_left_alone_and_the_difference_shown(site: Path) -> None:
    import_value(site, PAGERDUTY)
    (file,) = site.glob("docs/postmortems/*.md")
    edited = file.read_text().replace("<!-- What ended it. -->", "We rolled back.")
    file.write_text(edited)
    changed = copy.deepcopy(PAGERDUTY)
    changed["incident"]["title"] = "Checkout answered 502 for an hour"

    result = import_value(site, changed)

    assert result.exit_code == 1
    assert "conflict" in result.output
    assert "+title: Checkout answered 502 for an hour" in result.output
    assert file.read_text() == edited


def test_an_edited_page_of_an_unchanged_export_is_unchanged(site: Path) -> None:
    import_value(site, PAGERDUTY)
    (file,) = site.glob("docs/postmortems/*.md")
    edited = file.read_text().replace("<!-- What ended it. -->", "We rolled back.")
    file.write_text(edited)

    result = import_value(site, PAGERDUTY)

    assert result.exit_code == 0
    assert file.read_text() == edited


def test_a_dry_run_writes_nothing(site: Path) -> None:
    result = import_value(site, PAGERDUTY, "--dry-run")

    assert "1 incident found, 1 to write." in result.output
    assert not drafts(site)


def test_json_lines_and_archives_are_read(site: Path) -> None:
    lines = "\n".join(
        json.dumps({"incident": {**PAGERDUTY["incident"], "id": name}}) for name in "ab"
    )
    with zipfile.ZipFile(site / "export.zip", "w") as archive:
        archive.writestr("incidents/all.jsonl", lines)
        archive.writestr("readme.txt", "not read")

    result = run("import", "export.zip")

    assert result.exit_code == 0, result.output
    assert len(drafts(site)) == 2


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (b'{"a": [1,', "line 1, column 10: not valid JSON"),
        (b"", "the file is empty"),
        (b"\x80\x81", "not UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 200 + b"]" * 200, "nested more than 100 levels deep"),
        (b'{"error": {"message": "Unauthorized"}}', "an API's error response"),
        (b'{"colour": "red"}', "no incident of Opsgenie"),
        (b"PK\x03\x04 broken", "not a readable zip archive"),
    ],
)
def test_a_bad_file_is_one_sentence_and_hides_no_other(
    site: Path, written: bytes, message: str
) -> None:
    (site / "bad.json").write_bytes(written)
    (site / "good.json").write_text(json.dumps(PAGERDUTY))

    result = run("import", "bad.json", "good.json")

    assert result.exit_code == 1
    assert "bad.json" in result.output
    assert message in result.output
    assert len(drafts(site)) == 1


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-03-14T09:40:00", "has no zone"),
        ("soon", "not a time"),
        (True, "not a time"),
        ({"nested": 1}, "not a time"),
        (99_999_999_999_999, "out of range"),
    ],
)
def test_a_bad_time_is_reported_with_its_path_and_left_out(
    site: Path, written: object, reason: str
) -> None:
    value = {"incident": {**PAGERDUTY["incident"], "resolved_at": written}}

    result = import_value(site, value)

    assert result.exit_code == 1
    assert "export.json: $.incident.resolved_at:" in result.output
    assert reason in result.output
    assert "resolved" not in values(only_draft(site))


@pytest.mark.parametrize(
    "written",
    ["2026-03-14T09:12:30Z", "2026-03-14 10:12:30.123456+01:00", 1773479550, "1773479550000"],
)
def test_times_are_read_in_all_common_forms(written: object) -> None:
    assert read_instant(written).strftime("%Y-%m-%d %H:%M:%S") in (
        "2026-03-14 09:12:30",
        "2026-03-14 10:12:30",
    )
    assert read_instant(written).timestamp() == 1773479550


HOSTILE = [
    "---\nadmin: true\n---",
    "<script>alert(1)</script>",
    "<!-- postmortem:index -->",
    "{{ config.site_name }} {% include 'x' %}",
    "[a](javascript:alert(1)) ![b](data:text/html,x)",
    "# heading\n- [ ] task\n| a | b |",
    "**Resolved:** not at all",
    "```\n~~~",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(site: Path, text: str) -> None:
    value = copy.deepcopy(STATUSPAGE)
    incident = value["incidents"][0]
    incident["name"] = text
    incident["incident_updates"][1]["body"] = text
    incident["postmortem_body"] = text
    incident["components"] = [{"name": text}]

    assert import_value(site, value).exit_code == 0
    draft = only_draft(site)
    body = draft.split("\n---\n", 1)[1]

    assert set(values(draft)) <= {
        "status", "services", "timezone", "resolved", "source"
    }  # fmt: skip
    assert "<script" not in body
    assert "<!-- postmortem" not in body
    assert "{{" not in body
    assert "{%" not in body
    page = markdown(body, extensions=["tables", "fenced_code", "toc"])
    assert not re.search(r"<script|(?:href|src)=\"(?:javascript|data)", page)
    assert body.count("\n# ") + body.startswith("# ") == 1
    assert (
        len([line for line in body.splitlines() if "- 2026" in line and "**Resolved:**" in line])
        == 1
    )
    assert run("check", "--level", "error").exit_code == 0


def test_a_document_tree_becomes_markdown() -> None:
    tree = {
        "type": "doc",
        "content": [
            {
                "type": "heading",
                "attrs": {"level": 2},
                "content": [{"type": "text", "text": "Why"}],
            },
            {
                "type": "bulletList",
                "content": [
                    {
                        "type": "listItem",
                        "content": [
                            {
                                "type": "paragraph",
                                "content": [{"type": "text", "text": "a cold index"}],
                            }
                        ],
                    }
                ],
            },
            {"type": "codeBlock", "content": [{"type": "text", "text": "List<T>"}]},
            {
                "type": "paragraph",
                "content": [
                    {
                        "type": "text",
                        "text": "ticket",
                        "marks": [{"type": "link", "attrs": {"href": "https://t.example/1"}}],
                    }
                ],
            },
            {"type": "unknown", "content": [{"type": "text", "text": "kept"}]},
        ],
    }

    assert markup.adf(tree) == (
        "##### Why\n\n- a cold index\n\n~~~text\nList<T>\n~~~\n\n[ticket](https://t.example/1)\n\nkept"
    )


def _node(kind: str, *content: Any, **attributes: Any) -> dict[str, Any]:
    nodes = [{"type": "text", "text": item} if isinstance(item, str) else item for item in content]
    return {"type": kind, "content": nodes, "attrs": attributes}


def test_tables_lists_and_labels_of_a_document_tree_become_markdown() -> None:
    inner = _node("bulletList", _node("listItem", _node("paragraph", "below")))
    tree = _node(
        "doc",
        _node(
            "table",
            _node("tableRow", _node("tableHeader", "Time"), _node("tableHeader", "Event")),
            _node("tableRow", _node("tableCell", "09:12"), _node("tableCell", "a | b")),
        ),
        _node("table"),
        _node(
            "orderedList",
            _node("listItem", _node("paragraph", "first"), inner),
            _node("listItem", _node("mention", text="@Kim")),
        ),
        _node("rule"),
        _node("paragraph", {"type": "text", "text": "bold ", "marks": [{"type": "strong"}]}, "x"),
    )

    assert markup.adf(tree).split("\n\n") == [
        "| Time | Event |\n| --- | --- |\n| 09:12 | a \\| b |",
        "1. first",
        "    - below\n2. @Kim",
        "---",
        "**bold** x",
    ]


@pytest.mark.parametrize(
    "around",
    [
        lambda code: [code],
        lambda code: ["x", code],
        lambda code: [_node("bulletList", _node("listItem", code))],
        lambda code: [_node("bulletList", _node("listItem", _node("paragraph", "a"), code))],
        lambda code: [_node("paragraph", "a", code)],
        lambda code: [_node("panel", _node("paragraph", "a"), code)],
        lambda code: [_node("table", _node("tableRow", _node("tableCell", code)))],
    ],
)
def test_code_of_a_document_tree_opens_no_html(around: Callable[[Any], list[Any]]) -> None:
    code = _node("codeBlock", "<script>alert(1)</script>\n<img src=x onerror=a()>")

    html = markdown(markup.adf(_node("doc", *around(code))), extensions=["fenced_code", "tables"])

    assert "alert(1)" in html
    assert not re.search("<(script|img)", html)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "\njavascript:alert(1)",
        " javascript:alert(1)",
        "[b](javascript:alert(1))",
        "a](javascript:alert(1)",
    ],
)
def test_no_address_hides_an_unsafe_link(address: str) -> None:
    link = {"type": "link", "attrs": {"href": address}}
    tree = _node("doc", _node("paragraph", {"type": "text", "text": "a", "marks": [link]}))

    for text in (markup.markdown(f"[a]({address})"), markup.adf(tree)):
        html = markdown(text)
        assert "a" in html
        assert not re.search(r"href=\"\s*java", html)


def test_a_safe_link_with_a_title_stays() -> None:
    assert 'href="https://a.example/b"' in markdown(
        markup.markdown('[a](https://a.example/b "c: d")')
    )


def test_a_fault_in_many_places_is_one_sentence(site: Path) -> None:
    value = copy.deepcopy(PAGERDUTY)
    for entry in value["log_entries"]:
        entry["created_at"] = entry["created_at"].rstrip("Z")

    result = import_value(site, value)

    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if "has no zone" in line] == [
        "export.json: $.log_entries[0].created_at: '2026-03-14T09:40:00': the time has no zone; "
        "add its offset, such as `Z` or `+02:00`. The same in 5 more places."
    ]


def test_a_fault_of_many_files_is_counted(site: Path) -> None:
    names = [f"notes-{number:02}.json" for number in range(25)]
    for name in names:
        (site / name).write_text(json.dumps({"notes": PAGERDUTY["notes"] * 2}))

    result = run("import", *names)

    lines = [line for line in result.output.splitlines() if "which incident" in line]
    assert lines[0].startswith("notes-00.json: $.notes[0]: it does not say")
    assert lines[0].endswith("The same in 1 more place.")
    assert lines[20].startswith("5 more files: it does not say")
    assert len(lines) == 21


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"incident": {**PAGERDUTY["incident"], "id": None}}, "$.incident: an incident of Pager"),
        ({"message": "Not Found", "status": "404"}, "API's error response, not an export (Not"),
        (
            {"id": 1, "message": "Slow", "status": 1, "service": 2, "from": 3, "to": 4, "by": 5},
            "no incident of Opsgenie",
        ),
        ({"data": [{"errors": ["Forbidden"]}]}, "$.data[0]: an API's error response"),
        ({"data": [{"id": "1", "type": "brand_new"}]}, "`type`, its type is `brand_new`."),
        ({"notes": [{"content": "", "user": {}, "created_at": None}]}, "no text and no time"),
        (None, "no incident of Opsgenie"),
        ({}, "no incident of Opsgenie"),
    ],
)
def test_what_says_nothing_is_reported(site: Path, value: Any, message: str) -> None:
    result = import_value(site, value)

    assert result.exit_code == 1
    assert message in result.output


@pytest.mark.parametrize("value", [[], {"notes": [], "total": 0}, {"data": [], "links": {}}])
def test_an_answer_without_records_is_fine(site: Path, value: Any) -> None:
    assert import_value(site, value).exit_code == 0


def test_a_record_is_found_at_any_depth(site: Path) -> None:
    value: Any = PAGERDUTY
    for _ in range(20):
        value = [{"page": value}]

    assert import_value(site, value).exit_code == 0
    assert "severity" in values(only_draft(site))


def test_a_broken_member_of_an_archive_hides_no_other(site: Path) -> None:
    with zipfile.ZipFile(site / "export.zip", "w") as archive:
        archive.writestr("a.json", json.dumps({"notes": []}) + " " * 50)
        archive.writestr("b.json", json.dumps(PAGERDUTY))
    data = (site / "export.zip").read_bytes()
    (site / "export.zip").write_bytes(data.replace(b'{"notes"', b'{"n0tes"', 1))

    result = run("import", "export.zip")

    assert result.exit_code == 1
    assert "export.zip!a.json: not readable in its archive" in result.output
    assert only_draft(site)


def test_a_login_page_is_named_as_such(site: Path) -> None:
    (site / "export.json").write_text("<!doctype html><title>Log in</title>")

    assert "export.json: HTML or XML instead of JSON" in run("import", "export.json").output


def three_severities() -> dict[str, Any]:
    incident = PAGERDUTY["incident"]
    return {
        "incidents": [
            {
                **incident,
                "id": f"P{number}",
                "title": f"Outage {number}",
                "priority": {"summary": f"P{number}"},
                "created_at": f"2026-0{number}-01T23:30:00Z",
                "resolved_at": None,
            }
            for number in (1, 2, 3)
        ]
    }


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        # 23:30 in UTC is the next day in the zone of the site.
        (["--since", "2026-02-02"], ["outage-2", "outage-3"]),
        (["--since", "2026-02-03"], ["outage-3"]),
        (["--severity", "SEV1", "--severity", "p3"], ["outage-1", "outage-3"]),
        (["--since", "2026-02-01", "--severity", "sev-2"], ["outage-2"]),
        (["--severity", "SEV4"], []),
    ],
)
def test_incidents_are_chosen_by_day_and_severity(
    site: Path, arguments: list[str], kept: list[str]
) -> None:
    result = import_value(site, three_severities(), *arguments)

    assert result.exit_code == 0
    assert [name[11:-3] for name in drafts(site)] == kept
    assert f"Left out: {3 - len(kept)} by --since or --severity." in result.output


def test_drills_are_left_out_and_counted(site: Path) -> None:
    value = copy.deepcopy(EXPORTS["incident.io"])
    value["incidents"][0]["mode"] = "test"

    result = import_value(site, value)

    assert not drafts(site)
    assert "Left out: 1 of tests or drills." in result.output
