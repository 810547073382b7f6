"""What ``mkdocs serve --dirty`` need not write again.

MkDocs takes every generated file for modified, and a site has one for each outage.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs.structure.files import File


class WrittenFiles:
    """What the previous build has made its generated files of, by their places."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._previous = self._written
        self._made = self._written

    def begin(self) -> None:
        """Begin a build. One that fails has written nobody knows what."""
        self._previous, self._written, self._made = self._written, {}, {}

    def leave_out(self, file: File, state: str) -> bool:
        """Have a dirty build leave out a file that is there and was made of the same; whether it
        does. The state is what the file is made of.
        """
        place = file.abs_dest_path
        self._made[place] = state
        if self._previous.get(place) != state or not Path(place).exists():
            return False
        file.is_modified = partial(bool)  # type: ignore[method-assign]
        return True

    def finish(self) -> None:
        """The build has written its files."""
        self._written = self._made
