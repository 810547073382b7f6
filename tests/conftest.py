"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_site import PAGE, Built, Site
from hostile_site import build_hostile
from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.write("index.md", "# Home\n")
    return made


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose every field carries a payload."""
    return build_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def page() -> Callable[..., str]:
    """The valid page with parts replaced: ``page(("35%", "half"))``."""

    def replaced(*pairs: tuple[str, str]) -> str:
        text = PAGE
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return replaced


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
