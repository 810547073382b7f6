"""Lengths and days in words, and the bar of phases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mkdocs_postmortem.model.lifecycle import length_text
from mkdocs_postmortem.rendering.messages import load_messages


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(seconds=45), "45 sec"),
        (timedelta(minutes=47), "47 min"),
        (timedelta(hours=2, minutes=5), "2 hr 5 min"),
        (timedelta(hours=2, seconds=5), "2 hr"),
        (timedelta(days=1, hours=10, minutes=35), "1 day 10 hr"),
        (timedelta(days=9), "9 days"),
    ],
)
def test_the_terminal_and_the_page_write_a_duration_alike(length: timedelta, words: str) -> None:
    assert load_messages().duration(length) == words
    assert length_text(length) == words


def test_the_words_follow_the_language() -> None:
    assert load_messages("de").duration(timedelta(hours=2)) == "2 Std."
    assert load_messages("de").day(date(2026, 3, 14)) == "14.03.2026"
    assert load_messages("xx-unknown").duration(timedelta(days=2)) == "2 days"


def test_before_the_start_an_offset_is_negative() -> None:
    assert load_messages().offset(timedelta(minutes=-10)) == "−10 min"
    assert load_messages().offset(timedelta(minutes=10)) == "+10 min"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["1 Tag 2 Std.", "3 Tage", "1 Std. 5 Min.", "30 Sek."]),
        ("fr", ["1 jour 2 h", "3 jours", "1 h 5 min", "30 s"]),
        ("es", ["1 día 2 h", "3 días", "1 h 5 min", "30 s"]),
        ("pt_BR", ["1 dia 2 h", "3 dias", "1 h 5 min", "30 s"]),
        ("ja", ["1 日 2 時間", "3 日", "1 時間 5 分", "30 秒"]),
        ("zh_CN", ["1天2小时", "3天", "1小时5分钟", "30秒"]),
        ("ar", ["يوم و2 س", "3 أيام", "1 س و5 د", "30 ث"]),
        # One that only a site has words for: what CLDR has.
        ("it", ["1 giorno 2 h", "3 giorni", "1 h 5 min", "30 s"]),
    ],
)
def test_lengths_in_each_language(language: str, words: list[str]) -> None:
    lengths = [
        timedelta(days=1, hours=2),
        timedelta(days=3),
        timedelta(hours=1, minutes=5),
        timedelta(seconds=30),
    ]

    assert [
        load_messages(language).duration(length).replace("\xa0", " ") for length in lengths
    ] == words


def test_a_sign_stays_in_front_of_its_number_from_right_to_left() -> None:
    assert load_messages("ar").offset(timedelta(minutes=7)) == "\u200e+7 د"
