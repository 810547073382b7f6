"""The templates: ours, and the ones that a theme overrides under ``postmortem/``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import jinja2
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateRuntimeError,
)
from markupsafe import Markup, escape

from mkdocs_postmortem.model.address import is_own, is_safe
from mkdocs_postmortem.rendering.messages import Messages, load_messages

_FOLDER = Path(__file__).parent
# XML has no place for these, and HTML readers drop or misread them; the last two reverse the text
# that follows.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202d\u202e]")
# Every address in an attribute except plain relative ones, which need no second look.
_ADDRESS = re.compile(
    r"""\s(href|src)\s*=\s*(?!"(?!//)[\w./%-]*(?:\#[\w-]*)?")("[^"]*"|'[^']*')""", re.ASCII
)
_QUOTED = re.compile("`([^`]+)`")
# What templates have of the messages of their language.
_FILTERS = ("day", "month", "quarter", "duration", "availability")
_GLOBALS = "t say text count path number percent comma listed listed_text".split()
_EMPTY = re.compile(r'\s(?:href|src)=""')
# Stands between the outputs of ``render_each``; no author can write it, since text is escaped.
_NEXT = "<!--pm-next-->"
# So many of them at once: their whole text is copied several times.
_BATCH = 100


_SVG = "{http://www.w3.org/2000/svg}"
_VIEW_BOX = re.compile(r"-?[\d.]+(?:[ ,]+-?[\d.]+){3}\Z")
_PATH_DATA = re.compile(r"[MmLlHhVvCcSsQqTtAaZzEe\d\s.,+-]+\Z")
_LARGEST_ICON = 20_000  # bytes; an icon has some hundred


class TemplateError(Exception):
    """A template that cannot be rendered, or whose output is not well formed."""


@dataclass(frozen=True, eq=False)
class Templates:
    """The templates in one language. Those in ``folders/postmortem`` win over ours.

    ``version`` changes with the files of the folders, so that it can be part of a cache key.
    """

    messages: Messages = field(default_factory=load_messages)
    folders: tuple[Path, ...] = ()
    version: str = ""

    def render(self, name: str, *, trusted: str = "", **values: Any) -> str:
        """The HTML of a template. Values are escaped, and unsafe addresses lose their attribute.

        ``trusted`` is the beginning of addresses that are allowed whatever their scheme.
        TemplateError names the template and the line.
        """
        with _faults_of(name):
            text = self._environment.get_template(name).render(**values)
        return self._checked(text, name, trusted)

    def render_each(
        self, name: str, variable: str, items: Iterable[Any], **values: Any
    ) -> list[str]:
        """The same for each of many items, which the template has as ``variable``: to start a short
        template takes longer than the template itself.
        """
        with _faults_of(name):
            template = self._environment.get_template(name)
        context = template.new_context(values)
        outputs: list[str] = []
        items = iter(items)
        while batch := list(islice(items, _BATCH)):
            with _faults_of(name):
                for number, item in enumerate(batch):
                    # What the template itself has set for the item before is gone as well.
                    context.vars.clear()
                    context.vars[variable] = item
                    batch[number] = "".join(template.root_render_func(context))
            outputs += self._checked(_NEXT.join(batch), name).split(_NEXT)
        return outputs

    def _checked(self, text: str, name: str, trusted: str = "") -> str:
        text = without_control(text)
        if 'href=""' in text or 'src=""' in text:  # few texts have one, and this finds it faster
            text = _EMPTY.sub("", text)
        text = _ADDRESS.sub(partial(_safe, trusted=trusted), text)
        if self.folders:
            _check_form(text, name)
        return text

    @cached_property
    def _environment(self) -> Environment:
        messages = self.messages
        folders = [*(folder / "postmortem" for folder in self.folders), _FOLDER / "templates"]
        # No sandbox: MkDocs renders the other templates of the same folder without one.
        env = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.filters.update({name: getattr(messages, name) for name in _FILTERS}, code=_code)
        env.globals.update(
            {name: getattr(messages, name) for name in _GLOBALS},
            kinds=messages.groups["kind"],
            statuses=messages.groups["status"],
            task_states=messages.groups["task_state"],
            task_types=messages.groups["task_type"],
            finders=messages.groups["found_by"],
            # A page has one for each entry, of ten in all.
            icon=cache(partial(icon, folders=folders)),
        )
        return env


