"""The templates: ours, and the ones that a theme overrides under ``postmortem/``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from mkdocs_postmortem.rendering.icon import icon
from mkdocs_postmortem.rendering.vocabulary import vocabulary

_FOLDER = Path(__file__).parent
# XML has no place for these, and HTML readers drop or misread them; the last two turn the text
# behind them round.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202d\u202e]")


class TemplateError(Exception):
    """A template that cannot be filled, or whose output is not well formed; the text says where."""


def fill(name: str, custom_dirs: Sequence[Path] = (), language: str = "en", **values: Any) -> str:
    """A template with its values. TemplateError names the template and the line."""
    try:
        text = environment(tuple(custom_dirs), language).get_template(name).render(**values)
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise TemplateError(f"The template postmortem/{name}{where}: {error}") from error
    return printed(text)


def printed(text: str) -> str:
    """Text with a sign for each character that no page can hold."""
    return _CONTROL.sub("�", text)


@lru_cache(maxsize=8)
def environment(custom_dirs: tuple[Path, ...] = (), language: str = "en") -> Environment:
    """Jinja with autoescape always on; templates in ``custom_dirs/postmortem`` win over ours.

    They find every word of the language in their globals.
    """
    words = vocabulary(language, custom_dirs)
    folders = [folder / "postmortem" for folder in custom_dirs]
    loaders = [FileSystemLoader(folder) for folder in (*folders, _FOLDER / "templates")]
    # A sandbox: an overridden template shows values, and reaches nothing of Python's behind them.
    # Ours alone go without, since it looks at each value twice.
    kind = SandboxedEnvironment if custom_dirs else Environment
    env = kind(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        # A look at the file before each use, which is several times a page: only while a theme's
        # author may be at work.
        auto_reload=bool(custom_dirs),
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        t=words.t,
        kinds=words.groups["kind"],
        statuses=words.groups["status"],
        task_states=words.groups["task_state"],
        task_types=words.groups["task_type"],
        finders=words.groups["found_by"],
        milestones=words.groups["milestone"],
        levels=words.groups["level"],
        say=words.say,
        text=words.text,
        count=words.count,
        path=words.path,
        number=words.number,
        percent=words.percent,
        comma=words.comma,
        listed=words.listed,
        listed_text=words.listed_text,
        icon=partial(icon, custom_dirs=custom_dirs),
    )
    return env


def asset_text(name: str) -> str:
    """The stylesheet or script that the pages need."""
    return (_FOLDER / "assets" / name).read_text(encoding="utf-8")


def _printable(value: Any) -> Any:
    return "" if value is None else value
