"""One page for another tool: Markdown as GitHub reads it, HTML, or Confluence's storage format.

https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_postmortem.model.address import is_safe, page_key
from mkdocs_postmortem.model.lifecycle import Milestone, Moment
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.reading.markdown_text import escaped, first_heading
from mkdocs_postmortem.reading.page import Page
from mkdocs_postmortem.reading.source import Line

if TYPE_CHECKING:
    from mkdocs_postmortem.rendering.messages import Messages

# From the path of a page or file below the docs folder; None where the site has no address.
Address = Callable[[str], str] | None

_NAMED_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)[A-Za-z]\w*;")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_COMMENT_END = re.compile(r"(<!--|-->)")
_BOX = re.compile(r"\[(?P<state>[ xX])\]\s+")
# Boxes that other tools do not know.
_OWN_BOX = re.compile(r"(?P<mark>\s*(?:[-*+]|\d+[.)])\s+)\[(?P<state>[/-])\]\s+")
_STATES = {"/": ("[ ]", "in_progress"), "-": ("[x]", "wont_do")}
_DEFINITION = re.compile(r"(?P<label>\s{0,3}\[[^\]\n]+\]:\s*)(?P<target>\S+)")
_LOCATED = re.compile(r"(?<=\]\()pm-page:(?P<path>[^?#\s()]+)")
# A link with its text, the definition of one, and a tag with one.
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]\n]*)\]\(\s{0,9}<?(?P<target>[^()\s<>]+)(?:[\s<>][^()\n]*)?\)"
)
_DEFINED = re.compile(r"\s{0,3}(?P<text>\[[^\]\n]+\]):\s*<?(?P<target>[^\s<>]+)[^\n]*")
_TAG = re.compile(
    r"""<[a-z]{1,99}\s[^<>]{0,2000}?(?P<text>)(?:href|src)\s{0,9}=\s{0,9}["']?"""
    r"""(?P<target>[^\s"'<>]{1,2000})(?:[\s"'][^<>]{0,2000})?>""",
    re.IGNORECASE,
)
_CODE_MARK = "\ue000"


def without_links(page: Page, hidden: Collection[str]) -> Page:
    """The page with links to hidden pages, given by their paths, as text."""
    keys, folder = {page_key(path) for path in hidden}, posixpath.dirname(page.path)

    def shown(match: re.Match[str]) -> str:
        target = unquote(unescape(match["target"]))
        places = (
            posixpath.join(folder, target),
            posixpath.join(page_key(page.path), target),
            target,
        )
        is_hidden = not keys.isdisjoint(map(page_key, places))
        return match["text"] if is_hidden else match[0]

    def without(line: Line) -> Line:
        text = line.text
        for pattern in (_LINK, _DEFINED, _TAG):
            text = pattern.sub(shown, text)
        return line._replace(text=text)

    return replace(page, shown=tuple(map(without, page.shown))) if keys else page


def as_gfm(page: Page, record: Postmortem, messages: Messages, address: Address) -> str:
    """The page as its author wrote it, with the facts below the title and without comments.

    Links lead to the site, and tasks have the two boxes that every tool knows.
    """
    heading = first_heading(page.shown)
    lines = [line for line in page.shown if not line.is_comment]
    row = lines.index(heading) if heading in lines else -1
    title = lines[row].text if row >= 0 else f"# {escaped(record.title)}"
    body = "\n".join(
        line.text if line.is_code else _portable(_without_comments(line), record, messages, address)
        for line in lines
        if line is not heading
    ).strip("\n")
    facts = "\n".join(_linked(fact, record.path, address) for fact in _facts(record, messages))
    return f"{title}\n\n{facts}\n\n{body}\n"


def as_html(page: Page, record: Postmortem, messages: Messages, address: Address) -> str:
    """The same as HTML without a head: raw HTML of the page is text, unsafe links are plain."""
    return _serialized(_tree(as_gfm(page, record, messages, address)))


def as_confluence(page: Page, record: Postmortem, messages: Messages, address: Address) -> str:
    """The same in the storage format of Confluence, with its macros for code and tasks."""
    root = _tree(as_gfm(page, record, messages, address))
    codes: list[str] = []
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "pre":
                codes.append("".join(child.itertext()).rstrip("\n"))
                _become(child, _code_macro(child, len(codes) - 1))
            elif child.tag == "ul" and len(child) and all(_state_of(item) for item in child):
                _become(child, _task_list(child))
            elif child.tag == "img":
                _become(child, _image(child))

    def cdata(match: re.Match[str]) -> str:
        code = codes[int(match[1])].replace("]]>", "]]]]><![CDATA[>")
        return f"<![CDATA[{code}]]>"

    text = _serialized(root)
    return re.sub(f"{_CODE_MARK}(\\d+){_CODE_MARK}", cdata, text)


