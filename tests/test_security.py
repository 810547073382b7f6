"""SECURITY.md lists what is really installed, and names tests that exist."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="reads TOML by the standard library")
def test_every_dependency_has_its_bound_a_reason_and_a_licence() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {item.partition(";")[0].strip() for item in project["dependencies"]}
    rows = re.findall(r"^\| `([\w-]+[<>=][^`]+)` \| (.+) \| (.+) \|$", TEXT, re.MULTILINE)
    assert {name for name, _, _ in rows} == wanted
    assert all(reason and licence for _, reason, licence in rows)

    extras = {
        re.split(r"[<>=]", item)[0]
        for name, items in project["optional-dependencies"].items()
        if name != "dev"
        for item in items
    }
    listed = TEXT.partition("Extras:")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([\w-]+)`", listed)) == extras


def test_the_tests_that_are_named_exist() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", TEXT))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []
