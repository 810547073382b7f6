"""Our own templates, filled once for each form of their values.

Most of the time that a template takes goes into what is the same on a hundred pages. So it is
filled with marks in place of all texts, once for each form: which texts are empty, how long each
list is, what flags and names say. A page then costs no more than its texts between the pieces.

That holds for templates that ask of a text only whether it is empty. What they compare or look up
has to be a flag, a number or a ``Name``. A theme's templates may do anything, so they are filled
for each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from mkdocs_postmortem.rendering.environment import fill, printed

# What stands for a text in a mould that is made, as a regular expression with its number. No value
# is looked through for it, so it may stand in one.
MARK = "pm0open([0-9]+)end"
# Most texts have none of these, and to ask all of them at once is quicker than to escape each.
_SPECIAL = re.compile("[&<>'\"]")
# Stands in a list where its rows will; no author can write it, since their text is escaped.
ROWS = Markup("<!--pm-rows-->")
# What a part of a form begins with; others begin with the dataclass that they are of.
_LIST, _SAME = "list", "same"


class Name(str):
    """A text that a template may look at: it belongs to the form."""

    __slots__ = ()


class PagePath(str):
    """The path of a page below the docs folder, in place of a link to it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, so it is known by itself
class Mould:
    """A filled template: ``pieces``, and between them the numbers of the texts."""

    pieces: tuple[str, ...]
    numbers: tuple[int, ...]

    def cast(self, texts: Sequence[str]) -> str:
        """The pieces with the texts between them, those that are no markup escaped."""
        joined = "".join(texts)
        if not joined.isprintable():
            # Of its own kind, since markup stays markup.
            texts = [type(text)(printed(text)) for text in texts]
        if _SPECIAL.search(joined):
            texts = [escape(text) if _SPECIAL.search(text) else text for text in texts]
        parts = [self.pieces[0]]
        for number, piece in zip(self.numbers, self.pieces[1:], strict=True):
            parts += (texts[number], piece)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Cast:
    """A mould with the texts for it; ``str`` puts them together."""

    mould: Mould
    texts: Sequence[str]

    def __str__(self) -> str:
        return self.mould.cast(self.texts)

    def with_markup(self, numbers: Sequence[int], markups: Sequence[str]) -> Cast:
        """The cast with markup in place of some texts, each of which was escaped before."""
        texts = list(self.texts)
        for number, markup in zip(numbers, markups, strict=True):
            texts[number] = Markup(markup)  # noqa: S704 - the caller's word for it
        return Cast(self.mould, tuple(texts))


@dataclass(frozen=True, slots=True)
class Joined:
    """Fragments one behind the other; ``str`` puts them together."""

    parts: tuple[str | Cast, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    # A template takes it as it is.
    __html__ = __str__


# Markup, of a theme's template as it is, of ours as a cast or as several of them.
Rendered = str | Cast | Joined


def cast(
    template: str, custom_dirs: Sequence[Path], language: str, values: Mapping[str, Any]
) -> Rendered:
    """What ``fill`` gives for the values: texts, flags, numbers, tuples and dataclasses of these.

    TemplateError names the template and the line.
    """
    if custom_dirs:
        return fill(template, custom_dirs, language, **values)
    texts: list[str] = []
    form = tuple([_form(value, texts) for value in values.values()])
    return Cast(_mould(template, language, tuple(values), form), tuple(texts))


def mould_of(template: str, language: str, **values: Any) -> Mould:
    """The template filled with values in which ``mark`` stands for each text."""
    return mould_from(fill(template, (), language, **values))


def mould_from(marked: str) -> Mould:
    """A mould from markup with a ``mark`` in place of each text."""
    parts = re.split(MARK, marked)
    return Mould(tuple(parts[::2]), tuple(map(int, parts[1::2])))


def mark(number: int) -> str:
    """What stands for a text in a mould that is made."""
    return f"pm0open{number}end"


def marked(mould: Mould) -> str:
    """What ``mould_from`` makes the mould of."""
    return mould.cast([mark(number) for number in range(max(mould.numbers, default=-1) + 1)])


def _form(value: Any, texts: list[str]) -> Any:
    """What a value is beside its texts, which are added to ``texts``."""
    kind: Any = type(value)
    if kind is str or kind is PagePath:
        texts.append(value)
        return bool(value)
    if kind is tuple:
        return (_LIST, *[_form(item, texts) for item in value])
    if kind is Markup and value:
        texts.append(value)
        return Markup
    names = _field_names(kind)
    if names:
        return (kind, *[_form(getattr(value, name), texts) for name in names])
    return _SAME, value


@lru_cache(maxsize=1_000)
def _mould(template: str, language: str, names: tuple[str, ...], form: tuple[Any, ...]) -> Mould:
    numbers = count()
    values = [_opened(part, numbers) for part in form]
    return mould_of(template, language, **dict(zip(names, values, strict=True)))


def _opened(form: Any, numbers: Iterator[int]) -> Any:
    """A value of a form with a mark for each text."""
    if form is True:
        return mark(next(numbers))
    if form is False:
        next(numbers)
        return ""
    if form is Markup:
        return Markup(mark(next(numbers)))  # noqa: S704 - letters and digits
    kind, *parts = form
    if kind is _SAME:
        return parts[0]
    opened = [_opened(part, numbers) for part in parts]
    if kind is _LIST:
        return tuple(opened)
    return SimpleNamespace(**dict(zip(_field_names(kind), opened, strict=True)))


@lru_cache(maxsize=100)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