def _without_comments(line: Line) -> str:
    """The line without comments within it; in code they are what the author shows."""
    if line.is_code or "`" in line.text or "-->" not in line.text:
        return line.text
    *parts, tail = line.text.rpartition("-->")
    kept, inside = [], False
    for part in _COMMENT_END.split("".join(parts)):
        kept += [] if inside or part == "<!--" else [part]
        inside = part == "<!--" or (inside and part != "-->")
    return "".join([*kept, tail])


def _portable(text: str, record: Postmortem, messages: Messages, address: Address) -> str:
    """A line without what only the site understands: boxes of ours, and relative links."""
    if own := _OWN_BOX.match(text):
        box, state = _STATES[own["state"]]
        label = messages.groups["task_state"][state]
        text = f"{own['mark']}{box} **{label}:** {text[own.end() :]}"
    if definition := _DEFINITION.fullmatch(text):
        linked = _linked(f"]({definition['target']})", record.path, address)
        return f"{definition['label']}{linked[2:-1]}"
    return _linked(text, record.path, address)


def _linked(text: str, path: str, address: Address) -> str:
    from mkdocs_postmortem.rendering.links import located

    if address is None:
        return text
    write = address
    return _LOCATED.sub(lambda match: write(unquote(match["path"])), located(text, path))


def _facts(record: Postmortem, messages: Messages) -> Iterator[str]:
    """A bullet for each fact that the record has, in the words of the site's language."""
    t = messages.t
    users = record.users_affected
    milestones = [
        (messages.groups["milestone"][milestone.value].capitalize(), _time(moment, record))
        for milestone in Milestone
        if (moment := record.lifecycle.moment(milestone))
    ]
    rows = [
        (t["severity"], escaped(record.severity or "")),
        (t["services"], escaped(messages.comma.join(record.services))),
        *milestones,
        (t["duration"], messages.duration(record.duration) if record.duration else ""),
        (t["users"], escaped(users.written) if users else ""),
        (t["impact"], record.impact),
        (t["root_cause"], record.root_cause),
        (t["trigger"], escaped(record.trigger)),
        (t["causes"], escaped(messages.comma.join(record.causes))),
        (t["authors"], escaped(messages.comma.join(record.authors))),
    ]
    for name, value in rows:
        if value:
            yield f"- **{name}:** {value}"


def _time(moment: Moment, record: Postmortem) -> str:
    from mkdocs_postmortem.rendering.timeline import format_time

    time = format_time(moment, record.zone)
    about = "~" if time.estimated else ""
    return f"{about}{' '.join(str(part) for part in (time.day, time.clock, time.zone) if part)}"


def _tree(markdown: str) -> ET.Element:
    from markdown import Markdown

    converter = Markdown(extensions=["tables", "fenced_code", "sane_lists"], output_format="xhtml")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    html = _NOT_XML.sub("", converter.convert(markdown))
    html = _NAMED_ENTITY.sub(lambda match: unescape(match[0]), html)
    root = ET.fromstring(f"<div>{html}</div>")  # noqa: S314 - it has no entities any more
    for element in root.iter():
        for name in ("href", "src"):
            if not is_safe(unescape(element.attrib.get(name, ""))):
                del element.attrib[name]
    return root


def _serialized(root: ET.Element) -> str:
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return text.removeprefix("<div>").removesuffix("</div>").strip() + "\n"


def _become(element: ET.Element, other: ET.Element) -> None:
    """Turn an element into another one in its place."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = other.tag, other.text, tail
    element.attrib.update(other.attrib)
    element.extend(other)


def _code_macro(pre: ET.Element, number: int) -> ET.Element:
    macro = ET.Element("ac:structured-macro", {"ac:name": "code"})
    code = pre.find("code")
    language = (code.get("class") or "" if code is not None else "").removeprefix("language-")
    if language:
        ET.SubElement(macro, "ac:parameter", {"ac:name": "language"}).text = language
    ET.SubElement(macro, "ac:plain-text-body").text = f"{_CODE_MARK}{number}{_CODE_MARK}"
    return macro


def _state_of(item: ET.Element) -> str:
    match = _BOX.match((text_holder(item).text or "").lstrip())
    return match["state"] if match else ""


def text_holder(item: ET.Element) -> ET.Element:
    """The element with a list item's own text: a loose list has it in a paragraph."""
    is_loose = len(item) and item[0].tag == "p" and not (item.text or "").strip()
    return item[0] if is_loose else item


def _task_list(items: ET.Element) -> ET.Element:
    tasks = ET.Element("ac:task-list")
    for item in items:
        state = _state_of(item)
        holder = text_holder(item)
        holder.text = _BOX.sub("", (holder.text or "").lstrip(), count=1)
        task = ET.SubElement(tasks, "ac:task")
        ET.SubElement(task, "ac:task-status").text = "incomplete" if state == " " else "complete"
        body = ET.SubElement(task, "ac:task-body")
        body.text = holder.text if holder is item else item.text
        body.extend(item)
    return tasks


def _image(image: ET.Element) -> ET.Element:
    made = ET.Element("ac:image", {"ac:alt": image.get("alt", "")})
    ET.SubElement(made, "ri:url", {"ri:value": image.get("src", "")})
    return made
