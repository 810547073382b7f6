"""The generated files that ``mkdocs serve --dirty`` need not write again.

MkDocs takes every generated file for modified, and a site has one for each outage.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from mkdocs.structure.files import File


class WrittenFiles:
    """The contents of the files that the previous build has written, by their places."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def begin(self, files: Iterable[File], *, is_dirty: bool) -> None:
        """Have a dirty build leave out those of the files that are there with the same content."""
        # A build that fails has written nobody knows what.
        written, self._written = self._written, {}
        self._made = {}
        for file in files:
            if file.is_documentation_page():
                continue
            place, text = file.abs_dest_path, file.content_string
            self._made[place] = text
            if is_dirty and written.get(place) == text:
                file.is_modified = partial(_is_gone, place)  # type: ignore[method-assign]

    def finish(self) -> None:
        """The build has written its files."""
        self._written = self._made


def _is_gone(place: str) -> bool:
    return not Path(place).exists()
