"""Tasks: boxes, details, tables, and the text that is left."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.model.problem import Finding
from mkdocs_postmortem.model.settings import Synonyms
from mkdocs_postmortem.model.task import Task, TaskState, TaskType
from mkdocs_postmortem.reading.sections import read_sections
from mkdocs_postmortem.reading.source import number_lines
from mkdocs_postmortem.reading.tasks import read_tasks


def read(text: str, heading: str = "## Tasks") -> tuple[tuple[Task, ...], list[Finding]]:
    lines = number_lines(f"{heading}\n\n{text}".split("\n"))
    return read_tasks(read_sections(lines, Synonyms()), lines)


def one(text: str) -> Task:
    (task,) = read(text)[0]
    return task


@pytest.mark.parametrize(
    ("box", "state"),
    [
        ("[ ]", TaskState.OPEN),
        ("[x]", TaskState.DONE),
        ("[X]", TaskState.DONE),
        ("[/]", TaskState.IN_PROGRESS),
        ("[-]", TaskState.WONT_DO),
        ("☐", TaskState.OPEN),
        ("✅", TaskState.DONE),
    ],
)
def test_boxes(box: str, state: TaskState) -> None:
    task = one(f"- {box} Check the number")

    assert (task.state, task.text, task.has_box) == (state, "Check the number", True)


@pytest.mark.parametrize(
    "details",
    [
        "(@dana, due 2026-04-01, [OPS-1](https://t.example/1), detect)",
        "(detect, [OPS-1](https://t.example/1), due: 2026-04-01, @dana)",
        "(due 2026-04-01; @dana; [OPS-1](https://t.example/1); detection)",
    ],
)
def test_details_can_be_in_any_order(details: str) -> None:
    task = one(f"- [ ] Check the number {details}")

    assert task.text == "Check the number"
    assert task.owners == ("dana",)
    assert task.due == date(2026, 4, 1)
    assert task.ticket is not None
    assert (task.ticket.text, task.ticket.url) == ("OPS-1", "https://t.example/1")
    assert task.type is TaskType.DETECT


def test_a_second_value_stays_in_the_text() -> None:
    task = one("- [ ] Check (due 2026-04-01, #12, detect, #13, due 2026-05-01, prevent)")

    assert task.text == "Check (#13, due 2026-05-01, prevent)"


def test_a_reason_keeps_its_commas() -> None:
    task = one("- [-] Move it (@lee, won't do: too slow, and replaced by OPS-2)")

    assert task.reason == "too slow, and replaced by OPS-2"
    assert task.owners == ("lee",)


def test_parentheses_that_hold_no_detail_are_text() -> None:
    assert one("- [ ] Check the number (and the unit)").text == "Check the number (and the unit)"


def test_details_may_be_in_several_groups() -> None:
    task = one(
        "- [ ] Alert (see the wiki) (@lee) (@kim, due 2026-04-01) ([OPS-1](https://t.example))"
    )

    assert task.text == "Alert (see the wiki)"
    assert task.owners == ("lee", "kim")
    assert task.due == date(2026, 4, 1)
    assert task.ticket is not None
    assert task.ticket.text == "OPS-1"


def test_a_group_with_text_ends_the_groups_of_details() -> None:
    task = one("- [ ] Alert (due 2026-04-01, or later) (@lee)")

    assert task.text == "Alert (due 2026-04-01, or later)"
    assert (task.owners, task.due) == (("lee",), None)


def test_a_link_at_the_end_is_text() -> None:
    task = one("- [ ] See [the plan](https://t.example/plan)")

    assert task.text == "See [the plan](https://t.example/plan)"


def test_several_owners() -> None:
    assert one("- [ ] Check (@dana @lee)").owners == ("dana", "lee")


def test_a_date_that_cannot_be_is_reported() -> None:
    tasks, findings = read("- [ ] Check (@dana, due 2026-02-30)")

    assert tasks[0].due is None
    assert [finding.code for finding in findings] == ["PM201"]


def test_a_task_may_wrap() -> None:
    assert one("- [ ] Check the\n  number (@dana)").owners == ("dana",)


def test_next_to_boxes_a_plain_bullet_is_a_remark() -> None:
    tasks, _ = read("- [ ] Check\n- a remark")

    assert len(tasks) == 1


def test_plain_bullets_are_tasks_where_nothing_has_a_box() -> None:
    tasks, _ = read("- Check\n- Test")

    assert [task.has_box for task in tasks] == [False, False]


def test_a_table_names_owner_date_and_state() -> None:
    tasks, _ = read(
        "| Action | Owner | Due | Status |\n|---|---|---|---|\n"
        "| Check | Dana | 2026-04-01 | Done |\n| Test | Lee | | In progress |"
    )

    assert [task.text for task in tasks] == ["Check", "Test"]
    assert tasks[0].owners == ("Dana",)
    assert tasks[0].due == date(2026, 4, 1)
    assert [task.state for task in tasks] == [TaskState.DONE, TaskState.IN_PROGRESS]


def test_a_row_may_name_several_owners() -> None:
    (task,), _ = read("| Action | Owner |\n|---|---|\n| Check | Dana, Lee; Kim |")

    assert task.owners == ("Dana", "Lee", "Kim")


@pytest.mark.parametrize(
    ("cell", "ticket"),
    [
        ("OPS-1", ("OPS-1", "")),
        ("[OPS-1](https://t.example/1)", ("OPS-1", "https://t.example/1")),
        ("https://t.example/1", ("https://t.example/1", "https://t.example/1")),
        ("#12", ("#12", "")),
    ],
)
def test_a_row_may_name_its_ticket_in_any_column(cell: str, ticket: tuple[str, str]) -> None:
    (task,), _ = read(
        f"| # | Action | Owner | Bug |\n|---|---|---|---|\n| #1 | Check | Dana | {cell} |"
    )

    assert task.ticket is not None
    assert (task.ticket.text, task.ticket.url) == ticket


def test_the_number_of_a_row_is_not_a_ticket() -> None:
    (task,), _ = read("| # | Action | Owner |\n|---|---|---|\n| #1 | Check | Dana |")

    assert task.ticket is None


def test_without_a_section_on_tasks_the_measures_count() -> None:
    assert len(read("- [ ] Check", "## Corrective and preventative measures")[0]) == 1


def test_improvements_are_not_tasks_if_there_is_a_section_on_tasks() -> None:
    text = "### Improvements\n- Be better\n### Tasks\n- [ ] Check"

    tasks, _ = read(text, "## Corrective and preventative measures")

    assert [task.text for task in tasks] == ["Check"]


def test_sub_headings_are_tasks_where_nothing_else_is() -> None:
    tasks, _ = read("### 1) Alert earlier\n\nMuch text.\n\n### 2) Test more\n\nMore text.")

    assert [task.text for task in tasks] == ["Alert earlier", "Test more"]


def test_titles_group_tasks_if_every_item_is_one() -> None:
    tasks, _ = read("1. Alerts:\n   - Page us\n   - Mail us\n2. Tests:\n   - Run them")

    assert [task.text for task in tasks] == ["Page us", "Mail us", "Run them"]


def test_nested_items_are_details_next_to_plain_items() -> None:
    tasks, _ = read("- Find out:\n  - who\n  - when\n- Fix it")

    assert [task.text for task in tasks] == ["Find out:", "Fix it"]


def test_a_table_of_tasks_makes_the_bullets_above_it_remarks() -> None:
    tasks, _ = read("- P0 is urgent\n\n| Task | Owner |\n|---|---|\n| Check | Dana |")

    assert [task.text for task in tasks] == ["Check"]


def test_a_table_of_tasks_counts_without_a_section_of_its_own() -> None:
    tasks, _ = read("| Action item | Owner |\n|---|---|\n| Check | Dana |", "## Anything")

    assert [(task.text, task.owners) for task in tasks] == [("Check", ("Dana",))]


def test_a_table_without_people_or_states_is_not_a_list_of_tasks() -> None:
    assert read("| Action | Result |\n|---|---|\n| Restart | Nothing |", "## Anything")[0] == ()


def test_lines_without_marks_are_tasks_up_to_the_signature() -> None:
    tasks, _ = read("We promise:\nCheck it.\nTest it.\n\nSincerely,\nDana", "Action items:")

    assert [task.text for task in tasks] == ["Check it.", "Test it."]


def test_a_sub_heading_that_names_a_section_is_not_a_task() -> None:
    text = "### Improvements\n\nThe pool gets a lower bound.\n"

    assert read(text, "## Corrective measures")[0] == ()
    tasks, _ = read(f"{text}\n### Bound the pool\n\nBy June.", "## Corrective measures")
    assert [task.text for task in tasks] == ["Bound the pool"]


def test_a_text_is_not_a_list_of_tasks() -> None:
    text = "The team acted. It found the fault. It looked for more. It wrote all of it down."

    assert read(text, "Corrective measures:")[0] == ()


def test_paragraphs_of_one_sentence_below_a_real_heading_are_tasks() -> None:
    assert len(read("Check it.\n\nTest it.")[0]) == 2
    assert read("Check it, then rest. Sleep well. And so on.\n\nTest it.")[0] == ()


def test_a_task_can_be_on_the_line_of_its_heading() -> None:
    tasks, _ = read("", "- **Tasks:** Check it")

    assert [task.text for task in tasks] == ["Check it"]


@pytest.mark.parametrize("typed", ["1 April 2026", "April 1 2026", "01.04.2026", "2026/04/01"])
def test_a_due_date_is_read_as_the_other_dates_are(typed: str) -> None:
    assert one(f"- [ ] Check the number (@dana, due {typed})").due == date(2026, 4, 1)


@pytest.mark.parametrize("text", ["due to the load", "due diligence is done", "done by Anna"])
def test_words_that_begin_like_a_date_are_text(text: str) -> None:
    tasks, findings = read(f"- [ ] Check the number (@dana, {text})")

    assert (tasks[0].due, findings) == (None, [])


@pytest.mark.parametrize("mark", ["- []", "-[ ]", "-[]", "* []"])
def test_a_box_that_is_mistyped_is_a_task_and_reported(mark: str) -> None:
    tasks, findings = read(f"{mark} Check the number (@dana)\n- [x] Alert on it (@lee)")

    assert [(task.text, task.state) for task in tasks] == [
        ("Check the number", TaskState.OPEN),
        ("Alert on it", TaskState.DONE),
    ]
    (finding,) = findings
    assert finding.code == "PM508"
    assert finding.message.startswith(f"`{mark}` is not a checkbox")
    assert finding.suggestion
    assert (finding.suggestion.length, finding.suggestion.text) == (len(mark), f"{mark[0]} [ ]")


def test_a_plain_bullet_next_to_boxes_stays_a_remark() -> None:
    tasks, findings = read("- [ ] Check the number (@dana)\n- Thanks to @lee for the graphs")

    assert (len(tasks), findings) == (1, [])


def test_what_was_completed_may_be_named_by_its_commit() -> None:
    found, findings = read("## Tasks\n\n- Cap the pool (completed: 72f0f55)\n- Alert on it")

    assert [(task.text, task.state) for task in found] == [
        ("Cap the pool (completed: 72f0f55)", TaskState.DONE),
        ("Alert on it", TaskState.OPEN),
    ]
    assert not findings


def test_an_empty_box_leaves_the_bullets_next_to_it() -> None:
    found, _ = read("## Tasks\n\n- Cap the pool\n- ✅\n- Alert on it")

    assert [task.text for task in found] == ["Cap the pool", "Alert on it"]


@pytest.mark.parametrize("text", ["N/A", "None.", "*n/a*", "TBD", "-", "なし", "Keine"])
def test_an_item_that_says_that_there_are_none_is_not_a_task(text: str) -> None:
    assert read(f"- {text}")[0] == ()


@pytest.mark.parametrize(
    "table",
    [
        "| Aufgabe | Wer | Bis wann | Status |\n|---|---|---|---|\n"
        "| Vorlage | Ali | 15.08.2026 | offen |\n| Limits | Jo | 01.09.2026 | erledigt |",
        "| Tâche | Responsable | Échéance | Statut |\n|---|---|---|---|\n"
        "| Modèle | Ali | 2026-08-15 | en cours |\n| Limites | Jo | 2026-09-01 | terminé |",
        "| 対策 | 担当者 | 期限 | 状態 |\n|---|---|---|---|\n"
        "| 雛形 | Ali | 2026-08-15 | 未着手 |\n| 上限 | Jo | 2026-09-01 | 完了 |",
    ],
)
def test_tables_of_tasks_in_other_languages(table: str) -> None:
    first, second = read(table)[0]

    assert (first.owners, first.due) == (("Ali",), date(2026, 8, 15))
    assert first.state.is_open
    assert (second.owners, second.state) == (("Jo",), TaskState.DONE)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("(@jo, bis 30.05.2026)", date(2026, 5, 30)),
        ("(@jo, Frist: 2026-05-30)", date(2026, 5, 30)),
        ("(@jo, échéance 2026-05-30)", date(2026, 5, 30)),
        ("(@jo, 期限 2026-05-30)", date(2026, 5, 30)),
        ("(@jo, bis auf weiteres)", None),
    ],
)
def test_dates_after_words_of_other_languages(text: str, due: date | None) -> None:
    task = one(f"- [ ] Check the number {text}")

    assert (task.owners, task.due) == (("jo",), due)


_PARTS = {
    "@dana": None, "Owner: Kim": None, "due 2026-04-01": None, "detect": None, "#12": None,
    "see RFC 12": "RFC 12", "due 2026-02-30": "2026-02-30", "prevnt": "prevnt",
    "Owner: TBD": "TBD", "done 2026-03-01": "2026-03-01", "due to load": "load",
}  # fmt: skip


@given(
    st.lists(st.sampled_from(sorted(_PARTS)), min_size=1, unique=True),
    st.sampled_from(["({})", "({}).", "- {}", "— {}", ", {}"]),
    st.sampled_from([", ", "; ", ","]),
)
def test_a_part_that_is_not_a_detail_stays_in_the_text(
    parts: list[str], form: str, joint: str
) -> None:
    task = one(f"- [ ] Check the number {form.format(joint.join(parts))}")

    assert task.text.startswith("Check the number")
    for part in parts:
        kept = _PARTS[part]
        assert part in task.text or kept is None or kept in task.text
    if form == "({})":
        assert ("@dana" in parts) == ("dana" in task.owners)
        assert ("Owner: Kim" in parts) == ("Kim" in task.owners)
        assert ("due 2026-04-01" in parts) == (task.due is not None)


@pytest.mark.parametrize(
    "label",
    [
        "Owner",
        "Assigned to",
        "Verantwortlich",
        "Responsable",
        "Responsável",
        "担当",
        "负责人",
        "المسؤول",
    ],
)
def test_an_owner_may_be_labelled(label: str) -> None:
    task = one(f"- [ ] Check ({label}: Jo Lee, due 2026-04-01)")

    assert (task.text, task.owners, task.due) == ("Check", ("Jo Lee",), date(2026, 4, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Check (Owner: Jo Lee, Kim, due 2026-04-01)",
        "Check - Owner: Jo Lee, Kim - due 2026-04-01",
        "Check (Owner: Jo Lee, Kim) (due 2026-04-01)",
    ],
)
def test_a_label_may_name_several_owners(text: str) -> None:
    task = one(f"- [ ] {text}")

    assert (task.text, task.owners, task.due) == ("Check", ("Jo Lee", "Kim"), date(2026, 4, 1))


@pytest.mark.parametrize("label", ["Due date", "Deadline", "fällig am", "Échéance", "期限"])
def test_a_due_date_may_be_labelled(label: str) -> None:
    assert one(f"- [ ] Check ({label}: 2026-04-01)").due == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Warm it up - @tom - due 2026-04-01", "Warm it up - @tom"),
        ("Warm it up — @tom — by 2026-04-01.", "Warm it up — @tom"),
        ("Warm it up, due April 1, 2026, @tom", "Warm it up"),
        ("Warm it up - due 2026-04-01 (@tom, see #4 and #5)", "Warm it up (see #4 and #5)"),
        ("Warm it up (due 2026-04-01, @tom).", "Warm it up"),
    ],
)
def test_a_due_date_may_follow_without_parentheses(text: str, left: str) -> None:
    task = one(f"- [ ] {text}")

    assert (task.text, task.owners, task.due) == (left, ("tom",), date(2026, 4, 1))


@pytest.mark.parametrize(
    "text",
    ["Warm up, due to 30 misses", "Warm up, by 10 percent", "Due 2026-04-01", "Stop - by May"],
)
def test_a_text_that_ends_like_a_date_stays(text: str) -> None:
    tasks, findings = read(f"- [ ] {text}")

    assert ([task.text for task in tasks], tasks[0].due, findings) == ([text], None, [])


@pytest.mark.parametrize("word", ["prevnt", "detct", "Mitgate", "procss", "preventon"])
def test_a_misspelled_type_is_reported(word: str) -> None:
    tasks, findings = read(f"- [ ] Check (@dana, {word})")

    assert tasks[0].text == f"Check ({word})"
    assert [item.code for item in findings] == ["PM103"]
    assert "Did you mean" in findings[0].message


@pytest.mark.parametrize(
    "word", ["defect", "progress", "migration", "detector", "prevents", "later"]
)
def test_a_word_of_its_own_is_not_a_misspelled_type(word: str) -> None:
    assert read(f"- [ ] Check (@dana, {word})")[1] == []


def row(*cells: str) -> Task:
    head = "| Action item | Type | Owner | Bug |\n|---|---|---|---|\n"
    (task,) = read(f"{head}| {' | '.join(cells)} |")[0]
    return task


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("DONE", TaskState.DONE),
        ("Fixed", TaskState.DONE),
        ("erledigt", TaskState.DONE),
        ("WIP", TaskState.IN_PROGRESS),
        ("In progress", TaskState.IN_PROGRESS),
        ("TODO", TaskState.OPEN),
        ("OPEN", TaskState.OPEN),
        ("Dropped", TaskState.WONT_DO),
    ],
)
@pytest.mark.parametrize(
    "cell", ["{}", "**{}**", "`{}`", "n/a **{}**", "__{}__ in #12", "#12 _{}_"]
)
def test_a_row_may_say_its_state_in_any_column(word: str, state: TaskState, cell: str) -> None:
    task = row("Write the playbook", "mitigate", "kim", cell.format(word))

    assert (task.state, task.type, task.owners) == (state, TaskType.MITIGATE, ("kim",))


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        (("Write it", "Detect", "kim", "#12 DONE"), TaskState.DONE),
        (("**DONE** Write it", "Detect", "kim", "#12"), TaskState.DONE),
        (("Write what is DONE", "Detect", "DONE", "#12"), TaskState.OPEN),
        (("Write it", "Detect", "kim", "done by hand"), TaskState.OPEN),
        (("Write it", "Detect", "kim", "complete rewrite"), TaskState.OPEN),
        (("Write it (done 2026-03-14)", "Detect", "kim", ""), TaskState.DONE),
        (("Write it (won't do: late)", "Detect", "kim", ""), TaskState.WONT_DO),
        (("Write it", "Detect", "kim", "won’t fix"), TaskState.WONT_DO),
    ],
)
def test_what_is_a_state_in_a_row(cells: tuple[str, ...], state: TaskState) -> None:
    assert row(*cells).state is state
