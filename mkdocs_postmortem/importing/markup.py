"""Text of other tools → Markdown that cannot become more than text.

An export is written by many hands. Nothing in it may open HTML, a directive, a template expression
or a link with an unsafe scheme on the page that it lands on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from typing import Any

from mkdocs_postmortem.model.address import is_safe
from mkdocs_postmortem.publishing.extras import need

_SPECIAL = re.compile(r"[\\`*\[\]|~]|(?<!\w)_|_(?!\w)|^(?=[#>+-]|\d+[.)])")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
# Up to another link, which an address could hide. Browsers skip the white space in an address.
_LINK = re.compile(r"\]\((?P<address>[^()\[\]]*)")
_BARE_ADDRESS = re.compile(r"[^()\[\]<>\s]+")
_DEFINITION = re.compile(r"^([^\S\n]*)\[(?=[^\]\n]+\]:)", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})(?=\s)", re.MULTILINE)
_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/h\d)\b[^<>]*>", re.IGNORECASE)
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# A ``<`` in a block of code of ours. No text has this character, since it is a control character.
_LESS = "\x02"
# Headings of a tool's document go below ours.
_DEEPEST = 6
_SHIFT = 3
# Deeper trees are cut; a person's document has no more.
_MOST_LEVELS = 30
# The level of a document's own blocks.
_OUTERMOST = 2


def plain(value: object) -> str:
    """Plain text on one line."""
    text = " ".join(_CONTROL.sub(" ", _text(value)).split())
    return _braces(_SPECIAL.sub(lambda match: f"\\{match[0]}", _TAG.sub("&lt;", text)))


def markdown(value: object) -> str:
    """Markdown of the tool: kept, but for HTML, unsafe links and the depth of its headings."""
    text = _CONTROL.sub(" ", _text(value).replace("\r\n", "\n"))
    return _defused(text).strip()


def html(value: object) -> str:
    """HTML of the tool."""
    markdownify = need("markdownify", "import").markdownify
    return markdown(markdownify(_text(value), heading_style="ATX", bullets="-"))


def plain_html(value: object) -> str:
    """HTML or plain text on one line, as plain text."""
    return plain(unescape(_ELEMENT.sub("", _BREAK.sub(" ", _text(value)))))


def adf(value: object) -> str:
    """A tree in the Atlassian Document Format; other values are plain text.

    Nodes by https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/.
    """
    if not isinstance(value, Mapping):
        return markdown(value)
    blocks = (_node(child, 1).strip("\n") for child in _children(value))
    return _defused("\n\n".join(filter(None, blocks))).replace(_LESS, "<").strip()


def mrkdwn(value: object) -> str:
    """A message of Slack on one line: links and mentions become their labels."""
    return plain(unescape(_SLACK.sub(_slack_label, _text(value))))


def _slack_label(match: re.Match[str]) -> str:
    """The label of a link; without one its address, but of a person or group never the id."""
    target = match["target"]
    if match["label"]:
        return match["label"].lstrip("@") if target.startswith("@") else match["label"]
    return _SLACK_IDS.get(target[:1], target)


def without_addresses(text: str) -> str:
    """The text without e-mail addresses."""
    return _EMAIL.sub("(e-mail address)", text)


_SLACK_IDS = {"@": "(someone)", "#": "(a channel)", "!": "(a group)"}
_SLACK = re.compile(r"<(?P<target>[^<|>]*)(?:\|(?P<label>[^<>]*))?>")


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _braces(text: str) -> str:
    return text.replace("{", "&#123;").replace("}", "&#125;")


def _defused(text: str) -> str:
    text = _DEFINITION.sub(r"\1\\[", _TAG.sub("&lt;", text))
    text = _LINK.sub(lambda match: match[0] if is_safe(match[1]) else f"]\\({match[1]}", text)
    deeper = _HEADING.sub(lambda match: "#" * min(len(match[1]) + _SHIFT, _DEEPEST), text)
    return _braces(deeper)


Node = Mapping[str, Any]


def _node(node: Node, level: int) -> str:
    if level > _MOST_LEVELS:
        return ""
    write = _BLOCKS.get(str(node.get("type")), _inner)
    return write(node, level + 1)


def _children(node: Node) -> list[Node]:
    content = node.get("content")
    items = content if isinstance(content, list) else []
    return [item for item in items if isinstance(item, Mapping)]


def _attribute(node: Node, *names: str) -> str:
    attributes = node.get("attrs")
    known = attributes if isinstance(attributes, Mapping) else {}
    return next((str(known[name]) for name in names if known.get(name)), "")


def _inner(node: Node, level: int) -> str:
    return "".join(_node(child, level) for child in _children(node))


def _block(node: Node, level: int) -> str:
    return _inner(node, level).strip() + "\n\n"


def _heading(node: Node, level: int) -> str:
    depth = _attribute(node, "level")
    return f"{'#' * min(int(depth) if depth.isdigit() else 1, _DEEPEST)} {_block(node, level)}"


def _items(marks: Callable[[int], str]) -> Callable[[Node, int], str]:
    def write(node: Node, level: int) -> str:
        lines: list[str] = []
        for number, child in enumerate(_children(node), start=1):
            lines += _indented(marks(number), _node(child, level).strip())
        return "\n".join(lines) + "\n\n"

    return write


def _indented(mark: str, text: str) -> Iterable[str]:
    first, *rest = text.split("\n")
    return [f"{mark} {first}", *(f"    {line}" if line.strip() else "" for line in rest)]


def _code(node: Node, level: int) -> str:
    """Only at the left margin a fence is one for every Markdown: elsewhere, `<` could open HTML."""
    text = "".join(_text(child.get("text")) for child in _children(node))
    less = _LESS if level == _OUTERMOST else "&lt;"
    text = _CONTROL.sub(" ", text).replace("~~~", "~ ~ ~").replace("<", less)
    return f"~~~text\n{text}\n~~~\n\n"


def _table(node: Node, level: int) -> str:
    # The text of a cell is escaped already; it only has to fit on one line.
    rows = [
        [" ".join(_inner(cell, level).split()) for cell in _children(row)]
        for row in _children(node)
    ]
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n\n"


def _words(node: Node, _level: int) -> str:
    text = plain(node.get("text"))
    written = _text(node.get("text"))
    text = f"{' ' * (written[:1].isspace())}{text}{' ' * (written[-1:].isspace() and bool(text))}"
    marks = node.get("marks")
    for mark in marks if isinstance(marks, list) else ():
        kind = str(mark.get("type")) if isinstance(mark, Mapping) else ""
        if kind == "link" and text.strip():
            address = _BARE_ADDRESS.fullmatch(_attribute(mark, "href"))
            text = f"[{text}]({address[0]})" if address else text
        elif kind in _MARKS and text.strip():
            sign = _MARKS[kind]
            text = text.replace(text.strip(), f"{sign}{text.strip()}{sign}", 1)
    return text


def _label(node: Node, _level: int) -> str:
    return plain(_attribute(node, "url", "text", "shortName", "timestamp"))


_MARKS = {"strong": "**", "em": "*"}
_BLOCKS: dict[str, Callable[[Node, int], str]] = {
    "paragraph": _block,
    "heading": _heading,
    "bulletList": _items(lambda _: "-"),
    "orderedList": _items(lambda number: f"{number}."),
    "taskList": _items(lambda _: "-"),
    "codeBlock": _code,
    "rule": lambda *_: "---\n\n",
    "hardBreak": lambda *_: " ",
    "table": _table,
    "text": _words,
    "inlineCard": _label,
    "mention": _label,
    "emoji": _label,
    "date": _label,
}
# How a mapping names what its tool writes.
FORMATS = {
    "plain": plain,
    "markdown": markdown,
    "html": html,
    "plain_html": plain_html,
    "adf": adf,
    "mrkdwn": mrkdwn,
}
