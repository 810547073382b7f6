"""Source lines → marks that survive until the page is a tree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.reading import Directive, read_directive

# Authors cannot forge these: Python-Markdown takes STX and ETX out of every source first.
ENTRY_MARK = re.compile(f"{STX}pm-entry:(\\d+){ETX}")
DIRECTIVE_MARK = re.compile(f"{STX}pm-directive:(\\d+){ETX}")


def entry_mark(number: int) -> str:
    return f"{STX}pm-entry:{number}{ETX}"


class DirectiveMarker(Preprocessor):
    """Replaces directive comments; runs before raw HTML is put away, and after fenced code is."""

    def __init__(self, md: Markdown, directives: list[Directive]) -> None:
        super().__init__(md)
        self._directives = directives

    def run(self, lines: list[str]) -> list[str]:
        return [self._marked(line) for line in lines]

    def _marked(self, line: str) -> str:
        directive = read_directive(line) if "postmortem:" in line else None
        if directive is None:
            return line
        self._directives.append(directive)
        return f"\n{STX}pm-directive:{len(self._directives) - 1}{ETX}\n"


class EntryMarker(Preprocessor):
    """Replaces time and label of each timeline entry by a mark; runs when raw HTML is away.

    Entries are found by their source line, in order. One that another plugin rewrote is not found
    and stays as the author wrote it.
    """

    def __init__(self, md: Markdown, entries: Sequence[Entry]) -> None:
        super().__init__(md)
        self._entries = entries

    def run(self, lines: list[str]) -> list[str]:
        places: dict[str, list[int]] = {}
        for index, line in enumerate(lines):
            places.setdefault(_key(line), []).append(index)
        position = 0
        for number, entry in enumerate(self._entries):
            found = places.get(_key(entry.raw), []) if entry.raw else []
            place = bisect_left(found, position)
            if place < len(found):
                position = found[place] + 1
                lines[found[place]] = _with_mark(entry, number)
        return lines


def _key(line: str) -> str:
    return line.expandtabs(4).strip()


def _with_mark(entry: Entry, number: int) -> str:
    raw, start = entry.raw, entry.lead_start
    if entry.form is Form.TABLE:
        start = len(raw) - len(raw.lstrip(" |"))
        return f"{raw[:start]}{entry_mark(number)}{raw[start:]}"
    rest = raw[start + len(entry.lead) :]
    return f"{raw[:start]}{entry_mark(number)}{entry.reopen}{rest}".expandtabs(4)
