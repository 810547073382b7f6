"""Functions as steps of a converter: on the lines of a page, on its tree, on its HTML."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor


class LinesStep(Preprocessor):
    """Takes the lines and gives others."""

    def __init__(self, md: Markdown, work: Callable[[list[str]], list[str]]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, lines: list[str]) -> list[str]:
        return self._work(lines)


class TreeStep(Treeprocessor):
    """Changes the tree in place."""

    def __init__(self, md: Markdown, work: Callable[[Element], None]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        self._work(root)


class TextStep(Postprocessor):
    """Takes the HTML and gives another."""

    def __init__(self, md: Markdown, work: Callable[[str], str]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, text: str) -> str:
        return self._work(text)
