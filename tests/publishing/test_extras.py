"""A command that lacks a library says what to install."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.publishing.extras import MissingExtraError, need


def test_the_message_names_the_package_and_its_extra() -> None:
    with pytest.raises(MissingExtraError, match=r"needs `absent_package`: .*postmortem\[import\]"):
        need("absent_package.exceptions", "import")
