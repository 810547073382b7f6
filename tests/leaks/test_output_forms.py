"""Withheld sentences of many scripts are found in every form that outputs give to text."""

from __future__ import annotations

import gzip
import html
import json
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.publishing.contents import read_content
from mkdocs_postmortem.publishing.leaks import LeakSearch

SENTENCES = {
    "English": "The pool of Example Bank was drained by the nightly ledger export.",
    "German": "Die Kundendaten der Beispielbank wurden versehentlich gelöscht.",
    "Chinese": "客户银行账户信息在夜间导出时泄露给第三方。",
    "Japanese": "夜間の台帳エクスポートにより顧客データが漏えいしました。",
    "Thai": "ข้อมูลลูกค้ารั่วไหลระหว่างการส่งออก",
    "Korean": "야간 원장 내보내기로 고객 데이터가 유출되었습니다.",
    "Russian": "Данные клиентов банка утекли при ночной выгрузке.",
    "Arabic": "تسربت بيانات العملاء أثناء التصدير الليلي",
    "French": "Données décalées révélées à côté des hôtes.",
    "Greek": "Τα στοιχεία των πελατών διέρρευσαν χθες τη νύχτα.",
    "emoji": "🔥🏦 Example Bank 💸 lost many ledger rows 🤫",
}
PUBLIC = ["# Home\n\nThe pool of Example Bank.\n", "首页 银行 客户 数据", "Daten der Kunden"]


def slug(text: str) -> str:
    return "-".join(text.lower().strip(".。").split())


def every(count: int, between: str) -> Callable[[str], str]:
    return lambda text: "".join(
        letter + between if at % count == count - 1 else letter for at, letter in enumerate(text)
    )


FORMS: dict[str, Callable[[str], str | bytes]] = {
    "text": lambda text: f"<p>{text}</p>",
    "capitals": lambda text: f"<p>{text.upper()}</p>",
    "glued": lambda text: f"<p>前{text}后</p>",
    "slug": lambda text: f'<a href="#{slug(text)}">¶</a>',
    "address": lambda text: f'<a href="https://x.example/?q={quote(text)}">x</a>',
    "address in an address": lambda text: f'<a href="/?u={quote(quote(text))}">x</a>',
    "JSON": lambda text: json.dumps({"text": text}),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"text": text})),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "escaped entities": lambda text: html.escape("".join(f"&#x{ord(one):x};" for one in text)),
    "soft hyphens": every(4, "\u00ad"),
    "soft hyphens as entities": every(4, "&shy;"),
    "zero width": every(3, "\u200b"),
    "places to break": every(5, "<wbr>"),
    "a tag for each letter": lambda text: "".join(f"<span>{letter}</span>" for letter in text),
    "lines": lambda text: text.replace(" ", "\r\n"),
    "cells": lambda text: text.replace(" ", "</td>\n<td>"),
    "attribute": lambda text: f"<p data-text='{text}'>x</p>",
    "comment": lambda text: f"<!-- {text} -->",
    "script": lambda text: f"<script>var text = {json.dumps(text)}</script>",
    "picture": lambda text: f"<svg><text>{text.replace(' ', '</text><text>')}</text></svg>",
    "character data": lambda text: f"<d><![CDATA[<p>{text}</p>]]></d>",
    "UTF-16": lambda text: text.encode("utf-16"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "Markdown": lambda text: " ".join(f"**{word}**" for word in text.split()),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "open tag": lambda text: f"<p title='{text}",
}


def is_found(written: str, data: str | bytes, public: list[str] = PUBLIC) -> bool:
    hidden = Withheld("postmortems/ledger.md", ((7, written),), is_hidden=True)
    raw = data.encode() if isinstance(data, str) else data
    text = read_content("a.html", raw).text
    return bool(LeakSearch([hidden], public).search("a.html", text))


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_is_found(language: str, form: str) -> None:
    sentence = SENTENCES[language]

    assert is_found(sentence, FORMS[form](sentence))
    assert not is_found(sentence, FORMS[form](sentence), [*PUBLIC, sentence])


@pytest.mark.parametrize("language", ["Chinese", "Japanese", "Thai"])
def test_most_of_a_sentence_without_spaces_is_found(language: str) -> None:
    sentence = SENTENCES[language]

    assert is_found(sentence, f"<p>…{sentence[2:-1]}…</p>")


@pytest.mark.parametrize("sentence", ["数据库在凌晨停止响应了", "データベースが停止した"])
def test_a_short_sentence_without_spaces_is_found_within_another_one(sentence: str) -> None:
    assert is_found(sentence, f"<p>昨{sentence[:4]}<b>{sentence[4:]}</b>好。</p>")


@pytest.mark.parametrize(
    "written",
    [
        "We [told](https://x.example/a/b) the [bank][1] of the {}",
        "We told[^12] the bank <span class='x y'>of</span> the {}",
        "We told ![the](a/b/c.png){{ .small width=300 }} bank of the {}",
    ],
)
def test_links_and_tags_in_a_sentence_hide_nothing(written: str) -> None:
    seen = "<p>We <a>told</a> the bank of the Zephyr</p>"

    assert is_found(written.format("Zephyr"), seen)
    assert not is_found(written.format("Zephyr"), seen, [*PUBLIC, written.format("Zephyr")])
