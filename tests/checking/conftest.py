"""A page as text in, problems out, without a site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.options import read_options
from mkdocs_postmortem.model.problem import Problem
from mkdocs_postmortem.reading.page import read_page

ProblemsOf = Callable[..., list[Problem]]


@pytest.fixture
def problems_of() -> ProblemsOf:
    """Problems of pages: ``problems_of(text, text, schema=Path, **options)``."""

    def problems_of_texts(*texts: str, schema: Path | None = None, **options: Any) -> list[Problem]:
        settings, errors = read_options(options)
        assert errors == []
        found = [
            read_page(f"postmortems/{number}.md", text.encode(), settings)
            for number, text in enumerate(texts)
        ]
        pages = [page for page in found if page]
        return Checker(settings, load_schemas(schema), date(2026, 11, 24)).problems(pages)

    return problems_of_texts
