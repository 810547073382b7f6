"""Each short way round gives what the whole way gives, on texts that are drawn of its own signs."""

from __future__ import annotations

import random

from mkdocs_postmortem.checking import unsafe_text
from mkdocs_postmortem.reading.markdown_text import (
    count_sentences,
    count_words,
    most_sentences,
    words_in,
)
from mkdocs_postmortem.reading.source import number_lines

ROUNDS = 3_000


def drawn(signs: list[str], most: int) -> list[str]:
    rng = random.Random("".join(signs))  # noqa: S311 - the same texts each time
    return ["".join(rng.choices(signs, k=rng.randrange(most))) for _ in range(ROUNDS)]


def test_words_are_counted_as_line_by_line() -> None:
    for text in drawn([*"ab1.'’-_ :/@,*#|é<>", "](", "日"], 14):
        # A letter in front, so that no line is code, a comment or a row.
        lines = number_lines([f"a{text}", "b", f"c{text[::-1]}"])
        assert count_words(lines) == sum(words_in(line.text) for line in lines), text


def test_no_text_has_more_sentences_than_marks_say() -> None:
    signs = [*"aB.!?…。！ \n\t>*`'\")(", "](x)", "[", "\n\n", "- ", "e.g. ", "</b>"]
    for text in drawn(signs, 20):
        assert count_sentences(text) <= most_sentences(text), text


def test_no_hidden_character_is_printable() -> None:
    for character in map(chr, range(0x110000)):
        if unsafe_text._HIDDEN.match(character):
            assert unsafe_text.may_hide(f"a{character}\n"), hex(ord(character))
