"""Text such as ``<![x``, at which Python's reader of HTML gives up with an AssertionError.

MkDocs reads each page with it for anchors, and Python-Markdown before 3.8.2 for raw HTML; one
mistyped character would stop the whole build. Our pages hide it while these two look.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

_KNOWN = "temp|cdata|ignore|include|rcdata|if|else|endif"
_FATAL = re.compile(rf"<!\[(?!(?:{_KNOWN})(?![-_.a-z0-9]))", re.IGNORECASE)
_MARK = f"{STX}pm-declaration{ETX}"


class DeclarationHider(Preprocessor):
    """Puts a mark in the place of what is fatal. 23: fenced code (25) is put away already."""

    def __init__(self, md: Markdown, is_ours: Callable[[], bool]) -> None:
        super().__init__(md)
        self._is_ours = is_ours

    def run(self, lines: list[str]) -> list[str]:
        return [_FATAL.sub(_MARK, line) for line in lines] if self._is_ours() else lines


class DeclarationShower(Preprocessor):
    """Puts it back, also into raw HTML. 19: both readers of HTML (21.5 and 20) are done."""

    def run(self, lines: list[str]) -> list[str]:
        blocks = self.md.htmlStash.rawHtmlBlocks
        for index, block in enumerate(blocks):
            if isinstance(block, str) and _MARK in block:
                blocks[index] = block.replace(_MARK, "<![")
        return [line.replace(_MARK, "<![") for line in lines]


def register(md: Markdown, is_ours: Callable[[], bool]) -> None:
    md.preprocessors.register(DeclarationHider(md, is_ours), "postmortem_hide_declarations", 23)
    md.preprocessors.register(DeclarationShower(md), "postmortem_show_declarations", 19)
