"""The script that measures on real archives finds nothing on ours, and would find a loss."""

from __future__ import annotations

from pathlib import Path

import pytest
import word_loss
from drawn_site import PAGE

ROOT = Path(__file__).resolve().parents[2]
BODIES = [PAGE, PAGE.split("---\n")[-1]]


@pytest.mark.parametrize("folder", ["docs", "template"])
def test_no_page_of_the_repository_loses_a_word(folder: str) -> None:
    texts = list(word_loss.texts(ROOT / folder))
    assert texts
    for path, text in texts:
        assert not word_loss.lost(path, text)[1], path


@pytest.mark.parametrize("text", BODIES)
def test_a_lost_word_is_reported(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = word_loss.fix_page

    def forgetful(*arguments: object) -> object:
        fixed = whole(*arguments)  # type: ignore[arg-type]
        return type(fixed)(fixed.text.replace("graphs", ""), fixed.repairs)

    monkeypatch.setattr(word_loss, "fix_page", forgetful)
    assert "graphs" in word_loss.lost("a.md", text)[1]
