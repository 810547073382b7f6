"""The summary box: values as readers write them."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_postmortem.rendering.messages import load_messages
from mkdocs_postmortem.rendering.summary import plain_value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-04-01", "Apr 1, 2026"),
        (["2026-04-01", 2], "Apr 1, 2026, 2"),
        ("2026-13-01", "2026-13-01"),
        ("build 2026-04-01", "build 2026-04-01"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_dates_of_custom_fields_look_like_all_others(value: Any, shown: str) -> None:
    assert plain_value(value, load_messages()) == shown
