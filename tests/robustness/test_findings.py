"""What fuzzing and reviewing found once, each as the smallest text that showed it."""

from __future__ import annotations

import json

import promises
import pytest

from mkdocs_postmortem.adopting.adoption import adopt_page
from mkdocs_postmortem.adopting.facts import read_facts
from mkdocs_postmortem.model.loading import DataError
from mkdocs_postmortem.publishing.dataset import load_dataset
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.stated import read_length, read_users
from mkdocs_postmortem.reading.time_expression import match_time


def test_words_before_a_time_do_not_recurse() -> None:
    assert match_time("at " * 5_000 + "09:12") is None
    expression = match_time("from about 09:12")
    assert expression is not None
    assert expression.estimated


def test_a_number_of_thousands_of_digits_raises_no_exception() -> None:
    read_users("1" + ",000" * 5_000)
    found = read_length("99999 days " * 11_000)
    assert found is not None


@pytest.mark.parametrize(
    "text",
    [
        "- 9999-12-31 23:00 - 01:00 a",
        "- 0001-01-01 00:10 +14:00 a",
        "- 9999-12-31 23:00 a\n- 01:00 b",
    ],
)
def test_the_ends_of_the_calendar_raise_no_exception(text: str) -> None:
    promises.timeline(text)
    promises.page(f"---\npostmortem:\n---\n## Timeline\n{text}\n".encode())
    promises.page(
        b"---\npostmortem:\n  started: 9999-12-31 23:30\n  resolved: 0001-01-01 00:00\n---\n"
    )


def test_a_tab_is_one_column() -> None:
    promises.tasks(
        "## Tasks\n\n\t\t\t- [ ] a\n\t\t\t| Task | Due |\n\t\t\t|---|---|\n\t\t\t| a | b |"
    )


def test_other_line_separators_are_not_lines_of_the_file() -> None:
    text = "---\ntitle: 'a\u2028\u0085b'\npostmortem:\n  started: [\n---\n"
    promises.front_matter(text)
    (finding,) = read_front_matter(text.split("\n")).findings
    assert (finding.position.line, finding.position.column) == (4, 13)


def test_the_place_of_a_wrong_byte_counts_every_kind_of_line_end() -> None:
    promises.page(b"---\rpostmortem:\r---\r\rabc\xff\n")


def test_one_long_key_above_many_values_is_refused_before_it_fills_the_memory() -> None:
    key = "k" * 100_000
    front = read_front_matter(["---", f"? {key}", f": [{'1,' * 15_000}]", "postmortem:", "---"])
    assert [item.code for item in front.findings] == ["PM004"]
    assert sum(map(len, front.positions)) < 1_000


@pytest.mark.parametrize(
    "text",
    [
        "Severity: SEV1\x1a oops\n",
        "Severity: a\u2028postmortem: b\n",
        "0\x85postmortem:\n",
        "\U00018d09postmortem:\n",
        "---\n{title: a, date: 2026-03-14}\n---\n# a\n",
        "---\n  title: a\n  date: 2026-03-14\n---\n# a\n",
        f"# {'long title ' * 1_500}\n",
    ],
)
def test_an_adopted_page_can_be_read_again(text: str) -> None:
    promises.adopting(text)
    adopted = adopt_page(read_facts("a.md", text, promises.SETTINGS), promises.SETTINGS)
    assert not read_front_matter(adopted.text.split("\n")).findings


def test_a_fixed_key_has_its_time_fixed_and_no_key_is_duplicated() -> None:
    text = "---\npostmortem:\n  severity: SEV2\n{}---\n# a\n"
    promises.page(text.format("  startd: 2026-03-14 9:12\n").encode())
    promises.page(text.format("  startd: 2026-03-14 9:12\n  starteed: 2026-03-14\n").encode())


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"title": "a\ud83d"}, "half a character"),
        ({"custom": ["\ud83d"]}, "half a character"),
        ({"id": None}, "id is missing"),
        ({"started": {"written": ""}}, "started.written is missing"),
    ],
)
def test_what_could_not_be_written_again_is_not_taken_from_another_site(
    record: dict[str, object], message: str
) -> None:
    data = {"version": 1, "postmortems": [{"id": "a", "title": "A", "path": "a.md", **record}]}
    with pytest.raises(DataError, match=message):
        load_dataset(json.dumps(data))
    promises.data_set(json.dumps(data))


def test_measures_of_another_site_that_would_share_a_column_are_one() -> None:
    measures = [
        {"name": name, "from": "started", "to": "resolved"}
        for name in ("duration:", "time_to_detect", "My own", "my-own")
    ]
    record = {"id": "a", "title": "A\0", "path": "a.md"}
    text = json.dumps({"version": 1, "measures": measures, "postmortems": [record]})
    assert [item.name for item in load_dataset(text)[0].measures] == ["My own"]
    promises.data_set(text)


def test_places_are_those_of_the_value_that_counts() -> None:
    lines = ["---", "postmortem:", "  severity: SEV2", "postmortem:", "  severity: SEV3", "---"]
    front = read_front_matter(lines)
    assert front.data["postmortem"]["severity"] == "SEV2"
    assert front.positions["postmortem.severity"].line == 3
    assert front.keys["postmortem.severity"].line == 3