def load_templates(language: str = "en", folders: Iterable[Path] = ()) -> Templates:
    """The templates of a language, compiled once for each state of the folders' files.

    TranslationError if a catalog in the folders cannot be used.
    """
    folders = tuple(folders)
    files = (file for folder in folders for file in sorted((folder / "postmortem").rglob("*")))
    state = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    return _load(language, folders, repr(state) if state else "")


@lru_cache(maxsize=8)  # templates are compiled once for all builds of a server
def _load(language: str, folders: tuple[Path, ...], version: str) -> Templates:
    return Templates(load_messages(language, folders), folders, version)


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    try:
        yield
    except jinja2.TemplateError as fault:
        line = getattr(fault, "lineno", None)
        where = f", line {line}" if line else ""
        raise TemplateError(f"The template postmortem/{name}{where}: {fault}") from fault


def without_control(text: str) -> str:
    """Text in which characters that no page should have are replaced."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def icon(name: str, folders: Iterable[Path]) -> Markup:
    """The picture ``icons/NAME.svg`` of the first folder that has it; a note's where none has. It
    repeats a label, so it is hidden from screen readers.

    Raises jinja2.TemplateRuntimeError for a file that is not a picture of paths.
    """
    files = [folder / "icons" / f"{file}.svg" for file in (name, "note") for folder in folders]
    file = next(file for file in files if file.is_file())
    try:
        text = file.read_text(encoding="utf-8-sig")
        # Entities could make much of little, and no icon needs one.
        is_plain = len(text) <= _LARGEST_ICON and not re.search("<!DOCTYPE|<!ENTITY", text, re.I)
        root = ElementTree.fromstring(text) if is_plain else None  # noqa: S314
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise TemplateRuntimeError(f"icons/{file.name}: it cannot be read: {error}") from error
    box = root.get("viewBox", "") if root is not None else ""
    paths = [item.get("d", "") for item in root.iter(f"{_SVG}path")] if root is not None else []
    if not paths or not _VIEW_BOX.match(box) or not all(map(_PATH_DATA.match, paths)):
        raise TemplateRuntimeError(
            f"icons/{file.name}: it has to be an SVG of at most {_LARGEST_ICON:,} bytes with a "
            "`viewBox` and with `path` elements, and without a document type."
        )
    # Colours and everything else come from our stylesheet. The size is for readers that take it
    # away.
    return Markup(
        '<svg class="pm-icon" viewBox="{}" width="18" height="18" aria-hidden="true" '
        'focusable="false">{}</svg>'
    ).format(box, Markup().join(Markup('<path d="{}"/>').format(data) for data in paths))


def asset_text(name: str) -> str:
    """The stylesheet or script that the pages need."""
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")


def _finalize(value: Any) -> Any:
    return "" if value is None else value


def _code(text: str) -> Markup:
    """Text in which pieces between backticks are code."""
    return Markup(_QUOTED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def _safe(match: re.Match[str], trusted: str) -> str:
    address = html.unescape(match[2][1:-1])
    if address and trusted and address.startswith(trusted):
        return match[0]
    is_kept = address and is_safe(address) and (match[1] == "href" or is_own(address))
    return match[0] if is_kept else ""


def _check_form(markup: str, template: str) -> None:
    """TemplateError, with the template and the place, for output that is not well formed."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(f"<div>{markup}</div>", True)
    except expat.ExpatError as fault:
        lines = markup.split("\n")
        shown = lines[fault.lineno - 1].strip()[:80] if fault.lineno <= len(lines) else ""
        raise TemplateError(
            f"The template postmortem/{template} is not well formed at line {fault.lineno}, column "
            f"{fault.offset} of its output: {expat.ErrorString(fault.code)}: {shown}"
        ) from fault
