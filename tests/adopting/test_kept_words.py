"""The script that measures on real archives finds nothing on ours, and would find a loss."""

from __future__ import annotations

from pathlib import Path

import kept_words
import pytest
from drawn_site import PAGE

ROOT = Path(__file__).resolve().parents[2]
BODIES = [PAGE, PAGE.split("---\n")[-1]]


@pytest.mark.parametrize("folder", ["docs", "tests"])
def test_no_page_of_the_repository_loses_a_word(folder: str) -> None:
    for path, text in kept_words.texts(ROOT / folder):
        assert not kept_words.lost(path, text)[1], path


@pytest.mark.parametrize("text", BODIES)
def test_a_lost_word_would_be_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kept_words.mend

    def forgetful(*arguments: object) -> object:
        mended = whole(*arguments)  # type: ignore[arg-type]
        return type(mended)(mended.text.replace("graphs", ""), mended.repairs)

    monkeypatch.setattr(kept_words, "mend", forgetful)
    assert "graphs" in kept_words.lost("a.md", text)[1]
