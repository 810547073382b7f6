"""Source lines → marks that survive until the page is a tree."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from mkdocs_postmortem.hosts.markdown.page_contexts import as_step
from mkdocs_postmortem.model.timeline import Entry, Form
from mkdocs_postmortem.reading.directives import Directive, read_directive
from mkdocs_postmortem.rendering.timeline import EntryView

# Authors cannot forge these: Python-Markdown takes STX and ETX out of every source first.
ENTRY_MARK = re.compile(f"{STX}pm-entry:(\\d+){ETX}")
DIRECTIVE_MARK = re.compile(f"{STX}pm-directive:(\\d+){ETX}")
# A line that is on the page more often does not say where its entry is.
_FEW = 4
_MARK_BLOCK = re.compile(f"\n?{DIRECTIVE_MARK.pattern}\n?")
_KNOWN = "temp|cdata|ignore|include|rcdata|if|else|endif"
_FATAL = re.compile(rf"<!\[(?!(?:{_KNOWN})(?![-_.a-z0-9]))", re.IGNORECASE)
_MARK = f"{STX}pm-declaration{ETX}"


def entry_mark(number: int) -> str:
    return f"{STX}pm-entry:{number}{ETX}"


class DirectiveMarker(Preprocessor):
    """Replaces directive comments; runs before raw HTML is put away, and after fenced code is."""

    def __init__(self, md: Markdown, directives: list[Directive]) -> None:
        super().__init__(md)
        self._directives = directives
        self._sources: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        self._sources = []
        return [self._marked(line) for line in lines]

    def restore(self) -> None:
        """Give raw HTML that was put away with a mark in it the author's comment back."""
        _edit_stash(self.md, _MARK_BLOCK, lambda match: self._sources[int(match[1])])

    def _marked(self, line: str) -> str:
        directive = read_directive(line) if "postmortem:" in line else None
        if directive is None:
            return line
        self._directives.append(directive)
        self._sources.append(line)
        return f"\n{STX}pm-directive:{len(self._directives) - 1}{ETX}\n"


def mark_entries(lines: list[str], views: Sequence[EntryView]) -> list[str]:
    """Replace time and label of each timeline entry by a mark; runs when raw HTML is away.

    Entries are found by their source line, in order. One that another plugin rewrote is not found
    and stays as the author wrote it.
    """
    positions: dict[str, list[int]] = {}
    for index, line in enumerate(lines) if views else ():
        positions.setdefault(_key(line), []).append(index)
    entries = [view.entry for view in views]
    shift = _shift(entries, positions)
    next_line = 0
    for number, entry in enumerate(entries):
        found = positions.get(_key(entry.raw), []) if entry.raw else []
        position = bisect_left(found, next_line)
        if position < len(found):
            index = _nearest(found, position, entry.position.line + shift)
            next_line = index + 1
            lines[index] = _with_mark(entry, number)
    return lines


def _shift(entries: Sequence[Entry], positions: dict[str, list[int]]) -> int:
    """How far most entries are from their line in the file.

    A line of the timeline may be in the summary too, word for word. Front matter, fenced code
    and raw HTML that were put away move all entries of a timeline alike, more or less.
    """
    votes = Counter(
        index - entry.position.line
        for entry in entries
        if entry.raw and len(found := positions.get(_key(entry.raw), [])) <= _FEW
        for index in found
    )
    # Of equal votes the later place: a summary that repeats the timeline is above it.
    return max(votes, key=lambda shift: (votes[shift], shift), default=-sys.maxsize)


def _nearest(found: Sequence[int], first: int, wanted: int) -> int:
    """The place nearest to a line, from the ``first`` that is still free."""
    after = bisect_left(found, wanted, first)
    around = found[max(first, after - 1) : after + 1]
    return min(around, key=lambda index: abs(index - wanted))


def _key(line: str) -> str:
    return line.expandtabs(4).strip()


def _with_mark(entry: Entry, number: int) -> str:
    raw, start = entry.raw, entry.prefix_start
    if entry.form is Form.TABLE:
        start = len(raw) - len(raw.lstrip(" |"))
        return f"{raw[:start]}{entry_mark(number)}{raw[start:]}"
    rest = raw[start + len(entry.prefix) :]
    return f"{raw[:start]}{entry_mark(number)}{entry.carried_markup}{rest}".expandtabs(4)


def _edit_stash(
    md: Markdown, mark: re.Pattern[str], restore: Callable[[re.Match[str]], str]
) -> None:
    """Replace marks in raw HTML that was put away."""
    blocks = md.htmlStash.rawHtmlBlocks
    for index, block in enumerate(blocks):
        if isinstance(block, str) and STX in block:
            blocks[index] = mark.sub(restore, block)


def hide_declarations(md: Markdown, is_ours: Callable[[], bool]) -> None:
    """Hide text such as ``<![x``, at which Python's reader of HTML gives up with an AssertionError.

    MkDocs reads each page with it for anchors, and Python-Markdown before 3.8.2 for raw HTML; one
    mistyped character would stop the whole build. Our pages hide it while these two look.
    """

    def hide(lines: list[str]) -> list[str]:
        return [_FATAL.sub(_MARK, line) for line in lines] if is_ours() else lines

    def show(lines: list[str]) -> list[str]:
        _edit_stash(md, re.compile(_MARK), lambda _: "<![")
        return [line.replace(_MARK, "<![") for line in lines]

    # 23: fenced code (25) is put away already. 19: both readers of HTML (21.5 and 20) are done.
    md.preprocessors.register(as_step(Preprocessor, md, hide), "postmortem_hide_declarations", 23)
    md.preprocessors.register(as_step(Preprocessor, md, show), "postmortem_show_declarations", 19)
