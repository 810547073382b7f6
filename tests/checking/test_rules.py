"""Each rule finds its bad case, says where and what to write, and leaves the good one alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drawn_site import PAGE
from jsonschema import Draft202012Validator

from mkdocs_postmortem.checking.checker import CHECKS
from mkdocs_postmortem.checking.explain import explain_errors
from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.model.lifecycle import Milestone
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.problem import Level, Problem
from mkdocs_postmortem.reading.page import read_page

ProblemsOf = Callable[..., list[Problem]]
LONG = "The pool is a plain number. " * 60


def full(*pairs: tuple[str, str]) -> str:
    """The valid page, long enough, with parts replaced."""
    text = PAGE.replace("The pool is a plain number.", LONG)
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_a_good_page_has_no_problem(problems_of: ProblemsOf) -> None:
    assert [str(item) for item in problems_of(full(("2026-04-01", "2027-04-01")))] == []


CASES: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("PM103", "5:13", "`SEV2`", [("severity: SEV2", "severity: high")]),
    ("PM103", "15:16", "Did you mean `monitor`?", [("detected_by: monitor", "detected_by: monitors")]),
    ("PM101", "5:3", "Did you mean `severity`?", [("severity: SEV2", "severty: SEV2")]),
    ("PM101", "5:3", "not a known key of `postmortem:`", [("severity: SEV2", "severty: SEV2")]),
    ("PM101", "17:17", "`ownr` is not a known key of `tasks[0]`", [("detected_by: monitor", "detected_by: monitor\n  tasks:\n    - {text: a, ownr: lee}")]),
    ("PM101", "15:3", "computed", [("detected_by: monitor", "duration: 47 minutes")]),
    ("PM102", "6:13", "something like", [("services: [checkout]", "services: {a: b}")]),
    ("PM102", "6:13", "Write a list: `services: [checkout, catalog]`", [("services: [checkout]", "services: checkout, catalog")]),
    ("PM102", "7:7", "as one: `checkout - catalog`", [("services: [checkout]", "services:\n    - checkout\n     - catalog")]),
    ("PM104", "28:1", "no paragraph to take `root_cause` from", [("  root_cause: The pool was too small.\n", ""), ("## Root cause and resolution\n\n", "## Root cause and resolution\n\n- ")]),
    ("PM205", "19:1", "`Asia/Kolkata`, `Europe/Dublin`", [("## Timeline", "## Timeline (IST)")]),
    ("PM205", "21:14", "`America/Chicago`", [("## Timeline\n", "## Timeline\n\n(_all times CST_)\n")]),
    ("PM205", "21:1", "`Europe/London`", [("- 09:12", "| Time (BST) | Event |\n| --- | --- |\n| 09:12 | We wait. |\n\n- 09:12")]),
    ("PM102", "12:10", '`impact: "#1 shop"`', [("impact: Shoppers saw a 502 page.", "impact: #1 shop")]),
    ("PM102", "12:11", "Write text", [("impact: Shoppers saw a 502 page.", "impact: [a, b]")]),
    ("PM104", "3:1", "`severity: SEV2`", [("  severity: SEV2\n", "")]),
    ("PM104", "3:1", "- [ ] What to do", [("- [ ] Check the number (@dana, due 2026-04-01)", "None.")]),
    ("PM105", "17:1", "`### Resolution`", [("Root cause and resolution", "Root cause")]),
    ("PM105", "17:1", "Corrective", [("Corrective and preventative measures", "Thoughts")]),
    ("PM201", "8:12", "`2026-03-14 09:12`", [("started: 2026-03-14 09:12", "started: at dawn")]),
    ("PM201", "8:12", "no day with a year", [("started: 2026-03-14 09:12", "started: 09:12")]),
    ("PM202", "21:3", "timezone", [("  timezone: Europe/Paris\n", "  authors: a\n")]),
    ("PM205", "7:13", "IANA", [("Europe/Paris", "Paris time")]),
    ("PM206", "9:13", "line 22", [("09:19 **Detected", "09:22 **Detected")]),
    ("PM207", "31:18", "47 min", [("The pool is", "The outage lasted 2 hours. The pool is")]),
    ("PM208", "11:13", "before started", [("resolved: 2026-03-14", "resolved: 2026-03-13")]),
    ("PM205", "7:13", "Did you mean `Europe/Paris`?", [("timezone: Europe/Paris", "timezone: Paris")]),
    ("PM205", "7:13", "Did you mean `Europe/London`?", [("timezone: Europe/Paris", "timezone: europe/londn")]),
    ("PM209", "9:13", "that is 10:19 Europe/Paris", [("- 09:19", "- 09:19 UTC"), ("- 09:24", "- 09:24 **Mitigated:**"), ("  detected: 2026-03-14 09:19\n", ""), ("  mitigated: 2026-03-14 09:51\n", "")]),
    ("PM211", "9:13", "17 min before users", [("detected: 2026-03-14 09:19", "detected: 2026-03-14 08:55"), ("- 09:19", "- 08:55")]),
    ("PM212", "8:12", "Write `PDT`", [("Europe/Paris", "PST")]),
    ("PM209", "10:14", "before detected", [("mitigated: 2026-03-14 09:51", "mitigated: 2026-03-14 09:15")]),
    ("PM210", "8:12", "future", [("2026-03-14", "2062-03-14")]),
    ("PM301", "23:1", "Start it with the time", [("- 09:24 We look", "- then we look")]),
    ("PM302", "23:3", "move the entry", [("- 09:24", "- 09:14")]),
    ("PM303", "22:1", "bullets", [("- 09:", "\n09:")]),
    ("PM301", "23:2", "part of the entry on line 22", [("- 09:24 We look", "\t- 09:24 We look")]),
    ("PM304", "18:1", "If line 21 says so, begin its text with `**Detected:**`. Otherwise add an entry", [("**Detected:** ", "Detectd: "), ("  detected: 2026-03-14 09:19\n", "")]),
    ("PM307", "19:1", "If line 25 says so, begin its text with `**Escalated:**`. Otherwise add an entry", [("**Escalated:** ", "Escalated to the team: ")]),
    ("PM304", "18:1", "**Detected:**", [("**Detected:** ", ""), ("  detected: 2026-03-14 09:19\n", "")]),
    ("PM305", "21:3", "alert", [("The 5xx alert pages the on-call.", "It is down."), ("  detected_by: monitor\n", "")]),
    ("PM307", "19:1", "**Escalated:**", [("**Escalated:** ", "")]),
    ("PM308", "17:1", "**Resolved:**", [("**Resolved:** ", ""), ("**Mitigated:** ", ""), ("  mitigated: 2026-03-14 09:51\n  resolved: 2026-03-14 09:59\n", "")]),
    ("PM309", "19:1", "**Misleading path:**", [("**Misleading path:** ", "")]),
    ("PM310", "23:3", "at most 2", [("We look at the graphs.", "We look. We see. We wait.")]),
    ("PM401", "17:1", "Explain", [(LONG, "The pool.")]),
    ("PM401", "17:1", "Cut", [(LONG, LONG * 3)]),
    ("PM402", "13:19", "`133%` does not say", [("35%", "133%")]),
    ("PM402", "13:19", "`0.35` does not say", [("35%", "'0.35'")]),
    ("PM303", "23:4", "a numbered line", [("- 09:24", "1. 09:24")]),
    ("PM402", "13:19", "180 of 4,200", [("35%", "some users")]),
    ("PM402", "13:19", "`12.5` does not say", [("35%", "12.5")]),
    ("PM102", "13:19", "Write `1,200` or `1.2%`", [("35%", "1.200")]),
    ("PM102", "13:19", "Write `1,200`.", [("35%", "about 1.200 of 4.200")]),
    ("PM102", "13:19", "Write `1,200,000`.", [("35%", "1.200.000")]),
    ("PM403", "31:1", "Write what belongs there", [("The pool is a plain", "TODO: The pool is a plain")]),
    ("PM403", "31:1", "Write what belongs there", [("The pool is a plain", "<name of the pool> is a plain")]),
    ("PM404", "31:1", "made the action look right", [("The pool is a plain", "Human error. The pool is a plain")]),
    ("PM405", "31:1", "Revoke", [("The pool is a plain", "AKIA" + "ABCDEFGHIJKLMNOP" + " is a plain")]),
    ("PM406", "31:4", "U+202E RIGHT-TO-LEFT OVERRIDE", [("The pool is a plain", "The\u202e pool is a plain")]),
    ("PM201", "35:3", "does not say which year", [("due 2026-04-01", "due 1 April")]),
    ("PM201", "35:3", "`due 2027-04-01`", [("due 2026-04-01", "due 01/04/2027")]),
    ("PM201", "35:3", "`Q1 2027` is not a valid date", [("due 2026-04-01", "due Q1 2027")]),
    ("PM501", "37:1", "owner column", [("- [ ] Check the number (@dana, due 2026-04-01)", "| Task | Owner | Due |\n| --- | --- | --- |\n| Check | | 31 Jan 2027 |")]),
    ("PM502", "37:1", "due column", [("- [ ] Check the number (@dana, due 2026-04-01)", "| Task | Owner | Due |\n| --- | --- | --- |\n| Check | dana | soon |")]),
    ("PM201", "37:1", "does not say which year", [("- [ ] Check the number (@dana, due 2026-04-01)", "| Task | Owner | Due |\n| --- | --- | --- |\n| Check | dana | 31 Jan |")]),
    ("PM508", "35:3", "Start it with `- [ ]`", [("- [ ] Check", "- [] Check")]),
    ("PM508", "35:2", "Start it with `- [ ]`", [("- [ ] Check", "-[ ] Check")]),
    ("PM508", "36:3", "Start it with `- [ ]`", [("(@dana, due 2026-04-01)", "(@dana, due 2026-04-01)\n- Write it down, @omar")]),
    ("PM501", "35:3", "`(@name)`", [("@dana, ", "")]),
    ("PM502", "35:3", "`(due 2026-04-01)`", [(", due 2026-04-01", "")]),
    ("PM503", "35:3", "new due date", []),
    ("PM504", "3:1", "status: closed", [("- [ ]", "- [x]")]),
    ("PM505", "35:3", "Tick", [("  severity", "  status: closed\n  severity"), ("- [ ]", "- [ ]")]),
    ("PM506", "35:3", "won't do", [("- [ ]", "- [-]")]),
    ("PM509", "35:3", "Correct the year", [("due 2026-04-01", "due 2025-04-01")]),
    ("PM212", "8:12", "Write `CET`", [("started: 2026-03-14 09:12", "started: 2026-03-14 09:12 CEST"), ("- 09:12", "- 09:12 CEST")]),
    ("PM602", "15:3", "id of a postmortem of this site", [("detected_by: monitor", "related: PM-9")]),
    ("PM603", "6:14", "`services:`", [("[checkout]", "[chekout]")]),
    ("PM604", "15:12", "`authors:`", [("detected_by: monitor", "authors: D. Roy")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "position", "words", "pairs"), CASES)
def test_the_bad_case_is_found_at_its_place(
    problems_of: ProblemsOf, code: str, position: str, words: str, pairs: list[tuple[str, str]]
) -> None:
    options = {"services": ["checkout", "search"]} if code == "PM603" else {}
    if code == "PM604":
        options = {"authors": ["Dana Roy"]}

    problems = [item for item in problems_of(full(*pairs), **options) if item.code == code]

    assert problems, f"{code} was not found"
    line = position.split(":")[0]
    assert any(
        str(item.position).split(":")[0] == line
        or (code == "PM505" and item.position.line == int(line) + 1)
        for item in problems
    ), [str(item) for item in problems]
    assert any(words in f"{item.message} {item.fix}" for item in problems), [
        str(item) for item in problems
    ]


@pytest.mark.parametrize("name", [item.value for item in Milestone])
def test_both_places_for_a_missing_milestone_show_the_same_time(name: str) -> None:
    (missing,) = explain_errors(Draft202012Validator({"required": [name]}).iter_errors({}), ())

    _, field, _, entry, _ = missing.fix.split("`")
    assert field.startswith(f"{name}: 2026-03-14 ")
    assert entry == f"- {field[-5:]} **{name.capitalize()}:** …"


def test_every_rule_with_a_check_has_a_case() -> None:
    tested = {code for code, *_ in CASES} | {"PM306", "PM601", "PM607", "PM608"}

    assert set(CHECKS) <= tested


def test_two_pages_with_one_id_are_both_reported(problems_of: ProblemsOf) -> None:
    problems = [item for item in problems_of(full(), full()) if item.code == "PM601"]

    assert [item.path for item in problems] == ["postmortems/0.md", "postmortems/1.md"]
    assert "postmortems/1.md" in problems[0].message


def test_a_timeline_without_any_action_lacks_one(problems_of: ProblemsOf) -> None:
    text = full(("- 09:24 We look at the graphs.\n", ""), ("**Misleading path:** ", "**Note:** "))

    assert "PM306" in [item.code for item in problems_of(text)]


@pytest.mark.parametrize(
    "text",
    ["about 12%", "180 of 4,200", "all users", "none", "1,200 customers", "~35 %", "12.5 percent"],
)
def test_every_way_to_say_how_many_is_enough(problems_of: ProblemsOf, text: str) -> None:
    assert "PM402" not in [item.code for item in problems_of(full(("35%", f"'{text}'")))]


def test_an_ambiguous_count_is_one_problem(problems_of: ProblemsOf) -> None:
    found = [item.code for item in problems_of(full(("35%", "1.200"))) if item.position.line == 13]

    assert found == ["PM102"]


@pytest.mark.parametrize(
    ("title", "is_wrong"),
    [
        ("Checkout refused one order in three for 77 minutes", True),
        ("Checkout refused one order in three for 47 minutes", False),
        ("Checkout was down for two hours after a deploy", True),
        ("A 36-minute checkout outage", True),
        ("A 47-minute checkout outage", False),
        ("New pools caused a three-hour silent checkout outage", True),
        ("Two hours without checkout", False),
        ("Checkout down for 1 hour", False),
        ("Checkout down for ~50 min", False),
        ("Checkout lost carts for 30 days of data", False),
        ("Search down for 47 minutes, slow for 3 hours", False),
        ("Timeouts for 5 minutes jobs", False),
        ("For want of a nail", False),
    ],
)
def test_the_title_states_a_duration_as_well(
    problems_of: ProblemsOf, title: str, is_wrong: bool
) -> None:
    own = ("title: Checkout was down\n", ""), ("# Checkout was down", f"# {title}")
    for page in (full(*own), full(("title: Checkout was down", f"title: {title}"))):
        found = [item for item in problems_of(page) if item.code == "PM207"]
        assert bool(found) is is_wrong
        assert all(title in page.split("\n")[item.position.line - 1] for item in found)


@pytest.mark.parametrize(
    "text", ["lasted 47 minutes", "lasted 46 minutes", "lasted about 45 minutes", "lasted long"]
)
def test_a_stated_duration_that_agrees_is_fine(problems_of: ProblemsOf, text: str) -> None:
    page = full(("The pool is a plain", f"The outage {text}. The pool is a plain"))

    assert "PM207" not in [item.code for item in problems_of(page)]


@pytest.mark.parametrize(
    "text",
    [
        "`<name>` stands for it",
        "<https://example.com/a-b>",
        "<br>",
        "a < b and c > d",
        "<img src=x>",
    ],
)
def test_what_only_looks_like_a_placeholder(problems_of: ProblemsOf, text: str) -> None:
    page = full(("The pool is a plain", f"{text} The pool is a plain"))

    assert "PM403" not in [item.code for item in problems_of(page)]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [("TODO", []), ("#12 **TODO**", []), ("*TODO* #12", []), ("TODO: ask", ["PM403"])],
)
def test_the_state_of_a_row_is_not_a_placeholder(
    problems_of: ProblemsOf, cell: str, codes: list[str]
) -> None:
    table = f"| Action item | Owner | Bug |\n|---|---|---|\n| Cap the pool | kim | {cell} |"
    page = full(("- [ ] Check the number (@dana, due 2026-04-01)", table))

    assert [item.code for item in problems_of(page) if item.code == "PM403"] == codes


def test_a_comment_in_the_front_matter_is_not_a_placeholder(problems_of: ProblemsOf) -> None:
    page = full(("  severity: SEV2", "  severity: SEV2\n  # TODO trigger: ask Dana"))

    assert "PM403" not in [item.code for item in problems_of(page)]


@pytest.mark.parametrize(
    "text",
    [
        "postgres://app:[removed]@db.example/app",
        "https://example.com/a:b",
        "AKIA in lower case: akiaabcdefghijklmnop",
        "git@example.com:a/b.git",
    ],
)
def test_what_only_looks_like_a_secret(problems_of: ProblemsOf, text: str) -> None:
    page = full(("The pool is a plain", f"{text} The pool is a plain"))

    assert "PM405" not in [item.code for item in problems_of(page)]


@pytest.mark.parametrize(
    ("written", "read"),
    [("2", None), ("sev-2", None), ("'SEV 2'", None), ("P2", None), ("SEV2", None)],
)
def test_severities_are_read_as_people_write_them(
    problems_of: ProblemsOf, written: str, read: object
) -> None:
    page = full(("severity: SEV2", f"severity: {written}"))

    assert "PM103" not in [item.code for item in problems_of(page)]


def test_a_level_is_changed_by_code_or_name(problems_of: ProblemsOf) -> None:
    text = full(("@dana, ", ""))

    by_code = problems_of(text, rules={"PM501": "error"})
    by_name = problems_of(text, rules={"task-without-owner": "off"})

    assert [item.level for item in by_code if item.code == "PM501"] == [Level.ERROR]
    assert [item for item in by_name if item.code == "PM501"] == []


def test_a_draft_is_not_failed_for_what_it_lacks(problems_of: ProblemsOf) -> None:
    text = "---\npostmortem:\n  status: draft\n  timezone: UTC\n---\n# Down\n"

    assert {item.level for item in problems_of(text)} == {Level.INFO}


def test_a_draft_is_failed_for_what_is_wrong(problems_of: ProblemsOf) -> None:
    text = full(
        ("  severity", "  status: draft\n  severity"),
        ("resolved: 2026-03-14", "resolved: 2026-03-13"),
    )

    assert Level.ERROR in {item.level for item in problems_of(text)}


def test_problems_come_sorted_by_file_and_place(problems_of: ProblemsOf) -> None:
    bad = full(("severity: SEV2", "severity: 9"), ("@dana, ", ""), ("PM-1", "PM-2"))

    problems = problems_of(bad, full(("@dana, ", "")))

    assert problems == sorted(problems, key=lambda item: (item.path, item.position))


def test_a_value_that_is_wrong_is_not_called_missing_too(problems_of: ProblemsOf) -> None:
    problems = problems_of(
        full(("started: 2026-03-14 09:12", "started: at dawn"), ("**Started:** ", ""))
    )

    assert [item.code for item in problems if item.subject == "started"] == ["PM201"]


def test_a_mistyped_key_is_not_called_missing_too(problems_of: ProblemsOf) -> None:
    problems = problems_of(full(("severity: SEV2", "severty: SEV2")))

    assert [item.code for item in problems if "sever" in item.message] == ["PM101"]


def test_every_rule_is_documented() -> None:
    for rule in RULES.values():
        assert rule.summary.endswith(".")
        assert rule.why.endswith(".")
        assert rule.bad
        assert rule.good
        assert rule.name == rule.name.lower()
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_a_day_in_the_future_is_reported_once(problems_of: ProblemsOf) -> None:
    found = problems_of(full(("2026-03-14", "2062-03-14")))

    assert [item.code for item in found].count("PM210") == 1


def test_a_file_in_another_encoding_is_not_called_a_stranger_as_well(
    problems_of: ProblemsOf,
) -> None:
    settings, _ = read_options({})
    page = read_page("postmortems/a.md", full().encode("utf-16"), settings)

    assert page is not None
    assert [item.code for item in page.findings] == ["PM001"]


def test_a_due_date_that_cannot_be_read_is_not_missing_as_well(problems_of: ProblemsOf) -> None:
    codes = [item.code for item in problems_of(full(("due 2026-04-01", "due 2026-13-01")))]

    assert "PM201" in codes
    assert "PM502" not in codes


@pytest.mark.parametrize(
    ("code", "pairs"),
    [
        ("PM304", [("**Detected:** ", "")]),
        ("PM308", [("**Resolved:** ", ""), ("**Mitigated:** ", "")]),
        ("PM208", [("detected: 2026-03-14 09:19", "detected: 2026-03-14 08:55"), ("- 09:19", "- 08:55")]),
        ("PM205", [("timezone: Europe/Paris", "timezone: Asia/Kolkata"), ("## Timeline", "## Timeline (IST)")]),
        ("PM502", [("- [ ] Check the number (@dana, due 2026-04-01)", "| Task | Owner | Due |\n| --- | --- | --- |\n| Check | dana | 31 Jan 2027 |")]),
        ("PM102", [("[checkout]", '["checkout, EU", "search - EU"]')]),
    ],
)  # fmt: skip
def test_a_case_that_looks_like_the_bad_one_is_accepted(
    problems_of: ProblemsOf, code: str, pairs: list[tuple[str, str]]
) -> None:
    assert code not in [item.code for item in problems_of(full(*pairs))]


@pytest.mark.parametrize(
    ("stated", "is_wrong"),
    [("about 1 hour", False), ("~1h", False), ("1 hour", True), ("about 2 hours", True)],
)
def test_a_rounded_duration_agrees_within_a_quarter_of_its_unit(
    problems_of: ProblemsOf, stated: str, is_wrong: bool
) -> None:
    page = full(("The pool is", f"The outage lasted {stated}. The pool is"))

    assert ("PM207" in [item.code for item in problems_of(page)]) is is_wrong
