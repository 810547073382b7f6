"""Front matter under YAML 1.2, with places, within bounds."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.model.problem import Position
from mkdocs_postmortem.reading.front_matter import FrontMatter, read_front_matter


def read(text: str) -> FrontMatter:
    return read_front_matter(text.split("\n"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("off", "off"),
        ("2026-01-02", "2026-01-02"),
        ("2026-13-45", "2026-13-45"),
        ("2026-03-14 09:12", "2026-03-14 09:12"),
        ("1_000", "1_000"),
        ("true", True),
        ("~", None),
        ("35", 35),
        ("0.5", 0.5),
        ("'35'", "35"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_value_stays_what_was_typed(typed: str, value: object) -> None:
    front = read(f"---\npostmortem:\n  x: {typed}\n---\n")

    assert front.data == {"postmortem": {"x": value}}
    assert front.findings == ()


def test_every_key_and_value_has_its_place() -> None:
    front = read("---\ntitle: Down\npostmortem:\n  services:\n    - a\n    - b\n---\n")

    assert front.end == 7
    assert front.keys["postmortem.services"] == Position(4, 3)
    assert front.positions["postmortem.services[1]"] == Position(6, 7)


def test_a_duplicate_key_keeps_the_first_value_and_is_reported() -> None:
    front = read("---\npostmortem:\n  a: 1\n  a: 2\n---\n")

    (finding,) = front.findings
    assert front.data == {"postmortem": {"a": 1}}
    assert (finding.code, finding.position) == ("PM003", Position(4, 3))
    assert "line 3" in finding.message


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        (
            "---\ntitle: Outage: db down\npostmortem:\n---",
            Position(2, 14),
            'title: "Outage: db down"',
        ),
        ("---\npostmortem:\n\tx: 1\n---", Position(3, 1), "only spaces"),
        ("---\npostmortem:\n  x: @dana\n---", Position(3, 6), "'@dana'"),
        ("---\npostmortem:\n  x: 'dana\n---", Position(3, 6), "Close it"),
        ("---\npostmortem:\n  x: *missing\n---", Position(3, 6), "`&missing`"),
        ("---\npostmortem: a\x07b\n---", Position(2, 14), "control character"),
        ("---\npostmortem:\n  x: 1\n", Position(1), "`---`"),
        ("\n---\npostmortem:\n  x: 1\n---", Position(2), "Delete the 1 empty line above"),
        ("---\n- postmortem: 1\n---", Position(2), ""),
        (
            "---\npostmortem:\n  x: 1\n   y: 2\n---",
            Position(4, 5),
            "`y` is indented by 3 spaces, the keys next to it by 2",
        ),
        ("---\npostmortem:\n  x: 1\n\u00a0\u00a0y: 2\n  z: 3\n---", Position(4, 3), "non-breaking"),
        ("---\npostmortem:\n  x:1\n  y: 2\n---", Position(3, 3), "Write `x: 1`"),
        ("---\npostmortem\n  x: 1\n---", Position(2), "Write `postmortem:`"),
        ("title: Down\npostmortem:\n  x: 1\n---\n# Down", Position(1), "above its first key"),
        ("--\npostmortem:\n  x: 1\n---\n# Down", Position(1), "`--` does not open"),
        ("–––\npostmortem:\n  x: 1\n–––\n# Down", Position(1), "three hyphens"),
        ("---\npostmortem: 1\n- x\n---", Position(3), "key: value"),
    ],
)
def test_broken_yaml_is_reported_at_its_place_with_what_to_write(
    text: str, position: Position, words: str
) -> None:
    front = read(text)

    if not front.names_postmortem:
        assert front.findings == ()
        return
    (finding,) = front.findings
    assert front.is_broken
    assert finding.position.line == position.line
    assert words in f"{finding.message} {finding.fix}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title",
        "# Title\n\npostmortem:\n  severity: SEV2",
        "Write this:\n\n```yaml\npostmortem:\n  severity: SEV2\n```",
        "postmortem:\nThis word alone is no mapping.",
        "---\nJust a text between two rules.\n---\n",
        "---",
        "---\n\n# After a rule\n",
    ],
)
def test_a_page_without_front_matter_is_left_alone(text: str) -> None:
    front = read(text)

    assert (front.data, front.findings, front.is_broken) == ({}, (), False)


@pytest.mark.parametrize(
    "value",
    [
        "[" * 100_000,
        "- " * 90_000,
        "? " * 90_000,
        "{a: " * 40_000,
        "!!seq [" * 20_000,
    ],
)
def test_nesting_without_end_is_an_error_and_not_a_crash(value: str) -> None:
    front = read(f"---\npostmortem:\n  {value}\n---\n")

    assert front.is_broken


def test_an_alias_bomb_is_an_error() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)
    )

    front = read(f"---\npostmortem: 1\n{bomb}---\n")

    assert [finding.code for finding in front.findings] == ["PM004"]


def test_an_alias_to_itself_is_an_error() -> None:
    assert read("---\npostmortem: &a [*a]\n---\n").is_broken


def test_a_megabyte_of_front_matter_is_an_error() -> None:
    front = read("---\npostmortem:\n  impact: " + "x" * 1_000_000 + "\n---\n")

    assert [finding.code for finding in front.findings] == ["PM004"]


def test_a_yaml_tag_is_not_followed() -> None:
    front = read("---\npostmortem: !!python/object/apply:os.system [id]\n---\n")

    assert [finding.code for finding in front.findings] == ["PM004"]


def test_typographic_quotes_around_a_name_are_reported() -> None:
    front = read(
        "---\ntitle: “Fine”\npostmortem:\n  services: [a, “checkout”]\n  causes: «x»\n---\n"
    )

    assert [(item.code, item.position) for item in front.findings] == [
        ("PM102", Position(4, 17)),
        ("PM102", Position(5, 11)),
    ]
    assert "Write `checkout`" in front.findings[0].fix
