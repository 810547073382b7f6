"""An incident is ongoing only if its page says so; without an end, the end is just not stated."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.model.lifecycle import Lifecycle
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page

PAGE = """\
---
{page}
postmortem:
  timezone: UTC
  started: 2026-03-14 09:12
  {end}
---
# The shop was slow

## Timeline

- 09:19 **Detected:** We are paged.
- 09:31 {last}
"""


def lifecycle(*, page: str = "title: x", end: str = "id: x", last: str = "We look.") -> Lifecycle:
    text = PAGE.format(page=page, end=end, last=last)
    read = read_page("a.md", text.encode(), Settings())
    assert read is not None
    assert read.record is not None
    assert not [finding for finding in read.findings if finding.code == "PM201"]
    return read.record.lifecycle


def test_without_an_end_it_is_not_said_to_be_ongoing() -> None:
    assert not lifecycle().is_ongoing


@pytest.mark.parametrize(
    "said",
    [
        {"end": "resolved: ongoing"},
        {"page": "status: ongoing"},
        {"page": "status: Investigating"},
        {"last": "The investigation is ongoing."},
        {"last": "Half of the requests still fail; the API is still degraded."},
    ],
)
def test_the_page_can_say_that_it_is_ongoing(said: dict[str, str]) -> None:
    assert lifecycle(**said).is_ongoing


def test_an_end_wins() -> None:
    assert not lifecycle(page="status: ongoing", end="resolved: 2026-03-14 09:59").is_ongoing
