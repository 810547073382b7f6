"""The templates: ours, and the ones that a theme overrides under ``postmortem/``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat

import jinja2
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from mkdocs_postmortem.model.address import is_own, is_safe
from mkdocs_postmortem.rendering.icons import icon
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
        folders = [folder / "postmortem" for folder in self.folders]
        # No sandbox: MkDocs renders the other templates of the same folder without one.
        env = Environment(
            loader=ChoiceLoader([FileSystemLoader(f) for f in (*folders, _FOLDER / "templates")]),
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
            icon=partial(icon, custom_dirs=self.folders),
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
