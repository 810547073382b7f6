"""Lengths and days in words, and the bar of phases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mkdocs_postmortem.model.length import length_text
from mkdocs_postmortem.rendering.wording import day_words, length_words, offset_words


@pytest.mark.parametrize(
    ("length", "words", "text"),
    [
        (timedelta(0), "0 min", "0 s"),
        (timedelta(seconds=45), "45 sec", "45 s"),
        (timedelta(minutes=47), "47 min", "47 min"),
        (timedelta(hours=2, minutes=5), "2 hr 5 min", "2 h 5 min"),
        (timedelta(hours=2, seconds=5), "2 hr", "2 h"),
        (timedelta(days=1, hours=10, minutes=35), "1 day 10 hr", "1 d 10 h"),
        (timedelta(days=9), "9 days", "9 d"),
    ],
)
def test_a_length_has_two_units_at_most(length: timedelta, words: str, text: str) -> None:
    assert length_words(length) == words
    assert length_text(length) == text


def test_the_words_follow_the_language() -> None:
    assert length_words(timedelta(hours=2), "de") == "2 Std."
    assert day_words(date(2026, 3, 14), "de") == "14.03.2026"
    assert length_words(timedelta(days=2), "xx-unknown") == "2 days"


def test_before_the_start_an_offset_is_negative() -> None:
    assert offset_words(timedelta(minutes=-10)) == "−10 min"
    assert offset_words(timedelta(minutes=10)) == "+10 min"
